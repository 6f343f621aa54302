"""Whether a disk takes another index, and what is said where it does not."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import IndexUnwritable


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Says what is wrong with the disk of ``folder`` where that is what ends the work inside.

    Raises:
        IndexUnwritable: it is full, or may not be written to.
    """
    try:
        yield
    except OSError as error:
        place = str(error.filename or folder)
        # A copy of a folder tells of all its failures at once, in words.
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} or os.strerror(errno.ENOSPC) in str(error):
            free = shutil.disk_usage(next(p for p in [folder, *folder.parents] if p.exists())).free
            message = f"no room to write {place!r} ({free / 1e6:.1f} MB free); make some and run again"
        elif error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            message = (
                f"{place!r} cannot be written ({error.strerror}); see its permissions, or choose another with --index"
            )
        else:
            raise
        raise IndexUnwritable(message) from error


def see_room(folder: Path) -> None:
    """Raises ``IndexUnwritable`` where another generation and its spare, as large as what there is, would not fit beside it."""
    needed = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise IndexUnwritable(
            f"a new index of {folder.name!r} takes some {needed / 1e6:.1f} MB beside the old one, and {free / 1e6:.1f} MB are free; "
            f"make room in {str(folder)!r} and run again"
        )
