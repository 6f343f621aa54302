"""The numbers of a sentence in figures and in words, with what they measure and how they are bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.answer.claim.folding import fold
from ingest.sentences import is_cjk

NUMBER_WORDS = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "zwanzig": 20,
    "dreissig": 30, "dreißig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "quatorze": 14, "seize": 16, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
    "once": 1, "twice": 2, "thrice": 3, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
    "duas": 2, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "due": 2, "tre": 3, "cinque": 5, "sette": 7, "otto": 8, "dieci": 10,
    "twee": 2, "drie": 3, "vijf": 5, "zeven": 7, "negen": 9, "tien": 10,
}  # fmt: skip
_ORDINALS = {
    word: number
    for number, words in {
        2: "second zweite zweiten zweiter deuxieme seconde segundo segunda", 3: "third dritte dritten dritter troisieme tercer tercero tercera",
        4: "fourth vierte vierten quatrieme cuarto cuarta",
        5: "fifth funfte funften cinquieme quinto quinta", 6: "sixth sechste sixieme", 7: "seventh siebte septieme", 8: "eighth achte huitieme",
        9: "ninth neunte neuvieme", 10: "tenth zehnte dixieme", 11: "eleventh", 12: "twelfth zwolfte",
    }.items()
    for word in words.split()
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "millions": 1_000_000, "billion": 1_000_000_000, "tausend": 1_000, "hundert": 100,
    "millionen": 1_000_000, "milliarden": 1_000_000_000, "mille": 1_000, "cent": 100, "milliard": 1_000_000_000, "milliards": 1_000_000_000,
    "万": 10_000, "亿": 100_000_000, "千": 1_000, "百万": 1_000_000, "十亿": 1_000_000_000,
    "mio": 1_000_000, "mio.": 1_000_000, "mrd": 1_000_000_000, "mrd.": 1_000_000_000,
    "millon": 1_000_000, "millones": 1_000_000, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000,
}  # fmt: skip
_CJK_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_FIGURE = re.compile(
    r"(?<![0-9A-Za-zÀ-ɏ_.])(?<!\d[,-])(?P<digits>\d{1,3}(?:[,.'\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?P<decimal>[.,]\d+)?"
    r"(?P<scale>[KkMB](?!\w)|\s?(?:mio\.?|mrd\.?|million(?:en|s)?|millon(?:es)?|billion|milliarden|milliards?|thousand|tausend|hundert|百万|十亿|万|"
    r"亿|千)\b|[百万亿千]+)?"
    r"(?P<ordinal>st|nd|rd|th|\.(?=\s[a-zäöü]))?(?P<percent>\s?(?:\\?%|percent\b|per cent\b|prozent\b|pour cent\b|个百分点))?"
    r"(?P<times>\s?(?:[×x](?!\w)|times\b|-?fold\b|mal\b|fois\b|倍))?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CJK_NUMBER = re.compile(
    r"(第)?([零〇一二两三四五六七八九十百千万]+)(?=(?:\s?[篇个项本种次位名份件届年月所家倍人层步门场天周款小])|分之)"
)
_BOUND = {
    "up": r"(?:up to|at most|no more than|maximal|maximum of|as much as|as many as|bis zu|hochstens|jusqu['’]a|au plus|hasta|como maximo|最多|高达|至多|多达)",
    "least": r"(?:at least|no less than|minimum of|mindestens|au moins|al menos|至少|more than|exceeding|mehr als|plus de|超过|>)",
    "over": r"(?:over|above|uber)",
    "under": r"(?:under|below|unter)",
    "less": r"(?:less than|fewer than|weniger als|moins de|menos de|不到|<)",
    "about": r"(?:about|around|approximately|roughly|some|nearly|almost|circa|ca\.|etwa|rund|ungefahr|fast|environ|pres de|quelque|"
    r"unos|unas|aproximadamente|约|大约|近|将近|~|≈)",
}
"""How a number may be bounded; a claim keeps the bound that its source gives."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text, where it stands, and everything it may be read as."""

    values: frozenset[float]
    start: int
    end: int
    is_percent: bool = False
    is_ordinal: bool = False
    bound: str | None = None

    def agrees(self, other: "Quantity") -> bool:
        """Whether both may be one number; "7th" may be a plain 7 ("7/233")."""
        return bool(self.values & other.values)


@lru_cache(maxsize=4_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order; numbers inside of names (Llama-3, 2D) are left out."""
    folded = fold(text)
    found = [*_figures(folded), *_ranged(folded), *_worded(folded), *_chinese(text)]
    found.sort(key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return tuple(_scaled(q, n, folded) for q, n in zip(kept, [*kept[1:], None], strict=False))


def _scaled(quantity: Quantity, following: Quantity | None, folded: str) -> Quantity:
    """A number that shares the scale of the one it ranges to: the 0.5 of "0.5 to 14 billion"."""
    if following is None or not re.fullmatch(
        r"\s*(?:to|bis|a|à|–|—|-|and|y|e|und|et|到|至)\s*", folded[quantity.end : following.start]
    ):
        return quantity
    scale = re.search(r"[a-z百万亿千]+$", folded[following.start : following.end])
    factor = _SCALES.get(scale[0], 1) if scale else 1
    more = {round(v * factor, 6) for v in quantity.values} if factor > 1 and max(quantity.values) < 1_000 else set()
    return replace(quantity, values=quantity.values | more, is_percent=quantity.is_percent or following.is_percent)


def _figures(folded: str) -> Iterator[Quantity]:
    for match in _FIGURE.finditer(folded):
        before, after = folded[: match.start()], folded[match.end() :]
        if re.search(r"[a-z][-‐‑/]?$", before) or (re.match(r"[-‐‑]?[a-z]", after) and not _is_measure(after)):
            continue
        scale = _SCALES.get((match["scale"] or "").strip(), 1)
        values: set[float] = set()
        whole = re.sub(r"\D", "", match["digits"])
        if match["decimal"] and re.fullmatch(r"\d+", match["digits"]):
            values.add(float(f"{match['digits']}.{match['decimal'][1:]}") * scale)
        elif match["decimal"]:
            values.add(float(f"{whole}.{match['decimal'][1:]}") * scale)
        else:
            values.add(float(whole) * scale)
            if re.fullmatch(r"\d{1,3}\.\d{3}", match["digits"]):
                values.add(float(match["digits"]) * scale)
        yield Quantity(
            frozenset(round(v, 6) for v in values),
            match.start(),
            match.end(),
            match["percent"] is not None,
            match["ordinal"] is not None,
            _bound(before),
        )


def _ranged(folded: str) -> Iterator[Quantity]:
    """The second number of "33-58"."""
    for match in re.finditer(r"(?<![\d.,/-])\d{1,4}[-–](\d{1,4})(?![\d/-])", folded):
        yield Quantity(frozenset({float(match[1])}), match.start(1), match.end(1))


def _is_measure(after: str) -> bool:
    """Whether letters that follow a number are a unit of it and no part of a name: "7.5 ECTS" has a blank, "14-person" a hyphen."""
    return (
        re.match(
            r"[-‐‑](?:person|year|month|week|day|hour|fold|category|step|stage|way|place|page|layer|bit|point|year-old)\b",
            after,
        )
        is not None
    )


def _worded(folded: str) -> Iterator[Quantity]:
    for match in _WORDS.finditer(folded):
        word = match[0]
        following = re.match(r"[\s-]+([a-z]+)", folded[match.end() :])
        scale = _SCALES.get(following[1], 1) if following and len(following[1]) > 2 else 1
        if word in _ORDINALS:
            yield Quantity(frozenset({float(_ORDINALS[word])}), match.start(), match.end(), is_ordinal=True)
            continue
        head, _, tail = word.partition("-")
        value = NUMBER_WORDS.get(word)
        if value is None and head in NUMBER_WORDS and tail:
            unit = NUMBER_WORDS.get(tail, 1 if tail == "one" else 0)
            value = NUMBER_WORDS[head] + unit if NUMBER_WORDS[head] >= 20 and unit < 10 else NUMBER_WORDS[head]
        if value is None:
            continue
        end = match.end() + (following.end() if following and scale > 1 else 0)
        yield Quantity(
            frozenset({float(value * scale)}),
            match.start(),
            end
            if tail == "" or head not in NUMBER_WORDS or tail in NUMBER_WORDS or tail == "one"
            else match.start() + len(head),
            is_percent=re.match(r"\s(?:percent|per cent|prozent|pour cent)", folded[end:]) is not None,
            bound=_bound(folded[: match.start()]),
        )


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CJK_NUMBER.finditer(text):
        value = chinese_number(match[2])
        if value is not None and (match[1] or value != 1):
            yield Quantity(
                frozenset({float(value)}),
                match.start(),
                match.end(),
                is_ordinal=match[1] is not None,
                bound=_bound(text[: match.start()]),
            )


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral below a hundred million, or ``None``."""
    total = section = digit = 0
    for char in text:
        if char in _CJK_DIGITS:
            digit = _CJK_DIGITS[char]
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            return None
    return total + section + digit


def _bound(before: str) -> str | None:
    """The bound that stands just before a number."""
    for kind, words in _BOUND.items():
        if is_cjk(before[-14:]) and re.search(rf"(?:{words})[\u3400-\u9fff]{{0,10}}\s*$", before):
            return kind
        if re.search(rf"{words}\s*(?:the |a |an |by |average |[$€£+-])*$", before):
            return kind
    return None
