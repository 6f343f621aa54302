"""The printed nginx site and Caddyfile, run: a stream passes through event by event, and nobody forges where it comes from."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import httpx
import pytest

from app.deploy.files import written
from app.deploy.place import Place
from tests.app.web.scripted import free_port

HOST = "cv.example.org"
FORGED = {
    "x-forwarded-for": "203.0.113.9, 198.51.100.7",
    "x-forwarded-proto": "gopher",
    "x-forwarded-host": "evil.example",
    "x-forwarded-port": "1",
    "x-forwarded-prefix": "/evil",
    "x-real-ip": "203.0.113.9",
    "forwarded": "for=203.0.113.9;host=evil.example",
}


class Behind(ThreadingHTTPServer):
    """Stands in for the server: one stream whose second event waits until somebody says that the first has arrived."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Stream)
        self.seen: Queue[dict[str, str]] = Queue()
        self.has_arrived = threading.Event()

    def handle_error(self, *_: Any) -> None:
        """A proxy may hang up in the middle."""


class _Stream(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Behind

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.put({name.lower(): value for name, value in self.headers.items()})
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._chunk(b"data: first\n\n")
        self.server.has_arrived.wait(20)
        self._chunk(b"data: second\n\n")
        self._chunk(b"")

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def behind() -> Iterator[Behind]:
    with Behind() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.has_arrived.set()
        server.shutdown()


@contextmanager
def running(command: list[str], url: str, **environment: str) -> Iterator[str]:
    """A proxy that answers at ``url``."""
    with subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True) as proxy:
        try:
            for _ in range(200):
                assert proxy.poll() is None, proxy.stderr.read() if proxy.stderr else ""
                try:
                    httpx.get(url, verify=False, headers={"host": HOST}, timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield url
        finally:
            proxy.terminate()
            proxy.communicate(timeout=20)


@contextmanager
def nginx(folder: Path, behind: Behind) -> Iterator[str]:
    """The site as printed but for the ports it listens on, inside the least configuration that nginx runs with."""
    name = ["-subj", f"/CN={HOST}", "-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(["openssl", "req", "-x509", *name, *files], check=True, capture_output=True, timeout=60)
    plain, secure = free_port(), free_port()
    site = written("nginx", Place(HOST, behind.server_port, certificates=str(folder)))
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace("    listen [::]:80;\n", "")
    site = site.replace("listen 443 ", f"listen 127.0.0.1:{secure} ").replace("    listen [::]:443 ssl http2;\n", "")
    (folder / "site").write_text(site, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    account = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {account} pid {folder}/pid; error_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/site; }}\n"
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=60, check=False)
    assert tested.returncode == 0, tested.stderr
    with running(command, f"https://127.0.0.1:{secure}") as url:
        yield url


@contextmanager
def caddy(folder: Path, behind: Behind) -> Iterator[str]:
    """The file as printed but for its address, because no certificate is to be had for the name here."""
    port = free_port()
    text = written("caddy", Place(HOST, behind.server_port))
    text = text.replace(f"\n{HOST} {{\n", f"\nhttp://{HOST}:{port} {{\n\tbind 127.0.0.1\n")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}", encoding="utf-8")
    command = ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, f"http://127.0.0.1:{port}", HOME=str(folder), XDG_DATA_HOME=str(folder)) as url:
        yield url


PROXIES = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(params=PROXIES)
def proxy(request: pytest.FixtureRequest, tmp_path: Path, behind: Behind) -> Iterator[str]:
    if shutil.which(request.param) is None or (request.param == "nginx" and shutil.which("openssl") is None):
        pytest.skip(f"{request.param} is not installed")
    with PROXIES[request.param](tmp_path, behind) as url:
        yield url


def ask(proxy: str, **more: Any) -> Any:
    return httpx.stream(
        "POST", f"{proxy}/v1/ask", verify=False, timeout=15, **{"json": {}, "headers": {"host": HOST}, **more}
    )


def test_the_first_event_arrives_before_the_second_is_written(proxy: str, behind: Behind) -> None:
    with ask(proxy, headers={"host": HOST, "accept-encoding": "gzip, zstd"}) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"data: first\n\n"
        assert "content-encoding" not in answer.headers
        behind.has_arrived.set()
        assert b"".join(pieces) == b"data: second\n\n"


def test_what_a_caller_says_of_where_it_comes_from_does_not_reach_the_server(proxy: str, behind: Behind) -> None:
    behind.has_arrived.set()
    with ask(proxy, headers={"host": HOST, **FORGED}) as answer:
        answer.read()
    seen = behind.seen.get(timeout=5)
    assert seen["x-forwarded-for"] == seen["x-real-ip"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == proxy.partition(":")[0]
    assert seen["host"].partition(":")[0] == seen["x-forwarded-host"].partition(":")[0] == HOST
    for forged in ("203.0.113.9", "198.51.100.7", "evil", "gopher"):
        assert forged not in str(seen)
    assert {"forwarded", "x-forwarded-port", "x-forwarded-prefix"}.isdisjoint(seen)


def test_too_large_a_body_and_the_metrics_stop_at_the_proxy(proxy: str, behind: Behind) -> None:
    behind.has_arrived.set()
    assert httpx.get(f"{proxy}/metrics", verify=False, headers={"host": HOST}).status_code == 404
    with ask(proxy, json={"question": "x" * 1_100_000}) as answer:
        # Caddy as Debian 12 has it says 502, newer ones and nginx 413.
        assert answer.status_code in {413, 502}
    with ask(proxy, json={"question": "x" * 900_000}) as answer:
        assert answer.status_code == 200
