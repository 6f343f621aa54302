"""One visitor of a homepage that shows the chat, in a real Chromium; what the page asked for and complained of is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from tests.app.web.visiting import DESK
from tests.app.widget.backend import Backend, Homepages

_SETTLED = """() => Promise.all(document.querySelector("vivavoce-chat").shadowRoot.getAnimations()
  .filter((a) => Number.isFinite(a.effect.getComputedTiming().endTime)).map((a) => a.finished))"""
_HEARD = """["open", "answer", "cite", "error"].forEach((name) => {
  window.heard = [];
  addEventListener(`vivavoce:${name}`, ({ detail }) => window.heard.push([name, detail]));
});"""


class Guest:
    """A window on a homepage."""

    def __init__(self, page: Page, backend: Backend, homepages: Homepages) -> None:
        self.page = page
        self.backend = backend
        self.homepages = homepages
        self.origins: set[str] = set()
        self.complaints: list[str] = []
        page.add_init_script(_HEARD)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"}:
            self.origins.add(f"{parts.scheme}://{parts.netloc}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def visit(self, name: str = "al-folio", widget: str | None = None, inline: str = "") -> Page:
        """Opens a homepage that has the line pasted in, or ``widget`` and ``inline`` in its place."""
        self.homepages.widget = self.tag() if widget is None else widget
        self.homepages.inline = inline
        self.page.goto(f"{self.homepages.url}/{name}.html")
        return self.page

    def tag(self, **data: str) -> str:
        """The line to paste."""
        given = {"profile": "mira-okonjo"} | data
        attributes = " ".join(f'data-{name}="{value}"' for name, value in given.items())
        return f'<script async src="{self.backend.url}/widget/v1/vivavoce.js" {attributes}></script>'

    def element(self, attributes: str = "") -> str:
        """The element to paste, with its script."""
        script = f'<script async src="{self.backend.url}/widget/v1/vivavoce.js"></script>'
        return f'{script}<vivavoce-chat api="{self.backend.url}" profile="mira-okonjo" {attributes}></vivavoce-chat>'

    @property
    def chat(self) -> Locator:
        """The element."""
        return self.page.locator("vivavoce-chat")

    @property
    def launcher(self) -> Locator:
        return self.page.locator(".launch")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".panel")

    @property
    def heading(self) -> Locator:
        return self.page.locator("h2#h")

    @property
    def box(self) -> Locator:
        return self.page.locator("textarea")

    @property
    def last(self) -> Locator:
        """The last question with what answers it."""
        return self.page.locator(".ex").last

    def open(self) -> None:
        """Opens the panel and waits until it knows whose it is."""
        self.launcher.click()
        expect(self.panel).to_be_visible()
        expect(self.heading).not_to_have_text("Ask a question")

    def ask(self, question: str, state: str = "done") -> None:
        """Types a question and waits until its answer is there, or has failed."""
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.last.locator(".q")).to_contain_text(question)
        expect(self.last).to_have_attribute("data-state", state)

    def heard(self, name: str) -> list[Any]:
        """The details of the events of that name, in their order."""
        return [detail for said, detail in self.page.evaluate("window.heard") if said == name]

    def violations(self, *rules: str) -> list[str]:
        """What axe finds in the chat, however small; by all of its rules, or by ``rules``."""
        self.launcher.first.wait_for(state="attached")
        self.page.evaluate(_SETTLED)
        options = {"runOnly": rules} if rules else None
        found = Axe().run(self.page, context="vivavoce-chat", options=options).response["violations"]
        return [f"{v['id']}: {n['html'][:160]} {n.get('failureSummary', '')}" for v in found for n in v["nodes"]]


@contextmanager
def visiting(browser: Browser, backend: Backend, homepages: Homepages, **options: Any) -> Iterator[Guest]:
    """A window that is closed at the end."""
    given: dict[str, Any] = {"viewport": DESK, "locale": "en-GB", "color_scheme": "light"} | options
    context = browser.new_context(**given)
    context.set_default_timeout(20_000)
    try:
        yield Guest(context.new_page(), backend, homepages)
    finally:
        context.close()
