"""A run from questions to numbers, with people who answer from a script instead of the assistant."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import Answer, Sentence, Turn
from app.errors import QuestionRefused
from app.library import Library
from evals.case import Kind, QuestionsInvalid
from evals.report import Change, compare, scores, to_json
from evals.run import Outcome, evaluate
from evals.suite import Suite, open_suite, outside_questions, own_questions, read_questions, stage
from ingest.build import Progress
from ingest.profile import read_profile
from tests.conftest import NOON, Desk
from tests.evals.records import answer_of, cite, record_of

PLACE = "Harbour Institute of Acoustics, Lisbon 2021.3 – Present"


@pytest.fixture(scope="module")
def suite(ingested: Desk) -> Suite:
    library = Library(ingested.profiles, ingested.index, ingested.embedder)
    cases = read_questions(outside_questions(ingested.profiles), [], [])
    return open_suite(library, cases, NOON, Progress())


class Scripted:
    """Answers each question from a script, and remembers what it was shown."""

    def __init__(self, script: dict[str, Answer]) -> None:
        self.script = script
        self.heard: list[list[Turn]] = []

    def __call__(self, slug: str, turns: Sequence[Turn]) -> Answer:
        self.heard.append(list(turns))
        answer = self.script.get(turns[-1].text)
        if answer is None:
            raise QuestionRefused(f"the script has no line for {turns[-1].text!r}")
        return replace(answer, profile=slug)


@pytest.fixture
def good(ingested: Desk) -> dict[str, Answer]:
    mira, teo = record_of(ingested, "mira-okonjo"), record_of(ingested, "teo-lindqvist")
    place = cite(mira, 1, PLACE)
    gripper = cite(teo, 1, "We present SoftClasp, a gripper that feels its own pressure.")
    return {
        "Where does she work now?": answer_of(
            Sentence("Mira Okonjo works at the Harbour Institute of Acoustics in Lisbon [1].", (1,)), citations=(place,)
        ),
        "How many publications does the CV list?": answer_of(Sentence("The CV lists three publications.")),
        "What is her shoe size?": answer_of(Sentence("The CV does not mention it."), status="refused"),
        "What is SoftClasp?": answer_of(
            Sentence("SoftClasp is a gripper that feels its own pressure [1].", (1,)), citations=(gripper,)
        ),
    }


def test_good_answers_score_full_marks(suite: Suite, good: dict[str, Answer]) -> None:
    outcomes = evaluate(suite, Scripted(good), Progress())
    row = scores(outcomes)
    assert [o.why for o in outcomes] == [None] * 4
    assert {name: row[name] for name in row if not name.endswith("_ms")} == {
        "questions": 4,
        "correct": 1.0,
        "refusal_precision": 1.0,
        "refusal_recall": 1.0,
        "citation_precision": 1.0,
        "citation_recall": 1.0,
        "leakage": 0,
    }


def test_what_does_not_apply_is_absent(suite: Suite, good: dict[str, Answer]) -> None:
    outcomes = [o for o in evaluate(suite, Scripted(good), Progress()) if o.kind is Kind.COUNT]
    assert scores(outcomes).keys() == {"questions", "correct", "leakage", "p50_ms", "p95_ms"}
    assert scores([]) == {"questions": 0, "leakage": 0}


def test_the_first_question_of_a_profile_warms_up_and_is_not_timed(suite: Suite, good: dict[str, Answer]) -> None:
    assert [len(o.times_ms) for o in evaluate(suite, Scripted(good), Progress())] == [0, 1, 1, 0]


def test_bad_answers_are_told_apart(suite: Suite, good: dict[str, Answer], ingested: Desk) -> None:
    mira = record_of(ingested, "mira-okonjo")
    good["Where does she work now?"] = answer_of(
        Sentence("She works at Northlight Labs with Jun Hsu [1].", (1,)), citations=(cite(mira, 1, PLACE),)
    )
    good["What is her shoe size?"] = answer_of(Sentence("Her shoe size is 38."))
    del good["What is SoftClasp?"]
    outcomes = {o.id: o for o in evaluate(suite, Scripted(good), Progress())}
    run = to_json(suite, list(outcomes.values()), {})
    assert outcomes["mira-01"].leaks == ("Jun Hsu",)
    assert outcomes["mira-01"].unsupported
    assert (run["overall"]["correct"], run["overall"]["leakage"]) == (0.25, 1)
    assert run["overall"]["refusal_recall"] == 0
    assert "refusal_precision" not in run["overall"]
    assert [failure["id"] for failure in run["failures"]] == ["mira-01", "mira-03", "teo-01"]
    assert "the script has no line" in run["failures"][2]["why"]


def test_the_turns_before_are_asked_with_their_answers(suite: Suite, good: dict[str, Answer]) -> None:
    case = suite.cases["teo-lindqvist"][0]
    talk = case.model_copy(update={"turns": ("Where does she work now?", "What is SoftClasp?")})
    scripted = Scripted(good)
    evaluate(replace(suite, cases={"teo-lindqvist": (talk,)}), scripted, Progress())
    first, second = scripted.heard
    assert [turn.text for turn in first] == ["Where does she work now?"]
    assert [(turn.role, turn.text) for turn in second] == [
        ("user", "Where does she work now?"),
        ("assistant", good["Where does she work now?"].answer),
        ("user", "What is SoftClasp?"),
    ]


def test_a_profile_that_cannot_be_read_counts_as_wrong_throughout(suite: Suite, good: dict[str, Answer]) -> None:
    records = {slug: record for slug, record in suite.records.items() if slug != "mira-okonjo"}
    blind = replace(suite, records=records, unreadable={"mira-okonjo": "none of its documents can be read"})
    run = to_json(blind, evaluate(blind, Scripted(good), Progress()), {})
    assert run["profiles"]["mira-okonjo"] == {"questions": 3, "correct": 0, "leakage": 0}
    assert run["profiles"]["teo-lindqvist"]["correct"] == 1
    assert {f["why"] for f in run["failures"]} == {"none of its documents can be read"}


def test_an_outside_profile_is_staged_with_what_can_be_read(desk: Desk, tmp_path: Path) -> None:
    desk.write("mira-okonjo", "cv.xyz", "no reader")
    desk.write("mira-okonjo", "SOURCE.txt", "where it came from")
    desk.write("mira-okonjo", "LICENSE.txt", "a licence")
    desk.write("mira-okonjo", "more/notes.md", "# Notes")
    toml = 'name = "Mira \\"M\\" Okonjo"\naliases = ["欧"]\n[[documents]]\npath = "cv.md"\ntitle = "Vita"\n'
    desk.write("mira-okonjo", "profile.toml", toml + '[[documents]]\npath = "cv.xyz"\n[privacy]\nshare = ["phone"]')
    skipped = stage(desk.profiles, ["mira-okonjo"], tmp_path / "staged")
    staged = read_profile(tmp_path / "staged", "mira-okonjo")
    assert [(s.profile, s.document) for s in skipped] == [("mira-okonjo", "cv.xyz")]
    assert (staged.name, staged.aliases, staged.share) == ('Mira "M" Okonjo', ("欧",), ("phone",))
    assert [(s.path, s.title) for s in staged.sources] == [("cv.md", "Vita")]
    assert not list((tmp_path / "staged").rglob("SOURCE.txt"))


def test_a_profile_without_questions_is_said_with_the_near_ones() -> None:
    with pytest.raises(QuestionsInvalid, match="no questions for 'qian-lu'; there are some for qian-liu"):
        read_questions(own_questions(), ["qian-lu"], [])


def test_only_the_kinds_asked_for_are_read() -> None:
    cases = read_questions(own_questions(), [], [Kind.COUNT])
    assert {case.kind for found in cases.values() for case in found} == {Kind.COUNT}


ROW = {"questions": 4, "correct": 0.75, "citation_precision": 1.0, "leakage": 0, "p50_ms": 10.0}


def run_with(**changed: float) -> dict[str, object]:
    return {"overall": ROW | changed, "profiles": {"ada": dict(ROW)}, "kinds": {"fact": dict(ROW)}}


@pytest.mark.parametrize(
    ("changed", "falls"),
    [
        ({}, []),
        ({"correct": 0.8}, []),
        ({"p50_ms": 99.0}, []),
        ({"refusal_recall": 1.0}, []),
        ({"correct": 0.7}, ["correct"]),
        ({"citation_precision": 0.99}, ["citation_precision"]),
        ({"leakage": 1}, ["leakage"]),
    ],
)
def test_a_comparison_sees_what_fell(changed: dict[str, float], falls: list[str]) -> None:
    changes = compare(run_with(**changed), run_with())
    assert [c.metric for c in changes if c.is_fall] == falls


def test_a_row_that_vanished_has_fallen() -> None:
    run = run_with() | {"profiles": {}}
    assert any(change.is_fall for change in compare(run, run_with()))


def test_fewer_leaks_are_no_fall() -> None:
    assert not Change("overall", "leakage", 2, 1).is_fall


def test_a_run_is_one_json_object(suite: Suite, good: dict[str, Answer]) -> None:
    outcomes: tuple[Outcome, ...] = evaluate(suite, Scripted(good), Progress())
    run = json.loads(json.dumps(to_json(suite, outcomes, {"created": datetime(2026, 1, 5, tzinfo=UTC).isoformat()})))
    assert set(run) >= {"run", "overall", "profiles", "kinds", "failures"}
    assert set(run["profiles"]) == {"mira-okonjo", "teo-lindqvist"}
    assert set(run["kinds"]) == {"fact", "count", "unanswerable"}
