"""One real server for all that is asked of the API, and one that follows a script."""

import shutil
from collections.abc import Iterator

import httpx
import pytest

from tests.app.api.asking import HOME, MIRA, serving_assistant
from tests.app.web.scripted import Served, serving
from tests.conftest import INVENTED, Desk

UNLIMITED = {
    "VIVAVOCE_HOSTS": '["ask.example"]',
    "VIVAVOCE_API_KEYS_REQUIRED": "false",
    "VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0",
    "VIVAVOCE_LIMIT_ADDRESS_DAY": "0",
}


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """Two people with indexes; Mira lets the pages of ``HOME`` ask and keeps her telephone number to herself."""
    folder = tmp_path_factory.mktemp("api")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    card = (INVENTED / MIRA / "profile.toml").read_text()
    desk.write(MIRA, "profile.toml", f'{card}\n[embed]\norigins = ["{HOME}"]\n')
    cv = (INVENTED / MIRA / "cv.md").read_text()
    desk.write(MIRA, "cv.md", cv + "\n## Contact\n\n- Phone: +351 912 345 678\n")
    desk.ingest(MIRA)
    return desk


@pytest.fixture(scope="session")
def desk_with_broken(tmp_path_factory: pytest.TempPathFactory, healthy: Desk) -> Desk:
    """The same, with a profile that was never ingested and one whose file is broken."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(healthy.profiles, folder / "profiles")
    shutil.copytree(healthy.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", healthy.embedder)
    desk.write("broken", "profile.toml", "name = \n")
    return desk


@pytest.fixture(scope="session")
def assistant_url(desk_with_broken: Desk) -> Iterator[str]:
    """A server of the real assistant without a model, known by one more name; it needs no pass and limits nobody."""
    with serving_assistant(desk_with_broken, **UNLIMITED) as served:
        yield served.url


@pytest.fixture
def http(assistant_url: str) -> Iterator[httpx.Client]:
    """Asks that server."""
    with httpx.Client(base_url=assistant_url, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def scripted(ingested: Desk) -> Iterator[Served]:
    """A server of the scripted respondent."""
    with serving(ingested.profiles, ingested.index) as served:
        yield served


@pytest.fixture
def script(scripted: Served) -> Iterator[httpx.Client]:
    """Asks that one."""
    with httpx.Client(base_url=scripted.url, timeout=60, trust_env=False) as client:
        yield client
