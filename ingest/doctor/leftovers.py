"""Sample texts of templates that nobody replaced; the phrases are in ``leftovers.yaml``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from ingest.doctor.finding import Finding, Severity, finding, within
from ingest.domain import Document, Profile, Publication, Record, Span
from ingest.extract.words import fold
from ingest.identity import author_index, name_key


@dataclass(frozen=True, slots=True)
class _Samples:
    """What ``leftovers.yaml`` lists."""

    templates: tuple[tuple[str, re.Pattern[str]], ...]
    """Name of a template and its phrases, over folded text."""
    forms: re.Pattern[str]
    people: re.Pattern[str]
    authors: frozenset[str]
    """As ``name_key`` gives them."""
    blanks: re.Pattern[str]
    addresses: re.Pattern[str]


def sample_texts(record: Record) -> Iterator[Finding]:
    """Phrases, people and addresses that templates ship with, and blanks that wait to be filled in."""
    for document in record.documents:
        folded = _folded(document.text)
        titles = [within(record, f.span, f.title) for f in record.facts if isinstance(f, Publication)]

        def in_title(match: re.Match[str], document: Document = document, titles: list[Span] = titles) -> bool:
            return any(title.covers(Span(document.id, match.start(), match.end())) for title in titles)

        for template, pattern in _samples().templates:
            message = f"this is the sample text of {template}"
            yield from _found(record, document, pattern.finditer(folded), "template-text", "error", message)
        forms = _samples().forms.finditer(folded)
        yield from _found(record, document, forms, "blank", "error", "something still has to be filled in here")
        people = (m for m in _samples().people.finditer(folded) if not _is_owner(record.profile, m[0]))
        yield from _found(record, document, people, "template-person", "error", "this is nobody's name")
        blanks = (m for m in _samples().blanks.finditer(document.text) if not in_title(m))
        yield from _found(record, document, blanks, "blank", "error", "something still has to be filled in here")
        addresses = _samples().addresses.finditer(document.text)
        yield from _found(record, document, addresses, "sample-address", "warning", "this address leads nowhere")


def sample_authors(record: Record) -> Iterator[Finding]:
    """Papers of the people whom templates list as authors, unless that is the owner."""
    for paper in record.facts:
        if not isinstance(paper, Publication) or author_index(paper.authors, record.profile) is not None:
            continue
        names = [a for a in paper.authors if name_key(a) in _samples().authors]
        if names:
            message = f"{names[0]!r} among the authors points to a template's sample list"
            place = within(record, paper.span, names[0])
            yield finding(record, place, "template-author", "error", message, "take the entry out")


RULES = (sample_texts, sample_authors)


def _found(
    record: Record, document: Document, matches: Iterable[re.Match[str]], kind: str, severity: Severity, message: str
) -> Iterator[Finding]:
    """One finding at the first of ``matches`` that names the others."""
    spans = [Span(document.id, m.start(), m.end()) for m in matches]
    if spans:
        advice = "write the real one, or take it out"
        yield finding(record, spans[0], kind, severity, message, advice, spans[1:])


def _folded(text: str) -> str:
    """``text`` folded to the same length, so that offsets hold: a letter that folds to several stays."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(p if len(p := fold(c)) == 1 else c for c in text)


def _is_owner(profile: Profile, name: str) -> bool:
    return fold(name) in {fold(known) for known in profile.names}


@cache
def _samples() -> _Samples:
    data = yaml.safe_load(resources.files("ingest.doctor").joinpath("leftovers.yaml").read_text(encoding="utf-8"))
    return _Samples(
        templates=tuple((name, _any_of(phrases)) for name, phrases in data["templates"].items()),
        forms=re.compile(
            rf"(?:^|(?<=[\t|•·]))[ ]*(?:{_any_of(data['forms']).pattern})(?=[ ]*(?:[\t|•·]|$))", re.MULTILINE
        ),
        people=_any_of(data["people"]),
        authors=frozenset(map(name_key, data["authors"])),
        blanks=re.compile("|".join(data["blanks"])),
        addresses=re.compile("|".join(data["addresses"]), re.IGNORECASE),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    expressions = (r"\s+".join(map(re.escape, fold(p).split())) for p in phrases)
    return re.compile("|".join(rf"(?<!\w){e}(?!\w)" for e in expressions))
