"""The profiles at hand and their opened indexes, each following its pointer as ingests publish new generations."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from app.model.breaker import Breaker
from ingest.domain import Profile
from ingest.embed import Embedder, Vectors
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound
from ingest.generation import current
from ingest.index import Index, open_index
from ingest.profile import list_slugs, read_card

_LOG = logging.getLogger(__name__)


class Library:
    """Opens each profile's index when it is first asked for and again when a new generation is published."""

    def __init__(self, profiles: Path, index: Path, embedder: Embedder) -> None:
        self.profiles = profiles
        self.index = index
        self.embedder = embedder
        self._opened: dict[str, Index] = {}
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
        return read_card(self.profiles, slug)

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
            try:
                if held is None or current(self.index / slug) != held.generation:
                    held = self._opened[slug] = open_index(self.index / slug, self._embedder_id())
            except IndexUnusable:
                if held is None:
                    raise
            return held

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
