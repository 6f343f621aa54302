"""What lies on disk for each profile: its documents, what was understood of them, and whether its index answers."""

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.library import Library
from ingest.domain import Profile
from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, OwnerError
from ingest.index import Index

State = Literal["ready", "outdated", "missing", "mismatch", "damaged", "invalid"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One profile as it lies on disk."""

    slug: str
    name: str | None
    """``None`` where ``profile.toml`` cannot be read."""
    documents: tuple[str, ...]
    facts: dict[str, int]
    """Facts by kind; empty where no index can be read."""
    state: State
    """``outdated``: the index answers, but a source or ``profile.toml`` has changed since."""
    generation: str | None
    created: str | None
    """When the index was made, UTC, ISO 8601."""
    hint: str | None
    """What is wrong and what to do, where the state is not ``ready``."""

    def to_json(self) -> dict[str, Any]:
        """The shelf as a JSON object."""
        return asdict(self)


def shelves(library: Library) -> tuple[Shelf, ...]:
    """Every profile of ``library``, in order; the broken ones too."""
    return tuple(_shelf(library, slug) for slug in library.slugs())


def _shelf(library: Library, slug: str) -> Shelf:
    try:
        profile = library.profile(slug)
    except OwnerError as error:
        return Shelf(slug, None, (), {}, "invalid", None, None, str(error))
    documents = tuple(source.path for source in profile.sources)
    try:
        index = library.open(slug)
    except IndexMissing as error:
        return Shelf(slug, profile.name, documents, {}, "missing", None, None, str(error))
    except IndexMismatch as error:
        return Shelf(slug, profile.name, documents, {}, "mismatch", None, None, str(error))
    except IndexDamaged as error:
        return Shelf(slug, profile.name, documents, {}, "damaged", None, None, str(error))
    fresh = _is_fresh(library, profile, index)
    return Shelf(
        slug=slug,
        name=profile.name,
        documents=documents,
        facts=dict(Counter(fact.kind for fact in index.record.facts)),
        state="ready" if fresh else "outdated",
        generation=index.generation.name,
        created=index.manifest.created,
        hint=None if fresh else f"the sources of {slug!r} have changed; run 'vivavoce ingest {slug}'",
    )


def _is_fresh(library: Library, profile: Profile, index: Index) -> bool:
    """Whether ``index`` was made from the files that are there now."""
    folder = library.profiles / profile.slug
    now = {}
    for source in profile.sources:
        path = folder / source.path
        now[source.path] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return now == index.manifest.sources and profile == index.record.profile
