"""Corruptions by rule: what a model gets wrong most, done to supported sentences one at a time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.answer.support import Shown
from evals.groundedness.rows import Row
from ingest.domain import Degree, Position, Publication, Record

_MARKS = re.compile(r"\s*\[\d+\]")
_NUMBER = re.compile(r"(?<![\w.,-])(\d+(?:[.,]\d+)*)(?![\w-])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NOT = {
    "en": [
        (r"\b(is|was|were|are|has|have|had|can)\b", r"\1 not"),
        (r"\b(he|she|it|they|RSD|MEFT|SAGE) (\w+ed)\b", r"\1 never \2"),
    ],
    "de": [(r"\b(ist|war|wurde|hat|arbeitet|arbeitete|promovierte)\b", r"\1 nicht")],
    "fr": [(r"\b(est|était|a)\b", r"n'\1 pas")],
    "zh": [(r"(获得|担任|发表|工作)", r"没有\1")],
}
_OPPOSITE = [
    ("first", "last"), ("before", "after"), ("since", "until"), ("more", "fewer"), ("lower", "higher"), ("lowers", "raises"), ("reduces", "increases"),
    ("reduced", "increased"), ("cut", "doubled"), ("cuts", "doubles"), ("increased", "decreased"), ("better", "worse"), ("with", "without"), ("open", "closed"),
    ("published", "rejected"), ("currently", "formerly"), ("best", "worst"), ("dropped", "rose"), ("removes", "adds"), ("remove", "add"), ("large", "small"),
    ("stronger", "weaker"), ("lightweight", "heavy"), ("consistently", "rarely"), ("beats", "loses to"), ("considerably less", "considerably more"),
    ("降低", "提高"), ("优于", "差于"), ("减少", "增加"),
]  # fmt: skip
_ADDED = {
    "embellishment": ", which made a lasting impact on the field", "praise": " and is considered one of the leading figures there",
    "cause": " because of a family connection",
    "overclaim": ", as always", "invented": " and also at Stanford University",
}  # fmt: skip


def corrupted(rows: Sequence[Row], records: dict[str, Record]) -> Iterator[Row]:
    """Each supported row corrupted in turn by two or three of the rules that apply to it."""
    for number, row in enumerate(r for r in rows if r.supported and "[" in r.sentence):
        made = [
            *_number(row),
            *_year(row),
            *_name(row, records[row.profile], number),
            *_negation(row),
            *_opposite(row),
            *_addition(row, number),
            *_citation(row, number),
        ]
        for at in range(min(4, len(made))):
            kind, sentence, shown = made[(number + at * 2) % len(made)] if len(made) > 4 else made[at]
            yield replace(row, kind=f"rule:{kind}", sentence=sentence, shown=shown, supported=False)


Made = tuple[str, str, tuple[Shown, ...]]


def _number(row: Row) -> Iterator[Made]:
    bare, source = _MARKS.sub("", row.sentence), " ".join(s.text for s in row.shown)
    for match in _NUMBER.finditer(bare):
        if _YEAR.fullmatch(match[1]):
            continue
        digits = match[1]
        other = digits[:-1] + str((int(digits[-1]) + 3) % 10) if len(digits) > 1 else str(int(digits) + 3)
        changed = re.sub(rf"(?<![\d.,\[]){re.escape(digits)}(?![\d.,]*\d)(?!\])", other, row.sentence, count=1)
        if other not in source and changed != row.sentence:
            yield "number", changed, row.shown
            return


def _year(row: Row) -> Iterator[Made]:
    years = _YEAR.findall(_MARKS.sub("", row.sentence))
    cited = " ".join(s.text + " ".join(s.path) for s in row.shown if f"[{s.n}]" in row.sentence)
    others = [y for s in row.shown for y in _YEAR.findall(s.text) if y not in cited]
    if years:
        first = int(years[0])
        known = sorted(map(int, _YEAR.findall(cited))) or [first]
        yield (
            "year",
            row.sentence.replace(
                years[0],
                str(
                    next(
                        y
                        for y in (first + 1, first - 2, first + 4, first - 7, known[-1] + 1)
                        if not known[0] <= y <= known[-1]
                    )
                ),
                1,
            ),
            row.shown,
        )
        if others:
            yield "year of another entry", row.sentence.replace(years[-1], others[0], 1), row.shown


def _name(row: Row, record: Record, number: int) -> Iterator[Made]:
    people: set[str] = set()
    places: set[str] = set()
    for fact in record.facts:
        if isinstance(fact, Position | Degree):
            people.update(fact.supervisors)
            places.update(p for p in (getattr(fact, "organisation", None), getattr(fact, "institution", None)) if p)
        if isinstance(fact, Publication):
            people.update(a for a in fact.authors if " " in a)
    for kind, names in (("person", people), ("organisation", places)):
        there = sorted(n for n in names if n in row.sentence)
        away = sorted(
            n
            for n in names
            if n not in " ".join(s.text for s in row.shown if f"[{s.n}]" in row.sentence)
            and len(n) > 4
            and n not in record.profile.names
        )
        if there and away:
            yield kind, row.sentence.replace(there[0], away[number % len(away)], 1), row.shown


def _negation(row: Row) -> Iterator[Made]:
    for pattern, words in _NOT.get(row.language, []):
        changed = re.sub(pattern, words, row.sentence, count=1)
        if changed != row.sentence and not re.search(r"\b(?:not|never|no|without|unlike)\b", row.sentence):
            yield "negation", changed, row.shown
            return


def _opposite(row: Row) -> Iterator[Made]:
    for one, two in _OPPOSITE:
        pattern = one if not one.isascii() else rf"\b{one}\b"
        if re.search(pattern, row.sentence) and row.language in {"en", "zh"}:
            yield "opposite", re.sub(pattern, two, row.sentence, count=1), row.shown
            return


def _addition(row: Row, number: int) -> Iterator[Made]:
    if row.language == "en":
        kind = list(_ADDED)[number % len(_ADDED)]
        at = re.search(r"\s*(?:\[\d+\])+\.$", row.sentence)
        if at:
            yield kind, row.sentence[: at.start()] + _ADDED[kind] + row.sentence[at.start() :], row.shown


def _citation(row: Row, number: int) -> Iterator[Made]:
    """The same sentence citing something else, where what supports it was not shown."""
    cited = [s.n for s in row.shown if f"[{s.n}]" in row.sentence]
    rest = tuple(s for s in row.shown if s.n not in cited)
    same = {s.path for s in row.shown if s.n in cited} & {s.path for s in rest if len(s.path) > 0}
    if len(cited) == 1 and rest and not any(row.shown[0].path and len(path[-1]) > 40 for path in same):
        other = rest[number % len(rest)]
        yield "wrong citation", row.sentence.replace(f"[{cited[0]}]", f"[{other.n}]"), rest
