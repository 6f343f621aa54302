"""The prompt files: each is sent by somebody, and an answer's record tells by a hash which of them it was made with."""

import ast
from pathlib import Path

import pytest

from prompts import fill, joined_hash, prompt_hash, prompt_hashes

TOP = Path(__file__).resolve().parent.parent
PROMPTS = sorted(path.name for path in (TOP / "prompts").glob("*.md"))


@pytest.mark.parametrize("name", PROMPTS)
def test_every_prompt_file_is_used(name: str) -> None:
    sources = (p for package in ("app", "evals", "ingest") for p in (TOP / package).rglob("*.py"))
    users = [p.name for p in sources if name in p.read_text(encoding="utf-8") and name in _strings(p)]
    assert users, f"nobody sends prompts/{name}"


def _strings(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_bytes()))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


@pytest.mark.parametrize("name", PROMPTS)
def test_every_prompt_file_is_hashed_into_a_run(name: str) -> None:
    assert len(prompt_hashes()[name]) == 64


def test_the_hash_tells_the_files_and_their_order() -> None:
    plan, answer = prompt_hash("plan.md"), prompt_hash("answer.md")
    assert len({plan, answer, joined_hash(plan, answer), joined_hash(answer, plan), joined_hash(plan)}) == 5


def test_a_prompt_is_filled_completely_and_with_nothing_else() -> None:
    assert "$" not in fill("answer.md", name="Mira", language="English")
    with pytest.raises(KeyError):
        fill("answer.md", name="Mira")
    with pytest.raises(ValueError, match=r"judge\.md has no place for name"):
        fill("judge.md", name="Mira")
