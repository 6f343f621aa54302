"""Sentence boundaries with exact offsets: syntok for alphabetic scripts, a rule for CJK."""

import re
from itertools import pairwise

from syntok import segmenter

from ingest.dates import MONTH

_CJK_END = re.compile(r"[。！？；]+[」』”’）]*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""As a pattern: a letter, digit or underscore of a script that sets words apart; what bounds a name beside Chinese characters."""
_AFTER_NUMBER = re.compile(
    r"(?<=\d)\.(?=\s+(?:The|This|These|Both|In|We|It|Our|For|However|To|An?|He|She|They|Its|Such|As|By|On)\s)"
)
"""A full stop behind a number, which syntok reads as part of it."""
_AFTER_FIGURE = re.compile(
    r"(?:(?<=\d[.,]\d)|(?<=\d[.,]\d\d)|(?<=\b(?:19|20)\d\d)|(?<=\d%)|(?<=\d %))\.(?=\s+[A-ZÀ-Þ][a-zà-ÿ])"
)
"""One behind a decimal, a year or a share, which syntok takes for an ordinal."""
_AFTER_UNIT = re.compile(
    r"(?:(?:(?<=°[CFK])|(?<=° [CFK]))\.|\b\d+(?:[.,]\d+)?\s?(?:[cdkmnµ]?m|[kmµ]?g|m?l|m?s|[kMG]?Hz|[kM]W|k?Pa|mK|ha|min)\.)(?=\s+[A-ZÀ-Þ][\w'’]*\s)"
)
"""One behind a unit, which syntok takes for an initial or a short form: "shallower than 1.5 m."."""
_DAY = re.compile(rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.(?=\s+(?:{MONTH})\b)", re.IGNORECASE)
"""The day of a date, whose full stop ends nothing: "am 15. Januar"."""
_ORDINAL = re.compile(
    r"\b\d{1,2}\.(?=\s+(?:und\s+\d{1,2}\.\s+)?(?:Jahrhundert|Jhs?\b|Semester|Lebensjahr|Auflage|Kapitel|Jahrgang))|"
    r"\b(?:de[rmn]|[Dd]ie|[Dd]as|[Ii]m|[Aa]m|zu[mr]|vom|beim|seine[mnrs]?|ihre[mnrs]?|eine[mnrs]?)\s+\d{1,2}\.(?=\s+(?!Und|Aber|Da|Sie|Er|Es)[A-ZÄÖÜ][a-zäöüß])"
)
"""A German number in a row: "nach dem 6. Semester"."""
_NO_END = ",;:、，："
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


def is_cjk(text: str) -> bool:
    """Whether ``text`` has a Chinese or Japanese character."""
    return _CJK.search(text) is not None


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of ``text``, in order, without the white space around them."""
    spans: list[tuple[int, int]] = []
    for start, end in _paragraph_spans(text):
        for first, last in _split(text[start:end]):
            piece = text[start + first : start + last]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                spans.append((start + first + lead, start + first + lead + len(piece.strip())))
    return spans


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text`` with the white space that follows each, so that they join to ``text`` again."""
    starts = [start for start, _ in sentence_spans(text)]
    if not starts:
        return [text] if text else []
    bounds = [0, *starts[1:], len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


def _paragraph_spans(text: str) -> list[tuple[int, int]]:
    bounds = [0]
    for match in _PARAGRAPH.finditer(text):
        bounds += [match.start(), match.end()]
    bounds.append(len(text))
    return [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b > a]


def _split(paragraph: str) -> list[tuple[int, int]]:
    ends = {m.end() for m in _CJK_END.finditer(paragraph)} | set(_syntok_ends(paragraph))
    ends |= {m.end() for pattern in (_AFTER_NUMBER, _AFTER_FIGURE, _AFTER_UNIT) for m in pattern.finditer(paragraph)}
    ends -= {m.end() for pattern in (_DAY, _ORDINAL) for m in pattern.finditer(paragraph)}
    inner = (e for e in sorted(ends) if 0 < e < len(paragraph) and not _goes_on(paragraph, e))
    bounds = [0, *inner, len(paragraph)]
    return list(pairwise(bounds))


def _goes_on(paragraph: str, end: int) -> bool:
    """Whether no sentence ends there: behind a comma, or a word before a bracket."""
    before, behind = paragraph[end - 1], paragraph[end:].lstrip(" ")[:1]
    return before in _NO_END or (behind == "(" and (before.isalnum() or before == "%"))


def _syntok_ends(paragraph: str) -> list[int]:
    ends = []
    for block in segmenter.process(paragraph):
        for sentence in block:
            tokens = list(sentence)
            if tokens:
                ends.append(tokens[-1].offset + len(tokens[-1].value))
    return ends
