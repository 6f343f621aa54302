"""The patterns of ``lexicon.yaml`` and what is read off a text with them."""

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ingest.sentences import is_cjk

_NUMBERS = {
    word: n
    for n, words in {
        1: "one ein einem eines eine un une uno 一",
        2: "two zwei deux dos 二 两",
        3: "three drei trois tres several multiple 三",
        4: "four vier quatre cuatro 四",
        5: "five fünf cinq cinco 五",
        6: "six sechs seis 六",
        7: "seven sieben sept siete 七",
        8: "eight acht huit ocho 八",
        9: "nine neun neuf nueve 九",
        10: "ten zehn dix diez 十",
        11: "eleven elf onze once",
        12: "twelve zwölf douze doce",
        15: "fifteen fünfzehn quinze quince",
        20: "twenty zwanzig vingt veinte",
        30: "thirty dreißig trente treinta",
        40: "forty vierzig quarante cuarenta",
        50: "fifty fünfzig cinquante cincuenta",
        100: "hundred hundert cent cien",
    }.items()
    for word in words.split()
}
SEVERAL = 3
"""What "several" and "mehrjährig" are taken to ask for at the least."""


@cache
def data(name: str) -> Any:
    """The parsed YAML file ``name`` of this folder."""
    return yaml.safe_load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any of the expressions of that name, in any case."""
    return re.compile("|".join(f"(?:{one})" for one in data("lexicon.yaml")[name]), re.IGNORECASE)


@cache
def _years() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE) for one in data("lexicon.yaml")["years"])


def has(name: str, text: str) -> bool:
    """Whether ``text`` has any of the expressions of that name."""
    return pattern(name).search(text) is not None


def names(prefix: str) -> tuple[str, ...]:
    """The names of the lexicon that begin so, in its order."""
    return tuple(name for name in data("lexicon.yaml") if name.startswith(prefix))


def years_in(text: str) -> tuple[int, int, int] | None:
    """How many years ``text`` names, at the least, and where; ``None`` where it names none."""
    found = [m for one in _years() for m in [one.search(text)] if m]
    if not found:
        return None
    match = min(found, key=lambda m: m.start())
    part = {k: v for k, v in match.groupdict().items() if v}
    value = next((v for k, v in part.items() if k in {"n", "word", "zh"}), None)
    if value is None:
        return SEVERAL, match.start(), match.end()
    return number(value) or SEVERAL, match.start(), match.end()


def number(word: str) -> int | None:
    """The number that a word or digits say: ``6``, ``six``."""
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower())


def numbers_in(text: str) -> list[int]:
    """The whole numbers that ``text`` names in digits or words, years of the calendar and percentages left out."""
    found = []
    for match in re.finditer(
        r"(?<![\w.,-])(\d{1,3}(?:[,. ]\d{3})+|\d+)(?![\w%]|[.,]\d|\s?%)(?=\+|\W|$)|\b([^\W\d_]+)\b", text
    ):
        if match[1]:
            value = int(re.sub(r"\D", "", match[1]))
            if not 1900 <= value <= 2100:
                found.append(value)
        elif match[2].lower() in _NUMBERS and match[2].lower() not in _ARTICLES:
            found.append(_NUMBERS[match[2].lower()])
    return found


_COUNTED = "|".join(word for word in _NUMBERS if not is_cjk(word))
_PEOPLE = re.compile(
    rf"\b(\d{{1,3}}|{_COUNTED})\s+(?:[^\W\d][\w-]*\s+){{0,2}}?"
    r"(?:people|persons|engineers?|developers?|nurses?|researchers?|scientists?|staff|employees|members|students?|postdocs?|colleagues|technicians?|"
    r"teachers?|analysts?|designers?|editors?|Mitarbeite\w+|Ingenieur\w*|Personen|Kolleg\w+|Doktorand\w*|personnes|ingénieurs?|doctorants?|salariés|"
    r"personas|ingenieros|theses|thesis|dissertations|PhDs|\w*[Aa]rbeiten|Dissertationen|thèses|mémoires|tesis)\b|([一二两三四五六七八九十百\d]{1,4})(?=余?[人名位])",
    re.IGNORECASE,
)


def people_in(text: str) -> list[int]:
    """How many people ``text`` names, each time that it does, and all together: "six doctoral students and one postdoc"."""
    found = [n for m in _PEOPLE.finditer(text) for n in [_counted(m[1] or m[2])] if n]
    return [*found, sum(found)] if len(found) > 1 else found


def _counted(word: str) -> int | None:
    """A number in digits or words, of Chinese ones up to 99 in their characters."""
    if not is_cjk(word):
        return number(word)
    tens, _, ones = word.partition("十") if "十" in word else ("", "", word)
    digit = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"两": 2}
    return (10 * digit.get(tens, 1) if "十" in word else 0) + digit.get(ones, 0) or None


_ARTICLES = {
    "one",
    "ein",
    "eine",
    "einem",
    "eines",
    "un",
    "une",
    "uno",
    "once",
    "several",
    "multiple",
    "elf",
    "sept",
    "cent",
}


def level(text: str) -> float | None:
    """How well a language is known or asked for: 4 native, 3.5 C2, 3 fluent or C1, 2.5 B2, 2 good or B1, 1.5 A2, 1 basic; ``None`` where nothing says it."""
    if exact := re.search(r"(?<![A-Za-z\d])([ABC])([12])(?!\w)", text):
        return {"A": 0.5, "B": 1.5, "C": 2.5}[exact[1]] + int(exact[2]) / 2
    return next((rank for rank in (4, 1, 3, 2) if has(f"level_{rank}", text)), None)


def degree_level(text: str) -> int | None:
    """The highest degree that ``text`` names: 5 habilitation, 4 doctorate, 3 master, 2 bachelor."""
    return next((rank for rank in (5, 4, 3, 2) if has(f"degree_{rank}", text)), None)


def degree_levels(text: str) -> list[int]:
    """All levels of degrees that ``text`` names, the highest first."""
    found = [rank for rank in (5, 4, 3, 2) if has(f"degree_{rank}", text)]
    return found or ([2] if has("degree_any", text) else [])


@cache
def _foreign(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(data("foreign.yaml").get(language, {}).items(), key=lambda pair: -len(pair[0])))


def foreign_in(text: str, language: str) -> list[tuple[int, int, str]]:
    """Where ``text`` has words of ``foreign.yaml``, to the end of the word, with their English; the longest first, none inside another."""
    found: list[tuple[int, int, str]] = []
    for word, english in _foreign(language):
        before, behind = ("", "") if language == "zh" else (r"(?<!\w)", r"\w*")
        for match in re.finditer(before + re.escape(word) + behind, text, re.IGNORECASE):
            if not any(a < match.end() and match.start() < b for a, b, _ in found):
                found.append((match.start(), match.end(), english))
    return sorted(found)


@cache
def _tongues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            row[0],
            re.compile(
                "|".join(
                    rf"\b{re.escape(n)}(?:e[rsnm]?|kenntnisse|sprach\w*)?\b"
                    if n.isascii() or not re.match(r"[\u3400-\u9fff]", n)
                    else n
                    for n in row
                ),
                re.IGNORECASE,
            ),
        )
        for row in data("tongues.yaml")
    )


def tongues_in(text: str) -> tuple[str, ...]:
    """The languages that ``text`` names, in English."""
    return tuple(name for name, pattern in _tongues() if pattern.search(text))


def tongue_spans(text: str) -> list[tuple[int, int]]:
    """Where ``text`` names languages, in order."""
    return sorted(match.span() for _, pattern in _tongues() for match in pattern.finditer(text))
