"""Finds the printed place of every word of a block: its text is laid beside the glyphs that it was made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from ingest.domain import Strip, Word
from ingest.readers.pdf.letters import shown
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.sheet import Glyph
from ingest.sentences import is_cjk

_ASCENT, _DESCENT = (0.75, 1.0), (0.2, 0.3)
"""Ems above and below the baseline that a line of text takes, at least and at most, whatever its font says."""
_LEVEL = 0.6
"""Ems by which glyphs of one line may differ in their baseline; raised marks do, the next line differs by more."""
_LONGEST = 100_000
"""Characters of a block; the edits between longer texts take minutes to find."""
_OVERPRINT = 0.5
"""Points by which a glyph at least lies over the one before it, where both make one character."""
_BACK = 0.6
"""Ems by which a glyph may begin before the one that it follows."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """One printed glyph and the characters of the text that it stands for."""

    glyph: Glyph
    page: int
    start: int
    end: int
    """``start`` where the text leaves it out."""


@dataclass(slots=True)
class _Strip:
    """A strip that is being put together."""

    letters: list[_Letter] = field(default_factory=list)

    def goes_on(self, letter: _Letter, text: str) -> bool:
        """Whether ``letter`` stands right behind, on the same printed line and in the same cell."""
        last = self.letters[-1]
        em = max(last.glyph.ink.face.size, letter.glyph.ink.face.size)
        return (
            last.page == letter.page
            and abs(last.glyph.base - letter.glyph.base) < _LEVEL * em
            and letter.glyph.box.left > last.glyph.box.left - _BACK * em
            and "\t" not in text[last.end : letter.start]
        )

    def finished(self, text: str, start: int) -> Strip:
        """The strip, for a ``text`` that begins at ``start`` of the document."""
        heights = [height(letter.glyph) for letter in self.letters]
        words: list[list[_Letter]] = []
        for letter in self.letters:
            if words and _is_one_word(words[-1][-1], letter, text):
                words[-1].append(letter)
            else:
                words.append([letter])
        return Strip(
            self.letters[0].page,
            round(min(top for top, _ in heights), 1),
            round(max(bottom for _, bottom in heights), 1),
            tuple(_word(letters, start) for letters in words),
        )


def strips(lines: Sequence[Line], text: str, start: int) -> Iterator[Strip]:
    """Where ``text``, which was made of ``lines`` and begins at ``start`` of the document, is printed; nowhere for one longer than any CV."""
    if len(text) > _LONGEST:
        return
    strip = _Strip()
    for letter in _letters(lines, text):
        if strip.letters and not strip.goes_on(letter, text):
            yield strip.finished(text, start)
            strip = _Strip()
        strip.letters.append(letter)
    if strip.letters:
        yield strip.finished(text, start)


def height(glyph: Glyph) -> tuple[float, float]:
    """Top and bottom of the line of text that ``glyph`` stands in, in points below the top edge."""
    em = glyph.ink.face.size
    top = min(max(glyph.box.top, glyph.base - _ASCENT[1] * em), glyph.base - _ASCENT[0] * em)
    return top, max(min(glyph.box.bottom, glyph.base + _DESCENT[1] * em), glyph.base + _DESCENT[0] * em)


def _letters(lines: Sequence[Line], text: str) -> Iterator[_Letter]:
    """The glyphs of ``lines`` with their place in ``text``, found by the fewest edits that lead from one to the other."""
    printed = [(glyph, line.page, is_mark) for line in lines for glyph, is_mark in _glyphs(line)]
    said = [
        (number, char) for number, (glyph, _, is_mark) in enumerate(printed) if not is_mark for char in shown(glyph)
    ]
    said = [(number, char) for number, char in said if not char.isspace()]
    places = [at for at, char in enumerate(text) if not char.isspace()]
    spans: dict[int, tuple[int, int]] = {}
    edits = Levenshtein.opcodes("".join(char for _, char in said), "".join(text[at] for at in places))
    for edit in edits:
        for offset in range(min(edit.src_end - edit.src_start, edit.dest_end - edit.dest_start)):
            number, at = said[edit.src_start + offset][0], places[edit.dest_start + offset]
            spans[number] = spans.get(number, (at, at))[0], at + 1
    last: _Letter | None = None
    for number, (glyph, page, is_mark) in enumerate(printed):
        reached = last.end if last else 0
        if number in spans or is_mark:
            last = _Letter(glyph, page, *spans.get(number, (reached, reached)))
            yield last
        elif last and last.start < last.end and glyph.box.left < last.glyph.box.right - _OVERPRINT:
            # An accent and its letter are one character.
            yield _Letter(glyph, page, last.start, last.end)


def _glyphs(line: Line) -> Iterator[tuple[Glyph, bool]]:
    """What is printed on ``line``, and whether it only marks it as an item."""
    yield from ((glyph, True) for glyph in line.mark)
    yield from ((glyph, False) for cell in line.cells for glyph in cell.glyphs)


def _is_one_word(last: _Letter, letter: _Letter, text: str) -> bool:
    """Whether two neighbours go into one word: of one script, without a blank between, or both left out of the text."""
    if last.start == last.end or letter.start == letter.end:
        return last.start == last.end and letter.start == letter.end
    between = text[last.end : letter.start]
    return not any(c.isspace() for c in between) and is_cjk(text[last.end - 1]) == is_cjk(text[letter.start])


def _word(letters: Sequence[_Letter], start: int) -> Word:
    left = min(letter.glyph.box.left for letter in letters)
    right = max(letter.glyph.box.right for letter in letters)
    return Word(start + letters[0].start, start + letters[-1].end, round(left, 1), round(right, 1))
