"""What the chat costs the page that shows it: bytes, hosts, layout shift, long tasks, and first paint beside the same page without it.

    python -m evals.bench.widget [--data data] [--profile slug] [--rounds 12]

Needs Chromium. The look-alikes of homepages in ``hosts/`` are served on another origin than the chat, under the strict policy that it promises to
work under; each visit begins with an empty cache, and pages with and without the chat take turns. Absolute times are of a noisy machine; quote the difference.
Layout shift is the browser's CLS: what follows a visitor's own click or key within half a second does not count.
"""

import argparse
import gzip
import json
import os
import shutil
import statistics
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from app.widget.line import FILE
from evals.bench.page import _ours, _window, chromium

_HOSTS = Path(__file__).with_name("hosts")
_PAGES = ("plain", "al-folio", "academicpages")
_TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}
_WATCH = """window.seen = { shift: 0, long: [] };
const unasked = (e) => (e.hadRecentInput ? 0 : e.value);
new PerformanceObserver((list) => list.getEntries().forEach((e) => (seen.shift += unasked(e)))).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((e) => seen.long.push(e.duration))).observe({ type: "longtask", buffered: true });"""
_QUIET = "() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(() => setTimeout(done, 100))))"
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--profile")
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    slug = options.profile or sorted(p.parent.name for p in (options.data / "profiles").glob("*/profile.toml"))[0]
    size = {"bytes": FILE.stat().st_size, "gzipped_bytes": len(gzip.compress(FILE.read_bytes(), 9, mtime=0))}
    with tempfile.TemporaryDirectory() as folder, _homepages() as (pages, homepages):
        data = _listing(options.data, slug, homepages, Path(folder))
        with _ours(data) as ours, chromium() as browser:
            pages.api = ours
            pages.tag = f'<script async src="{ours}/widget/v1/vivavoce.js" data-profile="{slug}"></script>'
            told = {name: _compared(browser, f"{homepages}/{name}.html", options.rounds) for name in _PAGES}
    machine = {"rounds": options.rounds, "load_average": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    print(json.dumps({**size, **told, **machine}, indent=2))


class _Pages(ThreadingHTTPServer):
    """The homepages."""

    api = ""
    tag = ""
    daemon_threads = True


class _Answer(BaseHTTPRequestHandler):
    """Sends a look-alike under the strict policy; with ``?chat`` it has the line pasted in."""

    server: _Pages

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        file = _HOSTS / Path(asked.path).name
        if not file.is_file():
            self.send_error(404)
            return
        text = file.read_text(encoding="utf-8")
        body = text.replace("<!-- widget:end -->", self.server.tag if asked.query == "chat" else "").encode()
        api = self.server.api
        allowed = f"default-src 'none'; script-src {api} 'self'; connect-src {api}; style-src 'self'"
        self.send_response(200)
        self.send_header("content-type", _TYPES[file.suffix])
        self.send_header("content-length", str(len(body)))
        self.send_header("content-security-policy", f"{allowed}; require-trusted-types-for 'script'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def _homepages() -> Iterator[tuple[_Pages, str]]:
    """The homepages on a loopback port."""
    with _Pages(("127.0.0.1", 0), _Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _listing(data: Path, slug: str, origin: str, folder: Path) -> Path:
    """A copy of one profile with its index that lists ``origin``."""
    for part in ("profiles", "index"):
        if (data / part / slug).is_dir():
            shutil.copytree(data / part / slug, folder / part / slug)
    with (folder / "profiles" / slug / "profile.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[embed]\norigins = ["{origin}"]\n')
    return folder


def _compared(browser: Browser, address: str, rounds: int) -> dict[str, Any]:
    """One look-alike without and with the chat, and with the chat opened and asked."""
    without: dict[str, list[float]] = defaultdict(list)
    with_chat: dict[str, list[float]] = defaultdict(list)
    hosts: set[str] = set()
    for round_ in range(rounds + 1):
        for seen, query in ((without, ""), (with_chat, "?chat")):
            with _window(browser) as page:
                measured = _visit(page, f"{address}{query}", hosts)
            # The first round finds servers and browser cold.
            if round_:
                for name, value in measured.items():
                    seen[name].append(value)
    plain, chat = (statistics.median(s["paint_ms"]) for s in (without, with_chat))
    return {
        "first_paint_ms": {"without": round(plain, 1), "with": round(chat, 1), "difference": round(chat - plain, 1)},
        "first_paint_spread_ms": [round(statistics.stdev(s["paint_ms"]), 1) for s in (without, with_chat)],
        "layout_shift": {
            "loaded": max(with_chat["shift"]) - max(without["shift"]),
            "asked": max(with_chat["shift_asked"]) - max(without["shift"]),
        },
        "longest_task_ms": {
            "without": round(max(without["long"])),
            "with": round(max(with_chat["long"])),
            "asked": round(max(with_chat["long_asked"])),
        },
        "long_tasks": {"without": sum(x > 0 for x in without["long"]), "with": sum(x > 0 for x in with_chat["long"])},
        "foreign_hosts": len(hosts - {urlsplit(address).netloc}),
    }


def _visit(page: Page, address: str, hosts: set[str]) -> dict[str, float]:
    """One visit. A task counts as long from 50 ms on; 0 where there is none."""
    page.add_init_script(_WATCH)
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(address, wait_until="load")
    has_chat = address.endswith("?chat")
    if has_chat:
        page.locator(".launch").wait_for()
    page.evaluate(_QUIET)
    found = {
        "paint_ms": float(page.wait_for_function(_PAINT).json_value()),
        "shift": float(page.evaluate("seen.shift")),
        "long": _longest(page),
    }
    if has_chat:
        page.evaluate("seen.long.length = 0")
        page.locator(".launch").click()
        page.locator("textarea").fill("Where does the person work now?")
        page.locator("textarea").press("Enter")
        page.locator('.ex[data-state="done"]').wait_for()
        page.evaluate(_QUIET)
        found |= {"shift_asked": float(page.evaluate("seen.shift")), "long_asked": _longest(page)}
    return found


def _longest(page: Page) -> float:
    return float(page.evaluate("Math.max(0, ...seen.long)"))


if __name__ == "__main__":
    main()
