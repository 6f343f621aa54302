"""Times on this machine: a cold ask, warm asks over HTTP, ingest, memory of the server, and one text a run beside batches of eight.

    python -m evals.bench.speed [--asks 200]

Absolute times are of a noisy machine; quote the ratios.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime

from ingest.build import Progress, read_record
from ingest.embed import MiniLM
from ingest.passages import embedding_text
from ingest.profile import read_profile

_QUESTIONS = (
    ("qian-liu", "Where does he work now, and since when?"),
    ("qian-liu", "How many papers from 2024 are there?"),
    ("qian-liu", "Has he worked at Google?"),
    ("baohao-liao", "What is the idea of RSD?"),
    ("baohao-liao", "How much activation memory does MEFT save?"),
)


def main() -> None:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asks", type=int, default=200)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--port", type=int, default=7899)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "app"]
        where = ["--data", str(options.data), "--index", folder]
        figures = {
            "ingest_both_s": _timed(
                lambda: subprocess.run([*command, "ingest", *where], check=True, capture_output=True)
            ),
            "ingest_unchanged_s": _timed(
                lambda: subprocess.run([*command, "ingest", *where], check=True, capture_output=True)
            ),
            "ask_cold_s": _timed(
                lambda: subprocess.run([*command, "ask", *where, *_QUESTIONS[0]], check=True, capture_output=True)
            ),
        }
        figures |= _served([*command, "serve", *where, "--port", str(options.port)], options.port, options.asks)
    figures |= _embedding(options.data)
    print(json.dumps(figures, indent=2))


def _served(command: list[str], port: int, asks: int) -> dict[str, float]:
    """Start-up, warm asks over ``/v1/ask`` and resident memory of a real server."""
    started = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/health")
        ready_s = time.perf_counter() - started
        for question in _QUESTIONS:
            _ask(port, *question)
        times = sorted(_timed(partial(_ask, port, *_QUESTIONS[n % len(_QUESTIONS)])) * 1000 for n in range(asks))
        pages = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1])
    finally:
        server.terminate()
        server.wait(timeout=20)
    return {
        "serve_ready_s": round(ready_s, 2),
        "ask_warm_p50_ms": round(times[len(times) // 2], 1),
        "ask_warm_p95_ms": round(times[int(len(times) * 0.95)], 1),
        "serve_rss_mb": round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1),
    }


def _embedding(data: Path) -> dict[str, float]:
    """One text a run beside padded batches of eight, in turns on the same passages."""
    record = read_record(data / "profiles" / "baohao-liao", read_profile(data / "profiles", "baohao-liao"), Progress())
    texts = [embedding_text(p) for p in record.passages]
    minilm = MiniLM.installed()
    single, batched = partial(minilm.embed, texts), partial(_in_batches, minilm, texts, 8)
    single()
    ratios = [_timed(single) / _timed(batched) for _ in range(3)]
    return {
        "embed_passages_per_s": round(len(texts) / _timed(single), 1),
        "embed_single_to_batch_of_8_time_ratio": round(statistics.median(ratios), 2),
        "bench_peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1),
    }


def _in_batches(minilm: MiniLM, texts: list[str], size: int) -> None:
    session: onnxruntime.InferenceSession = minilm._session
    for start in range(0, len(texts), size):
        encoded = [minilm._tokenizer.encode(t).ids for t in texts[start : start + size]]
        width = max(map(len, encoded))
        ids = np.array([row + [0] * (width - len(row)) for row in encoded], dtype=np.int64)
        mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in encoded], dtype=np.int64)
        session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})


def _ask(port: int, profile: str, question: str) -> None:
    body = json.dumps({"profile": profile, "question": question}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/ask", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert json.load(answer)["answer"]


def _wait(url: str, limit_s: float = 60.0) -> None:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} did not answer within {limit_s:.0f} s")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 4)


if __name__ == "__main__":
    main()
