"""Private data in documents, found by rule in several languages (see ``private.yaml``), and withheld where the owner does not share its kind."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ingest.dates import find_dates
from ingest.domain import Contact, Document, Fact, Publication, Span
from ingest.extract import facts_in
from ingest.sentences import is_cjk

MASK = "\u2588"
"""Stands for every withheld character, so that all offsets stay as they are."""
_CHINESE_ID = re.compile(r"(?<!\w)[1-9]\d{16}[\dXx](?!\w)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b")
_OTHER_NUMBER = re.compile(
    r"\b(?:doi|arxiv|isbn|issn|orcid|pmid|grant|patent|award|vol|no|nr|pp|id|ref|hrb)\.?\s*[:#]?\s*$|#\s*$",
    re.IGNORECASE,
)
"""What stands in front of digits that are no phone number."""
_YEARS = re.compile(r"\(?(?:19|20)\d{2}\W+(?:19|20)\d{2}\)?")


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>()\"']+")


def private_spans(
    document: Document, share: Collection[str], papers: Iterable[Span] = ()
) -> Iterator[tuple[str, list[Span]]]:
    """By kind, where ``document`` holds personal data that ``share`` does not name; nothing inside ``papers``, entries of publication lists."""
    entries = tuple(papers)
    for kind, patterns in _patterns().items():
        if kind in share:
            continue
        places = [m.span("it") for pattern in patterns for m in pattern.finditer(document.text)]
        places += _checked_numbers(document.text) if kind == "identity" else []
        spans = [Span(document.id, start, end) for start, end in _apart(places)]
        spans = [s for s in spans if not any(p.covers(s) for p in entries)]
        if kind == "phone":
            spans = [s for s in spans if _is_phone(document, s)]
        if spans:
            yield kind, spans
    for kind, pattern in (("email", _EMAIL), ("links", _URL)):
        found = [Span(document.id, *m.span()) for m in pattern.finditer(document.text)] if kind not in share else []
        if found:
            yield kind, found


def withheld(document: Document, share: Collection[str]) -> Document:
    """``document`` with what is private masked, character for character, and without the contacts that state it."""
    return withholding(document, share)[0]


def withholding(document: Document, share: Collection[str]) -> tuple[Document, dict[str, int]]:
    """As ``withheld``, and how many places were masked by kind of private data."""
    if not any(private_spans(document, share)):
        return document, {}
    papers = [f.span for f in facts_in(document) if isinstance(f, Publication)]
    places = dict(private_spans(document, share, papers))
    spans = [span for found in places.values() for span in found]
    characters = list(document.text)
    for span in spans:
        for at in range(span.start, span.end):
            characters[at] = characters[at] if characters[at].isspace() else MASK
    kept = [f for f in document.facts if not (isinstance(f, Contact) and any(_overlap(f.span, s) for s in spans))]
    facts = tuple(_masked(f, {document.quote(s) for s in spans if _overlap(f.span, s)}) for f in kept)
    counts = {kind: len(found) for kind, found in places.items()}
    return replace(document, text="".join(characters), facts=facts), counts


def _masked(fact: Fact, quotes: Iterable[str]) -> Fact:
    """``fact`` with what is private in its values masked as in the text."""
    values: dict[str, Any] = {name: v for name in fact.__slots__ if isinstance(v := getattr(fact, name), str)}
    for quote in quotes:
        values = {name: v.replace(quote, re.sub(r"\S", MASK, quote)) for name, v in values.items()}
    return replace(fact, **values)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """By kind: what follows a label, and what needs none; the group ``it`` is the private part."""
    data = yaml.safe_load(resources.files("ingest").joinpath("private.yaml").read_text(encoding="utf-8"))
    return {
        kind: (
            _labelled(
                rules["labels"], rules["value"], needs_colon=kind in {"address", "marital_status", "nationality"}
            ),
            *(re.compile(re.sub(r"^(\(\?m\))?(.*)$", r"\1(?P<it>\2)", form)) for form in rules["alone"]),
        )
        for kind, rules in data.items()
    }


def _labelled(labels: list[str], value: str, needs_colon: bool) -> re.Pattern[str]:
    """``value`` behind one of ``labels``; labels that also occur in prose need a colon or a cell's edge between."""
    longest_first = sorted(labels, key=len, reverse=True)
    words = "|".join(re.escape(w) if is_cjk(w) else re.escape(w) + r"(?!\w)" for w in longest_first).replace(
        r"\ ", "[ ]+"
    )
    beside = r"(?:[ ]*[/&|][ ]*-?[ ]*[^\W\d_]{2,20}|[ ]*\([^()\n]{2,30}\))?"  # "Geburtsdatum / -ort", "born (place)"
    joint = beside + (
        r"[ ]*(?:[:：]|\t)\s*"
        if needs_colon
        else r"[ ]*(?:(?:no|nr|number)\b)?[ ]*[.:：#]?[ ]?[:：]?\s*(?:\([a-z]{1,9}\)\s*)?"
    )
    return re.compile(rf"(?<![^\W\d_])(?:{words}){joint}(?P<it>(?-i:{value}))", re.IGNORECASE)


def _apart(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``places`` in order, without those that overlap with one before."""
    last = -1
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end
            last = end


def _is_phone(document: Document, span: Span) -> bool:
    """Whether a run of digits can be a phone number: no date, no range of years, not behind the name of another number."""
    text = document.quote(span)
    before = document.text[max(0, span.start - 12) : span.start]
    is_dated = any(d.year and end - start > len(text) / 2 for d, start, end in find_dates(text))
    digits = len(re.findall(r"\d", text))
    return 7 <= digits <= 15 and not is_dated and not _YEARS.fullmatch(text) and not _OTHER_NUMBER.search(before)


def _checked_numbers(text: str) -> list[tuple[int, int]]:
    """Numbers whose check digits are right: Chinese identity numbers (GB 11643) and bank accounts (ISO 13616)."""
    found = [m for m in _CHINESE_ID.finditer(text) if _is_chinese_id(m[0].upper())]
    return [m.span() for m in (*found, *(m for m in _IBAN.finditer(text) if _is_account(m[0].replace(" ", ""))))]


def _is_chinese_id(number: str) -> bool:
    total = sum(2 ** (17 - place) % 11 * int(digit) for place, digit in enumerate(number[:17]))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year >= 1900 and "10X98765432"[total % 11] == number[17]


def _is_account(number: str) -> bool:
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1
