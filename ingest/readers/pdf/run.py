"""Joins glyphs into runs: pieces of one printed line without a wide gap, with blanks where words part."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.letters import composed, shown
from ingest.readers.pdf.sheet import Box, Face, Glyph
from ingest.sentences import is_cjk

_SPACE = 0.1
"""Ems between two glyphs from which on a blank stands between them, where the file holds no blanks."""
_TYPED_SPACE = 0.22
"""The same where it does."""
_CJK_SPACE = 0.4
"""The same between two Chinese characters, which justification drives apart."""
_TYPED = 0.05
"""Of the glyphs of a page, that are blanks where the file holds them."""
APART = 0.75
"""Ems between two glyphs from which on they may belong to two columns."""
_LABEL = 0.4
"""Ems behind a bold label from which on what it labels may stand in a column of its own."""
_SAME_LINE = 0.45
"""Ems by which a raised or lowered glyph may leave the baseline."""
_LEAST_SPACE = 0.02
_OVERLAP = 0.6
OTHER_SIZE = 1.2
"""Times the size of the type beside it, from which on type is set apart."""
_SPACED = 0.09
"""Ems between nearly all letters of a word that is set with wide spaces between its letters."""
_MIN_SPREAD = 3
"""Gaps that it takes to tell spaced letters from single ones."""
_BULLETS = "•◦‣▪▫●○■□◆◇⋄⋆∗➢➤▶►▸❖✓✔✦·∙⁃–—-*"
_LEADERS = re.compile(r"(?:[ .·․…_]){5,}")


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
    tail: Face
    """Of its last letter."""
    uniform: bool
    """Whether all of it is bold, or none."""
    page: int
    spaced: bool = False
    """Set with wide spaces between the letters."""
    led: bool = False
    """Dots led on from it to the edge or to the next cell."""
    glyphs: tuple[Glyph, ...] = field(default=(), compare=False, repr=False)
    """What is printed for it, in reading order, also where ``text`` leaves something out."""

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
    blanks = sum(g.char.isspace() for g in glyphs)
    space = _TYPED_SPACE if blanks > _TYPED * len(glyphs) else _SPACE
    made = [
        run for line in lines for part in _parts(line) if (run := _run(part, page, space, _spread(line))) is not None
    ]
    return sorted(made, key=lambda run: (round(run.base), run.left))


def _level(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs whose text runs level; stamps up the margin and watermarks are not part of the text."""
    return [g for g in glyphs if abs(g.ink.angle) <= 2]


def _continues(last: Glyph, glyph: Glyph) -> bool:
    """Whether ``glyph`` stands right behind ``last`` on the same line."""
    em = max(last.ink.face.size, glyph.ink.face.size)
    gap = glyph.box.left - last.box.right
    return abs(glyph.base - last.base) <= _SAME_LINE * em and -_OVERLAP * em < gap < APART * em


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
        if inked and _is_cut(inked[-1], glyph, parts[-1][-1].char.isspace()):
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _is_cut(last: Glyph, glyph: Glyph, blank: bool) -> bool:
    """Whether another run begins: far off, or in type of another family and size."""
    sizes = sorted((last.ink.face.size, glyph.ink.face.size))
    gap = glyph.box.left - last.box.right
    if gap > APART * sizes[1] or (gap > _LABEL * sizes[1] and last.ink.face.bold != glyph.ink.face.bold):
        return True
    other = sizes[1] > OTHER_SIZE * sizes[0] and last.ink.face.font != glyph.ink.face.font
    parted = blank or gap > _SPACE * sizes[0] or glyph.char in "([{|"
    return other and parted and abs(last.base - glyph.base) < 0.15 * sizes[1]


def _run(part: list[Glyph], page: int, space: float, spread: float) -> Run | None:
    """``space``: ems that make a blank; ``spread``: ems between all letters of the line that it is part of."""
    inked = [g for g in part if not g.char.isspace()]
    if not inked:
        return None
    written, spaced = _text(part, space, spread)
    text = " ".join(_LEADERS.sub(" ", written).split())
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
        lead=letters[0].ink.face,
        tail=inked[-1].ink.face,
        uniform=len({g.ink.face.bold for g in letters}) == 1,
        page=page,
        spaced=spaced,
        led=_LEADERS.search(written) is not None,
        glyphs=tuple(inked),
    )


def _text(part: list[Glyph], space: float, line_spread: float) -> tuple[str, bool]:
    """What the glyphs say, with one blank between words; and whether the letters are spaced out."""
    inked = [i for i, g in enumerate(part) if not g.char.isspace()]
    gaps = [_gap(part[a], part[b]) for a, b in pairwise(inked)]
    blank = [b - a > 1 for a, b in pairwise(inked)]
    spread = _spread(part) if len(inked) > _MIN_SPREAD else line_spread
    words = _words(part)
    letterwise = sum(blank) >= 0.7 * len(blank) and (
        (len(gaps) >= 3 and all(len(w) == 1 for w in words[:4]))
        or (len(words) > 1 and all(len(w) == 1 and is_cjk(w) for w in words))
    )
    if letterwise:
        spread = median(gaps)
    pieces: list[str] = []
    for number, index in enumerate(inked):
        if number:
            before, glyph, gap = part[inked[number - 1]], part[index], gaps[number - 1] - spread
            least = max(space, spread / 2, _CJK_SPACE if is_cjk(before.char) and is_cjk(glyph.char) else 0.0)
            told = (blank[number - 1] and not letterwise) or (glyph.parted and not spread)
            if gap > least or (told and (gap > _LEAST_SPACE or blank[number - 1])):
                pieces.append(" ")
        pieces.append(shown(part[index]))
    return composed("".join(pieces), [part[i] for i in inked]), letterwise or spread > 0


def _words(part: list[Glyph]) -> list[str]:
    return "".join(g.char for g in part).split()


def _gap(one: Glyph, two: Glyph) -> float:
    """In ems of the smaller type, so that a small capital does not hide a blank."""
    return (two.box.left - one.box.right) / max(min(one.ink.face.size, two.ink.face.size), 1.0)


def _spread(glyphs: Sequence[Glyph]) -> float:
    """The space that stands between all letters of a line or run, in ems; 0 for ordinary setting."""
    gaps = sorted(_gap(a, b) for a, b in pairwise(glyphs) if not a.char.isspace() and not b.char.isspace())
    gaps = [gap for gap in gaps if gap < APART]
    if len(gaps) < _MIN_SPREAD:
        return 0.0
    return median(gaps) if gaps[len(gaps) // 5] > _SPACED else 0.0


def with_drawn_bullets(made: Sequence[Run], dots: Sequence[Box]) -> list[Run]:
    """``made`` with a bullet for every small drawn shape that stands before a run as a bullet does."""
    bullets = []
    for dot in dots:
        run = next((r for r in made if _is_bullet_of(dot, r)), None)
        if run is not None:
            bullets.append(replace(run, text="•", left=dot.left, right=dot.right, led=False, glyphs=()))
    return [*made, *bullets]


def _is_bullet_of(dot: Box, run: Run) -> bool:
    em, middle = run.size, (dot.top + dot.bottom) / 2
    round_enough = 0.6 < dot.width / max(dot.height, 0.01) < 1.7 and 0.15 * em < dot.height < 0.8 * em
    return round_enough and 0 < run.left - dot.right < 2.5 * em and run.base - 0.75 * em < middle < run.base - 0.1 * em


def joined(left: str, right: str) -> str:
    """Two pieces of running text as one; between two characters of Chinese or Japanese stands no blank."""
    if not left or not right:
        return left + right
    return left + ("" if is_cjk(left[-1]) and is_cjk(right[0]) else " ") + right
