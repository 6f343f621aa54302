"""One run: every question of a suite is asked, and each answer judged."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain import Answer, Turn
from app.errors import AskError
from evals.case import Case, Kind
from evals.gold import covered
from evals.metrics import Foreign, foreign_to, why_wrong
from evals.suite import Suite
from evals.support import unsupported
from ingest.build import Progress
from ingest.domain import Record
from ingest.errors import IngestError

Ask = Callable[[str, Sequence[Turn]], Answer]
"""Whatever answers: the assistant, or a peer to compare with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    profile: str
    id: str
    kind: Kind
    question: str
    """The last turn, which is scored."""
    answer: str
    why: str | None
    """Why the answer is wrong, or ``None`` where it is right."""
    should_refuse: bool
    refused: bool | None
    """``None`` where there was no answer at all, or a "not mentioned" that answers a yes-or-no question."""
    cited: int = 0
    """Sentences with citations."""
    unsupported: tuple[tuple[str, str], ...] = ()
    """Those that their citations do not support, with why."""
    gold_cited: int = 0
    gold_located: int = 0
    """Gold quotes found in the documents; ``gold_cited`` of them are cited, ``gold_lost`` more could not be found."""
    gold_lost: int = 0
    leaks: tuple[str, ...] = ()
    """Names of other profiles that nobody asked for."""
    times_ms: tuple[float, ...] = ()
    """How long each turn took; the first of a profile is left out, it warms up."""
    given: Answer | None = None
    """The whole answer to the last turn."""


def evaluate(suite: Suite, ask: Ask, progress: Progress) -> tuple[Outcome, ...]:
    """The outcomes of every question of ``suite``, in its order."""
    progress.begin("ask", sum(map(len, suite.cases.values())))
    outcomes: list[Outcome] = []
    for slug, cases in suite.cases.items():
        record = suite.records.get(slug)
        if record is None:
            outcomes += [_unanswered(slug, case, suite.unreadable[slug]) for case in cases]
            progress.advance(len(cases))
            continue
        foreign = foreign_to(record, [r for other, r in suite.records.items() if other != slug])
        for number, case in enumerate(cases):
            outcomes.append(_outcome(slug, case, record, foreign, ask, warms_up=number == 0))
            progress.advance()
    return tuple(outcomes)


def _outcome(slug: str, case: Case, record: Record, foreign: Foreign, ask: Ask, warms_up: bool) -> Outcome:
    try:
        answer, times = _converse(slug, case, ask)
    except (AskError, IngestError) as error:
        return _unanswered(slug, case, f"no answer: {error}")
    cited, failed = unsupported(answer, record, is_count=case.kind is Kind.COUNT)
    hits, located, lost = covered(case.gold, answer.citations, record)
    denies = _denies(case, answer)
    return Outcome(
        profile=slug,
        id=case.id,
        kind=case.kind,
        question=case.asked[-1],
        answer=answer.answer,
        why=why_wrong(case.expect, answer.answer, "grounded" if denies else answer.status),
        should_refuse=case.expect.refused,
        refused=None if denies else answer.status == "refused",
        cited=cited,
        unsupported=failed,
        gold_cited=hits,
        gold_located=located,
        gold_lost=lost,
        leaks=() if case.kind is Kind.COMPARE else foreign.found_in(answer.answer, case.asked),
        times_ms=times[1:] if warms_up else times,
        given=answer,
    )


def _denies(case: Case, answer: Answer) -> bool:
    """Whether a yes-or-no question whose answer is no was met with "not mentioned", which is a refusal by our contract and right as well."""
    asks_yes_or_no = case.kind is Kind.BOOLEAN and not case.expect.refused and answer.status == "refused"
    return asks_yes_or_no and why_wrong(case.expect, answer.answer, "grounded") is None


def _converse(slug: str, case: Case, ask: Ask) -> tuple[Answer, tuple[float, ...]]:
    """The last answer after all turns were asked in order, each with the answers before it, and the time of each."""
    turns: list[Turn] = []
    times: list[float] = []
    for text in case.asked:
        turns.append(Turn("user", text))
        started = time.perf_counter()
        answer = ask(slug, turns)
        times.append((time.perf_counter() - started) * 1000)
        turns.append(Turn("assistant", answer.answer))
    return answer, tuple(times)


def _unanswered(slug: str, case: Case, why: str) -> Outcome:
    return Outcome(slug, case.id, case.kind, case.asked[-1], "", why, case.expect.refused, refused=None)
