"""A browser, the scripted server and the homepages, one of each a module; a guest on a desk and one on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.app.web.chromium import chromium
from tests.app.web.visiting import PHONE
from tests.app.widget.backend import Backend, Homepages, serving_homepages, serving_widget
from tests.app.widget.guest import Guest, visiting
from tests.conftest import copy_people


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("widget")
    copy_people(folder)
    with serving_widget(folder, folder) as backend:
        yield backend


@pytest.fixture(scope="module")
def pages(server: Backend) -> Iterator[Homepages]:
    with serving_homepages(server.url) as found:
        yield found


@pytest.fixture
def backend(server: Backend) -> Backend:
    """The server, having forgotten what was asked before."""
    server.asked.clear()
    server.rated.clear()
    server.seen.clear()
    server.left.clear()
    server.go_on.clear()
    server.refused, server.is_down = 0, False
    return server


@pytest.fixture
def guest(browser: Browser, backend: Backend, pages: Homepages) -> Iterator[Guest]:
    with visiting(browser, backend, pages) as found:
        yield found
        assert found.complaints == []


@pytest.fixture
def phone(browser: Browser, backend: Backend, pages: Homepages) -> Iterator[Guest]:
    with visiting(browser, backend, pages, viewport=PHONE, is_mobile=True, has_touch=True) as found:
        yield found
        assert found.complaints == []
