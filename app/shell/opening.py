"""What most verbs begin with: the settings, the profiles there are, and a first index where there is none."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ConfigurationError
from ingest.errors import IndexMissing

if TYPE_CHECKING:
    from app.library import Library
    from app.settings import Settings

NAME = "vivavoce"


def complain(message: str, code: int) -> int:
    """``code``, after the one line that a person reads on standard error."""
    sys.stderr.write(f"{NAME}: {message}\n")
    return code


def settings_of(
    data: Path | None, profiles: Path | None, index: Path | None, host: str | None = None, port: int | None = None
) -> "Settings":
    """The settings with what the command line says; raises what ``load_settings`` raises."""
    from app.settings import load_settings

    return load_settings(data=data, profiles=profiles, index=index, host=host, port=port)


@contextmanager
def with_local_model(settings: "Settings", is_wanted: bool) -> "Iterator[Settings]":
    """``settings`` as they are, or with the local model where ``is_wanted``; raises what ``local_model`` raises."""
    if not is_wanted:
        yield settings
        return
    from app.model.local import local_model

    with local_model(settings) as found:
        yield found


def all_slugs(library: "Library") -> tuple[str, ...]:
    """Every profile there is.

    Raises:
        ConfigurationError: there is none.
    """
    slugs = library.slugs()
    if not slugs:
        raise ConfigurationError(
            f"no profiles in {library.profiles}; make NAME/profile.toml there and put a CV beside it"
        )
    return slugs


def ingest_if_never(library: "Library", slug: str) -> None:
    """Makes the first index of a profile, so that the first question needs no other command."""
    from app.shell.terminal import progress_bars, tell_refusals
    from app.start import refresh

    try:
        library.open(slug)
    except IndexMissing:
        with progress_bars(slug) as bars:
            report = refresh(library, slug, datetime.now(UTC), bars)
        tell_refusals(report)
