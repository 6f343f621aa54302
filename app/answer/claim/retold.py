"""Whether a claim only repeats true sentences, word for word and in their order: shortened, joined, the person named anew.

What may be left out begins with a comma, a bracket or a small word and ends before one, and holds nothing that limits what is said; what may be
added are a copula for a colon, a small word for a comma, and a verb that the kind of an entry implies. Tenses, negations and dates stay as they are.
"""

import re
from collections.abc import Iterator, Sequence

from app.answer.claim.columns import under_names
from app.answer.claim.cuts import ENDS, may_cut, may_end
from app.answer.claim.exact import COLON, LINE, PERSON, PERSONS, WORK, Token, exact, is_date, word_set
from app.answer.claim.forms import at_time, forms, of_paper, unowned
from app.answer.claim.implied import LABEL, PROSE, Statement, is_role, predicates
from app.answer.claim.quoted import is_quoted, misquotes
from app.answer.claim.wording import (
    ADDED,
    ALSO,
    AS,
    COPULAS,
    DID,
    FRAMES,
    JOINS,
    LEADS,
    OF,
    OPENING,
    OPENS,
    PRESENTS,
    WITHIN,
    is_limit,
)

_PARTS = frozenset({"head", "tail", "date", "employer"})
"""Kinds that only go with what else is told of the same thing."""
_SET = frozenset({"row", "sentence", "about", "honour", "cells"})
"""Kinds that may begin with where something was or what it was for."""
_ENTRIES = frozenset({"row", "honour", "degree"})
_REASONS = frozenset({"since", "because", "weil", "da", "puisque", "parce", "porque", "perche"})
_ROMANCE = r"\w{3,}(?:[ai]d[oa]s?|[aiu]t[oaie])$"
"""A participle in Spanish, Portuguese or Italian."""
_SAID_OF = re.compile(rf"\w{{2,}}ed$|{_ROMANCE}|[€$£]|(?:available|applied|preprint|now|currently|later|then)$")
"""What stands behind a comma and says something of what is before it, as a name there need not."""
_DONE = re.compile(
    r"(?:\w{3,}ed|built|made|held|found|caught|shown|given|taken|written|seen|kept|lost|sent|drawn|chosen|taught|brought|sold|told|paid|won|done)$"
    rf"|{_ROMANCE}"
)
"""What was done, where a source leaves out the verb: "one paper submitted"."""
_THEIR = word_set("their ihre ihren ihrer leur leurs")
"""What stands in a claim for the "our" of a source."""
_OF_DATES = frozenset({"to", "since", "now"})
"""Words that a period has beside its dates."""
_FAR = 8
"""Words of a lead-in, and of a label."""


Rows = Sequence[tuple[Statement, Sequence[Token]]]
Spot = tuple[int, int]
"""A row, and a word of it."""
Step = tuple[Spot, int]
"""A spot, and the word of the claim that stands there."""


def is_retold(text: str, statements: Sequence[Statement], own: frozenset[str]) -> bool:
    """Whether ``text``, a sentence without marks, only repeats ``statements``; ``own`` are the folded words of the person's names."""
    bare = (Statement(OPENS.sub("", s.text), "row", s.group) for s in statements if OPENS.match(s.text))
    rows = [(s, row) for s in (*statements, *bare) if s.kind != "cells" and (row := exact(s.text, own, is_source=True))]
    rows += [(s, row[1:]) for s, row in rows if len(row) > 1 and row[0].word in ALSO]
    if is_quoted(unowned(text, own), statements, own):
        return True
    if misquotes(text, statements):
        return False
    told: list[tuple[str, Rows]] = [(form, rows) for form in dict.fromkeys((*forms(text), *forms(unowned(text, own))))]
    by_column, cells = under_names(text, statements)
    if cells:
        told.append((by_column, [*rows, *((s, exact(s.text, own, is_source=True)) for s in cells)]))
    for form, group in dict.fromkeys(of_paper(text, statements)):
        told.append((form, [(s, row) for s, row in rows if s.group == group]))
    for form, group in at_time(text, statements):
        told.append((form, [(s, row) for s, row in rows if s.group == group and s.kind not in {"degree", "honour"}]))
    return any(_is_told(exact(form, own), found) for form, found in told)


def _is_told(said: Sequence[Token], rows: Rows) -> bool:
    if len(said) < 2:
        return False
    reached: dict[int, set[Spot]] = {}
    for spot, first in (*_begun(said, rows), *_behind_subject(said, rows)):
        reached.setdefault(first, set()).add(spot)
    for k in range(len(said) - 1):
        for spot in reached.pop(k, ()):
            for then, to in _next(spot, rows, said, k):
                reached.setdefault(to, set()).add(then)
    last = reached.get(len(said) - 1, ())
    return any(may_end(rows[i][1], j) and rows[i][0].kind != "head" for i, j in last)


def _begun(said: Sequence[Token], rows: Rows) -> Iterator[Step]:
    """Where a claim begins with what a row, a label in it, or what a paper presents begins with, or goes on with behind an adverbial."""
    first = _skipped(said, 0)
    for i, (statement, row) in enumerate(rows):
        if statement.kind in {"date", "tail", "employer"}:
            continue
        is_head = statement.kind == "head"
        is_hers = said[first].norm == PERSONS and statement.kind in {"head", "lead"}
        at = first + ((is_hers or (is_head and said[first].word in LEADS)) and first + 1 < len(said))
        for j in range(len(row) if is_head else 1):
            if row[j].norm == said[at].norm and (not j or row[j].sep):
                yield (i, j), at
        is_labelled = said[0].norm == PERSONS and any(t.sep == COLON for t in row[1:LABEL])
        if is_labelled and row[0].norm == said[1].norm:
            yield (i, 0), 1
        is_set = said[0].word in WITHIN and statement.kind in _SET and any(t.sep in {LINE, COLON} for t in row)
        if (is_set or (is_date(row[0].word) and said[0].word in ADDED)) and row[0].norm == said[1].norm:
            yield (i, 0), 1
        if (
            said[0].word in AS
            and statement.kind == "sentence"
            and _is_about_person(row)
            and row[2].norm == said[1].norm
        ):
            yield (i, 2), 1
        for j in range(1, len(row)):
            if row[j].norm == said[first].norm and (_is_led_in(row, j) or _is_label(row, j) or _is_presented(row, j)):
                yield (i, j), first


def _is_about_person(row: Sequence[Token]) -> bool:
    return len(row) > 2 and row[0].norm == PERSON and row[1].norm in COPULAS


def _is_led_in(row: Sequence[Token], j: int) -> bool:
    if row[j].sep in {COLON, *ENDS} or (
        row[j].norm == PERSON and row[j - 1].word in JOINS | _REASONS and row[j - 1].sep
    ):
        return True
    if all(is_date(t.word) or t.word in _OF_DATES for t in row[:j]):
        return True
    opens = row[0].word in LEADS or (j == 1 and OPENING.match(row[0].word) is not None)
    return opens and j <= _FAR and row[j].sep != "" and not any(is_limit(t) for t in row[:j])


def _is_label(row: Sequence[Token], j: int) -> bool:
    """Whether a word begins what stands before a colon: "Thesis: …"."""
    return row[j].sep != "" and any(t.sep == COLON for t in row[j + 1 : j + _FAR])


def _is_presented(row: Sequence[Token], j: int) -> bool:
    """Whether a word begins what a paper presents: "We introduce …"."""
    before = [t.norm for t in row[:j] if t.word not in ALSO][-2:]
    return len(before) == 2 and before[0] == WORK and before[1] in PRESENTS and not row[j].sep


def _behind_subject(said: Sequence[Token], rows: Rows) -> Iterator[Step]:
    """Where a claim begins that names the person, and the verb, before what has none: "She built …", "He was Engineer at …", "She received …"."""
    first = _skipped(said, 1)
    if first + 1 >= len(said):
        return
    if said[0].norm == WORK and said[first].word.endswith("s"):
        for i, (_, row) in enumerate(rows):
            lines = (j for j, t in enumerate(row) if (not j or t.sep in ENDS) and t.norm == said[first].norm)
            yield from (((i, j), first) for j in lines)
    if said[0].norm == WORK and said[first].norm in COPULAS and _DONE.match(said[first + 1].word):
        for i, (_, row) in enumerate(rows):
            yield from (
                ((i, j), first + 1) for j, t in enumerate(row) if t.sep in ENDS and t.norm == said[first + 1].norm
            )
    if said[0].norm != PERSON:
        return
    for i, (statement, row) in enumerate(rows):
        yield from (((i, j), at) for j, at in predicates(statement, row, said, first))


def _next(spot: Spot, rows: Rows, said: Sequence[Token], k: int) -> Iterator[Step]:
    """Where the claim may go on after its word ``k`` stood at ``spot``, and with which of its words."""
    i, j = spot
    row = rows[i][1]
    to = _skipped(said, k + 1)
    begin = j + 1
    while begin < len(row) - 1 and row[begin].word in ALSO:
        begin += 1
    for q in range(j + 1, len(row)):
        is_near = q in {j + 1, begin} or may_cut(row, j + 1, q)
        is_named_again = (
            q == j + 2 and row[j].word in JOINS and row[j + 1].norm == PERSON == said[0].norm == row[0].norm
        )
        if (is_near or is_named_again) and row[q].norm == said[to].norm:
            yield (i, q), to
        if q == j + 1 and is_date(row[j].word) and DID.match(row[q].word) and said[to].norm == PERSON:
            yield from (((i, q), at) for at in (to + 1,) if at < len(said) and said[at].norm == row[q].norm)
        begins = row[q].sep or is_date(row[j].word)
        at = _past(said, to, JOINS) + 2
        if is_near and begins and at < len(said) and row[q].norm == said[at].norm:
            two = (said[at - 2].norm, said[at - 1].norm)
            if (two[0] == PERSON and is_role(rows[i][0], row, q, two[1])) or (
                two[1] == PERSON and is_role(rows[i][0], row, q, two[0])
            ):
                yield (i, q), at
        added = 0
        while is_near and added < 2 and to + added + 1 < len(said) and _may_add(said[to + added], row[q], said[0]):
            added += 1
            if row[q].norm == said[to + added].norm:
                yield (i, q), to + added
    if may_end(row, j):
        yield from _onward(spot, rows, said, to)


def _may_add(word: Token, before: Token, subject: Token) -> bool:
    """Whether a word of a claim about ``subject`` may stand where the source only parts what comes next from what was."""
    if word.word in OF and before.sep == COLON and subject.norm != PERSON:
        return False  # "Supervisor: Ada" is no "supervisor of Ada".
    if word.word in _THEIR:
        return before.has_article
    if word.norm in COPULAS:
        is_said_of = before.has_article or before.word in LEADS or _SAID_OF.match(before.word) is not None
        is_done = word.norm == "was" and not before.sep and _DONE.match(before.word) is not None
        return is_done or before.sep in {COLON, LINE} or (before.sep != "" and is_said_of)
    if word.norm == "has":
        return before.sep in {COLON, LINE} and before.word[:1].isdigit()
    return word.word in ADDED | JOINS and before.sep != ""


def _onward(spot: Spot, rows: Rows, said: Sequence[Token], to: int) -> Iterator[Step]:
    """Where the claim may go on in another row."""
    i, _ = spot
    statement, row = rows[i]
    if statement.kind == "tail":
        return
    joined = _past(said, to, JOINS | ALSO)
    framed = _past(said, joined, FRAMES | ALSO)
    is_parted = joined > to or said[joined].sep != ""
    for other, (there, found) in enumerate(rows):
        if other == i or there.kind == "head":
            continue
        kinds = {statement.kind, there.kind}
        is_one = bool(statement.group) and there.group == statement.group and not (kinds <= PROSE or kinds <= _ENTRIES)
        if statement.kind == "lead" and there.kind == "row":
            yield from (((other, 0), at) for at in {joined, framed} if found[0].norm == said[at].norm)
        elif is_one:
            yield from _within_one(other, found[:1] if there.kind in PROSE else found, statement, said, to, joined)
        if is_parted and not _PARTS & {there.kind, statement.kind}:
            is_apart = there.kind == statement.kind and there.kind not in PROSE
            is_apart = is_apart or found[0].norm in {PERSON, WORK} or DID.match(found[0].word) is not None
            begins = (q for q in _alike(row, found) if (is_apart if not q else joined > to))
            yield from (
                ((other, q), joined)
                for q in begins
                if found[q].norm == said[joined].norm and (q or not _ends_dated(found, said, joined))
            )
        if said[joined].norm == PERSON and (is_one or (is_parted and there.kind in PROSE)):
            yield from (((other, j), at) for j, at in predicates(there, found, said, joined + 1))


def _ends_dated(found: Sequence[Token], said: Sequence[Token], first: int) -> bool:
    """Whether a claim has of another entry no more than the dates that it begins with, which are then said of the one before."""
    dates = next((q for q, t in enumerate(found) if not is_date(t.word) and t.word not in _OF_DATES), len(found))
    return bool(dates) and first + dates >= len(said)


def _within_one(
    other: int, found: Sequence[Token], statement: Statement, said: Sequence[Token], to: int, joined: int
) -> Iterator[Step]:
    """Where the claim may go on in what else is told of the same thing: wherever a part of it begins."""
    at = {joined, to}
    if statement.kind == "head":
        behind = to + 2 if said[to].word == "of" and to + 2 < len(said) and said[to + 1].norm == PERSON else to
        at.add(_past(said, behind, FRAMES | COPULAS))
    if said[to].norm in COPULAS and to + 1 < len(said) and found[0].has_article:
        at.add(to + 1)
    for first in at:
        for q, token in enumerate(found):
            if q and (not token.sep or token.sep == COLON):
                continue  # Behind a colon stands what is said of the word before it.
            if token.norm == said[first].norm:
                yield (other, q), first
            elif said[first].word in ADDED and first + 1 < len(said) and token.norm == said[first + 1].norm:
                yield (other, q), first + 1


def _alike(row: Sequence[Token], found: Sequence[Token]) -> Iterator[int]:
    """Where another row may be entered: at its beginning, or behind the few words with which both begin."""
    yield 0
    for q, (one, two) in enumerate(zip(row[:3], found, strict=False), start=1):
        if one.norm != two.norm or q >= len(found):
            return
        yield q


def _skipped(said: Sequence[Token], k: int) -> int:
    """Where a claim goes on from ``k`` without a word like "also"."""
    return _past(said, k, ALSO)


def _past(said: Sequence[Token], k: int, idle: frozenset[str]) -> int:
    while k < len(said) - 1 and said[k].word in idle:
        k += 1
    return k
