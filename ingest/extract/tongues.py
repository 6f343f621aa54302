"""Languages among skills: a list under "Languages and tools" holds both, and a tool is no language."""

import re
from collections.abc import Iterator

from ingest.domain import Block, Document, Item, Section, Span
from ingest.extract.words import has_word
from ingest.sections import sections_in

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
            yield _item("language" if _is_tongue(text[first:last]) else "skill", document, at + first, at + last)


def _item(kind: str, document: Document, start: int, end: int) -> Item:
    title = " ".join(document.text[start:end].split())
    return Item(kind="language" if kind == "language" else "skill", span=Span(document.id, start, end), title=title)


def _lists_tongues(sentence: str) -> bool:
    """Whether a sentence without a label is a list of which languages make up the half at least."""
    pieces = [m[0] for m in ONE_BY_ONE.finditer(sentence) if m[0].strip()]
    return len(pieces) > 1 and not _LABEL.match(sentence) and 2 * sum(map(_is_tongue, pieces)) >= len(pieces)


def _is_tongue(piece: str) -> bool:
    return has_word("tongue", piece) or LEVEL.search(piece) is not None


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` without the white space and the full stop at the ends."""
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip(" .\n\t"))
