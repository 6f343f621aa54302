"""``vivavoce mcp`` as a process: what it writes, how it ends, and what it says where it cannot begin."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from tests.conftest import TOP, Desk

BEGIN = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
ASK = {
    "jsonrpc": "2.0",
    "id": 2,
    "method": "tools/call",
    "params": {"name": "ask_profile", "arguments": {"profile": "mira-okonjo", "question": "Where does she work?"}},
}
CV = "# Ada Noor\n\n## Experience\n\n- Keeper of Maps, Harbour Library, 2019 - present\n"
Process = subprocess.Popen[str]


@contextmanager
def begun(desk: Desk) -> Iterator[Process]:
    """The process, once it has answered its client's first message."""
    command = [sys.executable, "-W", "ignore", "-m", "app", "mcp", *desk.options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=TOP, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            assert exchange(process, BEGIN)["result"]["serverInfo"]["name"] == "vivavoce"
            yield process
        finally:
            process.kill()


def exchange(process: Process, message: dict[str, Any]) -> dict[str, Any]:
    """The answer to ``message``."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    assert answer["id"] == message["id"]
    return answer


def test_only_the_protocol_is_on_standard_output_and_the_end_of_input_is_the_end(routed: Desk) -> None:
    with begun(routed) as process:
        answer = exchange(process, ASK)["result"]["structuredContent"]
        assert answer["status"] == "grounded"
        assert process.stdin is not None
        process.stdin.write("no message at all\n")
        rest, said = process.communicate(timeout=30)
        assert process.returncode == 0
        for line in rest.splitlines():
            assert json.loads(line)["jsonrpc"] == "2.0"
        assert said == "vivavoce: MCP, 2 profiles, offline mode (no model configured)\n"


def test_a_client_that_is_gone_is_no_error(routed: Desk) -> None:
    with begun(routed) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(json.dumps(ASK) + "\n")
        process.stdin.close()
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize("wait", [0, 0.3, 0.6, 1])
def test_a_client_may_leave_while_documents_are_read(routed: Desk, tmp_path: Path, wait: float) -> None:
    shutil.copytree(routed.index, tmp_path / "index")
    desk = Desk(tmp_path / "profiles", tmp_path / "index", routed.embedder)
    desk.write("ada-noor", "profile.toml", 'name = "Ada Noor"\n')
    desk.write("ada-noor", "cv.md", CV)
    with begun(desk) as process:
        time.sleep(wait)
        rest, said = process.communicate(timeout=30)
        assert process.returncode == 0
        assert rest == ""
        assert said.splitlines() == ["vivavoce: MCP, 1 profile, offline mode (no model configured)"]


def test_without_profiles_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mcp", "--profiles", str(tmp_path), "--index", str(tmp_path / "index")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("vivavoce: no profiles in ")


def test_the_first_call_waits_for_documents_that_were_never_read_and_a_signal_ends_it_at_once(
    routed: Desk, tmp_path: Path
) -> None:
    shutil.copytree(routed.index, tmp_path / "index")
    desk = Desk(tmp_path / "profiles", tmp_path / "index", routed.embedder)
    desk.write("ada-noor", "profile.toml", 'name = "Ada Noor"\n')
    desk.write("ada-noor", "cv.md", CV)
    call = {"name": "get_source", "arguments": {"profile": "ada-noor", "document": "cv.md"}}
    with begun(desk) as process:
        told = exchange(process, {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": call})["result"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert process.stderr is not None
        assert process.stderr.read().count("\n") == 1
    assert "Keeper of Maps" in told["structuredContent"]["text"]


def test_help_imports_no_server() -> None:
    code = "import sys; from app.cli import run; run(['mcp', '--help']); print(sorted({'mcp', 'onnxruntime', 'starlette'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=TOP).stdout
    assert said.splitlines()[-1] == "[]"
    assert "MCP" in said
