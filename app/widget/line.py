"""The lines that an owner pastes into a page to show the chat there, and what that page and ``profile.toml`` must allow for it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from app.errors import ConfigurationError

FILE = Path(__file__).with_name("vivavoce.js")
LOOKS = ("heading", "greeting", "suggestions", "language", "theme", "color", "position", "label", "open")
"""What the page that shows the chat may choose; never the prompt, the model or its temperature."""


@cache
def widget() -> bytes:
    """The widget, as it is served."""
    return FILE.read_bytes()


@cache
def integrity() -> str:
    """What the browser compares the widget with (W3C, Subresource Integrity)."""
    return f"sha384-{base64.b64encode(hashlib.sha384(widget()).digest()).decode()}"


@cache
def version() -> str:
    """Tells this widget from every other one; part of an address that may be kept for ever."""
    return hashlib.sha384(widget()).hexdigest()[:12]


def base_address(text: str) -> str:
    """``text`` as the address that lines begin with, without a slash at its end.

    Raises:
        ConfigurationError: it is no address of a web server.
    """
    try:
        found = urlsplit(text.strip())
        is_fine = found.scheme in {"http", "https"} and found.hostname and found.port != 0
    except ValueError:
        is_fine = False
    if not is_fine or found.query or found.fragment or found.username or set(text.strip()) & set(" \"'<>;,"):
        raise ConfigurationError(f"--base-url {text!r} is no address of a server; write it as https://ask.example.org")
    return text.strip().rstrip("/")


@dataclass(frozen=True, slots=True)
class Line:
    """What is pasted for one profile."""

    base: str
    """Address of this server, as visitors reach it."""
    slug: str
    name: str
    looks: Mapping[str, str] = field(default_factory=dict)
    """Some of ``LOOKS``."""

    @property
    def origin(self) -> str:
        """Of this server, as policies name it."""
        found = urlsplit(self.base)
        return f"{found.scheme}://{found.netloc}"

    @property
    def script(self) -> str:
        """A bubble in the corner; follows updates of this server."""
        return f'<script async src="{self.base}/widget/v1/vivavoce.js"{self._data}></script>'

    @property
    def pinned(self) -> str:
        """As ``script``, but only ever runs the widget of today."""
        source = f'src="{self.base}/widget/v1/vivavoce.js?v={version()}"'
        return f'<script async {source} integrity="{integrity()}" crossorigin="anonymous"{self._data}></script>'

    @property
    def element(self) -> str:
        """Inside a page, where it stands. Its room is kept from the start, so that nothing moves when it comes."""
        attributes = _attributes({"api": self.base, "profile": self.slug} | dict(self.looks))
        link = f'<a href="{self.base}/?profile={quote(self.slug, safe="")}">{escape(self.name)}</a>'
        return (
            f'<script async src="{self.base}/widget/v1/vivavoce.js"></script>\n'
            f'<vivavoce-chat{attributes} style="display: block; height: 32rem">{link}</vivavoce-chat>'
        )

    @property
    def frame(self) -> str:
        """For pages that let nobody's scripts in."""
        looks = f"?{urlencode(self.looks)}" if self.looks else ""
        source = escape(f"{self.base}/embed/{quote(self.slug, safe='')}{looks}")
        allowed = 'allow="clipboard-write" loading="lazy" width="100%" height="560" style="border: 0"'
        return f'<iframe src="{source}" title="{escape(self.name)}" {allowed}></iframe>'

    @property
    def policy(self) -> str:
        """What a page with a Content-Security-Policy adds to it."""
        return f"script-src {self.origin}; connect-src {self.origin}"

    @property
    def frame_policy(self) -> str:
        """As ``policy``, for the frame."""
        return f"frame-src {self.origin}"

    @property
    def _data(self) -> str:
        return _attributes({f"data-{name}": value for name, value in {"profile": self.slug, **self.looks}.items()})


def told(line: Line, origins: tuple[str, ...]) -> str:
    """What ``vivavoce serve --print-embed`` prints; ``origins`` are those that the profile lists."""
    is_local = urlsplit(line.base).hostname in {"127.0.0.1", "::1", "localhost", "0.0.0.0"}
    state = "it lists these already; add yours" if origins else "write the address of your homepage"
    return "\n".join(
        [
            f"The chat of {line.name} on another page",
            *(["(this address is reached from this computer only; name yours with --base-url)"] if is_local else []),
            "",
            "A bubble in the corner; paste it before </body>:",
            f"  {line.script}",
            "The same, pinned: after an update of this server, paste the new line.",
            f"  {line.pinned}",
            "Inside the page:",
            *(f"  {part}" for part in line.element.splitlines()),
            "In a frame, without any script of ours in the page:",
            f"  {line.frame}",
            "",
            "Where the page has a Content-Security-Policy, add to it:",
            f"  {line.policy}",
            f"or, for the frame:  {line.frame_policy}",
            "",
            f"In profile.toml of {line.slug} ({state}; nobody else may show it):",
            *(f"  {part}" for part in embed_section(origins).splitlines()),
            "",
        ]
    )


def embed_section(origins: tuple[str, ...]) -> str:
    """The part of ``profile.toml`` that lists the pages: ``origins``, or where there are none a place to write one."""
    listed = ", ".join(json.dumps(origin) for origin in origins) or '"https://your-homepage.example"'
    return f"[embed]\norigins = [{listed}]"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in values.items())
