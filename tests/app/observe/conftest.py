"""One server with everything that can be observed of it switched on, for all that only asks it."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from evals.scripted import MODEL, Provider, faithful, serving
from tests.app.observe.running import SCRIPTED, TOKEN, Collector, Running, collecting_http, running
from tests.conftest import Desk

MIRA = "mira-okonjo"


@dataclass(frozen=True, slots=True)
class Watched:
    """A server of the real assistant with a scripted model, its provider, and the collector of its traces."""

    server: Running
    provider: Provider
    collector: Collector
    desk: Desk


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory, observed_desk: Desk) -> Iterator[Watched]:
    """It logs all there is to log."""
    folder = tmp_path_factory.mktemp("watched")
    with serving(faithful) as provider, collecting_http() as collector:
        settings = {
            "VIVAVOCE_LOG_LEVEL": "debug",
            "VIVAVOCE_METRICS_TOKEN": TOKEN,
            "VIVAVOCE_MODEL_PRICE_PROMPT": "1",
            "VIVAVOCE_MODEL_PRICE_COMPLETION": "2",
            "VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0",
            "VIVAVOCE_LIMIT_ADDRESS_DAY": "0",
            "OPENAI_BASE_URL": provider.url,
            "OPENAI_MODEL": MODEL,
            "OPENAI_API_KEY": "a-key-without-a-telling-form",
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        with running(observed_desk, folder, **settings) as server:
            yield Watched(server, provider, collector, observed_desk)


@pytest.fixture(scope="session")
def observed_desk(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """Two people with indexes; Mira keeps her telephone number to herself."""
    folder = tmp_path_factory.mktemp("observed")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    path = desk.profiles / MIRA / "cv.md"
    path.write_text(path.read_text() + "\n## Contact\n\n- Phone: +351 912 345 678\n")
    desk.ingest(MIRA)
    return desk


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Iterator[Running]:
    """A server that fails as its script says."""
    with running(ingested, tmp_path_factory.mktemp("failing"), SCRIPTED) as server:
        yield server


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Puts back what ``set_up_logs`` changes."""
    root = logging.getLogger()
    handlers, level, raises = list(root.handlers), root.level, logging.raiseExceptions
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raises


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """For what a server writes."""
    return tmp_path / "output"
