"""Plain text: blank lines set paragraphs apart, bullets make items, lone capitals or underlines make headings."""

import re
from collections.abc import Iterator

from ingest.domain import BlockKind, Document, Source
from ingest.readers.canonical import Canonical
from ingest.sections import outline

_BULLET = re.compile(r"^\s*(?:[-*•‣▪◦·–]|\(?\d{1,3}[.)]|\[\d{1,3}\])\s+")
_UNDERLINE = re.compile(r"^\s*([=\-~_*])\1{2,}\s*$")


def read(text: str, source: Source) -> Document:
    """A plain-text document; bullets and underlines count as markup."""
    canonical = Canonical(source.path)
    for kind, content in _pieces(text.split("\n")):
        canonical.add(kind, content, 2 if kind is BlockKind.HEADING else None)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/plain",
        text=canonical.text,
        blocks=outline(canonical.text, canonical.blocks),
        url=source.url,
    )


def _pieces(lines: list[str]) -> Iterator[tuple[BlockKind, str]]:
    kind, held = BlockKind.PARAGRAPH, [""]
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if _UNDERLINE.match(line):
            continue
        if not line.strip():
            yield kind, "\n".join(held)
            kind, held = BlockKind.PARAGRAPH, []
        elif _is_heading(line, after):
            yield kind, "\n".join(held)
            yield BlockKind.HEADING, line.strip()
            kind, held = BlockKind.PARAGRAPH, []
        elif match := _BULLET.match(line):
            yield kind, "\n".join(held)
            kind, held = BlockKind.ITEM, [line[match.end() :]]
        else:
            held.append(line.strip() if kind is BlockKind.ITEM else line.rstrip())
    yield kind, "\n".join(held)


def _is_heading(line: str, after: str) -> bool:
    stripped = line.strip()
    words = re.findall(r"[^\W\d_]+", stripped)
    short = 0 < len(words) <= 6 and len(stripped) <= 60
    capitals = stripped == stripped.upper() and stripped != stripped.lower() and not re.search(r"\d", stripped)
    return short and (bool(_UNDERLINE.match(after)) or (capitals and line == line.lstrip() and len(stripped) > 3))
