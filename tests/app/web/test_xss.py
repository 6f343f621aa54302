"""Payloads in every text that is shown, through every door, in a real Chromium that no policy helps: none runs, none asks for anything elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from evals.attack.markup import read_payloads
from evals.attack.speaker import speaking, stage
from evals.attack.window import Seen, watching
from evals.attack.xss import Doors, Homepage, Missing, control, done, homepage
from tests.app.web.chromium import chromium

pytestmark = pytest.mark.browser
PAYLOADS = read_payloads()
ONE_EACH = list({p.kind: p for p in PAYLOADS}.values())
"""One of each kind; ``python -m evals.attack.xss --all`` names people and chooses looks by all of them."""


@pytest.fixture(scope="module")
def home() -> Iterator[Homepage]:
    with homepage() as server:
        yield server


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, home: Homepage) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("xss")
    stage(folder, ONE_EACH[:9], home.url)
    with speaking(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def doors(browser: Browser, url: str, home: Homepage) -> Doors:
    return Doors(browser, url, home, PAYLOADS)


def test_there_are_payloads_enough_and_no_two_are_the_same() -> None:
    assert len(PAYLOADS) >= 400
    assert len({re.sub(r"\d+", "", p.text) for p in PAYLOADS}) >= 400
    assert len({p.kind for p in PAYLOADS}) >= 12


def test_what_watches_sees_payloads_act_where_nothing_protects_a_page(browser: Browser, home: Homepage) -> None:
    seen = control(browser, home, PAYLOADS[::9])
    assert len(seen.ran) >= 10
    assert len(seen.outside) >= 5
    assert len(seen.armed) >= 20


def test_what_watches_sees_what_only_a_policy_prevented(browser: Browser, url: str) -> None:
    with watching(browser, url, without_policy=False) as window:
        window.page.goto(f"{url}/embed/speaker")
        window.page.locator("textarea").wait_for()
        window.page.evaluate(
            "document.body.append(Object.assign(new Image(), { src: 'https://vv-outside.example/1' }))"
        )
        window.page.evaluate("document.body.append(Object.assign(document.createElement('p'), { textContent: 'x' }))")
        window.look()
    assert [what.split()[0] for what in window.seen.blocked] == ["img-src"]
    assert len(window.seen.armed) == 1


def test_payloads_that_did_not_arrive_are_no_success(doors: Doors, browser: Browser, url: str) -> None:
    with watching(browser, url) as window:
        window.page.goto(f"{url}/embed/speaker")
        with pytest.raises(Missing):
            doors.arrived(window, "nowhere", PAYLOADS)


@pytest.mark.parametrize(
    ("door", "places"),
    [
        ("page, answers", {"greeting", "answer", "memory"}),
        ("page, questions", {"question", "evidence"}),
        ("page, people", {"name", "address"}),
        ("page, record", {"record"}),
        ("page, match", {"job description", "saved report"}),
        ("frame", {"answer", "question"}),
        ("widget", {"answer", "question"}),
        ("looks", {"looks"}),
    ],
)
def test_no_payload_does_anything(door: str, places: set[str], doors: Doors) -> None:
    seen: Seen = done(doors, ONE_EACH)[door]()
    assert seen.harm == []
    assert seen.shown == places


def test_under_its_own_policies_the_pages_ask_for_nothing_that_they_forbid(browser: Browser, url: str) -> None:
    for address in (f"{url}/?profile=speaker", f"{url}/embed/speaker"):
        with watching(browser, url, without_policy=False) as window:
            window.page.goto(address)
            window.page.locator("textarea:visible").first.wait_for()
            window.look()
            assert window.seen.harm == [], address


def test_a_staged_profile_says_payloads_in_its_files(tmp_path: Path) -> None:
    stage(tmp_path, (), "http://127.0.0.1:9")
    names = [p.name for p in (tmp_path / "profiles" / "speaker").iterdir()]
    assert sum("vvran" in name for name in names) >= 10
