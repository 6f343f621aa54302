"""``vivavoce eval run --model NAME`` from its words to its JSON, with a scripted model at the other end of a real connection."""

import json
from typing import Any

import pytest

from app.cli import run
from evals.faulty import KEY, Faulty
from evals.scripted import MODEL, Script, faithful, inventive, serving_with
from prompts import prompt_hash
from tests.conftest import Desk


def run_with(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    script: Script,
    mode: str = "whole",
) -> dict[str, Any]:
    with serving_with(type("Mode", (Faulty,), {"mode": mode}), script) as provider:
        monkeypatch.setenv("OPENAI_BASE_URL", provider.url.replace("http://", "http://user:hidden@"))
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        words = [
            "eval",
            "run",
            "--profiles",
            str(desk.profiles),
            "--index",
            str(desk.index),
            "--model",
            MODEL,
            "--json",
        ]
        assert run(words) == 0
    printed = capsys.readouterr()
    for secret in (KEY, "hidden"):
        assert secret not in printed.out + printed.err
    found: dict[str, Any] = json.loads(printed.out)
    return found


def test_a_run_says_which_model_wrote_with_which_prompt_and_at_what_cost(
    indexed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_with(indexed, monkeypatch, capsys, faithful)
    assert found["overall"]["correct"] == 1.0
    assert found["run"]["model"] == MODEL
    assert found["run"]["settings"]["evidence_tokens"] == 900
    assert found["run"]["settings"]["model_url"].startswith("http://127.0.0.1:")
    written = found["model"]
    # What the program refuses, the script answers with what comes first: that is beside the question, and not heard.
    assert (written["answers"], written["fallbacks"]) == (4, {"unsupported": 1})
    assert written["written"] == written["asked"] - 1 >= 2
    assert prompt_hash("answer.md") in written["prompts"]
    assert written["prompt_tokens"] > 100


def test_what_a_model_invents_is_counted_and_costs_no_correctness(
    indexed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_with(indexed, monkeypatch, capsys, inventive)
    assert found["overall"]["correct"] == 1.0
    assert found["model"]["dropped_sentences"] >= 10
    assert found["unsupported"] == []


def test_a_provider_that_fails_is_told_of_and_the_answers_are_the_programs(
    indexed: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_with(indexed, monkeypatch, capsys, faithful, "wrong key")
    assert found["overall"]["correct"] == 1.0
    assert found["model"]["written"] == 0
    assert found["model"]["fallbacks"]["auth"] == 1
    assert found["model"]["fallbacks"]["breaker"] == found["model"]["asked"] - 1
