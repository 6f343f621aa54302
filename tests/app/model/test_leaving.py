"""Whoever leaves stops the provider's call, at every door; how soon is for `evals.bench.leaving` to say."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.library import Library
from app.settings import Settings
from evals.bench.leaving import (
    MOMENTS_S,
    PATIENCE_S,
    PAUSE_S,
    SHELLS,
    caller_left_s,
    endless,
    interrupted,
    page_left_s,
    whole,
)
from evals.bench.serving import serving
from evals.bench.streams import modelled
from evals.scripted import Provider
from evals.scripted import serving as serving_model
from tests.app.web.chromium import chromium
from tests.conftest import Desk

NOW = "Where does she work now?"
SLUG = "mira-okonjo"


@dataclass(frozen=True, slots=True)
class Served:
    """A server whose model never comes to an end."""

    port: int
    provider: Provider


@pytest.fixture(scope="module")
def library(ingested: Desk, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The two small people, for all that is started here."""
    folder = tmp_path_factory.mktemp("leaving")
    shutil.copytree(ingested.index, folder / "index")
    return Library(ingested.profiles, folder / "index", ingested.embedder)


@pytest.fixture(scope="module")
def served(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server, asked once before: the first call of a process imports for seconds."""
    folder = tmp_path_factory.mktemp("served")
    with (
        serving_model(endless, PAUSE_S) as provider,
        serving(library.profiles, library.index, environment=modelled(provider, folder), log_folder=folder) as server,
    ):
        caller_left_s(server.port, whole(SLUG, NOW), provider)
        yield Served(server.port, provider)


def test_at_the_api(served: Served) -> None:
    assert caller_left_s(served.port, whole(SLUG, NOW), served.provider) < PATIENCE_S


@pytest.mark.parametrize("words", SHELLS, ids=" ".join)
def test_in_the_shell_by_an_interrupt(library: Library, words: tuple[str, ...], tmp_path: Path) -> None:
    with serving_model(endless, PAUSE_S) as provider:
        seen = interrupted(words, library, tmp_path, provider, SLUG, NOW)
    assert seen.left_s < PATIENCE_S
    assert seen.status == (0 if words == ("chat",) else 130)
    assert "Traceback" not in seen.said


@pytest.mark.browser
@pytest.mark.parametrize("after_s", MOMENTS_S.values(), ids=MOMENTS_S)
def test_at_the_page_by_closing_the_tab(served: Served, after_s: float) -> None:
    address = f"http://127.0.0.1:{served.port}/?profile={SLUG}"
    with chromium() as browser:
        assert page_left_s(browser, address, served.provider, after_s, NOW) < PATIENCE_S


def test_settings_have_the_time_outs_that_are_promised() -> None:
    settings = Settings()
    assert (settings.connect_s, settings.read_s) == (3.0, 15.0)
