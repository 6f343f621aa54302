"""A window in a real Chromium that notices what a payload does: calls, dialogs, requests, and elements that wait to be touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Dialog, Page, Request, Route

from evals.attack.markup import AWAY, CALL

BLOCKED = "vvblocked"
_WATCH = f"addEventListener('securitypolicyviolation', (e) => window.{BLOCKED}(`${{e.effectiveDirective}} ${{e.blockedURI}}`), true)"
_ARMED = """([call, away]) => {
  const found = [];
  const active = new Set(["href", "src", "srcset", "srcdoc", "action", "formaction", "data", "xlink:href", "poster", "background", "ping", "style",
    "content", "manifest", "values", "to", "from", "http-equiv"]);
  const holds = (text) => text.includes(call) || text.includes(away);
  const leads = (node, name) => name === "href" && node.tagName === "A" && ["http:", "https:"].includes(node.protocol) && node.hostname !== away;
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      for (const { name, value } of node.attributes) {
        const isHandler = name.startsWith("on") && holds(value);
        const isLoaded = active.has(name) && (holds(value) || /^[\\s\\x01]*(javascript:|vbscript:|data:(text|image.svg))/i.test(value));
        if (isHandler || (isLoaded && !leads(node, name))) found.push(`${node.tagName} ${name}=${value.slice(0, 120)}`);
      }
      if (["SCRIPT", "STYLE"].includes(node.tagName.toUpperCase()) && holds(node.textContent) && !node.textContent.includes("gradio_config"))
        found.push(`${node.tagName} ${node.textContent.slice(0, 120)}`);
      if (node.shadowRoot) look(node.shadowRoot);
      if (node.tagName === "IFRAME" && node.contentDocument) look(node.contentDocument);
    }
  };
  look(document);
  return found;
}"""
"""Elements that carry a payload where it would act: in a handler, an address that is loaded or followed, a script, a sheet."""
_TEXT = """() => {
  const parts = [];
  const read = (root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
      else if (node.shadowRoot) read(node.shadowRoot);
    }
  };
  read(document);
  return parts.join("");
}"""


@dataclass(slots=True)
class Seen:
    """What payloads did in one window."""

    ran: list[str] = field(default_factory=list)
    """Calls and dialogs."""
    outside: list[str] = field(default_factory=list)
    """Requests to anywhere but the servers that the window is about."""
    armed: list[str] = field(default_factory=list)
    """Elements that wait to be touched."""
    blocked: list[str] = field(default_factory=list)
    """What only the page's policy prevented."""
    shown: set[str] = field(default_factory=set)
    """The places in which payloads were seen as the text that they are."""

    @property
    def harm(self) -> list[str]:
        """All that may not be."""
        return [*self.ran, *self.outside, *self.armed, *self.blocked]

    def add(self, other: "Seen") -> None:
        """Takes over what was seen in another window."""
        self.ran += other.ran
        self.outside += other.outside
        self.armed += other.armed
        self.blocked += other.blocked
        self.shown |= other.shown


class Window:
    """One page and what was seen of it."""

    def __init__(self, page: Page, seen: Seen) -> None:
        self.page = page
        self.seen = seen

    def look(self) -> str:
        """Notes what waits to be touched; returns the text of the page as it is read, white space folded."""
        self.seen.armed += self.page.evaluate(_ARMED, [CALL, AWAY])
        return folded(self.page.evaluate(_TEXT))


@contextmanager
def watching(browser: Browser, *own: str, without_policy: bool = True, **options: Any) -> Iterator[Window]:
    """A window on the servers ``own``, closed at the end; ``without_policy``: no Content-Security-Policy helps the page.

    Requests to elsewhere are noted and go nowhere.
    """
    context = browser.new_context(bypass_csp=without_policy, locale="en-GB", **options)
    context.set_default_timeout(30_000)
    seen = Seen()
    hosts = {urlsplit(address).netloc for address in own}

    def goes(route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc in hosts:
            route.continue_()
        else:
            seen.outside.append(request.url[:200])
            route.abort()

    def asked(dialog: Dialog) -> None:
        seen.ran.append(f"dialog {dialog.message[:120]}")
        dialog.dismiss()

    def opened(page: Page) -> None:
        page.on("dialog", asked)

    context.expose_function(CALL, lambda *n: seen.ran.append(f"{CALL}{n}"))
    context.expose_function(BLOCKED, lambda what: seen.blocked.append(what))
    context.add_init_script(_WATCH)
    context.on("page", opened)
    context.route(
        lambda address: urlsplit(address).netloc not in hosts and urlsplit(address).scheme not in {"data", "blob"}, goes
    )
    try:
        yield Window(context.new_page(), seen)
    finally:
        context.close()


def folded(text: str) -> str:
    """``text`` as it can be compared with what a page shows: without what HTML does not hold, white space as one blank."""
    kept = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(kept.replace("\ufffd", "").split())
