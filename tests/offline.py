"""Forbids a Python process every connection and every name look-up that leaves this machine."""

import ipaddress
import socket
import sys

REFUSED: list[str] = []
"""What was refused in this process so far."""


class OutsideConnection(AssertionError):
    """Something wanted to leave this machine. An assertion, which handlers of I/O errors let through."""


def forbid_network() -> None:
    """Makes every socket of this process refuse what is not loopback, for good: an audit hook cannot be taken off."""
    sys.addaudithook(_refuse)


def is_local(host: object) -> bool:
    """Whether ``host`` is this machine: none at all, a loopback address, or the unspecified one to listen on."""
    if host is None or host in ("", b"", "localhost", b"localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.decode("ascii") if isinstance(host, bytes) else str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        connection, address = arguments[0], arguments[1]
        internet = isinstance(connection, socket.socket) and connection.family in {socket.AF_INET, socket.AF_INET6}
        host: object = address[0] if internet and isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if not is_local(host):
        REFUSED.append(f"{event} to {host!r}")
        raise OutsideConnection(f"{event} to {host!r}: the tests, and what they run, stay on this machine")
