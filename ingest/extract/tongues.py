"""Languages among skills: a list under "Languages and tools" holds both, and a tool is no language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.domain import Block, Document, Item, Section, Span
from ingest.extract.words import has_word
from ingest.sections import section_of, sections_in

LEVEL = re.compile(
    r"\b(?:[ABC][12]|native|mother tongue|fluent|proficient|bilingual|conversational|basic"
    r"|beginner|intermediate|muttersprach\w*|flie(?:ß|ss)end|verhandlungssicher"
    r"|grundkenntnisse|gut|sehr gut|langue maternelle|courante?|notions|lengua materna|nativo|materna|fluente"
    r"|madrelingua|moedertaal|CET-\d)\b|母语|入门|流利|熟练",
    re.IGNORECASE,
)
"""How well somebody knows a language."""
ONE_BY_ONE = re.compile(r"(?:[^,;、，；\n·|•(（.]|\.(?!\s)|[(（][^)）]*[)）])+")
"""One of a list of languages, with what stands in brackets behind it."""
_SENTENCE = re.compile(r"(?:[^.\n]|\.(?!\s|$))+")
_CLAUSE = re.compile(r"(?:[^.。\n(（]|[(（][^)）\n]*[)）]|[(（]|\.(?!\s|$))+")
"""A sentence of a list, or a line of one; what stands in brackets ends none."""
_HEAD = re.compile(r"(?P<label>[^:：\t\n(,;]{2,40})\s*[:：\t]\s*")
_KNOWN = re.compile(
    r"\b(?:good|fair|reading|spoken|written|passive|working|rusty|bonne?|bon niveau|bueno|buono|lu|level)\b",
    re.IGNORECASE,
)
"""How well somebody knows a language, where a list of several makes plain that it is one."""
_LONGEST = 5
"""Words of one language and its level."""
_LABEL = re.compile(r"[^:：\t\n(]{2,40}[:：\t]")


def names_both(block: Block) -> bool:
    """Whether the heading of ``block`` names languages and skills: "Languages & tools"."""
    return bool(block.path) and sections_in(block.path[-1]) >= {Section.LANGUAGES, Section.SKILLS}


def apart(document: Document, block: Block) -> tuple[Item, ...]:
    """The languages of a block that lists them in one sentence, and its other sentences as skills; nothing where none lists languages."""
    text = document.quote(block.span)
    sentences = [_inside(text, *m.span()) for m in _SENTENCE.finditer(text) if m[0].strip()]
    if not names_both(block) or not any(_lists_tongues(text[a:b]) for a, b in sentences):
        return ()
    return tuple(item for a, b in sentences for item in _items(document, block.span.start, a, b))


def _items(document: Document, offset: int, start: int, end: int) -> Iterator[Item]:
    text = document.text[offset + start : offset + end]
    if not _lists_tongues(text):
        yield _item("skill", document, offset + start, offset + end)
        return
    for match in ONE_BY_ONE.finditer(text):
        first, last = _inside(text, *match.span())
        if first < last:
            at = offset + start
            yield _item("language" if names_tongue(text[first:last]) else "skill", document, at + first, at + last)


def _item(kind: str, document: Document, start: int, end: int) -> Item:
    title = " ".join(document.text[start:end].split())
    return Item(kind="language" if kind == "language" else "skill", span=Span(document.id, start, end), title=title)


def _lists_tongues(sentence: str) -> bool:
    """Whether a sentence without a label is a list of which languages make up the half at least."""
    pieces = [m[0] for m in ONE_BY_ONE.finditer(sentence) if m[0].strip()]
    return len(pieces) > 1 and not _LABEL.match(sentence) and 2 * sum(map(names_tongue, pieces)) >= len(pieces)


def names_tongue(piece: str) -> bool:
    """Whether a text names a language, or how well one is known."""
    return has_word("tongue", piece) or LEVEL.search(piece) is not None


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a line and where what it lists begins behind its label."""

    start: int
    first: int
    end: int
    label: str | None


def clauses(text: str) -> Iterator[Clause]:
    """The sentences of ``text``: a label reaches to the end of its own."""
    for match in _CLAUSE.finditer(text):
        start, end = _inside(text, *match.span())
        head = _HEAD.match(text, start, end)
        if start < end:
            yield Clause(start, head.end() if head else start, end, head["label"].strip() if head else None)


def is_labelled(clause: Clause, text: str) -> bool:
    """Whether a sentence is labelled as a list of languages and names one: "Languages: English, Welsh"."""
    return (
        clause.label is not None
        and section_of(clause.label) is Section.LANGUAGES
        and has_word("tongue", text[clause.first : clause.end])
    )


def is_equipment(clause: Clause) -> bool:
    """Whether a sentence is labelled as a list of skills or software."""
    return clause.label is not None and section_of(clause.label) in {Section.SKILLS, Section.PROJECTS}


def spoken(text: str) -> Iterator[tuple[int, int]]:
    """Where the languages stand in a section of languages: all that its first sentence lists, and the sentences behind it that list others."""
    told = list(clauses(text))
    is_single = bool(told) and len(_pieces(text, told[0])) == 1
    for number, clause in enumerate(told):
        pieces = _pieces(text, clause)
        tongues = sum(names_tongue(text[a:b]) for a, b in pieces)
        if clause.label is not None and (
            has_word("tongue", clause.label) or section_of(clause.label) is Section.LANGUAGES
        ):
            is_list = True
        elif number and len(pieces) == 1:
            is_list = bool(tongues) or (
                is_single and clause.label is None and len(text[clause.start : clause.end].split()) < 3
            )
        else:
            is_list = 2 * tongues >= len(pieces) or (number == 0 and clause.label is None)
        if is_list and not is_equipment(clause):
            is_name = clause.label is not None and section_of(clause.label) is not Section.LANGUAGES
            yield from _pieces(text, clause, whole=is_name)


def stated(text: str) -> Iterator[tuple[int, int]]:
    """Where languages stand outside of a section for them, in a sentence that is labelled so."""
    for clause in clauses(text):
        if is_labelled(clause, text):
            yield from _pieces(text, clause)


def among_others(text: str) -> Iterator[tuple[int, int]]:
    """Where languages with their levels are listed without a label: "Driving licence. French (good), Spanish (basic), BSL level 1"."""
    for clause in clauses(text):
        pieces = _pieces(text, clause)
        levelled = [p for p in pieces if _is_levelled(text[p[0] : p[1]])]
        is_short = all(len(text[a:b].split()) <= _LONGEST for a, b in pieces)
        if len(levelled) > 1 and 2 * len(levelled) >= len(pieces) and is_short and clause.label is None:
            yield from pieces


def _is_levelled(piece: str) -> bool:
    """Whether a piece is a language and how well it is known."""
    name = re.split(r"\s*[(（]|\s+(?=[ABC][12]\b|level\b)", piece, maxsplit=1)[0]
    behind = piece[len(name) :]
    is_known = LEVEL.search(behind) is not None or _KNOWN.search(behind) is not None
    return len(name.split()) < 3 and has_word("tongue", name) and is_known


def _pieces(text: str, clause: Clause, whole: bool = False) -> list[tuple[int, int]]:
    """Where the pieces of a list stand; the ``whole`` of a sentence keeps its label: "Norwegian: native"."""
    first = clause.start if whole else clause.first
    found = (_inside(text, first + m.start(), first + m.end()) for m in ONE_BY_ONE.finditer(text[first : clause.end]))
    return [(a, b) for a, b in found if a < b]


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` without the white space and the full stop at the ends."""
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip(" .\n\t"))
