"""The address of a visitor: that of the connection, or what a configured proxy says of it, and nobody else.

``X-Forwarded-For`` is a list to which each proxy adds whom it heard from; only what our own proxies added can be believed, so it is read from the
right up to the first address that is none of them (RFC 7239, section 8.1, says why the rest is worth nothing).
"""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from app.access.caller import UNKNOWN

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What only a proxy sends."""
_MOST_HOPS = 20


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from."""

    address: str
    is_here: bool
    """Whether from this machine, by a name of this machine, from a page of this machine if from any, and past no proxy."""
    scheme: str | None
    """With which the visitor came to the proxy; ``None`` where no proxy that is believed says so."""


class Proxies:
    """The networks whose proxies are believed."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = tuple(ip_network(network) for network in networks)

    def visitor(self, scope: MutableMapping[str, Any]) -> Visitor:
        """Who sent the request of this ASGI scope."""
        client = scope.get("client")
        peer = read_address(client[0]) if client else None
        headers = Headers(scope=scope)
        if peer is None:
            return Visitor(client[0] if client else UNKNOWN, False, None)
        if not self._are_believed(peer):
            return Visitor(str(peer), not self._networks and _is_here(peer, headers), None)
        scheme = ",".join(headers.getlist("x-forwarded-proto")).rpartition(",")[2].strip().lower()
        return Visitor(str(self._nearest(peer, headers)), False, scheme if scheme in {"http", "https"} else None)

    def _nearest(self, peer: Address, headers: Headers) -> Address:
        """The first address before our proxies; a proxy's own where what it heard from is no address."""
        hops = ",".join(headers.getlist("x-forwarded-for")).rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]
        found = peer
        for hop in reversed(hops):
            address = read_address(hop)
            if address is None:
                break
            found = address
            if not self._are_believed(address):
                break
        return found

    def _are_believed(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self._networks)


def read_address(text: str) -> Address | None:
    """An address, with or without a port, brackets or quotes; ``None`` for what is none. IPv4 inside IPv6 is IPv4."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return inner or found


def household(address: str) -> str:
    """What counts as one address: of IPv6 the network /64, all of which one visitor commonly has."""
    found = read_address(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found or address)


def is_loopback(host: str | None) -> bool:
    """Whether ``host`` is this machine and can be nothing else."""
    if host == "localhost":
        return True
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False


def host_in(address: str) -> str | None:
    """The host of ``//host:port`` or of an origin; ``None`` where there is none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _is_here(peer: Address, headers: Headers) -> bool:
    """A proxy on this machine that nobody configured is not taken for somebody at it: it shows in one of these headers."""
    pages = [headers[name] for name in ("origin", "referer") if name in headers]
    return (
        peer.is_loopback
        and not any(name in headers for name in _FORWARDED)
        and is_loopback(host_in(f"//{headers.get('host', '')}"))
        and all(is_loopback(host_in(page)) for page in pages)
    )
