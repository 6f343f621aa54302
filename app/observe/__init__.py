"""What whoever runs the server sees of it: logs, incidents, metrics, traces, readiness; nothing in them tells who asked or what."""
