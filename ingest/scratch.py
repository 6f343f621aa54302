"""Folders for a moment: private copies of what others must not see opened, and what to say where there is no room for them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import IndexDamaged, IndexUnusable

_ROOM_BYTES = 1 << 20
"""With less room than this a copy failed for want of it."""


@contextmanager
def private_copy(generation: Path) -> Iterator[Path]:
    """A copy of ``generation`` that nobody else opens.

    Raises:
        IndexDamaged: it cannot be read.
        IndexUnusable: there is no room for it.
    """
    slug = generation.parent.name
    with temporary() as private:
        copy = private / slug / generation.name
        try:
            shutil.copytree(generation, copy)
        except OSError as error:
            if shutil.disk_usage(private).free < _ROOM_BYTES:
                raise _no_room(str(private)) from error
            raise IndexDamaged(unreadable(slug)) from error
        yield copy


@contextmanager
def temporary() -> Iterator[Path]:
    """An empty folder that is gone afterwards.

    Raises:
        IndexUnusable: none can be made.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="vivavoce-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room("the folder for temporary files") from error
    with folder:
        yield Path(folder.name)


def unreadable(slug: str) -> str:
    """What is said of an index of which a file cannot be read."""
    return f"the index of {slug!r} cannot be read; run 'vivavoce ingest {slug} --rebuild'"


def _no_room(place: str) -> IndexUnusable:
    return IndexUnusable(f"{place} takes no copy of the index; make room there, or name another folder in TMPDIR")
