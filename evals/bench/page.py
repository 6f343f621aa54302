"""How fast the page is: ready beside a bare Gradio ``ChatInterface`` in the same run, its first answer after Enter, and with many visitors at once.

    python -m evals.bench.page [--data data] [--profile slug] [--rounds 5] [--questions 12] [--visitors 40]

Needs Chromium. Absolute times are of a noisy machine; quote the ratio.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

_QUESTIONS = (
    "Where does the person work now?",
    "How many publications are listed?",
    "Which degrees are there?",
    "Who are the most frequent co-authors?",
)
_CROWD = (
    "Where did the person work in {year}?",
    "How many publications are from {year}?",
    "Which papers are about {topic}?",
    "Is there any experience with {topic}?",
)
_TOPICS = (
    "evaluation",
    "teaching",
    "code",
    "data",
    "language",
    "statistics",
    "design",
    "fine-tuning",
    "medicine",
    "reading",
)
"""No two of a crowd ask the same."""
_READY = "() => { const t = document.querySelector('textarea'); return t && !t.disabled && t.offsetParent && performance.now() }"
_FIRST_SENTENCE = """([question, count]) => new Promise((done) => {
  const box = document.querySelector('#vv-question textarea'), log = document.querySelector('.vv-log');
  let from = 0;
  const seen = new MutationObserver(() => {
    const last = log.querySelectorAll('.vv-exchange')[count];
    if (!last || !last.querySelector('.vv-sentence')) return;
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - from));
  });
  seen.observe(log, { childList: true, subtree: true });
  box.value = question;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => {
    from = performance.now();
    ['keydown', 'keypress'].forEach((kind) => box.dispatchEvent(new KeyboardEvent(kind, { key: 'Enter', bubbles: true })));
  });
})"""
_START_S = 120


def main() -> None:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--profile")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--questions", type=int, default=12)
    parser.add_argument("--visitors", type=int, default=40)
    parser.add_argument("--bare", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        _serve_bare(options.bare)
        return
    slug = options.profile or sorted(p.parent.name for p in (options.data / "profiles").glob("*/profile.toml"))[0]
    with _ours(options.data) as ours, _bare() as bare, chromium() as browser:
        figures = _ready(browser, f"{ours}/?profile={slug}", bare, options.rounds)
        figures |= _answers(browser, f"{ours}/?profile={slug}", options.questions)
        figures |= _crowd(ours, slug, options.visitors)
    print(json.dumps(figures | {"load_average": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}, indent=2))


def _ready(browser: Browser, ours: str, bare: str, rounds: int) -> dict[str, Any]:
    """Milliseconds from the request until a question can be typed, each time in a browser that has nothing in its cache."""
    times: dict[str, list[float]] = {ours: [], bare: []}
    for round_ in range(rounds + 1):
        for address, seen in times.items():
            with _window(browser) as page:
                page.goto(address, wait_until="commit")
                ready = float(page.wait_for_function(_READY, timeout=60_000).json_value())
            # The first round finds the servers cold.
            seen += [ready] if round_ else []
    median = {name: statistics.median(seen) for name, seen in times.items()}
    return {
        "ready_ms": round(median[ours]),
        "bare_ready_ms": round(median[bare]),
        "ready_ratio": round(median[ours] / median[bare], 2),
    }


def _answers(browser: Browser, address: str, questions: int) -> dict[str, Any]:
    """Milliseconds from Enter until the first sentence is on the screen, one question after the other."""
    with _window(browser) as page:
        page.goto(address)
        page.locator(".vv-greeting").wait_for(timeout=60_000)
        seen = []
        for n in range(questions):
            seen.append(float(page.evaluate(_FIRST_SENTENCE, [_QUESTIONS[n % len(_QUESTIONS)], n])))
            page.locator('.vv-exchange[aria-busy="true"]').wait_for(state="detached")
    return {"first_sentence_ms": round(statistics.median(seen)), "first_sentence_p95_ms": round(_p95(seen))}


def _crowd(address: str, slug: str, visitors: int) -> dict[str, Any]:
    """Seconds until the first sentence where many ask at once, over the protocol that the page itself speaks."""
    config = httpx.get(f"{address}/config", trust_env=False, timeout=60).json()
    outputs = {c["id"] for c in config["components"] if c["props"].get("elem_id") in {"vv-transcript", "vv-question"}}
    (asking,) = (d["id"] for d in config["dependencies"] if outputs <= set(d["outputs"]) and d["types"]["generator"])
    seen: list[float] = []
    errors: list[str] = []
    start = threading.Barrier(visitors)

    def visit(n: int) -> None:
        visit_ = {"profile": slug, "language": "en"}
        body = {
            "data": [_asked(n), visit_, []],
            "fn_index": asking,
            "session_hash": f"visitor{n}",
            "event_data": {},
        }
        try:
            # Who asks has the page open: what a client costs to make is not the server's time.
            with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
                client.get("/health")
                start.wait()
                began = time.perf_counter()
                client.post("/gradio_api/queue/join", json=body).raise_for_status()
                seen.append(_first_sentence(client, f"visitor{n}") - began)
        except (httpx.HTTPError, ValueError) as error:
            errors.append(repr(error))
            start.abort()
        except threading.BrokenBarrierError:
            errors.append("another visitor's error")

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p95 = round(_p95(seen), 2) if seen else None
    return {"visitors": visitors, "visitors_errors": len(errors), "visitors_first_sentence_p95_s": p95}


def _asked(visitor: int) -> str:
    number = visitor // len(_CROWD)
    return _CROWD[visitor % len(_CROWD)].format(year=2024 - number, topic=_TOPICS[number % len(_TOPICS)])


def _first_sentence(client: httpx.Client, session: str) -> float:
    """When the first sentence arrived.

    Raises:
        ValueError: the stream ended or failed before.
    """
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            if "vv-sentence" in line:
                return time.perf_counter()
            if '"success":false' in line.replace(" ", ""):
                break
    raise ValueError("no sentence came")


def _p95(seen: list[float]) -> float:
    return sorted(seen)[max(0, round(0.95 * len(seen)) - 1)]


@contextmanager
def _ours(data: Path) -> Iterator[str]:
    port = _free_port()
    with _running(
        [sys.executable, "-m", "app", "serve", "--data", str(data), "--port", str(port)], port, "/health"
    ) as url:
        yield url


@contextmanager
def _bare() -> Iterator[str]:
    port = _free_port()
    with _running([sys.executable, "-m", "evals.bench.page", "--bare", str(port)], port, "/") as url:
        yield url


@contextmanager
def _running(command: list[str], port: int, path: str) -> Iterator[str]:
    """The server, once it answers; ended at the end."""
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"{url}{path}", process)
            yield url
        finally:
            process.kill()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            httpx.get(address, trust_env=False, timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    sys.exit(f"{' '.join(map(str, process.args))!r} does not answer")  # type: ignore[arg-type]


def chromium_path() -> str | None:
    """Where Chromium is; ``None`` where it is not installed."""
    return shutil.which("chromium") or shutil.which("/usr/bin/chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    with sync_playwright() as playwright:
        path = chromium_path() or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    try:
        yield context.new_page()
    finally:
        context.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _serve_bare(port: int) -> None:
    """A ``ChatInterface`` that says the question again, as its documentation begins."""
    # For what it sets before Gradio is imported: no calls home, as for ours.
    import app.web.page  # noqa: F401

    import gradio as gr  # isort: skip

    def echo(message: str, history: list[Any]) -> str:
        return message

    gr.ChatInterface(echo).launch(server_name="127.0.0.1", server_port=port, ssr_mode=False, quiet=True)


if __name__ == "__main__":
    main()
