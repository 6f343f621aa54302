"""A scripted server with three people for all, a browser a module, and visitors on a desk, on a phone and at night."""

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.app.web.chromium import chromium
from tests.app.web.scripted import TAGS, Served, serving
from tests.app.web.visiting import DESK, PHONE, Visit, visiting
from tests.conftest import PEOPLE, Desk

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest PNG."""


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """The two invented people, and one whose every text is markup and who has a photo."""
    desk = ingested.copied(tmp_path_factory.mktemp("page"), *PEOPLE)
    desk.write(
        "tagged", "profile.toml", f"name = '{TAGS}'\nphoto = 'me.png'\nlinks = ['https://tagged.example/home']\n"
    )
    desk.write(
        "tagged",
        "cv.txt",
        f"Tagged Person\n\nEXPERIENCE\n\nSenior {TAGS} Researcher 2020 - 2024\n\n" + "More work. " * 40,
    )
    desk.write("tagged", "me.png", PIXEL)
    desk.ingest("tagged")
    return desk


@pytest.fixture(scope="session")
def server(desk: Desk) -> Iterator[Served]:
    with serving(desk.profiles, desk.index) as served:
        yield served


# A browser holds the event loop of the process that drives it, which other tests need: none outlives its module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, viewport=DESK, color_scheme="light", locale="en-GB")


@pytest.fixture
def phone(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(
        browser, server, viewport=PHONE, is_mobile=True, has_touch=True, color_scheme="light", locale="en-GB"
    )


@pytest.fixture
def night(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, viewport=DESK, color_scheme="dark", reduced_motion="reduce", locale="en-GB")
