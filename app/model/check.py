"""Whether the configured language model and embedding endpoint answer: one line each that says what to mend."""

import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass

from app.answer.model import Message, Model
from app.domain import Fallback
from app.errors import ConfigurationError
from app.model.fault import ModelFailed
from app.model.start import connection_of
from app.settings import Settings
from app.start import open_embedder
from ingest.embed import shown_address
from ingest.errors import EmbedderUnusable, IndexUnusable
from ingest.generation import current, verify

_ADVICE: Mapping[Fallback, str] = {
    "auth": "{where} refuses the key; check OPENAI_API_KEY",
    "connect": "{where} cannot be reached; check OPENAI_BASE_URL",
    "cut": "{where} does not end its answers; check that OPENAI_BASE_URL is an OpenAI-compatible endpoint, with /v1",
    "failed": "{where} refuses the request; check OPENAI_MODEL, OPENAI_BASE_URL and model_options",
    "filtered": "{where} filters even a harmless question; choose another model",
    "malformed": "{where} answers, but not as a model does; check that OPENAI_BASE_URL is an OpenAI-compatible endpoint, with /v1",
    "quota": "the account at {where} has no quota left; add credit there",
    "rate_limited": "{where} limits how often it is asked; try again in a minute",
    "server": "{where} has an error of its own; try again later",
    "timeout": "{where} does not answer in time; check that it runs, or raise read_s and answer_s",
    "unknown_model": "{where} has no model {name!r}; check OPENAI_MODEL and the end of OPENAI_BASE_URL",
}
_OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check found, as a line that ends with the next step where there is one."""

    is_fine: bool
    line: str


def check_model(settings: Settings) -> Checked:
    """Asks the configured model for a word; costs a few tokens, outside of every budget."""
    if not settings.asks_a_model:
        return Checked(
            True, "no language model is configured: answers are offline; set OPENAI_API_KEY or OPENAI_BASE_URL for one"
        )
    connection = connection_of(settings)
    where, model = shown_address(settings.model_url or (settings.model_class or _OPENAI)), Model(connection)
    try:
        model.require()
        with closing(model.stream([Message("user", "Say: yes")], 16)) as pieces:
            for _piece in pieces:
                pass
    except ModelFailed as error:
        # A word that is too long for the limit is an answer as well.
        if error.kind != "length":
            why = _ADVICE.get(error.kind, _ADVICE["failed"]).format(where=where, name=model.name)
            return Checked(False, f"language model: {why}; until then answers are offline")
    except ConfigurationError as error:
        return Checked(False, f"language model: {error}; until then answers are offline")
    finally:
        model.close()
    return Checked(True, f"language model: {model.name!r} at {where} answers")


def check_embedder(settings: Settings) -> Checked:
    """Embeds a word and compares the embedder with the ones that made the indexes."""
    try:
        embedder = open_embedder(settings).id
    except EmbedderUnusable as error:
        return Checked(False, f"embedder: {error}")
    others = {}
    for folder in sorted(p for p in settings.index_folder.glob("*") if p.is_dir() and not p.name.startswith(".")):
        try:
            made_by = verify(current(folder)).embedder
        except IndexUnusable:
            continue
        if made_by != embedder:
            others[folder.name] = made_by
    if others:
        slug, made_by = next(iter(others.items()))
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        line = f"the index of {slug!r}{more} was made by {made_by!r}, not by {embedder!r}; run 'vivavoce ingest'"
        return Checked(False, f"embedder: {line}")
    return Checked(True, f"embedder: {embedder!r} answers")


def tell_at_start(settings: Settings, tell: Callable[[str], object]) -> None:
    """Checks the model beside whatever else starts and tells what is wrong with it, if anything."""

    def check() -> None:
        found = check_model(settings)
        if not found.is_fine:
            tell(found.line)

    if settings.asks_a_model:
        threading.Thread(target=check, name="model check", daemon=True).start()
