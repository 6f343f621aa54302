"""The profiles at hand and their opened indexes, each following its pointer as ingests publish new generations.

What is open answers from memory: a generation that is damaged, on its way or once it lies there, displaces nothing and is told of by ``health``.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from app.model.breaker import Breaker
from ingest.domain import Profile
from ingest.embed import Embedder, Vectors
from ingest.errors import EmbedderUnusable, IndexUnusable, IngestError, OwnerError, ProfileNotFound
from ingest.generation import pointer_of, verify
from ingest.index import Index, open_index
from ingest.profile import FILE_NAME, list_slugs, read_card

_LOG = logging.getLogger(__name__)
_RETRY_S = 5.0
"""How long a generation that cannot be used is let be before it is looked at again."""
_SETTLED_NS = 2_000_000_000
"""A file that was written more recently may be written again without looking different; what was read of it is not kept."""
_CHECK_S = 30.0
"""How long a generation that was found whole on disk is taken to be so."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the index of one profile is."""

    state: Literal["verified", "degraded", "unusable"]
    """``degraded``: questions are answered, but not from the generation that the pointer names, or that one is damaged on disk."""
    reason: str = ""
    """One line that ends with the next step; empty where all is well."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What answers for one profile."""

    index: Index
    pointer: tuple[int, int] | None
    """Which pointer there was when the index was opened, or opening was last tried."""
    fault: str
    """Why the index is not the generation that the pointer names; empty where it is."""
    looked: float
    """When that was found out, in seconds of a clock that does not jump."""


class Library:
    """Opens each profile's index when it is first asked for and again when a new generation is published."""

    def __init__(self, profiles: Path, index: Path, embedder: Embedder) -> None:
        self.profiles = profiles
        self.index = index
        self.embedder = embedder
        self._opened: dict[str, _Held] = {}
        self._whole: dict[str, tuple[Path, float]] = {}
        """By slug the generation that was last found whole on disk, and when."""
        self._cards: dict[str, tuple[tuple[int, int, int], Profile]] = {}
        self._lock = threading.Lock()
        self._breaker = Breaker(time.monotonic, failures=1)

    def slugs(self) -> tuple[str, ...]:
        """The slugs of the profiles on disk, in order."""
        return list_slugs(self.profiles)

    def profile(self, slug: str) -> Profile:
        """The profile as its file says now; its sources only where the file names them.

        Raises:
            ProfileNotFound, ProfileInvalid: see ``ingest.profile``.
        """
        try:
            found = (self.profiles / slug / FILE_NAME).stat()
        except (OSError, ValueError):
            return read_card(self.profiles, slug)  # Which says what is wrong.
        state = (found.st_ino, found.st_size, found.st_mtime_ns)
        known = self._cards.get(slug)
        if known is not None and known[0] == state:
            return known[1]
        card = read_card(self.profiles, slug)
        if time.time_ns() - found.st_mtime_ns > _SETTLED_NS:
            self._cards[slug] = (state, card)
        return card

    def others(self, slug: str) -> Iterator[Profile]:
        """The profiles besides ``slug``; one that its owner has broken is left out, and keeps nobody else from answering."""
        for other in self.slugs():
            if other != slug:
                with suppress(OwnerError):
                    yield self.profile(other)

    def open(self, slug: str) -> Index:
        """The newest usable generation of ``slug``; once one is open, a damaged or missing newer one does not displace it.

        Raises:
            ProfileNotFound: there is no such profile.
            IndexUnusable: nothing is open and the generation on disk cannot be used.
        """
        if slug not in self.slugs():
            self._opened.pop(slug, None)
            read_card(self.profiles, slug)
            raise ProfileNotFound(f"no profile {slug!r}; see 'vivavoce list'")
        with self._lock:
            held = self._opened.get(slug)
            if held is None or self._is_due(slug, held):
                held = self._opened[slug] = self._reopened(slug, held)
            return held.index

    def health(self, slug: str) -> Health:
        """How the index of ``slug`` is, in memory and on disk; its files are compared with their manifest every half minute at most."""
        try:
            index = self.open(slug)
        except IngestError as error:
            return Health("unusable", str(error))
        held = self._opened.get(slug)
        if held is not None and held.fault:
            return Health("degraded", held.fault)
        whole, when = self._whole.get(slug, (None, 0.0))
        if whole != index.generation or time.monotonic() - when >= _CHECK_S:
            try:
                verify(index.generation)
            except IndexUnusable as error:
                if self.open(slug) is not index:
                    return self.health(slug)  # It was replaced while it was read.
                return Health("degraded", str(error))
            self._whole[slug] = (index.generation, time.monotonic())
        return Health("verified")

    def _is_due(self, slug: str, held: _Held) -> bool:
        """Whether there may be something better on disk than what is held."""
        if held.pointer != self._pointer(slug):
            return True
        return bool(held.fault) and time.monotonic() - held.looked >= _RETRY_S

    def _reopened(self, slug: str, held: _Held | None) -> _Held:
        """The best that is on disk, or what is held where that is nothing."""
        pointer = self._pointer(slug)
        try:
            index = open_index(self.index / slug, self._embedder_id())
        except IndexUnusable as error:
            if held is None:
                raise
            return self._faulty(slug, held, _Held(held.index, pointer, str(error), time.monotonic()))
        fault = index.instead
        if held is not None and index.key == held.index.key:
            index = replace(held.index, generation=index.generation, instead=fault)
        return self._faulty(slug, held, _Held(index, pointer, fault, time.monotonic()))

    def _faulty(self, slug: str, before: _Held | None, now: _Held) -> _Held:
        """``now``, told of once."""
        if now.fault and (before is None or before.fault != now.fault):
            _LOG.error("%s; %s of %r answers", now.fault, now.index.generation.name, slug)
        return now

    def _pointer(self, slug: str) -> tuple[int, int] | None:
        """What changes with every ingest that publishes; ``None`` where nothing is published."""
        try:
            found = pointer_of(self.index / slug).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def vector(self, index: Index, text: str) -> Vectors:
        """The unit vector of ``text`` as ``index`` compares it.

        Where the embedder cannot be asked, or is not the one that made the index, it is zero and near to nothing: then words alone decide.
        """
        nothing = np.zeros(index.vectors.shape[1], dtype=np.float32)
        if self._embedder_id() != index.manifest.embedder:
            return nothing
        try:
            vector: Vectors = self.embedder.embed([text])[0]
        except EmbedderUnusable as error:
            self._let_be(error)
            return nothing
        return vector

    def _embedder_id(self) -> str | None:
        """``None`` where the embedder cannot be asked, and for a while after it could not."""
        if not self._breaker.lets_through():
            return None
        try:
            known = self.embedder.id
        except EmbedderUnusable as error:
            self._let_be(error)
            return None
        self._breaker.succeeded()
        return known

    def _let_be(self, error: EmbedderUnusable) -> None:
        self._breaker.failed("connect")
        _LOG.warning("%s; until it answers, questions find the passages that have their words", error)
