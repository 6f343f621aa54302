"""What is measured of answers: right or wrong, refusals, leaks and latency. Pure functions over texts and numbers."""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain import Status
from evals.case import Expect
from ingest.domain import Degree, Position, Publication, Record
from ingest.sentences import LETTER

ANSWER_CHARS = 1_500
"""A longer answer is cut before it is scored, so that pasting the source does not pass."""

_QUOTES = str.maketrans("‘’‚‛′“”„‟″«»「」『』", "'''''" + '"' * 11)
_MARKER = re.compile(r"\s*\[\d+\](?:\s*[–—-]\s*\[\d+\])?")
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CJK_DIGITS = "零一二三四五六七八九"
_CJK_NUMERAL = "零〇一二三四五六七八九十百千万两"
_CJK_MEASURE = "篇个项本种次位名份件届年月所家"


def fold(text: str) -> str:
    """``text`` after NFKC, with white space folded to one blank and plain quotes."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).split())


def scored(answer: str) -> str:
    """The part of an answer that is matched: without citation marks, folded, at most ``ANSWER_CHARS`` characters."""
    return fold(_MARKER.sub("", answer))[:ANSWER_CHARS]


def why_wrong(expect: Expect, answer: str, status: Status) -> str | None:
    """The first thing that ``answer`` lacks or has too much, or ``None`` where it is right."""
    if expect.refused and status != "refused":
        return "answered what it should refuse"
    if not expect.refused and status == "refused":
        return "refused what it could answer"
    text = scored(answer)
    for pattern in (*expect.contains, *expect.items):
        if not _found(pattern, text):
            return f"lacks {pattern!r}"
    for pattern in expect.not_contains:
        if _found(pattern, text):
            return f"has {pattern!r}"
    if expect.number is not None and not has_number(text, expect.number):
        return f"lacks the number {expect.number}"
    return None


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def has_number(text: str, number: int) -> bool:
    """Whether ``text`` has ``number`` as digits, or up to 100 as an English or Chinese word, outside any larger number.

    A Chinese word of one character must stand before a measure word (三篇), because 一 begins many others (一共).
    What the number counts is not looked at.
    """
    if re.search(rf"(?<!\d)(?<!\d[.,]){number}(?!\d|[.,]\d)", text):
        return True
    if number > 100:
        return False
    word = english(number).replace("-", " ").replace(" ", "[- ]")
    larger = r"(?![\w-]| (?:hundred|thousand|million|billion)\b)"
    if re.search(rf"(?<![\w-])(?<!ty ){word}{larger}", text, re.IGNORECASE):
        return True
    cjk = [chinese(number)] + (["两"] if number == 2 else [])
    after = rf"(?=\s*[{_CJK_MEASURE}])" if len(cjk[0]) == 1 else rf"(?![{_CJK_NUMERAL}])"
    return re.search(rf"(?<![{_CJK_NUMERAL}第])(?:{'|'.join(cjk)}){after}", text) is not None


def english(number: int) -> str:
    """0 to 100 in words: ``twenty-five``."""
    if number < 20:
        return (_UNITS + _TEENS)[number]
    if number == 100:
        return "one hundred"
    tens, unit = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")


def chinese(number: int) -> str:
    """0 to 100 in Chinese characters: ``二十五``."""
    if number < 10:
        return _CJK_DIGITS[number]
    if number == 100:
        return "一百"
    tens, unit = divmod(number, 10)
    return ("" if tens == 1 else _CJK_DIGITS[tens]) + "十" + (_CJK_DIGITS[unit] if unit else "")


# Refusals


def refusal_precision(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Of the answers that refused, the share that should; pairs are ``(should, did)``. ``None`` where none refused."""
    return share(should for should, did in pairs if did)


def refusal_recall(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Of the questions to be refused, the share that was; pairs are ``(should, did)``. ``None`` where none is."""
    return share(did for should, did in pairs if should)


def share(values: Iterable[bool]) -> float | None:
    """The share of true values, or ``None`` of none."""
    found = list(values)
    return sum(found) / len(found) if found else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The smallest value that at least ``percent`` of all do not exceed (nearest rank); ``None`` of none."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


# Leaks


@dataclass(frozen=True, slots=True)
class Foreign:
    """Names that would give another profile away in an answer about one profile."""

    patterns: dict[str, re.Pattern[str]]

    def found_in(self, answer: str, asked: Iterable[str]) -> tuple[str, ...]:
        """Those in ``answer`` that no turn of the visitor brought up."""
        text, said = fold(answer), fold(" ".join(asked))
        return tuple(
            name for name, pattern in self.patterns.items() if pattern.search(text) and not pattern.search(said)
        )


def foreign_to(record: Record, others: Iterable[Record]) -> Foreign:
    """Names, co-authors, supervisors and titles of ``others`` that occur nowhere in ``record``.

    The short name before a title's colon counts as well (``SAGE: …``), as written. People's names of one word do not:
    too many of those are ordinary words.
    """
    own = fold(" ".join([*(d.text for d in record.documents), *record.profile.names])).casefold()
    names: dict[str, re.Pattern[str]] = {}
    for other in others:
        for name, ignore_case in _names_of(other):
            if fold(name).casefold() not in own:
                edge = rf"(?<!{LETTER})", rf"(?!{LETTER})"
                flags = re.IGNORECASE if ignore_case else 0
                names[name] = re.compile(edge[0] + re.escape(fold(name)) + edge[1], flags)
    return Foreign(names)


def _names_of(record: Record) -> Iterable[tuple[str, bool]]:
    """``(name, whether case is ignored)``."""
    yield from ((name, True) for name in record.profile.names)
    for fact in record.facts:
        people: tuple[str, ...] = ()
        if isinstance(fact, Publication):
            people = fact.authors
            yield fact.title, True
            short, colon, _ = fact.title.partition(":")
            if colon and len(short) >= 4:
                yield short, False
        elif isinstance(fact, Position | Degree):
            people = fact.supervisors
        yield from ((name, True) for name in people if " " in name and len(name) >= 6 and not name[0].islower())
