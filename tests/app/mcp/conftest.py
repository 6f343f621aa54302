"""One server over HTTP, and the official client at its doors: two transports, two ages of the protocol; ``test_stdio`` speaks the older one there."""

import shutil
from collections.abc import Iterator

import httpx
import pytest

from tests.app.match.served import serving_matches
from tests.app.mcp.asking import Agent, Mode, connected, over_stdio
from tests.app.web.scripted import Served
from tests.conftest import Desk


@pytest.fixture(scope="package")
def people(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """The two small people, in folders that the servers here share."""
    folder = tmp_path_factory.mktemp("mcp")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    return Desk(folder / "profiles", folder / "index", ingested.embedder)


@pytest.fixture(scope="package")
def server(people: Desk) -> Iterator[Served]:
    """``vivavoce serve``, the page and all."""
    with serving_matches(people.profiles, people.index) as served:
        # What every question needs is made with the first, once for all of the servers.
        body = {"profile": "mira-okonjo", "question": "hello"}
        assert httpx.post(f"{served.url}/v1/ask", json=body, timeout=60, trust_env=False).status_code == 200
        yield served


@pytest.fixture(scope="package")
def routed(people: Desk, server: Served) -> Desk:
    """The same people, once a first question has been asked."""
    return people


@pytest.fixture(scope="package", params=["stdio", "http", "http-2025"])
def agent(request: pytest.FixtureRequest, routed: Desk, server: Served) -> Iterator[Agent]:
    """The official client, connected."""
    transport, _, age = request.param.partition("-")
    mode: Mode = "legacy" if age else "auto"
    if transport == "stdio":
        with over_stdio(*routed.options, mode=mode) as found:
            yield found
    else:
        with connected(f"{server.url}/mcp", mode) as found:
            yield found
