"""Every payload in every place that shows a text, through every door, in a real Chromium: nothing may run, and nothing may be asked for elsewhere.

    python -m evals.attack.xss [--all]

Needs Chromium. Prints one JSON object; exit 1 where a payload did anything, or was not seen as text where it must be.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from playwright.sync_api import Browser, expect

from evals.attack.markup import Payload, read_payloads
from evals.attack.speaker import NAMED, SPEAKER, batches, packed, speaking, stage
from evals.attack.window import Seen, Window, folded, watching
from evals.bench.page import chromium

QUESTION_CHARS = 9_000
_WAIT_MS = 30_000
_OF_FACTS = 0.5
"""The share of payloads that come through a reader of facts, or are taken for a requirement."""
_BOX = "#vv-question textarea"
_LINE = '<script async src="{}/widget/v1/vivavoce.js" data-profile="{}"{}></script>'


class Missing(AssertionError):
    """Payloads did not arrive, so that nothing was shown about them."""


class Homepage(ThreadingHTTPServer):
    """Somebody's page on another origin, which has no policy of its own."""

    daemon_threads = True
    body = ""

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Wire(BaseHTTPRequestHandler):
    server: Homepage

    def do_GET(self) -> None:
        """The page, whatever is asked for."""
        content = f"<!doctype html><meta charset=utf-8><title>Home</title><body>{self.server.body}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def homepage() -> Iterator[Homepage]:
    """The page on a port of its own."""
    server = Homepage(("127.0.0.1", 0), _Wire)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Doors:
    """The doors of one server, and what is done at each."""

    def __init__(self, browser: Browser, url: str, home: Homepage, payloads: Sequence[Payload]) -> None:
        self._browser = browser
        self._url = url
        self._home = home
        self._payloads = payloads

    def window(self, **options: Any) -> AbstractContextManager[Window]:
        """A window on the server and the homepage."""
        return watching(self._browser, self._url, self._home.url, **options)

    def page_answers(self) -> Seen:
        """Answers, titles, sections, quotes, addresses and suggestions on the page; the same again after a reload, out of the browser's memory."""
        with self.window() as window:
            page = window.page
            page.goto(f"{self._url}/?profile={SPEAKER}")
            page.locator(".vv-greeting:visible").wait_for()
            self.arrived(window, "greeting", self._payloads)
            for n, batch in enumerate(batches(self._payloads)):
                self._ask(window, f"batch {n}")
                self._touch(window)
                self.arrived(window, "answer", batch)
            page.reload()
            page.locator(".vv-exchange:visible").first.wait_for()
            self.arrived(window, "memory", self._payloads)
            return window.seen

    def page_questions(self) -> Seen:
        """Questions and history on the page, and the sources in the view of the evidence."""
        with self.window() as window:
            window.page.goto(f"{self._url}/?profile={SPEAKER}")
            window.page.locator(".vv-greeting:visible").wait_for()
            for text in packed(self._payloads, QUESTION_CHARS):
                self._ask(window, text)
            self.arrived(window, "question", self._payloads)
            chips = window.page.locator(".vv-exchange:visible .vv-source:visible")
            for n in range(min(chips.count(), 4)):
                chips.nth(n).click()
                window.page.locator("#vv-evidence .vv-document").wait_for()
                self.arrived(window, "evidence", self._payloads, 0)
            return window.seen

    def page_people(self) -> Seen:
        """Names, aliases, links, titles and file names: the directory, the page of each, and an address that names nobody."""
        named = [p for p in httpx.get(f"{self._url}/health", trust_env=False).json()["profiles"] if p.startswith(NAMED)]
        with self.window() as window:
            window.page.goto(self._url)
            window.page.locator(".vv-people").wait_for()
            window.look()
            for slug in named[:2]:
                window.page.goto(f"{self._url}/?profile={slug}")
                window.page.locator(".vv-greeting:visible").wait_for()
                window.look()
            window.seen.shown.add("name")
            for text in packed(self._payloads, QUESTION_CHARS):
                window.page.goto(f"{self._url}/?profile={quote(text, safe='')}")
                window.page.locator(".vv-note").wait_for()
                self.arrived(window, "address", [p for p in self._payloads if folded(p.text) in folded(text)])
            return window.seen

    def page_record(self) -> Seen:
        """Facts in the tab of the record."""
        with self.window() as window:
            page = window.page
            page.goto(f"{self._url}/?profile={SPEAKER}")
            page.locator(".vv-greeting:visible").wait_for()
            page.get_by_role("tab").nth(1).click()
            page.locator(".vv-record-table:visible, .vv-record:visible, [class*=vv-record]:visible").first.wait_for()
            page.wait_for_timeout(500)
            self.arrived(window, "record", self._payloads, _OF_FACTS)
            return window.seen

    def page_match(self, payloads: Sequence[Payload]) -> Seen:
        """Job descriptions, the report on them, and the page that is saved of it."""
        with self.window() as window:
            page = window.page
            page.goto(f"{self._url}/?profile={SPEAKER}")
            page.locator(".vv-greeting:visible").wait_for()
            page.get_by_role("tab").nth(2).click()
            page.locator("#vv-match-text").wait_for()
            for text in packed(payloads, 2_000):  # A report has 80 demands at most.
                # Bytes that no text holds are refused before anything is read.
                shown = "".join(c for c in text if c.isprintable())
                job = "Requirements:\n" + "\n".join(f"- Experience with {part}" for part in shown.split(" <"))
                page.locator("#vv-match-text").fill(job)
                with page.expect_response("**/v1/match/view") as told:
                    page.locator(".vv-match-send").click()
                saved = told.value.json()["page"]
                page.locator(".vv-match-list").first.wait_for()
                sent = [p for p in payloads if folded(p.text) in folded(text)]
                self.arrived(window, "job description", sent, _OF_FACTS)
                self._home.body = saved
                with watching(self._browser, self._home.url) as other:
                    other.page.goto(f"{self._home.url}/saved")
                    self.arrived(other, "saved report", sent, _OF_FACTS)
                    window.seen.add(other.seen)
            return window.seen

    def widget(self, frame: bool) -> Seen:
        """The chat on another page, or in the frame: answers, sources, suggestions, questions, and looks from the address or the line."""
        with self.window() as window:
            page = window.page
            if frame:
                page.goto(f"{self._url}/embed/{SPEAKER}")
            else:
                self._home.body = _LINE.format(self._url, SPEAKER, "")
                page.goto(f"{self._home.url}/home")
                page.locator(".launch").click()
            box = page.locator("textarea")
            box.wait_for()
            for n, batch in enumerate(batches(self._payloads)):
                self._tell(window, f"batch {n}")
                self.arrived(window, "answer", batch)
            for text in packed(self._payloads, QUESTION_CHARS):
                self._tell(window, text)
            self.arrived(window, "question", self._payloads)
            buttons = page.locator(".ex").last.locator("button.c, .n, sup button, .q ~ * button")
            if buttons.count():
                buttons.first.click()
                window.look()
            return window.seen

    def looks(self, payloads: Sequence[Payload]) -> Seen:
        """What the address of the frame, or the line on a page, says of the chat; a payload in each of its words."""
        with self.window() as window:
            for text in packed(payloads, 190):
                given = dict.fromkeys(("heading", "greeting", "suggestions", "color", "label", "open"), text)
                window.page.goto(f"{self._url}/embed/{SPEAKER}?{urlencode(given)}")
                window.page.locator("textarea").wait_for()
                window.look()
            window.seen.shown.add("looks")
            return window.seen

    def _ask(self, window: Window, question: str) -> None:
        page = window.page
        before = page.locator(".vv-exchange:visible").count()
        page.locator(_BOX).fill(question)
        page.locator(_BOX).press("Enter")
        expect(page.locator(".vv-exchange:visible")).to_have_count(before + 1, timeout=_WAIT_MS)
        expect(page.locator(".vv-exchange:visible").last).to_have_attribute("aria-busy", "false", timeout=_WAIT_MS)

    def _touch(self, window: Window) -> None:
        """Points at a number and takes the answer along, as a visitor does."""
        last = window.page.locator(".vv-exchange:visible").last
        last.locator(".vv-cite").first.hover()
        for name in ("copy", "copy_markdown"):
            last.locator(f"[data-do={name}]").first.click()

    def _tell(self, window: Window, question: str) -> None:
        page = window.page
        page.locator("textarea").fill(question)
        page.locator("textarea").press("Enter")
        expect(page.locator(".ex").last).to_have_attribute("data-state", "done", timeout=_WAIT_MS)

    def arrived(self, window: Window, place: str, payloads: Sequence[Payload], least: float = 0.98) -> None:
        """Looks, and raises ``Missing`` where fewer than the share ``least`` of the payloads are on the page as the text that they are."""
        text = window.look()
        missing = [p.text for p in payloads if folded(p.text) not in text]
        if len(missing) > len(payloads) * (1 - least):
            raise Missing(f"{len(missing)} of {len(payloads)} are not shown in {place!r}: {missing[:3]!r}")
        window.seen.shown.add(place)


def control(browser: Browser, home: Homepage, payloads: Sequence[Payload]) -> Seen:
    """The payloads where nothing protects a page: as its HTML, and through ``innerHTML``. What watches must see a great deal."""
    with watching(browser, home.url) as window:
        for payload in payloads:
            home.body = f"<div>{payload.text}</div>"
            window.page.goto(f"{home.url}/{payload.n}", wait_until="commit")
            window.page.evaluate(
                "(text) => { document.body?.insertAdjacentHTML('beforeend', `<div>${text}</div>`) }", payload.text
            )
            window.look()
        return window.seen


def done(doors: Doors, looks: Sequence[Payload]) -> Mapping[str, Callable[[], Seen]]:
    """What is done at each door; ``looks`` are what a chat is made to look like and what is compared with a record."""
    return {
        "page, answers": doors.page_answers,
        "page, questions": doors.page_questions,
        "page, people": doors.page_people,
        "page, record": doors.page_record,
        "page, match": lambda: doors.page_match(looks),
        "frame": lambda: doors.widget(frame=True),
        "widget": lambda: doors.widget(frame=False),
        "looks": lambda: doors.looks(looks),
    }


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--all", action="store_true", help="name people and choose looks by every payload, not by one of each kind"
    )
    given = parser.parse_args()
    payloads = read_payloads()
    one_each = list({p.kind: p for p in payloads}.values())
    chosen = payloads if given.all else one_each
    told: dict[str, Any] = {"payloads": len(payloads), "doors": {}}
    with tempfile.TemporaryDirectory(prefix="vivavoce-xss-") as folder, homepage() as home:
        stage(Path(folder), chosen, home.url)
        with speaking(Path(folder)) as url, chromium() as browser:
            for name, act in done(Doors(browser, url, home, payloads), chosen).items():
                seen = act()
                told["doors"][name] = {"places": sorted(seen.shown), "harm": seen.harm[:20], "harms": len(seen.harm)}
                sys.stderr.write(f"{time.strftime('%X')} {name}: {len(seen.harm)}\n")
    sys.stdout.write(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n")
    return 1 if any(door["harms"] for door in told["doors"].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
