"""Marks that stand in for layout: bullets, numbers of a list, rules, boxes and ornaments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.text.columns import date_column
from ingest.readers.text.lines import TERMINAL, Line, columns

_GLYPHS = "•●○◦◯▪▫■□◆◇▸▹►▻▶▷➢➣➤➔➜→⇒✓✔✦✧★☆❖‣⁃※⬤❍➡\ue000-\uf8ff"
_GLYPH = re.compile(rf"(?:[{_GLYPHS}]\s*|[-*+–—∙·»›¤]\s+)(?=\S)")
_HYPHEN = re.compile(r"[-–](?=[^\W\d])")
_LEGEND = re.compile(
    r"\*+\s*(?:=|:|：|[a-z]+ (?:authors?|contribut)|denotes?|indicates?|means|marks?|为|表示|通讯|共同)", re.I
)
"""An asterisk that is explained, not a bullet."""
_LETTER_O = re.compile(r"o(?=\s+[^\Wa-z])")
_CIRCLED = re.compile(r"[①-⓿❶-➓㈠-㈩]\s*(?=\S)")
_NUMBER = re.compile(
    r"(?P<open>[(\[（［]?)(?:(?P<number>\d{1,3})|(?P<letter>[a-zA-Z])|(?P<roman>[ivx]{2,5}))(?P<close>[)\]）］]|\.(?=\s)|[、．])\s*(?=\S)"
)
_RULE = re.compile(r"[\s=\-–—―─━═_~*#+.·•^\"|│┃║╔╗╚╝╠╣┌┐└┘├┤╭╮╰╯╒╕╘╛]+")
_RUN = re.compile(r"([=\-–—―─━═_~*#+.·•^\"])\s?\1\s?\1")
_BOXED = re.compile(r"([|│┃║*#+:])\s+(?P<inside>\S.*?)\s+\1")
_ORNAMENTED = re.compile(
    r"(?P<lead>(?:[*=#~_\-–—―─━═•·.<>|:♦★☆◆■▪+]\s?){2,}|[-–—―─━═~◆■★]|#{1,6}(?=\s))\s*(?P<inside>[^\W_].*?)\s*(?P<tail>(?:\s?[*=#~_\-–—―─━═•·<>|:♦★☆◆■▪+])*)"
)
_MIRROR = str.maketrans("<>", "><")
_RULED = re.compile(r"(?P<inside>[^\W_].*?)\s*(?:[=_~*#─━═—–]{3,}|-{3,})")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """The mark that a line begins with."""

    end: int
    """Where the text behind it starts; 0 for a number that counts nothing, which stays."""


def is_rule(line: Line) -> bool:
    """Whether ``line`` is drawn, not written: underlines, separators and the edges of boxes."""
    return _RULE.fullmatch(line.text) is not None and (
        _RUN.search(line.text) is not None or line.text in {"--", "——", "__"}
    )


def underlines(rule: Line, line: Line) -> bool:
    """Whether ``rule`` is about as long as what it stands under."""
    length, drawn = columns(line.text), columns(rule.text)
    return abs(rule.indent - line.indent) <= 2 and 0.5 * length <= drawn <= 1.5 * length + 4


def without_ornament(text: str) -> str | None:
    """``EDUCATION`` out of ``*** EDUCATION ***``, ``## EDUCATION`` or ``EDUCATION ------``; ``None`` without ornaments."""
    found = _ORNAMENTED.fullmatch(text)
    if found:
        lead, tail = ("".join(found[part].split()) for part in ("lead", "tail"))
        mirrored = tail == lead[::-1].translate(_MIRROR) and (len(lead) > 1 or found["tail"][:1].isspace())
        if mirrored or lead.startswith("#") or _RUN.match(lead):
            return found["inside"]
    ruled = _RULED.fullmatch(text)
    return ruled["inside"] if ruled else None


def unboxed(text: str) -> str | None:
    """What stands inside the edges of a box: ``| EDUCATION |``."""
    found = _BOXED.fullmatch(text)
    return found["inside"] if found else None


def bullets_in(lines: Sequence[Line]) -> dict[int, Bullet]:
    """The lines that begin with a bullet or a number of a list, by their place."""
    found: dict[int, Bullet] = {}
    weak: dict[str, list[int]] = {"o": [], "-": []}
    numbers: list[tuple[int, str, int, int]] = []
    for place, line in enumerate(lines):
        text = line.text
        mark = _GLYPH.match(text) or _CIRCLED.match(text)
        if mark and not _LEGEND.match(text):
            found[place] = Bullet(mark.end())
        elif _LETTER_O.match(text):
            weak["o"].append(place)
        elif _HYPHEN.match(text):
            weak["-"].append(place)
        elif (number := _NUMBER.match(text)) and date_column(text) is None:
            numbers += [(place, style, value, number.end()) for style, value in _readings(number)]
    for places in weak.values():
        if len(places) > 1:
            found |= {p: Bullet(len(lines[p].text) - len(lines[p].text[1:].lstrip())) for p in places}
    return found | _numbered(numbers, lines)


def _readings(number: re.Match[str]) -> list[tuple[str, int]]:
    """What the number may be, each with its style: ``i)`` is the ninth letter or the first Roman number."""
    styled = {kind: f"{number['open']}{kind}{number['close']}" for kind in "1ai"}
    if number["number"]:
        return [(styled["1"], int(number["number"]))]
    mark = (number["letter"] or number["roman"]).lower()
    letter = [(styled["a"], ord(mark) - ord("a") + 1)] if len(mark) == 1 else []
    return letter + ([(styled["i"], _ROMAN[mark])] if mark in _ROMAN else [])


def _numbered(numbers: Sequence[tuple[int, str, int, int]], lines: Sequence[Line]) -> dict[int, Bullet]:
    """Numbers that count: the one before or behind in the same style is a neighbour. A lone ``1.`` counts too, but stays in the text."""
    by_style: dict[str, list[tuple[int, int, int]]] = {}
    for place, style, value, end in numbers:
        by_style.setdefault(style, []).append((place, value, end))
    found: dict[int, Bullet] = {}
    for style, listed in by_style.items():
        letters = not style.strip("()[]（）［］.、．").startswith("1")
        for n, (place, value, end) in enumerate(listed):
            near = [listed[m][1] for m in (n - 1, n + 1) if 0 <= m < len(listed)]
            if any(abs(value - other) == 1 for other in near):
                if not (letters and style.endswith(".")):
                    found[place] = Bullet(end)
            elif value == 1 and not letters and _opens_block(lines, place):
                found[place] = Bullet(0)
    return found


def _opens_block(lines: Sequence[Line], place: int) -> bool:
    before = lines[place - 1].text if place else ""
    return not before or before[-1] in TERMINAL or len(before) < 60
