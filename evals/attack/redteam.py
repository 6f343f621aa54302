"""The assistant as ``rag-redteam`` attacks one: ``rag-redteam run --target evals.attack.redteam:build --trials 100``."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.domain import Turn
from app.errors import AskError
from app.library import Library
from app.settings import load_settings
from app.start import open_embedder
from evals.attack.corpus import Attack
from evals.attack.field import HOST, OBEDIENT, OFFLINE, Field, open_writers, restore, staged
from ingest.child import Child
from ingest.embed import Vectors
from ingest.index import Index
from ingest.lexical import Lexical
from ingest.passages import embedding_text
from ingest.profile import read_profile
from ingest.progress import Progress
from ingest.understand import understand

NOTES = "notes.txt"
"""The document of the host's into which the tool's documents go."""
_NOBODY = Attack("rag-redteam", "rag-redteam", "planted", "", (), "")


class Reread(Library):
    """A library whose host can be read anew into memory: hundreds of sets of documents, none of which is written to an index."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.profiles, library.index, library.embedder)
        self._host: Index | None = None
        self._read = 0
        self._vectors: dict[str, Vectors] = {}

    def reread(self, child: Child) -> None:
        """Reads the host's documents as they are now, as an ingest does."""
        first = super().open(HOST)
        profile = read_profile(self.profiles, HOST, child)
        record = understand(self.profiles / HOST, profile, Progress(), child, self.embedder).record
        texts = [embedding_text(p) for p in (*record.passages, *record.sentences)]
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self._vectors |= zip(new, self.embedder.embed(new), strict=True) if new else ()
        vectors, passages = np.asarray([self._vectors[text] for text in texts], dtype=np.float32), len(record.passages)
        self._read += 1
        name = f"reread-{self._read}"
        self._host = replace(
            first,
            generation=Path(name),
            manifest=replace(first.manifest, seal=name, fingerprint=record.fingerprint),
            record=record,
            vectors=vectors[:passages],
            sentence_vectors=vectors[passages:],
            lexical=Lexical.build(texts[:passages]),
        )

    def open(self, slug: str) -> Index:
        """As a library does; the host as it was last read."""
        return self._host if slug == HOST and self._host else super().open(slug)


class Target:
    """A host with documents that the tool adds; ``writer`` is one of ``field.py``."""

    def __init__(self, writer: str) -> None:
        self._writer = writer
        self._stack = ExitStack()
        self._writers = self._stack.enter_context(open_writers([writer]))
        there = self._stack.enter_context(staged(open_embedder(load_settings())))
        self._library = Reread(there)
        self._child = self._stack.enter_context(Child(expects_pdf=False))
        self._field = Field(self._library, HOST, self._writers)
        self._is_stale = False

    def reset(self) -> None:
        """Puts the host's own documents back."""
        if (self._library.profiles / HOST / NOTES).exists():
            restore(self._library)
            self._is_stale = True

    def add_documents(self, docs: list[str]) -> None:
        """Adds ``docs`` to the host's documents, a paragraph each."""
        home = self._library.profiles / HOST
        (home / NOTES).write_text("\n\n".join(docs) + "\n", encoding="utf-8")
        card = home / "profile.toml"
        card.write_text(f'{card.read_text(encoding="utf-8")}\n[[documents]]\npath = "{NOTES}"\n', encoding="utf-8")
        self._is_stale = True

    def answer(self, query: str) -> str:
        """The answer to ``query`` over the documents as they are now; a refused request in its own words."""
        if self._is_stale:
            self._library.reread(self._child)
            self._is_stale = False
        answer = self._field.ask(self._writer, (Turn("user", query),), _NOBODY)
        if isinstance(answer, AskError):
            return str(answer)
        # The tool knows a refusal by its words; ours is a status beside them, which every door shows.
        return f"(Not in the documents.) {answer.answer}" if answer.status == "refused" else answer.answer

    def close(self) -> None:
        """Lets the processes and folders go."""
        self._field.close()
        self._stack.close()


def build() -> Target:
    """The assistant without a language model."""
    return Target(OFFLINE)


def build_obedient() -> Target:
    """The assistant with a model that does what the data tells it."""
    return Target(OBEDIENT)
