"""Traces as a collector gets them: the names of the conventions, the tokens, the parents; and nothing that was said."""

from pathlib import Path

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from app.errors import ConfigurationError
from app.observe.spans import open_tracing
from evals.scripted import MODEL
from tests.app.observe.conftest import MIRA, Watched
from tests.app.observe.running import attributes, collecting_grpc, running
from tests.conftest import Desk

QUESTION = "At which institute is she, and what is her title there?"


def ask(watched: Watched, question: str = QUESTION) -> tuple[dict[str, object], list[Span]]:
    """The answer, and the spans of its trace, the outermost first."""
    with watched.server.client() as client:
        answer = client.post("/v1/ask", json={"profile": MIRA, "question": question})
    wanted = answer.headers["x-request-id"]
    for _ in range(50):
        roots = [
            s for s in watched.collector.named("invoke_agent") if attributes(s).get("vivavoce.request_id") == wanted
        ]
        if roots:
            break
        watched.collector.arrived.wait(0.2)
        watched.collector.arrived.clear()
    (root,) = roots
    return answer.json(), [root, *(s for s in watched.collector.spans if s.parent_span_id == root.span_id)]


def test_an_answer_is_a_span_with_its_retrieval_and_its_calls_of_the_model_below_it(watched: Watched) -> None:
    answer, (root, *children) = ask(watched)
    assert root.name == "invoke_agent vivavoce"
    told = attributes(root)
    assert told["gen_ai.operation.name"] == "invoke_agent"
    assert told["gen_ai.agent.name"] == "vivavoce"
    assert told["gen_ai.data_source.id"] == MIRA
    assert told["vivavoce.answer.status"] == answer["status"]
    assert told["vivavoce.answer.mode"] == answer["mode"] == MODEL
    calls = [s for s in children if s.name == f"chat {MODEL}"]
    (retrieval,) = [s for s in children if s.name == f"retrieval {MIRA}"]
    assert attributes(retrieval) == {"gen_ai.operation.name": "retrieval", "gen_ai.data_source.id": MIRA}
    assert calls
    for call in calls:
        assert call.kind == Span.SPAN_KIND_CLIENT
        asked = attributes(call)
        assert asked["gen_ai.operation.name"] == "chat"
        assert asked["gen_ai.provider.name"] == "openai"
        assert asked["gen_ai.request.model"] == MODEL
        assert asked["gen_ai.request.max_tokens"] > 0
    for of_all, of_each in (("prompt_tokens", "input_tokens"), ("completion_tokens", "output_tokens")):
        used = answer["usage"]
        assert isinstance(used, dict)
        assert used[of_all] == told[f"gen_ai.usage.{of_each}"]
        assert used[of_all] == sum(attributes(call)[f"gen_ai.usage.{of_each}"] for call in calls)
    for span in (root, *children):
        assert span.trace_id == root.trace_id
        assert root.start_time_unix_nano <= span.start_time_unix_nano <= span.end_time_unix_nano
        assert span.end_time_unix_nano <= root.end_time_unix_nano
        assert span.status.code != Status.STATUS_CODE_ERROR


def test_no_span_has_a_word_of_the_question_the_answer_or_the_documents(watched: Watched) -> None:
    answer, spans = ask(watched, "Who is the head of the institute that she works at?")
    assert len(spans) > 1
    sent = b"".join(watched.collector.raw).decode("utf-8", "replace")
    for word in ("institute", "Institute", "Harbour", str(answer["answer"])[:20], "127.0.0.1"):
        assert word not in sent
    for span in watched.collector.spans:
        assert not span.events


def test_what_is_no_profile_is_in_no_span(watched: Watched) -> None:
    call = {"name": "ask_profile", "arguments": {"profile": "her phone please", "question": QUESTION}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    with watched.server.client(accept="application/json, text/event-stream") as client:
        assert "no profile" in client.post("/mcp", json=body).text
    ask(watched, "Which posts did she hold before this one, and where?")
    assert "phone please" not in b"".join(watched.collector.raw).decode("utf-8", "replace")


def test_a_collector_over_grpc_gets_them_too_the_last_when_the_server_stops(folder: Path, observed_desk: Desk) -> None:
    with collecting_grpc() as collector:
        slow = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "600000"}
        with running(observed_desk, folder, **slow) as server:
            with server.client() as client:
                assert client.post("/v1/ask", json={"profile": MIRA, "question": QUESTION}).status_code == 200
            assert not collector.spans
            server.process.terminate()
            assert server.process.wait(15) == 0
        assert {s.name for s in collector.spans} == {"invoke_agent vivavoce", f"retrieval {MIRA}"}


def test_a_collector_that_is_not_there_delays_neither_answers_nor_the_end(folder: Path, observed_desk: Desk) -> None:
    with running(observed_desk, folder, VIVAVOCE_OTLP_ENDPOINT="http://127.0.0.1:9") as server:
        with server.client() as client:
            assert client.post("/v1/ask", json={"profile": MIRA, "question": QUESTION}).status_code == 200
        server.process.terminate()
        assert server.process.wait(15) == 0


def test_without_an_endpoint_the_library_is_not_even_loaded_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    program = "import sys, app.observe.respondent, app.observe.spans, app.model.call; print([m for m in sys.modules if m.startswith('opentelemetry')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_exporter_is_a_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(ConfigurationError, match=r"install vivavoce\[otel\], or set it to 'grpc'"):
        open_tracing("http://127.0.0.1:9", "http/protobuf", "1")
