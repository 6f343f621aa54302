"""One visitor's window in a real Chromium, which must stay on this machine and without errors."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.app.web.scripted import Served

_SETTLED = """() => Promise.all(document.getAnimations()
  .filter((a) => Number.isFinite(a.effect.getComputedTiming().endTime)).map((a) => a.finished))"""
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
expect.set_options(timeout=10_000)

_REST = """() => new Promise((done) => {
  let last = performance.now();
  const heard = () => (last = performance.now());
  addEventListener("scroll", heard, { passive: true, capture: true });
  const timer = setInterval(() => {
    if (performance.now() - last < 400) return;
    clearInterval(timer);
    removeEventListener("scroll", heard, { capture: true });
    done();
  }, 50);
})"""


class Visit:
    """One visitor's window."""

    def __init__(self, context: BrowserContext, server: Served) -> None:
        self.url = server.url
        self.page = context.new_page()
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self._streams: set[Request] = set()
        self.page.on("request", self._request)
        self.page.on("requestfinished", lambda request: self._streams.discard(request))
        self.page.on("requestfailed", lambda request: self._streams.discard(request))
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in {"data", "blob"} and not request.url.startswith(self.url):
            self.outside.append(request.url)
        if "/queue/data" in request.url:
            self._streams.add(request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    @property
    def box(self) -> Locator:
        """Where questions are typed."""
        return self.page.locator("#vv-question textarea")

    @property
    def last(self) -> Locator:
        """The last question with its answer."""
        return self.page.locator(".vv-exchange:visible").last

    def go(self, url: str) -> None:
        """Leaves for ``url`` once nothing is under way: Gradio complains in the console of what is cut off."""
        while self._streams:
            self.page.wait_for_timeout(20)
        self.page.goto(url)

    def reload(self) -> None:
        """Loads the page anew, as ``go`` does."""
        self.go(self.page.url)

    def open(self, slug: str = "mira-okonjo") -> Page:
        """The page of a profile."""
        self.go(f"{self.url}/?profile={slug}")
        self.page.locator(".vv-greeting:visible").wait_for()
        return self.page

    def enter(self) -> Page:
        """The directory."""
        self.go(self.url)
        self.page.locator(".vv-people").wait_for()
        return self.page

    def ask(self, question: str) -> None:
        """Types a question and waits for the whole answer."""
        self.box.fill(question)
        self.box.press("Enter")
        self.answered(question)

    def come_to_rest(self) -> None:
        """Waits until nothing has scrolled for a while."""
        self.page.evaluate(_REST)

    def answered(self, question: str) -> None:
        """Waits until ``question`` is the last and has its answer."""
        expect(self.last.locator(".vv-asked")).to_have_text(question)
        expect(self.last).to_have_attribute("aria-busy", "false")


def visiting(browser: Browser, server: Served, **options: object) -> Iterator[Visit]:
    """A window that is closed at the end and must not have complained."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    visit = Visit(context, server)
    yield visit
    context.close()
    assert visit.outside == [], visit.outside
    assert visit.complaints == [], visit.complaints


def folded(text: str | None) -> str:
    """``text`` with its white space folded."""
    return " ".join((text or "").split())


def wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def complaints(page: Page) -> list[str]:
    """What axe finds on the whole page, Gradio's components included, however small."""
    page.evaluate(_SETTLED)
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']} ({v['impact']}): {node['html'][:120]} {node.get('failureSummary', '')}"
        for v in found
        for node in v["nodes"]
    ]
