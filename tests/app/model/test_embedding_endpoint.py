"""Vectors from an endpoint: the index says who made it, and an endpoint that fails, or is another one now, costs nobody an answer."""

import logging
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.assistant import Assistant, finished
from app.cli import run
from app.domain import Answer, Turn
from app.library import Library
from app.model.check import check_embedder
from app.settings import Settings
from app.start import refresh_all
from evals.faulty import KEY
from evals.scripted import DIMENSION, Provider, Wire, faithful, serving_with
from ingest.build import Progress
from ingest.embed import OpenAICompatible
from ingest.errors import EmbedderUnusable, IndexMismatch
from ingest.generation import current, read_manifest
from tests.conftest import Desk

PROSE, COUNT = "What is Hydrophone Commons?", "How many papers does she have?"
SLUG = "mira-okonjo"


class Vectors(Wire):
    """An embedding endpoint that does what ``mode`` says."""

    mode = "whole"

    def embed(self, body: dict[str, Any]) -> None:
        match self.mode:
            case "narrow":
                self.send_rows([[1.0, 0.5, 0.25]] * len(body["input"]))
            case "ragged":
                self.send_rows([[1.0] * (n + 1) for n in range(len(body["input"]))])
            case "empty":
                self.send_rows([[]] * len(body["input"]))
            case "not a number":
                self.send_rows([[float("nan")] * DIMENSION] * len(body["input"]))
            case "words":
                self.send_rows([["a", "b"]] * len(body["input"]))
            case "wrong key":
                key = self.headers.get("authorization", "")
                self.send_object({"error": {"message": f"Incorrect API key: {key}", "code": "invalid_api_key"}}, 401)
            case "500":
                self.send_object({"error": {"message": f"overloaded {KEY}"}}, 500)
            case "html":
                self.begin_stream("text/html")
                self.write(b"<html>Please log in</html>")
            case "hang":
                time.sleep(8)
            case _:
                super().embed(body)

    def send_rows(self, rows: list[Any]) -> None:
        data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
        self.send_object({"object": "list", "data": data, "model": "words", "usage": {"prompt_tokens": 0}})


FAULTS = ("empty", "not a number", "words", "wrong key", "500", "html", "hang")


@contextmanager
def endpoint(mode: str = "whole") -> Iterator[Provider]:
    with serving_with(type("Mode", (Vectors,), {"mode": mode}), faithful) as provider:
        yield provider


def embedder_at(url: str) -> OpenAICompatible:
    return OpenAICompatible(url, "words", KEY)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """An invented person whose index an endpoint made, which is gone since."""
    folder = tmp_path_factory.mktemp("endpoint")
    shutil.copytree(ingested.profiles / SLUG, folder / "profiles" / SLUG)
    with endpoint() as provider:
        desk = Desk(folder / "profiles", folder / "index", embedder_at(provider.url))
        desk.ingest(SLUG)
    return desk


@dataclass(frozen=True, slots=True)
class Asked:
    """One assistant over the index that the endpoint made."""

    assistant: Assistant

    def __call__(self, question: str) -> Answer:
        return finished(self.assistant.ask(SLUG, [Turn("user", question)]))


def asking(desk: Desk, url: str) -> Asked:
    return Asked(Assistant(Library(desk.profiles, desk.index, embedder_at(url))))


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}/v1"


def settings(desk: Desk, url: str) -> Settings:
    return Settings(
        profiles=desk.profiles,
        index=desk.index,
        embedding_url=url,
        embedding_model="words",
        embedding_key=KEY,  # type: ignore[arg-type]
    )


def test_the_index_records_who_made_it_and_the_doctor_finds_them_the_same(made: Desk) -> None:
    assert read_manifest(current(made.index / SLUG)).embedder == f"words/{DIMENSION}"
    with endpoint() as provider:
        found = check_embedder(settings(made, provider.url))
        assert asking(made, provider.url)(PROSE).status == "grounded"
    assert (found.is_fine, found.line) == (True, f"embedder: 'words/{DIMENSION}' answers")


@pytest.mark.parametrize("question", [PROSE, COUNT, "Where does she work now?", "Does she enjoy mountain climbing?"])
def test_an_endpoint_that_is_gone_costs_no_answer(made: Desk, question: str, caplog: pytest.LogCaptureFixture) -> None:
    with endpoint() as provider:
        before = asking(made, provider.url)(question)
    asked = asking(made, closed_port())
    after = asked(question)
    assert (after.status, after.reason) == (before.status, before.reason)
    assert after.sentences[0].text == before.sentences[0].text
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert "check its address, key and model" in warnings[0]
    asked(question)
    assert len(warnings) == len([r for r in caplog.records if r.levelno == logging.WARNING]), "not at every question"


@pytest.mark.parametrize("mode", FAULTS)
def test_an_endpoint_that_fails_costs_little_time_and_shows_no_key(
    made: Desk, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with endpoint(mode) as provider:
        asked = asking(made, provider.url)
        started = time.monotonic()
        answers = [asked(PROSE), asked(COUNT)]
        took = time.monotonic() - started
        found = check_embedder(settings(made, provider.url))
    assert [a.status for a in answers] == ["grounded", "grounded"]
    assert "open archive of harbour recordings" in answers[0].answer
    assert took < 8.0
    assert (found.is_fine, found.line.count("\n")) == (False, 0)
    assert KEY not in f"{caplog.text} {found.line} {[a.to_json() for a in answers]}"


def test_an_endpoint_that_comes_back_is_asked_again(made: Desk) -> None:
    library = Library(made.profiles, made.index, embedder_at(closed_port()))
    index = library.open(SLUG)
    assert not library.vector(index, PROSE).any()
    with endpoint() as provider:
        library.embedder = embedder_at(provider.url)
        assert not library.vector(index, PROSE).any(), "left alone for a while"
        library._breaker.succeeded()
        assert library.vector(index, PROSE).any()


def test_another_dimension_is_one_line_that_names_both_and_the_remedy(
    made: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint("narrow") as provider:
        found = check_embedder(settings(made, provider.url))
        with pytest.raises(IndexMismatch, match="made by the embedder 'words/64', the configured one is 'words/3'"):
            asking(made, provider.url)(PROSE)
        monkeypatch.setenv("VIVAVOCE_EMBEDDING_URL", provider.url.replace("http://", "http://user:hidden@"))
        monkeypatch.setenv("VIVAVOCE_EMBEDDING_MODEL", "words")
        assert run(["ask", SLUG, PROSE, *made.options]) == 2
    assert not found.is_fine
    assert "'words/64', not by 'words/3'" in found.line
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "run 'vivavoce ingest mira-okonjo'" in error
    assert "hidden" not in error


def test_a_model_that_changes_behind_its_name_is_noticed_and_the_words_decide(made: Desk) -> None:
    with endpoint() as first, endpoint("narrow") as second:
        asked = asking(made, first.url)
        before = asked(PROSE)
        embedder = asked.assistant.library.embedder
        assert isinstance(embedder, OpenAICompatible)
        embedder._at_once = embedder_at(second.url)._at_once
        with pytest.raises(EmbedderUnusable, match="vectors of 3 numbers for 'words', before they had 64"):
            embedder.embed(["a"])
        after = asked(PROSE)
    assert after.status == before.status == "grounded"


@pytest.mark.parametrize("mode", ["500", "not a number", "gone"])
def test_an_ingest_that_cannot_embed_is_one_line_and_the_previous_index_answers(
    made: Desk, tmp_path: Path, mode: str
) -> None:
    desk = replace(made, profiles=tmp_path / "profiles", index=tmp_path / "index")
    shutil.copytree(made.profiles, desk.profiles)
    shutil.copytree(made.index, desk.index)
    desk.write(SLUG, "cv.md", (desk.profiles / SLUG / "cv.md").read_text(encoding="utf-8") + "\n- One more thing.\n")
    with endpoint(mode) as provider:
        library = Library(desk.profiles, desk.index, embedder_at(closed_port() if mode == "gone" else provider.url))
        done = refresh_all(library, [SLUG], datetime.now(UTC), Progress())
        answer = finished(Assistant(library).ask(SLUG, [Turn("user", COUNT)]))
    assert [(slug, type(error)) for slug, error in done.failures] == [(SLUG, EmbedderUnusable)]
    assert str(done.failures[0][1]).count("\n") == 0
    assert answer.status == "grounded"


def test_in_a_shell_a_dead_endpoint_is_one_line_beside_the_answer(
    made: Desk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_EMBEDDING_URL", closed_port().replace("http://", "http://user:hidden@"))
    monkeypatch.setenv("VIVAVOCE_EMBEDDING_MODEL", "words")
    assert run(["search", SLUG, "hydrophone", *made.options]) == 0
    assert run(["ask", SLUG, COUNT, *made.options]) == 0
    printed = capfd.readouterr()
    assert "[1]" in printed.out
    assert "hidden" not in printed.out + printed.err


def test_a_question_is_not_sent_twice_where_the_endpoint_has_no_quota(made: Desk) -> None:
    with endpoint("500") as provider:
        asking(made, provider.url)(PROSE)
        assert len(provider.requests) == 1


@pytest.mark.parametrize("mode", ["ragged", "empty", "not a number", "words"])
def test_what_is_no_table_of_numbers_is_no_vectors(mode: str) -> None:
    with endpoint(mode) as provider, pytest.raises(EmbedderUnusable, match="check"):
        embedder_at(provider.url).embed(["a", "b"])


def test_the_key_goes_only_where_it_belongs() -> None:
    shown = repr(embedder_at("http://user:hidden@127.0.0.1:9/v1?key=hidden"))
    assert shown == "OpenAICompatible('http://127.0.0.1:9/v1', 'words')"
    assert KEY not in shown
