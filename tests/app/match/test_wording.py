"""A language model at the recruiter's desk puts words to what was decided without it, and to nothing else."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.library import Library
from app.match.desk import MatchDesk
from app.match.domain import Report
from app.match.start import open_desk
from app.settings import Settings
from evals.faulty import KEY, Faulty
from evals.scripted import MODEL, Asked, Script, serving_with
from tests.conftest import Desk

JOB = """Requirements:
- Experience with hydrophones
- A doctoral degree
- Fluent Klingon
"""
_BLOCK = re.compile(r"^R(\d+) \((.+?)\): .*\n\[(\d+)\] (.*)", re.MULTILINE)


def quoting(asked: Asked) -> str:
    """Each requirement's first entry, word for word."""
    return "\n".join(
        f"R{n}: The documents say: {text.rstrip('.')} [{c}]." for n, _, c, text in _BLOCK.findall(asked.user)
    )


def inventing(asked: Asked) -> str:
    """A prize, a number and an employer that are nowhere."""
    return "\n".join(
        f"R{n}: She won the Turing Award in 1987 after 41 years at Umbrella Corporation [{c}]."
        for n, _, c, _ in _BLOCK.findall(asked.user)
    )


def judging(asked: Asked) -> str:
    """A verdict on the person."""
    return "\n".join(
        f"R{n}: An ideal fit, hire her: {text.rstrip('.')} [{c}]." for n, _, c, text in _BLOCK.findall(asked.user)
    )


def citing_others(asked: Asked) -> str:
    """The right words under an entry of another requirement."""
    found = _BLOCK.findall(asked.user)
    return "\n".join(
        f"R{n}: {text.rstrip('.')} [{other[2]}]."
        for (n, _, _, text), other in zip(found, [*found[1:], found[0]], strict=True)
    )


Matching = Callable[..., Report]


@pytest.fixture
def matching(tmp_path: Path, ingested: Desk) -> Iterator[Matching]:
    """The report of ``JOB`` with a model that follows a script and misbehaves as ``mode`` says; ``None`` asks no model."""
    library = Library(ingested.profiles, ingested.index, ingested.embedder)
    with ExitStack() as stack:

        def matched(script: Script | None, mode: str = "whole") -> Report:
            if script is None:
                return MatchDesk(library).match("mira-okonjo", JOB)
            provider = stack.enter_context(serving_with(type("Mode", (Faulty,), {"mode": mode}), script))
            settings = Settings(
                index=library.index, budget_file=tmp_path / "spent.sqlite3", model=MODEL, model_key=SecretStr(KEY),
                model_url=provider.url, connect_s=1.0, read_s=1.0, answer_s=2.0,
            )  # fmt: skip
            desk = open_desk(settings, library)
            stack.callback(desk.close)
            return desk.match("mira-okonjo", JOB)

        yield matched


def decided(report: Report) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(f.requirement.text, f.verdict, f.citations) for f in report.findings]


def test_the_words_are_the_models_and_the_decisions_the_programs(matching: Matching) -> None:
    alone, worded = matching(None), matching(quoting)
    assert worded.mode == MODEL
    assert decided(worded) == decided(alone)
    assert [c.quote for c in worded.citations] == [c.quote for c in alone.citations]
    cited = [n for n, f in enumerate(alone.findings) if f.citations]
    assert cited
    assert any(worded.findings[n].why.startswith("The documents say:") for n in cited)
    assert [worded.findings[n].why for n in range(len(alone.findings)) if n not in cited] == [
        f.why for f in alone.findings if not f.citations
    ]


@pytest.mark.parametrize("script", [inventing, judging, citing_others], ids=lambda s: s.__name__)
def test_what_is_not_borne_out_or_judges_is_not_shown(matching: Matching, script: Script) -> None:
    alone, worded = matching(None), matching(script)
    assert worded.mode == "offline"
    assert [f.why for f in worded.findings] == [f.why for f in alone.findings]
    assert worded.model is not None
    assert worded.model.dropped == sum(bool(f.citations) for f in alone.findings)


@pytest.mark.parametrize("mode", ["500", "wrong key", "cut", "stall", "429, retry in an hour"])
def test_a_model_that_fails_leaves_the_report_as_it_was(matching: Matching, mode: str) -> None:
    alone, worded = matching(None), matching(quoting, mode)
    assert worded.mode == "offline"
    assert [f.why for f in worded.findings] == [f.why for f in alone.findings]
    assert worded.model is not None
    assert worded.model.fallback is not None
