"""From settings to what every door starts with: embedder, library, assistant, and indexes that are up to date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.assistant import Assistant
from app.library import Library
from app.settings import Settings
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


def refresh(library: Library, slug: str, now: datetime, progress: Progress, rebuild: bool = False) -> Report:
    """Brings the index of one profile up to date; raises what ``ingest.build.ingest`` raises."""
    return ingest(library.profiles, library.index, slug, library.embedder, now, progress, rebuild)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of several ingests."""

    reports: tuple[Report, ...]
    failures: tuple[tuple[str, IngestError], ...]
    """Slug and reason of each that failed; its old index, where there is one, stays."""


def refresh_all(
    library: Library, slugs: Iterable[str], now: datetime, progress: Progress, rebuild: bool = False
) -> Refreshed:
    """Brings the indexes of ``slugs`` up to date; one that fails does not keep the others from theirs."""
    reports: list[Report] = []
    failures: list[tuple[str, IngestError]] = []
    for slug in slugs:
        try:
            reports.append(refresh(library, slug, now, progress, rebuild))
        except IngestError as error:
            failures.append((slug, error))
    return Refreshed(tuple(reports), tuple(failures))
