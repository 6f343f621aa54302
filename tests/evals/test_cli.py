"""``vivavoce eval`` from its words to its exit code."""

import json
from pathlib import Path

import pytest

from app.cli import run
from evals.cli import BASELINE
from tests.conftest import TOP, Desk


def test_a_folder_of_outside_profiles_is_run_and_saved(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "runs" / "one.json"
    words = ["eval", "run", "--profiles", str(desk.profiles), "--index", str(desk.index), "--save", str(saved)]
    assert run([*words, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(saved.read_text(encoding="utf-8"))
    assert printed["overall"]["questions"] == 4
    assert printed["overall"]["leakage"] == 0
    assert printed["run"]["embedder"] == "all-MiniLM-L6-v2-int8/384"
    assert "intents.yaml" in printed["run"]["prompts"]
    assert str(TOP) not in json.dumps(printed["run"])
    assert run([*words, "teo-lindqvist", "--kind", "fact"]) == 0
    out = capsys.readouterr().out
    assert "overall" in out
    assert "mira-okonjo" not in out


def test_a_run_is_compared_with_a_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"questions": 2, "correct": 0.5, "leakage": 0}
    for name, correct in (("better", 1.0), ("same", 0.5), ("worse", 0.0)):
        content = {"overall": row | {"correct": correct}, "profiles": {}, "kinds": {}}
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    same = str(tmp_path / "same.json")
    assert run(["eval", "diff", str(tmp_path / "better.json"), same]) == 0
    assert "overall correct rises 0.5 → 1.0" in capsys.readouterr().out
    assert run(["eval", "diff", same, same]) == 0
    assert run(["eval", "diff", str(tmp_path / "worse.json"), same]) == 1
    assert "overall correct falls 0.5 → 0.0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "qian-lu"), "no questions for 'qian-lu'"),
        (("run", "--kind", "riddle"), "'riddle' is not one of"),
        (("run", "--profiles", "/nowhere"), "no questions"),
        (("diff", "/nowhere.json"), "/nowhere.json: cannot be read as a run"),
        ((), ""),
    ],
)
def test_wrong_use_is_one_line(words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", *words]) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == (1 if words else 0)


def test_the_committed_baseline_is_a_run_of_the_committed_questions() -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert baseline["overall"]["leakage"] == 0
    assert set(baseline["profiles"]) == {path.stem for path in (TOP / "evals" / "questions").glob("*.yaml")}
