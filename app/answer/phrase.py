"""Sentences from the templates of ``phrases/<language>.yaml``, with the grammar that they need: plurals, lists, dates, durations.

A template holds ``$name`` for a value, ``[…]`` for a part that is left out when a value in it is missing, and ``{count|one|many}`` for a plural.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from app.domain import Language
from ingest.domain import PartialDate, Period

_PIECE = re.compile(r"\[([^\[\]]*)\]")
_PLURAL = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
_VALUE = re.compile(r"\$([a-z_]+)")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
Value = str | int | None


def say(language: Language, key: str, **values: Value) -> str:
    """The phrase ``key`` with its values; raises ``KeyError`` for a value that the template needs and does not get."""
    template = _template(language, key)

    def optional(match: re.Match[str]) -> str:
        return match[1] if all(values.get(n) not in (None, "") for n in _VALUE.findall(match[1])) else ""

    text = _PIECE.sub(optional, template)
    text = _PLURAL.sub(lambda m: m[2] if values[m[1]] == 1 else m[3], text)
    text = _VALUE.sub(lambda m: str(values[m[1]]), text)
    return text[:1].upper() + text[1:] if _starts_sentence(template) else text


def words(language: Language, key: str, **values: Value) -> str:
    """``say`` without the capital: a part of a sentence."""
    text = say(language, key, **values)
    return text[:1].lower() + text[1:] if _starts_sentence(_template(language, key)) else text


def _starts_sentence(template: str) -> bool:
    """Whether a template begins with words of its own, and not with a value, which keeps its spelling."""
    return template[:1] != "$" and template[:2] not in {"[$", "“$"}


def _template(language: Language, key: str) -> str:
    return _phrases(language).get(key) or _phrases("en")[key]


def joined(language: Language, items: Sequence[str]) -> str:
    """``a, b and c`` or ``a、b和c``."""
    if len(items) < 2:
        return "".join(items)
    if language == "zh":
        return "、".join(items[:-1]) + "和" + items[-1]
    return ", ".join(items[:-1]) + " and " + items[-1]


def date_text(language: Language, date: PartialDate) -> str:
    """The date as people write it, to its precision: ``November 2024``, ``9 November 2022``, ``2024年11月``."""
    if language == "zh":
        parts = [
            f"{date.year}年" if date.year else "",
            f"{date.month}月" if date.month else "",
            f"{date.day}日" if date.day else "",
        ]
        return "".join(parts)
    month = _MONTHS[date.month - 1] if date.month else ""
    if date.day:
        return f"{month} {date.day}, {date.year}" if date.year else f"{month} {date.day}"
    return " ".join(p for p in (month, str(date.year) if date.year else "") if p)


def period_text(language: Language, period: Period) -> str:
    """``since November 2024``, ``July 2022 – November 2024``, ``2017``."""
    start = date_text(language, period.start) if period.start else ""
    end = date_text(language, period.end) if period.end else ""
    if period.current:
        return words(language, "since", date=start) if start else words(language, "to_present")
    if not end or start == end:
        return start
    return f"{start} – {end}" if start else words(language, "until", date=end)


def duration_text(language: Language, months: int) -> str:
    """``2 years and 4 months``, ``8 months``."""
    years, rest = divmod(months, 12)
    parts = [words(language, "years", count=years)] if years else []
    parts += [words(language, "months", count=rest)] if rest or not years else []
    return (
        joined(language, parts) if language == "en" else "零".join(parts) if years and 0 < rest < 10 else "".join(parts)
    )


def period_phrase(language: Language, period: Period) -> str:
    """The period inside a sentence: ``from July 2022 to November 2024``, ``since November 2024``."""
    if language == "en" and not period.current and period.start and period.end and period.start != period.end:
        return words(language, "from_to", start=date_text(language, period.start), end=date_text(language, period.end))
    text = period_text(language, period)
    return f"in {text}" if language == "en" and period.start == period.end and not period.current else text


def with_article(noun: str) -> str:
    """``a Researcher``, ``an Engineer``, ``an MSc``; one that has an article keeps it."""
    if re.match(r"(?:an?|the)\s", noun, re.IGNORECASE):
        return noun
    spelled = re.match(r"[A-Z](?:[.A-Z]|[a-z]{0,2}\b)", noun) is not None and noun[:2] not in {"An", "In", "Ex"}
    vowel = (
        noun[:1] in "AEFHILMNORSX"
        if spelled and not noun.startswith(("Un", "Us", "Head", "Host"))
        else noun[:1].lower() in "aeio" or re.match(r"un(?!i)", noun, re.IGNORECASE)
    )
    return f"{'an' if vowel else 'a'} {noun}"


@cache
def _phrases(language: Language) -> dict[str, str]:
    file = resources.files(__package__).joinpath("phrases", f"{language}.yaml")
    data: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data
