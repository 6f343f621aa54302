"""What lies on disk for each profile: its documents, what was understood of them, and whether its index answers."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.library import Library
from ingest.errors import IndexMismatch, IndexMissing, IndexUnusable, OwnerError
from ingest.index import Index
from ingest.materials import materials_of
from ingest.profile import read_profile

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
    assisted: int
    """How many of the facts a language model contributed."""
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
        return Shelf(slug, None, (), {}, "invalid", None, None, 0, str(error))
    try:
        index = library.open(slug)
    except IndexUnusable as error:
        sources = read_profile(library.profiles, slug).sources
        return Shelf(slug, profile.name, tuple(s.path for s in sources), {}, _state(error), None, None, 0, str(error))
    fresh = _is_fresh(library, slug, index)
    return Shelf(
        slug=slug,
        name=profile.name,
        documents=tuple(source.path for source in index.record.profile.sources),
        facts=dict(Counter(fact.kind for fact in index.record.facts)),
        state="ready" if fresh else "outdated",
        generation=index.generation.name,
        created=index.manifest.created,
        assisted=len(index.manifest.assisted.facts) if index.manifest.assisted else 0,
        hint=None if fresh else f"the sources of {slug!r} have changed; run 'vivavoce ingest {slug}'",
    )


def _state(error: IndexUnusable) -> State:
    match error:
        case IndexMissing():
            return "missing"
        case IndexMismatch():
            return "mismatch"
        case _:
            return "damaged"


def _is_fresh(library: Library, slug: str, index: Index) -> bool:
    """Whether ``index`` was made from the files that are there now."""
    return index.manifest.materials == materials_of(library.profiles / slug)
