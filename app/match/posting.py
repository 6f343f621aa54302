"""A job description in pieces: headings, list items, table rows and sentences, each with what its heading announces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.match.words import has
from ingest.sentences import is_cjk

_BULLET = re.compile(
    r"\s*(?:[-*•·‣▪◦○●–—✓✔➢►+]|\(?\d{1,2}[.)、．]|\(?[a-z]\)|[（(][一二三四五六七八九十\d][)）])\s*(?=\S)"
)
_MARKED = re.compile(r"\s{0,3}#{1,6}\s+(?P<hash>.+?)\s*#*\s*$|\s*(?P<bold>\*\*[^*]+\*\*|__[^_]+__)\s*:?\s*$")
_RULE = re.compile(r"\s*\|?[\s|:+-]*-{3,}[\s|:+-]*$|\s*[=_*~-]{3,}\s*$")
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bz\.B\.)(?<!\bPh\.)(?<!\bM\.)(?<!\bB\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\betc\.)\s+(?=[^\Wa-z]|\d)|(?<=[。！？])"
)
_INLINE = re.compile(r"\s*(?:\*\*)?(?P<label>[^\W\d_][^:：.!?]{2,30}?)(?:\*\*)?\s*[:：](?:\*\*)?\s*(?P<rest>\S)")
"""What stands before a colon may say what the rest of its paragraph is: "Requirements: PhD in …"."""
_HEADING_WORDS = 8


class Part(StrEnum):
    """What a heading announces."""

    IGNORED = "ignored"
    PREFERRED = "preferred"
    REQUIRED = "required"
    DUTIES = "duties"
    UNKNOWN = "unknown"


class Shape(StrEnum):
    """What a piece is on the page."""

    ITEM = "item"
    ROW = "row"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of the job description."""

    start: int
    end: int
    shape: Shape
    part: Part
    is_preferred: bool = False
    """Whether another cell of its row says that it may be missing."""


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of ``text`` in order, headings left out."""
    part = told = Part.UNKNOWN
    pending: list[tuple[int, int]] = []
    lines = _lines(text)
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        title = _title(line, following)
        label = _INLINE.match(line) if title is None else None
        named = _part_of(label["label"]) if label else Part.UNKNOWN
        is_block = title is not None or not line.strip() or _BULLET.match(line) or _is_row(line) or _RULE.match(line)
        if pending and (is_block or named is not Part.UNKNOWN or is_cjk(line)):
            yield from _sentences(text, pending[0][0], pending[-1][1], told)
            pending = []
        if title is not None:
            part = _announced(title, part)
        elif _is_row(line):
            if not _RULE.match(line) and not _RULE.match(following):
                yield from _row(text, start, end, part)
        elif bullet := _BULLET.match(line):
            yield Piece(start + bullet.end(), _continued(text, lines, number), Shape.ITEM, part)
        elif line.strip() and not _RULE.match(line) and not _is_swallowed(text, lines, number):
            if not pending:
                told = part if named is Part.UNKNOWN else named
            pending.append((start + (label.start("rest") if label and named is not Part.UNKNOWN else 0), end))
    if pending:
        yield from _sentences(text, pending[0][0], pending[-1][1], told)


def _lines(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        found.append((at, at + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))))
        at += len(line)
    return found


def _title(line: str, following: str) -> str | None:
    """The words of a heading; ``None`` for anything else."""
    marked = _MARKED.match(line)
    if marked:
        return (marked["hash"] or marked["bold"]).strip("*_# :：")
    bare = line.strip().strip("*_")
    if not bare or _BULLET.match(line) or _is_row(line) or len(bare) > 80:
        return None
    words = bare.rstrip(":：")
    short = len(words.split()) <= _HEADING_WORDS and not (is_cjk(words) and len(words) > 14)
    if short and bare.endswith((":", "：")):
        return words
    if short and not re.search(r"[.!?。,，;；]$", bare) and (_part_of(words) is not Part.UNKNOWN or bare.isupper()):
        return words if len(words.split()) <= 5 and not re.search(r"\d|,", words) else None
    if short and re.match(r"[【\[].+[】\]]$", bare):
        return words
    return None


def _announced(title: str, before: Part) -> Part:
    found = _part_of(title)
    if found is Part.UNKNOWN and before in {Part.REQUIRED, Part.PREFERRED} and len(title.split()) <= 3:
        return before  # "Languages:", "Technical" below "Requirements"
    return found


def _part_of(title: str) -> Part:
    for name in ("ignored", "preferred", "required", "duties"):
        if has(f"heading_{name}", title):
            return Part(name)
    return Part.UNKNOWN


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") or (line.count("\t") >= 1 and not _BULLET.match(line))


def _row(text: str, start: int, end: int, part: Part) -> Iterator[Piece]:
    """The cell of a table row that names something; the others may say how much it matters."""
    cells = [(m.start(), m.end()) for m in re.finditer(r"[^|\t]+", text[start:end]) if m[0].strip()]
    if not cells:
        return
    told = [text[start + a : start + b] for a, b in cells]
    rest = " ".join(told[1:])
    preferred = has("heading_preferred", rest) or re.search(r"\b(?:nice|optional|could|should)\b", rest) is not None
    a, b = cells[0]
    heading = _part_of(told[0])
    if (
        len(cells) == 2
        and heading in {Part.REQUIRED, Part.PREFERRED, Part.DUTIES}
        and len(told[0].split()) <= 3 < len(told[1].split())
    ):
        (a, b), part = cells[1], heading
    known = Part.REQUIRED if part is Part.UNKNOWN else part
    yield Piece(start + a, start + b, Shape.ROW, known, preferred)


def _continued(text: str, lines: list[tuple[int, int]], number: int) -> int:
    """The end of a list item with the indented lines that go on with it."""
    end = lines[number][1]
    for start, stop in lines[number + 1 :]:
        line = text[start:stop]
        if not line.strip() or not line[:2].isspace() or _BULLET.match(line):
            break
        end = stop
    return end


def _is_swallowed(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    """Whether an indented line belongs to the list item above it."""
    for back in range(number, -1, -1):
        line = text[slice(*lines[back])]
        if _BULLET.match(line):
            return back < number
        if not line.strip() or not line[:2].isspace():
            return False
    return False


def _sentences(text: str, start: int, end: int, part: Part) -> Iterator[Piece]:
    at = start
    for match in [*_SENTENCE.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if text[at:stop].strip():
            yield Piece(at, stop, Shape.SENTENCE, part)
        at = match.end() if match else end
