"""The image, as far as that can be known without a registry of images: its Dockerfile, what gets in, and its entry point run as it would be."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.deploy.health import trouble
from app.settings import Settings, load_settings
from tests.app.web.scripted import free_port
from tests.conftest import INVENTED, TOP

DOCKERFILE = re.sub(r"^#.*\n", "", (TOP / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
STEPS = [
    (word, " ".join(rest.replace("\\\n", " ").split()))
    for word, rest in re.findall(r"^([A-Z]+) ((?:.*\\\n)*.*)$", DOCKERFILE, re.MULTILINE)
]
UID = 1000
PACKAGES = {"app", "evals", "ingest", "prompts"}


def told(word: str) -> list[str]:
    """The arguments of each step of that kind in the last stage."""
    last = max(i for i, (found, _) in enumerate(STEPS) if found == "FROM")
    return [rest for found, rest in STEPS[last:] if found == word]


ENVIRONMENT = dict(pair.split("=", 1) for step in told("ENV") for pair in step.split())


# The Dockerfile


@pytest.mark.skipif(
    not (Path(sys.executable).parent / "hadolint").exists(), reason="hadolint has no wheel for this machine"
)
def test_the_linter_finds_nothing() -> None:
    linter = str(Path(sys.executable).parent / "hadolint")
    linted = subprocess.run([linter, str(TOP / "Dockerfile")], capture_output=True, text=True, timeout=60, check=False)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_each_stage_starts_from_a_slim_image_with_a_tag() -> None:
    bases = [rest.split()[0] for word, rest in STEPS if word == "FROM"]
    assert bases == [bases[0]] * 2
    assert re.fullmatch(r"python:3\.\d+-slim-[a-z]+", bases[0])


def test_nothing_is_installed_without_its_hash_or_from_elsewhere() -> None:
    installs = [rest for word, rest in STEPS if word == "RUN" and "pip install" in rest]
    assert len(installs) == 2
    assert all(
        "--require-hashes" in step or {"--no-index", "--no-deps", "--no-build-isolation"} <= {*step.split()}
        for step in installs
    )
    assert not re.search(r"\b(curl|wget|git|ADD)\b|://", DOCKERFILE)


def test_it_runs_as_somebody_without_rights_over_what_it_runs() -> None:
    assert told("USER") == [f"{UID}:{UID}"]
    assert told("COPY") == ["--from=build /srv/vivavoce /srv/vivavoce"]
    assert json.loads(told("VOLUME")[0]) == [ENVIRONMENT["VIVAVOCE_DATA"]] == told("WORKDIR")


def test_its_settings_are_settings_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        if name.startswith("VIVAVOCE_"):
            monkeypatch.setenv(name, value)
    settings = load_settings()
    assert told("EXPOSE") == [str(settings.port)]
    assert (settings.host, str(settings.profiles_folder)) == ("0.0.0.0", "/profiles")


def test_no_key_is_in_it() -> None:
    assert not re.search(r"KEY|SECRET|TOKEN|PASSWORD|ARG ", DOCKERFILE)


# What gets in


def let_in(path: str) -> bool:
    """Whether ``.dockerignore`` lets a file in; its last line that fits decides."""
    is_in = True
    for line in (TOP / ".dockerignore").read_text(encoding="utf-8").splitlines():
        rule = line.removeprefix("!")
        if not line or line.startswith("#"):
            continue
        pattern = re.escape(rule).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*").replace(r"\[co\]", "[co]")
        if re.fullmatch(f"{pattern}(?:/.*)?", path):
            is_in = line.startswith("!")
    return is_in


@pytest.mark.parametrize(
    "path",
    [
        "data/profiles/qian-liu/cv.md", "data/index/x/CURRENT", ".env", "app/.env", ".git/config", "vivavoce.toml", ".venv/bin/python", "tests/conftest.py",
        "evals/questions/qian-liu.yaml", "app/__pycache__/x.pyc", "requirements-dev.txt", "notes/secret.key", "data/profiles/me/profile.toml",
    ],
)  # fmt: skip
def test_nobodys_documents_and_no_key_get_in(path: str) -> None:
    assert not let_in(path)


def test_what_the_build_copies_gets_in() -> None:
    copied = [word for step, rest in STEPS if step == "COPY" and "--from" not in rest for word in rest.split()[:-1]]
    assert {"app", "ingest", "prompts", "requirements.txt", "pyproject.toml"} <= {*copied}
    assert all(let_in(name) and (TOP / name).exists() for name in copied)


# Its entry point


@dataclass(frozen=True, slots=True)
class Container:
    """What stands in for the image: the project as its wheel installs it, and a volume."""

    program: Path
    volume: Path
    profiles: Path
    account: tuple[str, ...]
    """Words that make a command run as the image's user, where that can be done here."""

    def run(self, *words: str, port: int) -> "subprocess.Popen[str]":
        """Starts ``words`` with the image's variables and no others, HOME neither."""
        places = {
            "VIVAVOCE_DATA": str(self.volume),
            "VIVAVOCE_PROFILES": str(self.profiles),
            "VIVAVOCE_PORT": str(port),
        }
        variables = {k: v for k, v in ENVIRONMENT.items() if k not in {"HOME", "PATH"}} | places
        return subprocess.Popen(
            [*self.account, sys.executable, "-W", "ignore", *words],
            env=variables | {"PYTHONPATH": str(self.program), "PATH": "/usr/bin:/bin"},
            cwd=self.volume, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip


@pytest.fixture(scope="module")
def container() -> Iterator[Container]:
    # Not pytest's own folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="vivavoce-image-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        context = folder / "context"
        for path in (p for top in TOP.iterdir() for p in (top, *(top.rglob("*") if top.name in PACKAGES else ()))):
            name = path.relative_to(TOP).as_posix()
            if path.is_file() and let_in(name):
                (context / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, context / name)
        built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(built, cwd=context, check=True, capture_output=True, timeout=120)
        (wheel,) = folder.glob("*.whl")
        zipfile.ZipFile(wheel).extractall(folder / "program")
        shutil.copytree(INVENTED / "mira-okonjo", folder / "profiles" / "mira-okonjo")
        (folder / "volume").mkdir()
        yield Container(folder / "program", folder / "volume", folder / "profiles", _account(folder))


def _account(folder: Path) -> tuple[str, ...]:
    """Only root may become somebody else, and only where that one can reach this Python."""
    words = ("setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", "--no-new-privs")
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        _close(folder)
        return ()
    reach = "import subprocess, sys, pydantic; subprocess.run([sys.executable, '-c', ''], check=True)"
    seen = subprocess.run([*words, sys.executable, "-c", reach], capture_output=True, check=False, timeout=60)
    if seen.returncode != 0:
        _close(folder)
        return ()
    os.chown(folder / "volume", UID, UID)
    return words


def _close(folder: Path) -> None:
    """Takes the right to write from the owner, who is also the one that runs it."""
    for path in (*(folder / "program").rglob("*"), *(folder / "profiles").rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def files(folder: Path) -> dict[str, bytes]:
    """What is in a folder, but for compiled modules, which the image brings with it."""
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".pyc"}


@pytest.mark.slow
def test_the_entry_point_makes_the_index_serves_and_stops_without_a_home_or_a_file_of_its_own(
    container: Container,
) -> None:
    before = files(container.program) | files(container.profiles)
    port = free_port()
    main = "from app.cli import main; main()"
    assert json.loads(told("ENTRYPOINT")[0]) == ["vivavoce"]
    with container.run("-c", main, *json.loads(told("CMD")[0]), port=port) as server:
        try:
            said = []
            for line in server.stderr or ():
                said.append(line)
                if line.startswith("Vivavoce "):
                    break
            assert said[-1:] == [line for line in said if line.startswith("Vivavoce 0")], "".join(said)
            assert "1 profile" in said[-1]
            assert httpx.get(f"http://127.0.0.1:{port}/health", timeout=30).json()["status"] == "ok"
            check = json.loads(told("HEALTHCHECK")[0].partition("CMD ")[2])
            assert check[0] == "python"
            with container.run(*check[1:], port=port) as well:
                assert well.wait(60) == 0
            with container.run(*check[1:], port=free_port()) as nobody:
                assert nobody.wait(60) == 1
            server.terminate()
            # 1 where a machine under load made it wait for a thread too long; never an abort.
            assert server.wait(20) in {0, 1}, server.stderr.read() if server.stderr else ""
        finally:
            server.kill()
    assert files(container.program) | files(container.profiles) == before
    assert (container.volume / "index" / "mira-okonjo" / "CURRENT").is_file()


def test_without_a_profile_it_says_what_to_do(container: Container, tmp_path: Path) -> None:
    bare = Container(container.program, container.volume, container.volume / "none", container.account)
    with bare.run("-c", "from app.cli import main; main()", "serve", port=free_port()) as server:
        _, said = server.communicate(timeout=60)
    assert server.returncode == 2
    assert "no profiles in" in said


# The health check


@contextmanager
def answering(status: int) -> Iterator[int]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("status", "is_well"), [(200, True), (503, False), (500, False), (404, False)])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_server_is_well_where_it_says_so(status: int, is_well: bool, host: str) -> None:
    with answering(status) as port:
        found = trouble(Settings(host=host, port=port))
    assert (found is None) is is_well


def test_a_server_that_does_not_answer_is_given_up() -> None:

    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        found = trouble(Settings(port=silent.getsockname()[1]), timeout_s=0.3)
    assert found is not None
    assert "timed out" in found
    assert time.monotonic() - started < 5


def test_no_proxy_of_the_environment_stands_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    with answering(200) as port:
        assert trouble(Settings(port=port)) is None
