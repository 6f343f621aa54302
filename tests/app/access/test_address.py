"""The address of a visitor is the connection's, or what a proxy says that we configured, and nothing else."""

from typing import Any

import pytest

from app.access.address import Proxies, household, read_address


def scope(peer: str | None, *headers: tuple[str, str]) -> dict[str, Any]:
    """A request from ``peer``; to a name of this machine unless the headers say otherwise."""
    named = {name for name, _ in headers}
    lines = [*headers, *([] if "host" in named else [("host", "127.0.0.1:7860")])]
    return {
        "type": "http",
        "client": (peer, 50000) if peer else None,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in lines],
    }


def forwarded(*chain: str) -> tuple[str, str]:
    return ("x-forwarded-for", ", ".join(chain))


@pytest.mark.parametrize(
    ("proxies", "peer", "headers", "address"),
    [
        ((), "203.0.113.9", [forwarded("198.51.100.1")], "203.0.113.9"),
        (("10.0.0.0/8",), "203.0.113.9", [forwarded("198.51.100.1")], "203.0.113.9"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("198.51.100.1")], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.2", [], "10.0.0.2"),
        # What the visitor wrote there stands further left than what our proxy added.
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("1.1.1.1", "8.8.8.8", "198.51.100.1")], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("1.1.1.1", "198.51.100.1", "10.9.9.9")], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("1.1.1.1"), forwarded("198.51.100.1")], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("10.0.0.7", "10.0.0.8")], "10.0.0.7"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("1.1.1.1", "unknown")], "10.0.0.2"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("1.1.1.1", "<script>", "10.0.0.9")], "10.0.0.9"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded("198.51.100.1:4711")], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.2", [forwarded('"[2001:db8::7]:4711"')], "2001:db8::7"),
        (("10.0.0.0/8",), "::ffff:10.0.0.2", [forwarded("::ffff:198.51.100.1")], "198.51.100.1"),
        (("fd00::/8",), "fd00::2", [forwarded("2001:db8::7")], "2001:db8::7"),
        (("127.0.0.1/32",), "127.0.0.1", [("x-real-ip", "198.51.100.1")], "127.0.0.1"),
        ((), None, [forwarded("198.51.100.1")], "unknown"),
    ],
)
def test_only_what_a_configured_proxy_added_is_believed(
    proxies: tuple[str, ...], peer: str | None, headers: list[tuple[str, str]], address: str
) -> None:
    assert Proxies(proxies).visitor(scope(peer, *headers)).address == address


def test_a_chain_as_long_as_headers_may_be_is_read_from_the_right() -> None:
    chain = [f"9.9.{n // 250}.{n % 250}" for n in range(2_000)]
    assert Proxies(("10.0.0.0/8",)).visitor(scope("10.0.0.2", forwarded(*chain))).address == chain[-1]


@pytest.mark.parametrize(
    ("said", "scheme"),
    [("https", "https"), ("HTTP", "http"), ("http, https", "https"), ("gopher", None), ("", None), ("https,", None)],
)
def test_the_scheme_is_the_nearest_proxys(said: str, scheme: str | None) -> None:
    asked = scope("10.0.0.2", ("x-forwarded-proto", said))
    assert Proxies(("10.0.0.0/8",)).visitor(asked).scheme == scheme
    assert Proxies(()).visitor(asked).scheme is None


@pytest.mark.parametrize(
    ("proxies", "peer", "headers", "is_here"),
    [
        ((), "127.0.0.1", [], True),
        ((), "::1", [("host", "localhost:7860")], True),
        ((), "::ffff:127.0.0.1", [("host", "[::1]:7860")], True),
        ((), "127.0.0.1", [("origin", "http://localhost:4000")], True),
        ((), "192.168.1.9", [], False),
        # A proxy on this machine that nobody configured.
        ((), "127.0.0.1", [forwarded("198.51.100.1")], False),
        ((), "127.0.0.1", [("via", "1.1 caddy")], False),
        ((), "127.0.0.1", [("forwarded", "for=198.51.100.1")], False),
        ((), "127.0.0.1", [("host", "cv.example")], False),
        ((), "127.0.0.1", [("origin", "https://cv.example")], False),
        ((), "127.0.0.1", [("referer", "https://cv.example/")], False),
        ((), "127.0.0.1", [("origin", "null")], False),
        # With proxies configured everybody is limited, so that one that says nothing of whom it heard from is too.
        (("127.0.0.1/32",), "127.0.0.1", [], False),
        (("10.0.0.0/8",), "127.0.0.1", [], False),
    ],
)
def test_somebody_at_this_machine_comes_by_its_own_name_and_past_nothing(
    proxies: tuple[str, ...], peer: str, headers: list[tuple[str, str]], is_here: bool
) -> None:
    assert Proxies(proxies).visitor(scope(peer, *headers)).is_here is is_here


@pytest.mark.parametrize("text", ["", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "999.1.1.1", "\xff", "a" * 9999])
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None


def test_a_network_of_ipv6_counts_as_one_address() -> None:
    assert household("2001:db8:1:2:aaaa::1") == household("2001:db8:1:2:bbbb::9") == "2001:db8:1:2::/64"
    assert household("2001:db8:1:3::1") != household("2001:db8:1:2::1")
    assert household("::ffff:198.51.100.1") == household("198.51.100.1") != household("198.51.100.2")
    assert household("unknown") == "unknown"
