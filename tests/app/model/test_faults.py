"""What a visitor sees when the model fails: the offline answer or the rest of it, in time, and never the provider's words."""

import logging
import socket
import time
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from app.domain import Spoken
from evals.faulty import KEY, MODES
from prompts import prompt_hash
from tests.app.model.conftest import PATIENT, QUICK, Open

PROJECT = "What is Hydrophone Commons?"
"""Answered in several sentences, so that something of it can be cut."""
LONGEST_S = QUICK["answer_s"] + 2.0

# What the visitor sees: "offline", "partial" (the model's first sentences and the program's rest), "model". Then the fallback's name and how often
# the provider was asked.
TABLE: dict[str, tuple[str, str | None, int]] = {
    "whole": ("model", None, 1),
    "split unicode": ("model", None, 1),
    "cut": ("partial", "cut", 1),
    "cut at a full stop": ("partial", "cut", 1),
    "html 200": ("offline", "malformed", 1),
    "html as events": ("offline", "cut", 1),
    "bad json": ("offline", "malformed", 1),
    "empty choices": ("offline", "cut", 1),
    "null choices": ("offline", "malformed", 1),
    "no words": ("offline", "unsupported", 1),
    "stall": ("partial", "timeout", 1),
    "silence": ("offline", "timeout", 1),
    "abort": ("offline", "cut", 1),
    "hang up": ("offline", "connect", 2),
    "error in the stream": ("partial", "server", 1),
    "error with status 200": ("offline", "cut", 1),
    "not a stream": ("offline", "cut", 1),
    "tool call": ("offline", "unsupported", 1),
    "refusal": ("offline", "unsupported", 1),
    "redirect": ("offline", "failed", 1),
    "slow drip": ("offline", "timeout", 1),
    "pings": ("offline", "timeout", 1),
    "gzip bomb": ("offline", "malformed", 1),
    "huge body": ("offline", "malformed", 1),
    "endless": ("offline", "length", 1),
    "wrong key": ("offline", "auth", 1),
    "forbidden": ("offline", "auth", 1),
    "429": ("offline", "rate_limited", 2),
    "429, retry at once": ("offline", "rate_limited", 2),
    "429, retry in an hour": ("offline", "rate_limited", 1),
    "429, retry at a date": ("offline", "rate_limited", 1),
    "no quota": ("offline", "quota", 1),
    "500": ("offline", "server", 2),
    "503": ("offline", "server", 2),
    "no money": ("offline", "quota", 1),
    "wrong model": ("offline", "unknown_model", 1),
    "no such path": ("offline", "unknown_model", 1),
    "no schema": ("model", None, 1),
    "too long a prompt": ("offline", "failed", 1),
    "bad request": ("offline", "failed", 1),
    "content filter": ("partial", "filtered", 1),
    "length": ("partial", "length", 1),
}


def test_the_table_has_every_mode() -> None:
    assert set(TABLE) == set(MODES)


@pytest.mark.parametrize("mode", MODES)
def test_a_visitor_gets_a_whole_and_honest_answer_in_time(
    with_model: Open, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = with_model(two_sentences, mode, **(QUICK if TABLE[mode][1] == "timeout" else PATIENT))
    alone = desk.offline("mira-okonjo", PROJECT)
    assert len(alone.sentences) > 2
    started = time.monotonic()
    events = list(desk.events("mira-okonjo", PROJECT))
    took = time.monotonic() - started
    answer = events[-1].answer  # type: ignore[union-attr]
    seen, fallback, requests = TABLE[mode]
    assert answer.model is not None
    assert answer.model.fallback == fallback
    assert len(desk.provider.requests) == requests
    assert took < LONGEST_S
    spoken = tuple(e.sentence for e in events if isinstance(e, Spoken))
    assert spoken == answer.sentences
    if seen == "offline":
        assert (answer.mode, answer.answer, answer.status) == ("offline", alone.answer, alone.status)
    elif seen == "partial":
        assert (answer.mode, answer.status) == ("scripted-1", "partial")
        assert "The language model stopped here" in answer.answer
        assert answer.sentences[0].text.startswith("An open archive of harbour recordings")
        assert {(c.start, c.end) for c in alone.citations} <= {(c.start, c.end) for c in answer.citations}
    else:
        assert (answer.mode, answer.status) == ("scripted-1", "grounded")
        assert "stopped here" not in answer.answer
    assert KEY not in f"{answer.to_json()} {caplog.text}"
    for word in ("Incorrect API key", "overloaded", "wireless"):
        assert word not in f"{answer.to_json()} {caplog.text}"
    assert "Error" not in str(answer.to_json())


def two_sentences(asked: Any) -> str:
    """Two sentences of the record's own, each with its source; enough text to be cut in the second."""
    first = next(e for e in asked.entries if "open archive" in e.text)
    second = next(e for e in asked.entries if "41,000" in e.text)
    return (
        f"An open archive of harbour recordings that anybody can listen to [{first.n}]."
        f" The archive holds 41,000 hours of sound from twelve ports [{second.n}]. "
    )


@pytest.mark.parametrize(
    "question", ["How many papers does she have?", "Where does she work now?", "What is whale song about?"]
)
def test_a_dead_port_costs_no_answer(with_model: Open, question: str) -> None:
    desk = with_model(model_url="http://127.0.0.1:9/v1")
    answer = desk("mira-okonjo", question)
    assert answer.answer == desk.offline("mira-okonjo", question).answer
    assert answer.model is not None
    assert answer.model.fallback == "connect"


def test_a_provider_that_keeps_failing_is_left_alone_for_a_while(with_model: Open) -> None:
    desk = with_model(mode="500")
    kinds = [desk("mira-okonjo", f"Where does she work now{'?' * n}").model for n in range(1, 8)]
    assert [k.fallback for k in kinds if k] == ["server"] * 5 + ["breaker"] * 2
    assert len(desk.provider.requests) == 10


def test_a_wrong_key_is_tried_once(with_model: Open) -> None:
    desk = with_model(mode="wrong key")
    kinds = [desk("mira-okonjo", f"Where does she work now{'?' * n}").model for n in range(1, 4)]
    assert [k.fallback for k in kinds if k] == ["auth", "breaker", "breaker"]
    assert len(desk.provider.requests) == 1


def test_nobody_who_picks_up_costs_three_seconds_and_no_answer(with_model: Open) -> None:
    """A full backlog: the handshake is never finished."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent, ExitStack() as stack:
        address = silent.getsockname()
        with suppress(TimeoutError):
            while True:
                stack.enter_context(socket.create_connection(address, timeout=0.5))
        desk = with_model(model_url=f"http://127.0.0.1:{address[1]}/v1", connect_s=1.0, read_s=30.0, answer_s=60.0)
        started = time.monotonic()
        answer = desk("mira-okonjo", PROJECT)
        took = time.monotonic() - started
    assert answer.answer == desk.offline("mira-okonjo", PROJECT).answer
    assert answer.model is not None
    assert answer.model.fallback == "timeout"
    assert took < 10


def test_where_the_planner_could_not_be_asked_the_writer_is_not_tried_as_well(with_model: Open) -> None:
    desk = with_model(mode="silence")
    question = "What trophies adorn her mantelpiece?"
    answer = desk("mira-okonjo", question)
    assert (len(desk.provider.requests), answer.mode) == (1, "offline")
    assert answer.answer == desk.offline("mira-okonjo", question).answer
    assert answer.model is not None
    assert (answer.model.fallback, answer.model.prompt) == ("timeout", prompt_hash("plan.md"))


def test_two_people_are_compared_as_partially_as_either_of_them(with_model: Open) -> None:
    question = "Compare Mira Okonjo and Teo Lindqvist: where do they work now?"
    desk = with_model(mode="500")
    answer = desk("mira-okonjo", question)
    assert answer.answer == desk.offline("mira-okonjo", question).answer
    assert answer.model is not None
    assert (answer.mode, answer.model.fallback) == ("offline", "server")
