"""Secrets are planted wherever something can come in; nothing that is written down or given out has them."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from evals.faulty import Faulty
from evals.scripted import MODEL, Provider, Wire, faithful, serving_with
from tests.app.observe.conftest import MIRA
from tests.app.observe.page import asked
from tests.app.observe.running import TOKEN, Collector, Running, collecting_http, running
from tests.conftest import TOP, Desk

KEY = "sk-planted-4f9a0c7be1d2"
HEADER_KEY = "sk-header-77aa88bb99cc"
MAIL, HEADER_MAIL = "wanda.planted@heron.example", "header.planted@heron.example"
PHONE, SECOND_PHONE = "+44 20 7946 0958", "+351 911 222 333"
DOCUMENT_PHONE = "+351 912 345 678"
"""Withheld from answers; it stands in a document of the profile."""
PLANTED = {
    "key": KEY,
    "key in a header": HEADER_KEY,
    "mail": MAIL,
    "mail in a header": HEADER_MAIL,
    "phone": PHONE,
    "second phone": SECOND_PHONE,
    "phone in a document": DOCUMENT_PHONE,
    "token": TOKEN,
}
QUESTION = f"My key is {KEY}, my mail {MAIL}, my phone {PHONE}: where does she work?"
FEEDBACK = {
    "profile": MIRA,
    "fingerprint": "a" * 64,
    "verdict": "unhelpful",
    "words": f"Call {PHONE} or {MAIL}",
    "question": QUESTION,
}


def hits(text: str) -> list[str]:
    """What of the planted is in ``text``, also without its spaces."""
    bare = "".join(text.split())
    return [name for name, secret in PLANTED.items() if secret in text or "".join(secret.split()) in bare]


@dataclass(frozen=True, slots=True)
class Planted:
    """A server into which everything was planted, what came of it, and what it answered."""

    server: Running
    provider: Provider
    collector: Collector
    desk: Desk
    given: dict[str, str]
    """What was given out, by what gave it; without answers, which may repeat the question to whoever asked it."""


@pytest.fixture(scope="module", params=["info", "debug"])
def planted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, observed_desk: Desk
) -> Iterator[Planted]:
    """A provider that fails with the key in its words, then one that answers; at both levels of the log."""
    wire: type[Wire] = type("Refusing", (Faulty,), {"mode": "wrong key"})
    folder = tmp_path_factory.mktemp("planted")
    with serving_with(wire, faithful) as provider, collecting_http() as collector:
        settings = {
            "VIVAVOCE_LOG_LEVEL": request.param,
            "VIVAVOCE_METRICS_TOKEN": TOKEN,
            "VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0",
            "VIVAVOCE_JUDGE_KEY": KEY,
            "OPENAI_BASE_URL": provider.url,
            "OPENAI_MODEL": MODEL,
            "OPENAI_API_KEY": KEY,
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_EXPORTER_OTLP_HEADERS": f"authorization=Bearer {KEY}",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OPENAI_LOG": "debug",
            "GRPC_VERBOSITY": "debug",
        }
        with running(observed_desk, folder, **settings) as server:
            yield Planted(server, provider, collector, observed_desk, _planted(server))


def _planted(server: Running) -> dict[str, str]:
    """Sends it all."""
    headers = {
        "authorization": f"Bearer {HEADER_KEY}",
        "x-request-id": HEADER_KEY,
        "user-agent": HEADER_MAIL,
        "referer": f"https://x.example/?mail={HEADER_MAIL}",
        "cookie": f"key={HEADER_KEY}; phone={SECOND_PHONE}",
        "x-forwarded-for": HEADER_MAIL,
        "traceparent": f"00-{HEADER_MAIL}-01",
    }
    given: dict[str, str] = {}
    ask = {"profile": MIRA, "question": QUESTION}
    with server.client(**headers) as client:
        for name, method, path, body in (
            ("ask", "POST", "/v1/ask", ask),
            ("stream", "POST", "/v1/ask", ask | {"stream": True}),
            (
                "chat",
                "POST",
                "/v1/chat/completions",
                {"model": MIRA, "messages": [{"role": "user", "content": QUESTION}]},
            ),
            ("match", "POST", "/v1/match", {"profile": MIRA, "text": f"Requirements:\n- {QUESTION}\n- acoustics"}),
            ("search", "POST", "/v1/search", {"profile": MIRA, "query": QUESTION}),
            ("unknown profile", "POST", "/v1/ask", {"profile": MAIL, "question": QUESTION}),
            ("wrong body", "POST", "/v1/ask", {"profile": MIRA, QUESTION: MAIL}),
            ("wrong type", "POST", "/v1/ask", {"profile": MIRA, "question": [QUESTION]}),
            ("too long", "POST", "/v1/ask", {"profile": MIRA, "question": QUESTION * 20}),
            ("feedback", "POST", "/v1/feedback", FEEDBACK),
            ("address", "GET", f"/v1/profiles/{MIRA}?mail={MAIL}&phone={PHONE}&key={KEY}", None),
            ("no address", "GET", f"/{KEY}/{MAIL}/{PHONE}", None),
            ("document", "GET", f"/v1/profiles/{MIRA}/documents/{MAIL}", None),
            ("text", "GET", f"/v1/profiles/{MIRA}/documents/cv.md", None),
            ("export", "GET", f"/v1/profiles/{MIRA}/publications.json", None),
            ("ready", "GET", "/ready", None),
            ("health", "GET", "/health", None),
            ("openapi", "GET", "/v1/openapi.json", None),
        ):
            answer = client.request(method, path, json=body)
            assert answer.status_code < 500, (name, answer.text)
            given[name] = answer.text
            given[f"{name}: headers"] = json.dumps(dict(answer.headers))
        asked(client, QUESTION, "a-planted-session")
        call = {"name": "ask_profile", "arguments": {"profile": MIRA, "question": QUESTION}}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        accept = {"accept": "application/json, text/event-stream"}
        assert client.post("/mcp", json=message, headers=accept).status_code == 200
        given["metrics"] = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    return given


def test_the_secrets_did_arrive(planted: Planted) -> None:
    """Otherwise nothing below could fail."""
    assert any(KEY in json.dumps(request) for request in planted.provider.requests)
    assert "vivavoce_answers_total" in planted.given["metrics"]
    assert len(planted.server.lines(event="answer")) >= 5
    assert planted.collector.named("invoke_agent")
    assert planted.collector.named("chat ")
    assert DOCUMENT_PHONE in (planted.desk.profiles / MIRA / "cv.md").read_text()


def test_no_log_has_them(planted: Planted) -> None:
    assert hits(planted.server.log.read_text()) == []
    assert hits(planted.server.errors.read_text()) == []


def test_no_trace_has_them(planted: Planted) -> None:
    assert hits(b"".join(planted.collector.raw).decode("utf-8", "replace")) == []


def test_no_metric_and_nothing_else_that_is_given_out_has_them(planted: Planted) -> None:
    # Whoever asked may read their own question again, and nobody else does.
    own = {"ask", "stream", "chat", "match"}
    found = {name: hits(text) for name, text in planted.given.items() if name not in own}
    assert {name: found for name, found in found.items() if found} == {}
    for name in own:
        assert not {"key in a header", "mail in a header", "phone in a document", "token"} & set(
            hits(planted.given[name])
        )


def test_no_file_beside_the_indexes_has_them(planted: Planted) -> None:
    for path in planted.desk.index.rglob("*"):
        if path.is_file():
            assert hits(path.read_bytes().decode("utf-8", "replace")) == [], path
    with closing(sqlite3.connect(planted.desk.index / ".feedback.sqlite3")) as db:
        rows = db.execute("SELECT words FROM feedback").fetchall()
    assert rows
    assert all(row == ("Call [redacted] or [redacted]",) for row in rows)


@pytest.mark.parametrize("suffix", ["bibtex", "json", "csv"])
def test_no_export_has_them(planted: Planted, tmp_path: Path, suffix: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "export", MIRA, "--format", suffix, *planted.desk.options],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=True,
    )
    assert hits(done.stdout + done.stderr) == []
