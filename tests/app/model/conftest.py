"""An assistant with a language model at the other end of a real connection on loopback."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.assistant import Assistant, finished
from app.domain import Answer, Event, Turn
from app.library import Library
from app.model.check import check_model
from app.settings import Settings
from app.start import open_assistant
from evals.faulty import KEY, Faulty
from evals.scripted import MODEL, Provider, Script, Wire, faithful, serving_with
from tests.app.conftest import Asking

QUICK: Mapping[str, Any] = {"connect_s": 1.0, "read_s": 1.0, "answer_s": 2.0}
"""Time-outs that a test can wait for."""
PATIENT: Mapping[str, Any] = {"connect_s": 15.0, "read_s": 15.0, "answer_s": 30.0}
"""Those that a busy machine does not reach, for what ends by itself."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An assistant and the provider that it asks."""

    assistant: Assistant
    provider: Provider
    offline: Asking

    def events(self, slug: str, *questions: str) -> Iterator[Event]:
        """The events of the answer to the last of ``questions``."""
        turns: list[Turn] = []
        for question in questions:
            turns += [Turn("user", question), Turn("assistant", "An answer that nobody reads again.")]
        return self.assistant.ask(slug, turns[:-1])

    def __call__(self, slug: str, *questions: str) -> Answer:
        """The whole answer to the last of ``questions``."""
        return finished(self.events(slug, *questions))


Open = Callable[..., Desk]


@pytest.fixture
def with_model(tmp_path: Path, ask: Asking) -> Iterator[Open]:
    """Opens an assistant whose model follows ``script`` and misbehaves as ``mode`` says."""
    library: Library = ask.assistant.library
    with ExitStack() as stack:

        def opened(script: Script = faithful, mode: str = "whole", delay_s: float = 0.0, **settings: Any) -> Desk:
            wire: type[Wire] = type("Mode", (Faulty,), {"mode": mode})
            provider = stack.enter_context(serving_with(wire, script, delay_s))
            values = {
                "index": library.index,
                "budget_file": tmp_path / "spent.sqlite3",
                "model": MODEL,
                "model_key": KEY,
                "model_url": provider.url,
                **QUICK,
                **settings,
            }
            assistant = open_assistant(Settings(**values), library)
            stack.callback(assistant.close)
            return Desk(assistant, provider, ask)

        yield opened


@pytest.fixture(scope="session", autouse=True)
def imported() -> None:
    """The first call of a process imports for seconds; no test is to measure that."""
    with serving_with(Faulty, faithful) as provider:
        patient = Settings(model=MODEL, model_url=provider.url, connect_s=60, read_s=60, answer_s=120)
        assert check_model(patient).is_fine
