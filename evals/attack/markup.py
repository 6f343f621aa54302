"""Texts that do something where they are taken for markup: the rows of ``markup.yaml``, the core ones also disguised and behind breakouts."""

import base64
import html
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter

CALL = "vvran"
"""The function that a payload calls with its number."""
AWAY = "vv-outside.example"
"""The host that a payload asks for something."""
_FILE = Path(__file__).with_name("markup.yaml")
_TAG_NAME = re.compile(r"(?<=<)/?[a-z]+")


def _mixed(text: str) -> str:
    return _TAG_NAME.sub(lambda m: "".join(c.upper() if n % 2 else c for n, c in enumerate(m[0])), text)


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "mixed case": _mixed,
    "entities": html.escape,
    "decimal entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "long hex entities": lambda text: "".join(f"&#x00000{ord(c):x}" if not c.isalnum() else c for c in text),
    "entities twice": lambda text: html.escape(html.escape(text)),
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "percent twice": lambda text: urllib.parse.quote(urllib.parse.quote(text, safe=""), safe=""),
    "javascript escapes": lambda text: "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in text),
    "css escapes": lambda text: "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text),
    "overlong": lambda text: text.replace("<", "%c0%bc").replace(">", "%c0%be"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if c in "<>\"'=/" else c for c in text),
    "slashes": lambda text: text.replace(" ", "/"),
    "form feeds": lambda text: text.replace(" ", "\f"),
    "line ends": lambda text: text.replace(" ", "\n"),
    "zero width": lambda text: re.sub(r"(<\w)", "\\1\u200b", text),
    "nul": lambda text: re.sub(r"(<\w)", "\\1\x00", text),
    "bidi": lambda text: f"\u202e{text}\u202c",
    "unclosed": lambda text: text.rstrip(">"),
}
BREAKOUTS = (
    '">',
    "'>",
    "`>",
    "</textarea>",
    "</title>",
    "</script>",
    "</style>",
    "</template>",
    "</button></li></ul>",
    "-->",
    "]]>",
    "\\\">",
)  # fmt: skip
"""What ends the place that a text stands in."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One text."""

    n: int
    kind: str
    text: str


def read_payloads() -> tuple[Payload, ...]:
    """All of them, each different from every other but for its number, which is also what it calls with."""
    written = {(disguise, text): kind for kind, disguise, text in reversed(list(_written()))}
    return tuple(
        Payload(n, kind, _filled(text, disguise, n))
        for n, ((disguise, text), kind) in enumerate(reversed(written.items()), start=1)
    )


def _written() -> Iterator[tuple[str, str, str]]:
    """Kind, disguise or "", and text as it is written down, its places unfilled."""
    groups = TypeAdapter(dict[str, list[str]]).validate_python(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    for kind, rows in groups.items():
        yield from ((kind, "", row) for row in rows)
    for row in groups["core"]:
        yield from (("breakout", "", f"{end}{row}") for end in BREAKOUTS)
        yield from ((f"disguise: {name}", name, row) for name in DISGUISES)


def _filled(text: str, disguise: str, n: int) -> str:
    call, away = f"{CALL}({n})", f"https://{AWAY}/{n}"
    text = text.replace("RUN64", _base64(call)).replace("HTML64", _base64(f"<script>{call}</script>"))
    text = text.replace("SVG64", _base64(f'<svg xmlns="http://www.w3.org/2000/svg" id="x" onload="{call}"/>'))
    text = text.replace("RUN", call).replace("AWAY", away)
    return DISGUISES[disguise](text) if disguise else text


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
