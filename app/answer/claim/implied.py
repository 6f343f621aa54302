"""What may be repeated of a source, and what each sort of it says of the person without naming one: "Built …", "Engineer, 2019–2021", "Best Paper"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer.claim.exact import COLON, LINE, PERSONS, STRONG, Token
from app.answer.claim.folding import fold
from app.answer.claim.wording import (
    ADDED,
    COPULAS,
    DID,
    DONE_TO,
    GOT,
    OF_PEOPLE,
    OPEN_END,
    TOOK,
    WORKED,
    WORKS,
    YEAR,
    is_limit,
    limits,
)
from app.answer.claim.words import CJK
from ingest.extract.words import has_word

PROSE = frozenset({"sentence", "about"})
"""Kinds that are sentences."""
LABEL = 5
"""Where the colon behind a label stands, at most: so many words from its first."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A true sentence, or an entry that is one without a verb."""

    text: str
    kind: str = "sentence"
    """A "sentence", the "lead" of a list, a "row" of it or any entry, an "honour", a "degree", the "date" of one, what is
    "about" the person, the "employer" of a post, the "cells" of a row of a table, or a "head" that others stand under, which as a "tail" ends what is told."""
    group: int = 0
    """Statements of one group, other than 0, tell of one and the same thing."""
    dated: str = ""
    """The entry with its period, where ``text`` is without."""


def predicates(
    statement: Statement, row: Sequence[Token], said: Sequence[Token], first: int
) -> Iterator[tuple[int, int]]:
    """Where in a row, and with which word, a claim goes on whose words from ``first`` say of the person what the row says without a subject."""
    at = first
    if first >= len(said):
        return
    if _is_done_to(said, at, statement) and said[at + 1].norm == row[0].norm:
        yield 0, at + 1
    if statement.kind in PROSE and said[at].norm == row[0].norm and _is_deed(statement, row[0], said[at]):
        yield 0, at
    if statement.kind == "sentence" and statement.dated and DID.match(said[at].word):
        yield from ((j, at) for j, t in enumerate(row) if j and t.sep in {LINE, STRONG} and t.word == said[at].word)
    if statement.kind == "degree" and DID.match(said[at].word):
        yield from ((j, at) for j, t in enumerate(row) if j and t.sep and t.word == said[at].word)
    if said[at].norm in {"has", "was"} and at + 1 < len(said) and said[at + 1].word in {"been", "awarded"}:
        at += 1
    verb, then = said[at].word, min(at + 1, len(said) - 1)
    skips = {"degree": said[then].norm == PERSONS, "employer": said[then].word in ADDED}
    then += skips.get(statement.kind, False) and then + 1 < len(said)
    if _implies(statement, "been" if verb == "been" else said[first].norm, verb):
        cells = (j for j, t in enumerate(row) if (not j or t.sep == LINE) and t.norm == said[then].norm)
        yield from ((j, then) for j in cells if not any(t.sep == COLON for t in row[j + 1 : j + LABEL]))


def is_role(statement: Statement, row: Sequence[Token], j: int, norm: str) -> bool:
    """Whether an entry names from its word ``j`` on a role of the person, which she "is" or "was"."""
    if statement.kind not in {"row", "sentence", "about", "cells"} or norm not in COPULAS:
        return False
    end = next((k for k in range(j + 1, len(row)) if row[k].sep), len(row))
    if any(is_limit(t) for t in row[:end]):
        return False
    if (end < len(row) and row[end].sep == COLON) or not has_word("role", " ".join(t.word for t in row[j:end])):
        return False
    text = statement.dated or statement.text
    is_open = OPEN_END.search(text) is not None
    return is_open if norm == "is" else not is_open


def _is_deed(statement: Statement, first: Token, said: Token) -> bool:
    """Whether a line without a subject begins with a verb that a claim may say of the person: a past one, or where the post goes on a present one."""
    if DID.match(first.word) or CJK.search(statement.text[:8]):
        return said.word == first.word  # "Set up" is no "sets up".
    return said.word.endswith("s") and OPEN_END.search(statement.dated) is not None


def _is_done_to(said: Sequence[Token], at: int, statement: Statement) -> bool:
    """Whether a claim goes on with "was involved in", "was promoted to", or of what is about the person "is specialised in"."""
    return (
        said[at].norm in ({"was", "is"} if statement.kind == "about" else {"was"})
        and at + 2 < len(said)
        and said[at + 1].word.endswith("ed")
        and said[at + 2].word in DONE_TO
    )


def _implies(statement: Statement, norm: str, verb: str) -> bool:
    """Whether an entry says of the person what a verb does."""
    text = statement.dated or statement.text
    is_open = OPEN_END.search(text) is not None
    is_over = YEAR.search(text) is not None and not is_open
    is_bound = limits(text)
    if statement.kind == "employer":
        return (verb in WORKS and is_open) or (verb in WORKED and is_over)
    if statement.kind == "honour":
        return not is_bound and (verb in GOT or verb == "awarded" or norm == "was")
    if statement.kind == "about":
        years = len(YEAR.findall(statement.text))
        opening = fold(statement.text.split()[0])
        is_deed = DID.match(opening) is not None and opening not in OF_PEOPLE
        return not is_deed and ((norm == "is" and not years) or (norm == "was" and years in {2, 4} and not is_open))
    if statement.kind == "degree" and verb in TOOK:
        return not is_bound and not is_open
    if statement.kind == "sentence":
        is_deed = DID.match(fold(statement.text.split()[0])) is not None
        return bool(statement.dated) and not is_deed and ((norm == "was" and is_over) or (norm == "is" and is_open))
    if statement.kind != "row":
        return False
    return (norm == "was" and is_over) or (norm in {"is", "been"} and is_open)
