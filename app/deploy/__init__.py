"""What stands around a server that others reach: proxies, a service of the system, a Space, its health check and its bill of materials."""
