"""Joins glyphs into runs: pieces of one printed line without a wide gap, with blanks where words part."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf.sheet import Face, Glyph
from ingest.sentences import is_cjk

_SPACE = 0.1
"""Ems between two glyphs from which on a blank stands between them."""
_APART = 0.75
"""Ems between two glyphs from which on they may belong to two columns."""
_SAME_LINE = 0.45
"""Ems by which a raised or lowered glyph may leave the baseline."""
_OVERLAP = 0.6
_SPACED = 0.09
"""Ems between nearly all letters of a word that is set with wide spaces between its letters."""
_ICONS = re.compile(r"awesome|marvo|academicons|webdings|icons?\b|fontello|ionicon|simpleicons", re.IGNORECASE)
"""Fonts of pictures: an envelope before an address."""
_ORNAMENTS = re.compile(r"wingdings|dingbat|symbol", re.IGNORECASE)
"""Fonts whose unnamed characters are bullets."""
_BULLETS = "•◦‣▪▫●○■□◆◇⋄⋆∗➢➤▶►▸❖✓✔✦·∙⁃–—-*"
_LEADERS = re.compile(r"(?:[ .·․…_]){5,}")
_ACCENTS = {
    "`": "\u0300", "´": "\u0301", "\u02c6": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304", "˘": "\u0306",
    "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
_LIGATURES = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand side by side on one baseline; measures in points."""

    text: str
    left: float
    right: float
    base: float
    face: Face
    """Of most of its letters."""
    lead: Face
    """Of its first letter."""
    uniform: bool
    """Whether all of it is bold, or none."""
    page: int
    spaced: bool = False
    """Set with wide spaces between the letters."""

    @property
    def size(self) -> float:
        """Of the type, in points."""
        return self.face.size

    @property
    def is_bullet(self) -> bool:
        """Whether it is one ornament and nothing else."""
        return len(self.text) == 1 and self.text in _BULLETS


def runs(glyphs: Sequence[Glyph], page: int) -> list[Run]:
    """The runs of a page from the top, left before right; ``glyphs`` are the seen ones in the order of the file."""
    strings: list[list[Glyph]] = []
    for glyph in _level(glyphs):
        if strings and _continues(strings[-1][-1], glyph):
            strings[-1].append(glyph)
        else:
            strings.append([glyph])
    lines = _lines(s for s in strings if any(not g.char.isspace() for g in s))
    made = [run for line in lines for part in _parts(line) if (run := _run(part, page)) is not None]
    return sorted(made, key=lambda run: (round(run.base), run.left))


def _level(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs whose text runs level; stamps up the margin and watermarks are not part of the text."""
    return [g for g in glyphs if abs(g.ink.angle) <= 2]


def _continues(last: Glyph, glyph: Glyph) -> bool:
    """Whether ``glyph`` stands right behind ``last`` on the same line."""
    em = max(last.ink.face.size, glyph.ink.face.size)
    gap = glyph.box.left - last.box.right
    return abs(glyph.base - last.base) <= _SAME_LINE * em and -_OVERLAP * em < gap < _APART * em


def _lines(strings: Iterable[list[Glyph]]) -> list[list[Glyph]]:
    """Strings on one baseline put together, from left to right; a raised string joins the line that it touches."""
    lines: list[tuple[float, float, list[list[Glyph]]]] = []
    for string in sorted(strings, key=lambda s: -_em(s)):
        base, em = _base(string), _em(string)
        near = [line for line in lines if abs(line[0] - base) <= _tolerance(line, em) and _beside(line[2], string)]
        if near:
            min(near, key=lambda line: abs(line[0] - base))[2].append(string)
        else:
            lines.append((base, em, [string]))
    return [[g for string in sorted(line[2], key=lambda s: s[0].box.left) for g in string] for line in lines]


def _tolerance(line: tuple[float, float, list[list[Glyph]]], em: float) -> float:
    """Small print may stand raised; print of one size shares the baseline."""
    return (_SAME_LINE if em < 0.85 * line[1] else 0.2) * min(em, line[1]) + 0.3


def _beside(line: list[list[Glyph]], string: list[Glyph]) -> bool:
    """Whether ``string`` overprints nothing of the line."""
    left, right = string[0].box.left, string[-1].box.right
    slack = 0.3 * _em(string)
    return all(right <= s[0].box.left + slack or left >= s[-1].box.right - slack for s in line)


def _em(string: Sequence[Glyph]) -> float:
    return max(glyph.ink.face.size for glyph in string)


def _base(string: Sequence[Glyph]) -> float:
    em = _em(string)
    return median(glyph.base for glyph in string if glyph.ink.face.size > 0.85 * em)


def _parts(line: list[Glyph]) -> list[list[Glyph]]:
    """The line cut at its wide gaps; blanks at a cut are dropped."""
    parts: list[list[Glyph]] = [[]]
    for glyph in line:
        inked = [g for g in parts[-1] if not g.char.isspace()]
        if glyph.char.isspace():
            parts[-1].append(glyph)
            continue
        if inked and glyph.box.left - inked[-1].box.right > _APART * max(glyph.ink.face.size, inked[-1].ink.face.size):
            parts[-1] = inked if parts[-1][-1].char.isspace() else parts[-1]
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _run(part: list[Glyph], page: int) -> Run | None:
    inked = [g for g in part if not g.char.isspace()]
    if not inked:
        return None
    text, spaced = _text(part)
    if not text:
        return None
    letters = [g for g in inked if g.char.isalnum()] or inked
    face = Counter(g.ink.face for g in letters).most_common(1)[0][0]
    return Run(
        text=text,
        left=inked[0].box.left,
        right=max(g.box.right for g in inked),
        base=_base(inked),
        face=face,
        lead=inked[0].ink.face,
        uniform=len({g.ink.face.bold for g in letters}) == 1,
        page=page,
        spaced=spaced,
    )


def _text(part: list[Glyph]) -> tuple[str, bool]:
    """What the glyphs say, with one blank between words; and whether the letters are spaced out."""
    inked = [i for i, g in enumerate(part) if not g.char.isspace()]
    gaps = [_gap(part[a], part[b]) for a, b in zip(inked, inked[1:], strict=False)]
    blank = [b - a > 1 for a, b in zip(inked, inked[1:], strict=False)]
    spread = _spread([g for g, is_blank in zip(gaps, blank, strict=True) if not is_blank])
    letterwise = len(gaps) >= 3 and sum(blank) >= 0.7 * len(blank) and all(len(w) == 1 for w in _words(part)[:4])
    if letterwise:
        spread = median(gaps)
    pieces: list[str] = []
    for number, index in enumerate(inked):
        if number and _is_blank(gaps[number - 1], blank[number - 1] and not letterwise, part[index].parted, spread):
            pieces.append(" ")
        pieces.append(_shown(part[index]))
    text = _LEADERS.sub(" ", _composed("".join(pieces), [part[i] for i in inked])).strip()
    return " ".join(text.split()), letterwise or spread > 0


def _is_blank(gap: float, typed: bool, parted: bool, spread: float) -> bool:
    """Whether a blank stands in a gap, given in ems; ``spread`` is what stands between all letters of the run."""
    if typed:
        return True
    return gap > spread + (_SPACE if not spread else max(_SPACE, spread / 2)) or (parted and not spread and gap > 0.02)


def _words(part: list[Glyph]) -> list[str]:
    return "".join(g.char for g in part).split()


def _gap(one: Glyph, two: Glyph) -> float:
    """In ems of the smaller type, so that a small capital does not hide a blank."""
    return (two.box.left - one.box.right) / max(min(one.ink.face.size, two.ink.face.size), 1.0)


def _spread(gaps: list[float]) -> float:
    """The space that stands between all letters of the run; 0 for ordinary setting."""
    if len(gaps) < 3:
        return 0.0
    ordered = sorted(gaps)
    least = ordered[len(ordered) // 5]
    return median(ordered) if least > _SPACED else 0.0


def _shown(glyph: Glyph) -> str:
    """The character; a blank for a picture, a bullet for an ornament without a name."""
    char, font = glyph.char, glyph.ink.face.font
    category = unicodedata.category(char)
    if _ICONS.search(font) and (glyph.unmapped or category in {"Co", "So", "Cc"}):
        return " "
    if category == "Co" or (_ORNAMENTS.search(font) and (glyph.unmapped or char == "§")):
        return "•" if _ORNAMENTS.search(font) or "\uf080" <= char <= "\uf0ff" else " "
    if category in {"Cc", "Cf", "Cs"}:
        return "" if category == "Cf" else " "
    return unicodedata.normalize("NFKC", char) if _LIGATURES.match(char) else char


def _composed(text: str, glyphs: list[Glyph]) -> str:
    """``text`` with accents that are printed over a letter put onto it."""
    if not any(g.char in _ACCENTS for g in glyphs):
        return unicodedata.normalize("NFC", text)
    chars = list(text)
    places = [i for i, c in enumerate(chars) if c != " "]
    if len(places) != len(glyphs):
        return unicodedata.normalize("NFC", text)
    for (place, glyph), (beside, letter) in zip(
        zip(places, glyphs, strict=True), zip(places[1:], glyphs[1:], strict=True), strict=False
    ):
        over = min(glyph.box.right, letter.box.right) - max(glyph.box.left, letter.box.left)
        if glyph.char in _ACCENTS and letter.char.isalpha() and over > 0.4 * glyph.box.width:
            base = _DOTLESS.get(letter.char, letter.char)
            chars[beside] = unicodedata.normalize("NFC", base + _ACCENTS[glyph.char])
            for index in range(place, beside):
                chars[index] = ""
    return "".join(chars)


def joined(left: str, right: str) -> str:
    """Two pieces of running text as one; between two characters of Chinese or Japanese stands no blank."""
    if not left or not right:
        return left + right
    return left + ("" if is_cjk(left[-1]) and is_cjk(right[0]) else " ") + right
