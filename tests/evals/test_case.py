"""Reading questions.yaml: strict keys, and errors that name file, question and key."""

from pathlib import Path

import pytest

from evals.case import QuestionsInvalid, read_cases

GOOD = "- id: a-1\n  kind: fact\n  turns: [Where now]\n  expect: {contains: [Lisbon]}\n  answer: Lisbon.\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_may_be_one_line_or_several_turns(tmp_path: Path) -> None:
    text = GOOD + GOOD.replace("a-1", "a-2").replace("turns: [Where now]", "question: Where now")
    text += GOOD.replace("a-1", "a-3").replace("[Where now]", "[Where now, And before]")
    assert [case.asked for case in read_cases(write(tmp_path, text))] == [
        ("Where now",),
        ("Where now",),
        ("Where now", "And before"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("kind: fact", "kind: riddle"), "question 'a-1', key 'kind'"),
        (GOOD.replace("answer:", "anwser:"), "question 'a-1', key 'an"),
        (GOOD.replace("contains", "contain"), "question 'a-1', key 'expect.contain'"),
        (GOOD.replace("[Lisbon]", "['(Lisbon']"), "no regular expression"),
        (GOOD.replace("{contains: [Lisbon]}", "{}"), "expects nothing"),
        (GOOD.replace("  turns: [Where now]\n", ""), "either turns or question"),
        (GOOD.replace("turns: [Where now]", "turns: [Where now]\n  question: Where now"), "either turns or question"),
        (GOOD.replace("[Where now]", "[]"), "question 'a-1', key 'turns"),
        (GOOD + GOOD, "'a-1' stands twice"),
        ("a: b", "must be a list of questions"),
        ("[]", "must be a list of questions"),
        ("- [1", "not YAML"),
    ],
)
def test_what_is_malformed_is_said_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(QuestionsInvalid, match=str(path)) as caught:
        read_cases(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(QuestionsInvalid, match="No such file"):
        read_cases(tmp_path / "questions.yaml")
