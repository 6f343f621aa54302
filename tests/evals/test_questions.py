"""The committed questions: answerable from the documents, of every kind, and passed by no empty answer."""

import collections
from pathlib import Path

import pytest

from evals.case import Case, Kind, read_cases
from evals.gold import locate
from evals.metrics import why_wrong
from evals.suite import own_questions
from ingest.build import Progress, read_record
from ingest.domain import Record
from ingest.profile import read_profile
from tests.conftest import TOP

FILES = own_questions()
CASES = {slug: read_cases(path) for slug, path in FILES.items()}
ALL: list[tuple[str, Case]] = [(slug, case) for slug, cases in CASES.items() for case in cases]
IDS = [case.id for _, case in ALL]


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    folder = TOP / "data" / "profiles"
    return {slug: read_record(folder / slug, read_profile(folder, slug), Progress()) for slug in FILES}


def test_there_are_questions_about_both_seeds() -> None:
    assert set(FILES) == {"baohao-liao", "qian-liu"}
    assert len(ALL) >= 40


def test_every_kind_is_asked() -> None:
    assert {case.kind for _, case in ALL} == set(Kind)


def test_an_id_stands_for_one_question() -> None:
    assert [id_ for id_, count in collections.Counter(IDS).items() if count > 1] == []


@pytest.mark.parametrize(("slug", "case"), ALL, ids=IDS)
def test_every_gold_quote_stands_in_its_document(slug: str, case: Case, records: dict[str, Record]) -> None:
    for gold in case.gold:
        assert locate(records[slug].document(gold.document), gold.quote), gold.quote


@pytest.mark.parametrize(("slug", "case"), ALL, ids=IDS)
def test_an_answer_that_knows_nothing_is_wrong(slug: str, case: Case) -> None:
    assert why_wrong(case.expect, "I don't know.", "refused" if not case.expect.refused else "grounded") is not None
    if not case.expect.refused:
        assert why_wrong(case.expect, "I don't know.", "grounded") is not None


def test_refusals_are_expected_where_nothing_can_be_said() -> None:
    assert all(case.expect.refused for _, case in ALL if case.kind is Kind.UNANSWERABLE)


def test_the_sets_hold_enough_of_the_hard_kinds() -> None:
    counts = collections.Counter(case.kind for _, case in ALL)
    assert counts[Kind.UNANSWERABLE] >= 25
    assert counts[Kind.OTHER_PERSON] >= 15
    assert sum(len(case.asked) > 1 for _, case in ALL) >= 20


def test_the_folder_holds_nothing_else() -> None:
    assert {p.name for p in Path(next(iter(FILES.values()))).parent.iterdir()} == {f"{slug}.yaml" for slug in FILES}
