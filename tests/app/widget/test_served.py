"""The chat over the real server: the same answer as at the API's door, under the real rules about origins and headers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.app.match.served import serving_matches
from tests.app.widget.backend import Backend, Homepages, serving_homepages
from tests.app.widget.guest import visiting
from tests.conftest import INVENTED

pytestmark = pytest.mark.browser
QUESTION = "Where does she work now?"


@dataclass(frozen=True, slots=True)
class Place:
    """The real server, and a homepage that one of its profiles lists."""

    backend: Backend
    pages: Homepages


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    profiles = tmp_path_factory.mktemp("served") / "profiles"
    with serving_homepages("") as pages:
        shutil.copytree(INVENTED / "mira-okonjo", profiles / "mira-okonjo")
        with (profiles / "mira-okonjo" / "profile.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[embed]\norigins = ['{pages.url}/', 'nonsense; script-src *']\n")
        (profiles / "closed").mkdir()
        (profiles / "closed" / "profile.toml").write_text("name = 'Closed Person'\n", encoding="utf-8")
        with serving_matches(profiles, profiles.parent / "index") as served:
            pages.api = served.url
            yield Place(Backend(served.url), pages)


def test_the_answer_is_that_of_the_api(browser: Browser, place: Place) -> None:
    asked = {"profile": "mira-okonjo", "question": QUESTION}
    plain = httpx.post(f"{place.backend.url}/v1/ask", json=asked, trust_env=False, timeout=60).json()
    assert plain["citations"]
    with visiting(browser, place.backend, place.pages) as guest:
        guest.visit("plain")
        guest.open()
        expect(guest.page.locator(".chips button").first).to_be_visible()
        guest.ask(QUESTION)
        (answer,) = guest.heard("answer")
        same = plain.keys() - {"timings_ms"}
        assert {key: answer[key] for key in same} == {key: plain[key] for key in same}
        chips = guest.last.locator(".n")
        assert chips.count() >= 1
        chips.first.click()
        expect(guest.page.locator("blockquote")).to_have_text(plain["citations"][0]["quote"])
        guest.page.get_by_role("button", name="Back").click()
        guest.last.get_by_role("button", name="Helpful", exact=True).click()
        expect(guest.last.get_by_role("status")).to_have_text("Thank you")
        assert guest.complaints == []


def test_a_profile_that_does_not_list_the_page_is_not_answered_there(browser: Browser, place: Place) -> None:
    with visiting(browser, place.backend, place.pages) as guest:
        guest.visit("plain", guest.tag(profile="closed"))
        guest.launcher.click()
        expect(guest.panel.get_by_role("alert")).to_contain_text("The server does not answer just now.")
        assert guest.heard("answer") == []


def test_the_frame_and_the_file_keep_their_own_headers(place: Place) -> None:
    frame = httpx.get(f"{place.backend.url}/embed/mira-okonjo", trust_env=False)
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert policy.endswith(f"frame-ancestors 'self' {place.pages.url}")
    assert "x-frame-options" not in frame.headers
    closed = httpx.get(f"{place.backend.url}/embed/closed", trust_env=False)
    assert closed.headers["content-security-policy"].endswith("frame-ancestors 'self'")
    file = httpx.get(f"{place.backend.url}/widget/v1/vivavoce.js", headers={"origin": place.pages.url}, trust_env=False)
    assert (file.headers["content-encoding"], file.headers["access-control-allow-origin"]) == ("gzip", "*")
    assert int(file.headers["content-length"]) <= 12_288


def test_a_listed_page_shows_the_frame(browser: Browser, place: Place) -> None:
    with visiting(browser, place.backend, place.pages) as guest:
        for slug, is_shown in (("mira-okonjo", True), ("closed", False)):
            frame = f'<iframe src="{place.backend.url}/embed/{slug}" width="600" height="500"></iframe>'
            place.pages.frames = True
            with guest.page.expect_event(
                "framenavigated", lambda found: "embed" in found.url or "chrome-error" in found.url
            ):
                guest.visit("plain", widget="", inline=frame)
            inside = guest.page.frame_locator("iframe")
            if is_shown:
                inside.locator("textarea").fill(QUESTION)
                inside.locator("textarea").press("Enter")
                expect(inside.locator(".ex .n").first).to_be_visible()
            else:
                expect(inside.locator("textarea")).to_have_count(0)
                assert any("frame-ancestors" in said for said in guest.complaints)
