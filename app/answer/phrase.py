"""Sentences from the templates of ``phrases/<language>.yaml``, with the grammar that they need: plurals, lists, dates, durations, articles.

A template holds ``$name`` for a value, ``[…]`` for a part that is left out when a value in it is missing, and ``{count|one|many}`` for a plural.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from app.domain import Language
from ingest.domain import PartialDate, Period

_PIECE = re.compile(r"\[([^\[\]]*)\]")
_WORDS_KEPT = 5_000
_PLURAL = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
_VALUE = re.compile(r"\$([a-z_]+)")
_SLOT = re.compile(rf"([\w’]+ )?{_VALUE.pattern}")
"""A value with the word before it, where there is one."""
Value = str | int | None


def say(language: Language, key: str, **values: Value) -> str:
    """The phrase ``key`` with its values, as a sentence: it begins with a capital, unless with a value, which keeps its spelling.

    Raises:
        KeyError: nobody wrote ``key``, or a value that the template needs is not given.
    """
    text = words(language, key, **values)
    begins_with_value = _phrases(language)[key].lstrip("[“„«\u00a0")[:1] == "$"
    return text if begins_with_value else text[:1].upper() + text[1:]


def words(language: Language, key: str, **values: Value) -> str:
    """The phrase ``key`` with its values, spelled as inside a sentence.

    Raises:
        KeyError: see ``say``.
    """

    def optional(match: re.Match[str]) -> str:
        return match[1] if all(values.get(n) not in (None, "") for n in _VALUE.findall(match[1])) else ""

    def plural(match: re.Match[str]) -> str:
        count = values[match[1]]
        return match[2] if count == 1 or (count == 0 and language in _grammar()["zero_is_one"]) else match[3]

    def filled(match: re.Match[str]) -> str:
        value = str(values[match[2]])
        return _before(language, match[1] or "", value) + value

    text = _PLURAL.sub(plural, _PIECE.sub(optional, _phrases(language)[key]))
    if None in values.values():
        text = _VALUE.sub(lambda m: "" if values[m[1]] is None else m[0], text)
        text = re.sub(r" {2,}| (?=[,;])", lambda m: " " if len(m[0]) > 1 else "", text)
    return _SLOT.sub(filled, text)


def placed(language: Language, key: str, noun: str, **values: Value) -> str:
    """The phrase ``key`` for a noun that takes an article by its gender: ``am Institut …``, ``an der Universität …``, else ``bei …``.

    ``key`` is ``at_org``, ``at_school``, ``at_venue``: each takes the noun as its last part says.
    """
    gender = _gender(noun)
    by_gender = f"{key}_{gender}"
    name = "venue" if key == "at_venue" else "organisation"
    if gender and by_gender in _phrases(language):
        return words(language, by_gender, **{name: re.sub(r"(?i)^the\s+", "", noun)}, **values)
    return words(language, key, **{name: noun}, **values)


def joined(language: Language, items: Sequence[str]) -> str:
    """``a, b and c`` or ``a、b和c``."""
    if len(items) < 2:
        return "".join(items)
    head = items[0]
    for item in items[1:-1]:
        head = words(language, "list_next", head=head, tail=item)
    return words(language, "list_last", head=head, tail=items[-1])


def series(language: Language, items: Sequence[str]) -> str:
    """``a; b; c``, for parts that hold commas themselves."""
    text = "".join(items[:1])
    for item in items[1:]:
        text = words(language, "list_series", head=text, tail=item)
    return text


def date_text(language: Language, date: PartialDate) -> str:
    """The date as people write it, to its precision: ``November 2024``, ``November 9, 2022``, ``9. November 2022``, ``2024年11月``."""
    month = words(language, f"month_{date.month}") if date.month else None
    shown = {"day": date.day if month else None, "month": month, "year": date.year}
    parts = [name for name, value in shown.items() if value]
    return words(language, "_".join(["date", *parts]), **shown) if parts else ""


def period_text(language: Language, period: Period) -> str:
    """``since November 2024``, ``July 2022 – November 2024``, ``2017``."""
    start = date_text(language, period.start) if period.start else ""
    end = date_text(language, period.end) if period.end else ""
    if period.current:
        return words(language, "since", date=start) if start else words(language, "to_present")
    if not end or start == end:
        return start
    return f"{start} – {end}" if start else words(language, "until", date=end)


def period_phrase(language: Language, period: Period) -> str:
    """The period inside a sentence: ``from July 2022 to November 2024``, ``since November 2024``, ``in 2017``."""
    if period.current or not period.start:
        return period_text(language, period)
    start = date_text(language, period.start)
    if not period.end or period.start == period.end:
        return words(language, "during", date=start)
    return words(language, "from_to", start=start, end=date_text(language, period.end))


def duration_text(language: Language, months: int) -> str:
    """``2 years and 4 months``, ``8 months``."""
    years, rest = divmod(months, 12)
    parts = [words(language, "years", count=years)] if years else []
    parts += [words(language, "months", count=rest)] if rest or not years else []
    if language == "zh":
        return ("零" if rest < 10 else "").join(parts)
    return joined(language, parts)


def with_article(noun: str) -> str:
    """``a Researcher``, ``an Engineer``, ``an MSc``; one that has an article keeps it."""
    if re.match(r"(?:an?|the)\s", noun, re.IGNORECASE):
        return noun
    spelled = re.match(r"[A-Z](?:[.A-Z]|[a-z]?\b)", noun) is not None and noun[:2] not in {"An", "In", "Ex"}
    vowel = (
        noun[:1] in "AEFHILMNORSX"
        if spelled and not noun.startswith(("Un", "Us", "Head", "Host"))
        else noun[:1].lower() in "aeio" or re.match(r"un(?!i)", noun, re.IGNORECASE)
    )
    return f"{'an' if vowel else 'a'} {noun}"


def _before(language: Language, word: str, value: str) -> str:
    """The word before ``value``, changed where its language changes it there: "de " to "d’" before "Anna"."""
    for before, start, instead in _seams(language):
        if word == before and start.match(value):
            return instead
    return word


@cache
def _seams(language: Language) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    months = "|".join(_phrases(language)[f"month_{n}"] for n in range(1, 13))
    return tuple(
        (f"{word} ", re.compile(start.replace("MONTH", f"(?:{months})"), re.IGNORECASE), instead)
        for start, words_before in _grammar()["seams"][language].items()
        for word, instead in words_before.items()
    )


def _gender(noun: str) -> str | None:
    """``f`` or ``m`` by the first word of ``noun`` that has one, or the last of several in a row: a "University Hospital" is a hospital."""
    found = None
    for word in re.findall(r"\w+", noun):
        gender = _word_gender(word)
        if found and not gender:
            break
        found = gender or found
    return found


@lru_cache(_WORDS_KEPT)
def _word_gender(word: str) -> str | None:
    small = word.lower()
    gendered: dict[str, list[str]] = _grammar()["nouns"]
    for gender, nouns in gendered.items():
        if any(word == n or (n == n.lower() and small.endswith(n)) for n in nouns):
            return gender
    return None


@cache
def _grammar() -> dict[str, Any]:
    data: dict[str, Any] = _yaml("grammar")
    return data


@cache
def _phrases(language: Language) -> dict[str, str]:
    data: dict[str, str] = _yaml(language)
    return data


def _yaml(name: str) -> Any:
    return yaml.safe_load(resources.files(__package__).joinpath("phrases", f"{name}.yaml").read_text(encoding="utf-8"))
