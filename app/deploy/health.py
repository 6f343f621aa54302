"""Whether the server of this machine answers, for the health check of a container; run as ``python -m app.deploy.health``."""

import sys
from http.client import HTTPConnection, HTTPException

from app.errors import AskError
from app.settings import Settings, load_settings

TIMEOUT_S = 8.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
"""Addresses that a server listens on and nobody calls, with one that is meant too."""


def trouble(settings: Settings, timeout_s: float = TIMEOUT_S) -> str | None:
    """Why the server that ``settings`` describe is not well, or ``None`` where it is."""
    # No proxy of the environment stands in between, as it might with a library that looks for one.
    connection = HTTPConnection(_ANY.get(settings.host, settings.host), settings.port, timeout=timeout_s)
    try:
        connection.request("GET", "/health")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        return f"port {settings.port} does not answer: {error or type(error).__name__}"
    finally:
        connection.close()
    return None if status == 200 else f"port {settings.port} answers /health with {status}"


def main() -> int:
    """0 where the server is well, else 1 and one line on standard error."""
    try:
        found = trouble(load_settings())
    except AskError as error:
        found = str(error)
    if found is not None:
        sys.stderr.write(f"vivavoce: {found}\n")
    return int(found is not None)


if __name__ == "__main__":
    sys.exit(main())
