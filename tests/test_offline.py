"""The guard that keeps the tests on this machine."""

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offline import REFUSED, OutsideConnection, is_local


@pytest.fixture
def provoked() -> Iterator[None]:
    """For a test that is refused on purpose."""
    yield
    assert REFUSED
    REFUSED.clear()


@pytest.mark.parametrize("host", [None, "", "localhost", "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", b"127.0.0.1"])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["example.org", "10.0.0.1", "192.0.2.7", "2001:db8::1", "localhost.example.org"])
def test_everything_else_is_not(host: object) -> None:
    assert not is_local(host)


@pytest.mark.usefixtures("provoked")
def test_a_connection_outwards_fails_before_a_packet_leaves() -> None:
    with socket.socket() as outwards, pytest.raises(OutsideConnection, match=r"192\.0\.2\.1"):
        outwards.connect(("192.0.2.1", 443))


@pytest.mark.usefixtures("provoked")
def test_a_datagram_outwards_fails() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outwards, pytest.raises(OutsideConnection):
        outwards.sendto(b"telemetry", ("192.0.2.1", 53))


@pytest.mark.usefixtures("provoked")
def test_a_name_look_up_fails_even_where_io_errors_are_swallowed() -> None:
    with pytest.raises(OutsideConnection, match=r"example\.org"), contextlib.suppress(OSError, ValueError):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.usefixtures("provoked")
def test_an_attempt_that_nobody_heard_of_is_remembered() -> None:
    with contextlib.suppress(Exception):
        socket.getaddrinfo("telemetry.example.org", 443)
    assert REFUSED == ["socket.getaddrinfo to 'telemetry.example.org'"]


def test_loopback_and_unix_sockets_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        client.sendall(b"here")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(4) == b"here"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_the_guard_goes_into_a_process_of_its_own() -> None:
    guarded = "from tests.offline import forbid_network; forbid_network()"
    code = f"{guarded}; import socket; socket.getaddrinfo('example.org', 1)"
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent)
    assert ended.returncode == 1
    assert "OutsideConnection" in ended.stderr
