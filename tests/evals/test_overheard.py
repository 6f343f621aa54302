"""What a run tells of a model's sentences, with the verifier and without it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from app.assistant import finished
from app.library import Library
from app.settings import Settings
from evals.overheard import Overheard, show_overheard
from evals.run import evaluate
from evals.scripted import MODEL, inventive, serving
from evals.suite import Suite, open_suite, outside_questions, read_questions
from ingest.build import Progress
from tests.conftest import NOON, Desk

LIES = ("Turing", "4,711", "Umbrella", "555 0100", "never studied")


@pytest.fixture(scope="module")
def library(ingested: Desk) -> Library:
    return Library(ingested.profiles, ingested.index, ingested.embedder)


@pytest.fixture(scope="module")
def suite(ingested: Desk, library: Library) -> Suite:
    return open_suite(
        library, read_questions(outside_questions(ingested.profiles), ["mira-okonjo"], []), NOON, Progress()
    )


def run(library: Library, suite: Suite, folder: Path, believes: bool) -> dict[str, Any]:
    with serving(inventive) as provider:
        settings = Settings(model=MODEL, model_url=provider.url, budget_file=folder / "spent.sqlite3")
        overheard = Overheard(settings, library, believes)
        outcomes = evaluate(suite, lambda slug, turns: finished(overheard.ask(slug, turns)), Progress())
        overheard.close()
    return overheard.to_json(suite, outcomes)


def test_with_the_verifier_no_invention_is_shown_and_each_is_counted(
    library: Library, suite: Suite, tmp_path: Path
) -> None:
    found = run(library, suite, tmp_path, believes=False)
    assert found["is_verified"]
    assert found["answers"]
    assert found["sentences"]["unsupported_shown"] == 0
    assert found["sentences"]["stripped"] >= 8
    for row in found["answers"]:
        assert [lie for lie in LIES if lie in row["answer"]["answer"]] == []
        assert set(row["stripped"]) <= set(row["written"])


def test_without_it_they_are_shown_and_counted_by_the_same_measure(
    library: Library, suite: Suite, tmp_path: Path
) -> None:
    found = run(library, suite, tmp_path, believes=True)
    assert not found["is_verified"]
    assert found["sentences"]["unsupported_shown"] >= 8
    row = found["answers"][0]
    assert [lie for lie in LIES if lie not in row["answer"]["answer"]] == []
    assert len(row["shown"]) == len(row["written"])


def test_a_line_says_how_many() -> None:
    out = StringIO()
    sentences = {"written": 9, "stripped": 4, "shown": 9, "unsupported_shown": 3}
    show_overheard(Console(file=out, width=300), {"is_verified": False, "sentences": sentences})
    assert "verifier OFF: of 9 sentences that the model wrote, 4 do not pass it and 9 were shown" in out.getvalue()
    assert out.getvalue().rstrip().endswith("unsupported sentences shown: 3")
