"""A real server in a process of its own whose log can be read, and a collector of traces."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]
import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.app.web.scripted import free_port
from tests.conftest import TOP, Desk

TOKEN = "metrics-token-of-the-tests"
ASSISTANT, SCRIPTED = "app", "tests.app.web.scripted"


@dataclass(frozen=True, slots=True)
class Running:
    """A server, and what it wrote to standard output and to standard error."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path
    errors: Path

    def client(self, **headers: str) -> httpx.Client:
        """Asks it."""
        return httpx.Client(base_url=self.url, timeout=60, trust_env=False, headers=headers)

    def lines(self, **wanted: object) -> list[dict[str, Any]]:
        """The records of the log whose values are these."""
        records = [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]
        return [r for r in records if all(r.get(name) == value for name, value in wanted.items())]

    def line(self, **wanted: object) -> dict[str, Any]:
        """The one such record, which may still be under way."""
        until = time.monotonic() + 10
        while not (found := self.lines(**wanted)) and time.monotonic() < until:
            time.sleep(0.05)
        assert len(found) == 1, (wanted, found)
        return found[0]


@contextmanager
def running(desk: Desk, folder: Path, module: str = ASSISTANT, **environment: str) -> Iterator[Running]:
    """A server over ``desk``; its output goes to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "VIVAVOCE", "OTEL"))}
    command = [sys.executable, "-m", module, *(["serve"] if module == ASSISTANT else []), "--port", str(port)]
    log, errors = folder / "stdout", folder / "stderr"
    with (
        log.open("wb") as out,
        errors.open("wb") as err,
        subprocess.Popen(
            [*command, *desk.options],
            env=kept | {"PYTHONPATH": str(TOP)} | environment,
            cwd=folder,
            stdout=out,
            stderr=err,
        ) as process,
    ):
        try:
            _wait(process, errors)
            yield Running(process, f"http://127.0.0.1:{port}", log, errors)
        finally:
            process.kill()


def _wait(process: "subprocess.Popen[bytes]", errors: Path) -> None:
    until = time.monotonic() + 120
    while "Vivavoce " not in errors.read_text("utf-8", "replace"):
        assert process.poll() is None, errors.read_text("utf-8", "replace")
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.05)


@dataclass(slots=True)
class Collector:
    """Takes traces as an OpenTelemetry collector does."""

    url: str = ""
    spans: list[Span] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def take(self, request: ExportTraceServiceRequest) -> None:
        """Keeps the spans of one export."""
        self.raw.append(request.SerializeToString())
        self.spans += [s for r in request.resource_spans for scope in r.scope_spans for s in scope.spans]
        self.arrived.set()

    def named(self, prefix: str, within_s: float = 20.0) -> list[Span]:
        """The spans whose name begins so, once there is one."""
        until = time.monotonic() + within_s
        while not (found := [s for s in self.spans if s.name.startswith(prefix)]) and time.monotonic() < until:
            self.arrived.wait(0.2)
            self.arrived.clear()
        return found


@contextmanager
def collecting_http() -> Iterator[Collector]:
    """One that listens for OTLP over HTTP."""
    collector = Collector()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.path == "/v1/traces"
            collector.take(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    collector.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def collecting_grpc() -> Iterator[Collector]:
    """One that listens for OTLP over gRPC."""
    collector = Collector()

    class Door(TraceServiceServicer):
        def Export(self, request: ExportTraceServiceRequest, context: Any) -> ExportTraceServiceResponse:
            collector.take(request)
            return ExportTraceServiceResponse()

    server = grpc.server(ThreadPoolExecutor(2))
    add_TraceServiceServicer_to_server(Door(), server)  # type: ignore[no-untyped-call]
    collector.url = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collector
    finally:
        server.stop(None).wait()


def attributes(span: Span) -> dict[str, Any]:
    """The attributes of a span by name."""
    return {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in span.attributes}
