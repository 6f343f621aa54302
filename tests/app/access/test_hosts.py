"""A server on loopback, or one that knows its names, answers to no other name, whatever is asked for."""

from typing import Any

import pytest

from app.access.hosts import Names, needs_a_pass
from app.settings import Settings


@pytest.mark.parametrize(
    ("settings", "host", "is_ours"),
    [
        ({}, "127.0.0.1:7860", True),
        ({}, "localhost", True),
        ({}, "LOCALHOST:7860", True),
        ({}, "[::1]:7860", True),
        ({}, "evil.example", False),
        ({}, "127.0.0.1.evil.example", False),
        ({}, "localhost.evil.example:7860", False),
        ({}, "user@evil.example", False),
        ({}, "[", False),
        ({}, "", False),
        ({}, None, False),
        # Nobody can have an address lead elsewhere; probes and load balancers ask for addresses.
        ({}, "10.1.2.3:7860", True),
        ({"hosts": ("cv.example",)}, "cv.example", True),
        ({"hosts": ("CV.example",)}, "cv.Example:443", True),
        ({"hosts": ("cv.example",)}, "www.cv.example", False),
        ({"hosts": ("cv.example",), "host": "0.0.0.0"}, "evil.example", False),
        ({"host": "0.0.0.0"}, "nas.local", True),
        ({"host": "nas.local"}, "nas.local:7860", True),
    ],
)
def test_names(settings: dict[str, Any], host: str | None, is_ours: bool) -> None:
    assert Names(Settings(**settings)).answer_to(host) is is_ours


@pytest.mark.parametrize(
    ("settings", "needed"),
    [
        ({}, False),
        ({"host": "localhost"}, False),
        ({"host": "::1"}, False),
        ({"host": "0.0.0.0"}, True),
        ({"host": "192.168.1.5"}, True),
        ({"hosts": ("cv.example",)}, True),
        ({"proxies": ("127.0.0.1",)}, True),
        ({"host": "0.0.0.0", "api_keys_required": False}, False),
        ({"api_keys_required": True}, True),
    ],
)
def test_a_pass_is_needed_where_others_are_meant_to_reach_the_server(settings: dict[str, Any], needed: bool) -> None:
    assert needs_a_pass(Settings(**settings)) is needed
