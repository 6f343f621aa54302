"""From settings to what every door starts with: embedder, library, assistant, and indexes that are up to date."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from app.assistant import Assistant
from app.errors import ConfigurationError
from app.library import Library
from app.settings import Settings
from ingest.assisted.proposal import Understander
from ingest.build import Progress, Report, ingest
from ingest.embed import Embedder, MiniLM, OpenAICompatible
from ingest.errors import IngestError


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that ``settings`` name: an endpoint where one is configured, otherwise the installed model.

    Raises:
        EmbedderUnusable: the model's files are missing or are not the pinned ones.
    """
    if settings.embedding_url is None:
        return MiniLM.installed(settings.threads)
    key = settings.embedding_key or (settings.model_key if settings.embedding_url == settings.model_url else None)
    return OpenAICompatible(settings.embedding_url, settings.embedding_model, key.get_secret_value() if key else "none")


def open_library(settings: Settings) -> Library:
    """The profiles and indexes of the folders that ``settings`` name; raises what ``open_embedder`` raises."""
    return Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))


def open_assistant(settings: Settings, library: Library) -> Assistant:
    """The assistant over ``library`` with the limits of ``settings``, and with the language model that they name, if any."""
    if not settings.asks_a_model:
        return Assistant(library, settings.question_chars, settings.turns)
    from app.model.start import open_writer

    return Assistant(library, settings.question_chars, settings.turns, open_writer(settings, library.embedder))


Helper = Callable[[str], Understander]
"""Makes the one who helps an ingest, from the name of the profile's person."""


@contextmanager
def open_helper(settings: Settings, is_wanted: bool = False) -> Iterator[Helper | None]:
    """The language model as a help for ingests, where ``settings`` say so or it ``is_wanted``; else, or without a model, ``None``.

    Raises:
        ConfigurationError: it is wanted, and no model is configured.
    """
    if is_wanted and not settings.asks_a_model:
        raise ConfigurationError(
            "no language model is configured; set OPENAI_API_KEY or OPENAI_BASE_URL, or leave --with-model out"
        )
    if not (settings.asks_a_model and (is_wanted or settings.extract_with_model)):
        yield None
        return
    from app.model.extract import open_extraction

    with open_extraction(settings) as helper:
        yield helper


def refresh(
    library: Library, slug: str, now: datetime, progress: Progress, rebuild: bool = False, helper: Helper | None = None
) -> Report:
    """Brings the index of one profile up to date; raises what ``ingest.build.ingest`` raises."""
    understander = helper(library.profile(slug).name) if helper else None
    return ingest(
        library.profiles, library.index, slug, library.embedder, now, progress, rebuild, understander=understander
    )


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of several ingests."""

    reports: tuple[Report, ...]
    failures: tuple[tuple[str, IngestError], ...]
    """Slug and reason of each that failed; its old index, where there is one, stays."""


def refresh_all(
    library: Library,
    slugs: Iterable[str],
    now: datetime,
    progress: Progress,
    rebuild: bool = False,
    helper: Helper | None = None,
) -> Refreshed:
    """Brings the indexes of ``slugs`` up to date; one that fails does not keep the others from theirs."""
    reports: list[Report] = []
    failures: list[tuple[str, IngestError]] = []
    for slug in slugs:
        try:
            reports.append(refresh(library, slug, now, progress, rebuild, helper))
        except IngestError as error:
            failures.append((slug, error))
    return Refreshed(tuple(reports), tuple(failures))
