"""The profiles at hand and their opened indexes, each following its pointer as ingests publish new generations."""

import threading
from pathlib import Path

from ingest.domain import Profile
from ingest.embed import Embedder
from ingest.errors import IndexUnusable, ProfileNotFound
from ingest.generation import current
from ingest.index import Index, open_index
from ingest.profile import list_slugs, read_card


class Library:
    """Opens each profile's index when it is first asked for and again when a new generation is published."""

    def __init__(self, profiles: Path, index: Path, embedder: Embedder) -> None:
        self.profiles = profiles
        self.index = index
        self.embedder = embedder
        self._opened: dict[str, Index] = {}
        self._lock = threading.Lock()

    def slugs(self) -> tuple[str, ...]:
        """The slugs of the profiles on disk, in order."""
        return list_slugs(self.profiles)

    def profile(self, slug: str) -> Profile:
        """The profile as its file says now; its sources only where the file names them.

        Raises:
            ProfileNotFound, ProfileInvalid: see ``ingest.profile``.
        """
        return read_card(self.profiles, slug)

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
                    held = self._opened[slug] = open_index(self.index / slug, self.embedder.id)
            except IndexUnusable:
                if held is None:
                    raise
            return held
