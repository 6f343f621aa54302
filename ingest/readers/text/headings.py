"""Tells which lines are headings: by brackets, boxes, underlines, ornaments, numbers or capitals, and by what they say."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.text.columns import date_column, has_gap
from ingest.readers.text.lines import Line
from ingest.readers.text.marks import Bullet, is_rule, unboxed, underlines, without_ornament
from ingest.sections import section_of, section_terms
from ingest.sentences import is_cjk

_LONGEST = 60
_LONGEST_DRAWN = 160
_MOST_WORDS = 8
_BRACKETS = re.compile(
    r"(?P<name>[【〖〔][^【】〖〗〔〕]+[】〗〕]|[\[<＜「『《][^\[\]<>＜＞「」『』《》]+[\]>＞」』》])\s*(?P<remark>[(（].+[)）])?[:：]?"
)
_REMARKED = re.compile(r"(?P<name>[^()（）]+?)\s*(?P<remark>[(（][^()（）]*[*∗＊†‡§¶#][^()（）]*[)）])[:：]?")
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]$")
_NUMBERED = re.compile(
    r"(?P<number>[一二三四五六七八九十]{1,3}[、．.]|[(（][一二三四五六七八九十]{1,3}[)）]、?|第[一二三四五六七八九十]{1,3}(?:部分|章|节)|§\s?\d+(?=\s)"
    r"|[IVX]{1,5}[.)](?=\s)|[A-Z][.)](?=\s)|\d{1,2}(?:\.\d{1,2})*[.)、]?(?=\s|[\u3400-\u9fff]))\s*[:：]?\s*(?P<name>[^\W\d_].*)"
)
_MARKED = re.compile(r"(?P<mark>[■◆●★▶►❖□◇•▪➢✦]|[*+>–—-](?=\s))\s*(?P<name>[^\W_].*)")
_STRENGTH = {
    "drawn": 3,
    "marked": 3,
    "bracket": 3,
    "numeral": 2,
    "caps": 2,
    "number": 2,
    "square": 2,
    "colon": 1,
    "plain": 1,
}
_ALWAYS = {"drawn", "bracket"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it shows, and the remark that stood behind it."""

    text: str
    level: int
    """1 the title of the document, 2 a section, 3 a part of one."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that looks like a heading."""

    place: int
    text: str
    style: str
    is_known: bool
    """Whether the lexicon has it."""
    remark: str = ""
    depth: int = 0


def headings_in(lines: Sequence[Line], bullets: dict[int, Bullet]) -> dict[int, Heading]:
    """The headings among ``lines``, by their place."""
    texts = frozenset(n for n, line in enumerate(lines) if line.text and not is_rule(line))
    page = _Page(lines, bullets, texts, min(texts, default=0), _is_shouting(lines), _is_dense(lines))
    candidates = [c for n in range(len(lines)) if (c := page.candidate(n)) is not None]
    known = [c for c in candidates if c.is_known and page.accepts_known(c)]
    by_style: dict[str, list[_Candidate]] = {}
    for c in known:
        by_style.setdefault(c.style, []).append(c)
    accepted = known + [c for c in candidates if not c.is_known and page.accepts_unknown(c, by_style.get(c.style, []))]
    main = _main_strength(known)
    first = min((c.place for c in known), default=len(lines))
    found: dict[int, Heading] = {}
    read, begun = 0, False
    for c in sorted(accepted, key=lambda c: c.place):
        begun = begun or any(n in texts and n not in found for n in range(read, c.place))
        read = c.place
        if c.place < first and not c.is_known and not begun:
            if not found:
                found[c.place] = Heading(c.text, 1, c.remark)
            continue
        deeper = _STRENGTH[c.style] < main or c.depth > 0
        found[c.place] = Heading(c.text, 3 if deeper else 2, c.remark)
    return found | page.parts(found, first)


def _main_strength(known: Iterable[_Candidate]) -> int:
    """How strongly sections are set off: the strongest style that at least two known headings share."""
    times = Counter(_STRENGTH[c.style] for c in known)
    return max((s for s, n in times.items() if n > 1), default=min(times, default=0))


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a text, asked for what is a heading among them."""

    lines: Sequence[Line]
    bullets: Container[int]
    texts: frozenset[int]
    """The lines with words on them."""
    top: int
    """The first of them."""
    is_shouting: bool
    is_dense: bool

    def candidate(self, n: int) -> _Candidate | None:
        """What kind of heading line ``n`` would be; ``None`` if it cannot be one."""
        if n not in self.texts or len(self.lines[n].text) > _LONGEST_DRAWN:
            return None
        line = self.lines[n]
        drawn = self._drawn(n)
        spaced = despaced(drawn or line.text)
        text = spaced or drawn or line.text
        if not _is_short(_without_aside(text)) or (not spaced and has_gap(text)):
            return None
        marked = _BRACKETS.fullmatch(text) or (None if drawn else _REMARKED.fullmatch(text))
        name, remark = (marked["name"], marked["remark"] or "") if marked else (text, "")
        numbered = _NUMBERED.fullmatch(name)
        style = self._style(name, n, drawn is not None, numbered)
        bare = numbered["name"] if numbered and style in {"number", "numeral"} else name
        if n in self.bullets and style not in {"number", "numeral", *_ALWAYS}:
            glyph = _MARKED.fullmatch(name)
            if glyph is None or any(m in self.texts and self.lines[m].text[0] == name[0] for m in (n - 1, n + 1)):
                return None
            bare, style = glyph["name"], "marked"
        depth = numbered["number"].rstrip(".").count(".") if numbered and style == "number" else 0
        return _Candidate(n, bare, style, names_section(bare), remark, depth)

    def _drawn(self, n: int) -> str | None:
        """The text of a heading in a box, between ornaments or over an underline; ``None`` for any other line."""
        line = self.lines[n]
        above, below = (self.lines[m] if 0 <= m < len(self.lines) else Line("") for m in (n - 1, n + 1))
        if is_rule(above) and is_rule(below):
            inside = unboxed(line.text)
            if inside or (underlines(above, line) and above.width == below.width):
                return inside or line.text
        return without_ornament(line.text) or (line.text if is_rule(below) and underlines(below, line) else None)

    def _style(self, name: str, n: int, drawn: bool, numbered: re.Match[str] | None) -> str:
        if drawn:
            return "drawn"
        if _BRACKETS.fullmatch(name):
            return "bracket" if name[0] in "【〖〔" else "square"
        if numbered and not (
            name == name.upper() and re.match(r"[A-Z]\.\s", name) and not names_section(numbered["name"])
        ):
            return "number" if re.match(r"\d|[A-HJ-UWYZ]", numbered["number"]) else "numeral"
        bare = _without_aside(name)
        if bare == bare.upper() and bare != bare.lower():
            return "caps"
        return "colon" if name[-1] in ":：" else "plain"

    def accepts_known(self, c: _Candidate) -> bool:
        """Whether a line that says what a section is called is its heading, not a word of a list or the end of a sentence."""
        if c.style == "number":
            below = self.lines[c.place + 1].text if c.place + 1 in self.texts else ""
            return self._opens(c.place) and not re.match(r"\d{1,2}[.)]\s", below)
        if c.style != "plain":
            return True
        after = self.candidate(c.place + 1)
        if after is not None and after.is_known and after.style == "plain":
            return False
        if c.text[0].islower():
            return self._opens(c.place) and c.place + 1 not in self.texts
        return self._opens(c.place) or is_cjk(c.text[0]) or self.is_dense

    def accepts_unknown(self, c: _Candidate, alike: Sequence[_Candidate]) -> bool:
        """Whether a line that says nothing known is set like headings are; ``alike`` are the known ones that look the same."""
        if c.style == "drawn":
            return re.search(r"\d{3}", c.text) is None
        if c.style in {"bracket", "numeral", "square"}:
            return c.style == "bracket" or bool(alike)
        if c.style == "marked":
            return self._opens(c.place) and any(k.text.isupper() for k in alike) and c.text.isupper()
        if c.style == "number":
            return len(alike) > 1 and self._opens(c.place) and not c.text[0].islower()
        return c.style == "caps" and self._is_lone_capitals(c, alike)

    def _is_lone_capitals(self, c: _Candidate, alike: Sequence[_Candidate]) -> bool:
        text = _without_aside(c.text)
        words = re.findall(r"[^\W\d_]+", text)
        if len(words) > 6 or len(text) <= 3 or re.search(r"\d", text):
            return False
        n, line = c.place, self.lines[c.place]
        if n == self.top:
            return True
        after = self.lines[n + 1].text if n + 1 in self.texts else ""
        if not self._opens(n) or after.isupper() or ((line.indent or self.is_shouting) and after):
            return False
        return not alike or any((k.place + 1 in self.texts) == bool(after) for k in alike)

    def parts(self, found: dict[int, Heading], first: int) -> dict[int, Heading]:
        """Short lines above a list of dated or numbered entries: they name a part of the section."""
        parts: dict[int, Heading] = {}
        for n in range(first + 1, len(self.lines) - 1):
            text = self.lines[n].text
            if n in found or n in self.bullets or n not in self.texts or not self._opens(n) or not _is_short(text):
                continue
            after = self.lines[n + 1].text
            column = date_column(after)
            listed = (column is not None and column.is_firm and not column.is_bare) or (
                n + 1 in self.bullets and re.match(r"[(\[]?1[)\].、]", after)
            )
            if listed and not re.search(r"[\d,:：，]", text) and not text[0].islower() and len(text.split()) <= 6:
                parts[n] = Heading(text, 3)
        return parts

    def _opens(self, n: int) -> bool:
        """Whether nothing but a heading stands right above line ``n``."""
        above = self.candidate(n - 1)
        return n - 1 not in self.texts or (above is not None and above.is_known)


def _is_dense(lines: Sequence[Line]) -> bool:
    """Whether the text has hardly a blank line."""
    return sum(not line.text for line in lines[:-1]) <= 0.03 * len(lines)


def _is_shouting(lines: Sequence[Line]) -> bool:
    """Whether the text is written in capitals."""
    cased = [line.text for line in lines if line.text.upper() != line.text.lower()]
    return len(cased) > 4 and sum(text == text.upper() for text in cased) > 0.6 * len(cased)


def _is_short(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and len(text.split()) <= _MOST_WORDS
        and re.search(r"[^\W\d_]{2}", text) is not None
        and not re.search(r"[.,;。，；、]$|@|://", text)
        and (date_column(text) is None or re.match(r"\d{1,2}[.)]", text) is not None)
    )


def _without_aside(text: str) -> str:
    """A heading without what it says of itself in brackets behind a section's name: "CURRENT POSTS (part-time)"."""
    bare = _ASIDE.sub("", text)
    return bare if bare != text and section_of(bare) is not None else text


def names_section(name: str) -> bool:
    """Whether ``name`` is the name of a section and nothing else, or joins such names: ``Honors & Awards``."""
    bare = re.sub(r"\s*[(（][^()（）]*[)）]", "", name)
    terms = section_terms()
    if _fold(bare) in terms:
        return True
    parts = [
        p for p in re.split(r"\s*(?:&|/|,|\band\b|\bund\b|\bet\b|\by\b|\be\b|与|和|及)\s*", bare.lower()) if p.strip()
    ]
    return len(parts) > 1 and all(_fold(part) in terms for part in parts)


def despaced(text: str) -> str | None:
    """``WORK EXPERIENCE`` out of ``W O R K   E X P E R I E N C E``; ``None`` where the letters are not spaced."""
    letters = text.split()
    if len(letters) < 2 or any(len(letter) > 1 for letter in letters) or not all(map(str.isalpha, letters)):
        return None
    gaps = [len(gap) for gap in re.findall(r"\s+", text)]
    wide = max(gaps) > min(gaps)
    words = (
        ["".join(word.split()) for word in re.split(rf"\s{{{min(gaps) + 1},}}", text)] if wide else ["".join(letters)]
    )
    joined = " ".join(words)
    if is_cjk(joined):
        return joined if names_section(joined) else None
    if len(letters) < 4:
        return None
    return joined if wide else _with_blanks(joined)


def _with_blanks(joined: str) -> str:
    """The name of a section with the blanks that it has in the lexicon."""
    folded = _fold(joined)
    for term in section_terms():
        if term.replace(" ", "") == folded and len(folded) == len(joined):
            letters = iter(joined)
            return "".join(" " if char == " " else next(letters) for char in term)
    return joined


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
