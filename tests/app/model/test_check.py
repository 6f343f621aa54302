"""``vivavoce doctor --model``: one clear line a fault, and never the key."""

import threading
from pathlib import Path
from typing import Any

import pytest

from app.model.check import check_embedder, check_model, tell_at_start
from app.settings import Settings
from evals.faulty import KEY, Faulty
from evals.scripted import DIMENSION, MODEL, faithful, serving_with
from ingest.embed import shown_address
from tests.app.model.conftest import QUICK
from tests.conftest import Desk


def settings(**values: Any) -> Settings:
    return Settings(**{"model": MODEL, "model_key": KEY, **QUICK, **values})


@pytest.mark.parametrize(
    ("mode", "words"),
    [("wrong key", "check OPENAI_API_KEY"), ("wrong model", "no model 'scripted-1'"), ("no quota", "no quota left"), ("html 200", "OpenAI-compatible"),
     ("500", "error of its own"), ("silence", "in time"), ("429, retry in an hour", "limits how often"), ("bad request", "refuses the request")],
)  # fmt: skip
def test_a_fault_is_one_line_with_the_next_step(mode: str, words: str) -> None:
    with serving_with(type("Mode", (Faulty,), {"mode": mode}), faithful) as provider:
        found = check_model(settings(model_url=provider.url))
    assert not found.is_fine
    assert words in found.line
    assert found.line.endswith("until then answers are offline")
    assert "\n" not in found.line
    assert KEY not in found.line


def test_a_model_that_answers_is_said_to() -> None:
    with serving_with(Faulty, faithful) as provider:
        found = check_model(settings(model_url=provider.url.replace("http://", "http://user:secret@")))
    assert (found.is_fine, "secret" in found.line, f"'{MODEL}'" in found.line) == (True, False, True)


def test_an_address_without_anybody_behind_it() -> None:
    found = check_model(settings(model_url="http://127.0.0.1:9/v1"))
    assert "http://127.0.0.1:9/v1 cannot be reached; check OPENAI_BASE_URL" in found.line


def test_no_model_is_no_fault() -> None:
    found = check_model(Settings())
    assert (found.is_fine, "offline" in found.line) == (True, True)


def test_a_class_that_is_not_there_is_named() -> None:
    found = check_model(settings(model_class="nowhere.to.BeFound"))
    assert "'nowhere.to.BeFound' cannot be imported" in found.line


def test_a_llama_index_class_may_take_its_place() -> None:
    found = check_model(settings(model_class="llama_index.core.llms.MockLLM", model_options={"max_tokens": 3}))
    assert found.is_fine, found.line


def test_another_embedder_than_the_indexes_own_is_told(ingested: Desk) -> None:
    with serving_with(Faulty, faithful) as provider:
        found = check_embedder(settings(index=ingested.index, embedding_url=provider.url, embedding_model="words"))
    assert not found.is_fine
    assert f"'words/{DIMENSION}'" in found.line
    assert "run 'vivavoce ingest'" in found.line
    assert check_embedder(settings(index=ingested.index)).is_fine


def test_at_start_only_what_is_wrong_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    done = threading.Event()

    def tell(line: str) -> None:
        told.append(line)
        done.set()

    tell_at_start(Settings(), tell)
    tell_at_start(settings(model_url="http://127.0.0.1:9/v1"), tell)
    assert done.wait(20)
    assert ["cannot be reached" in line for line in told] == [True]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@host:8443/v1?key=1", "https://host:8443/v1"),
        ("http://localhost/v1", "http://localhost/v1"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1"),
        ("https://host:no/v1", "https://host:no/v1"),
        ("a.dotted.Name", "a.dotted.Name"),
    ],
)
def test_an_address_is_shown_without_secrets(url: str, shown: str) -> None:
    assert shown_address(url) == shown
