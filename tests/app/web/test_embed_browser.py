"""The Embed panel in a real Chromium: choose, see it at once, copy the lines."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Page, expect

from app.widget.panel import panel_words
from tests.app.web.visiting import Visit, wide

pytestmark = pytest.mark.browser


def opened(visit: Visit) -> FrameLocator:
    """The panel in the dialog of Mira's page."""
    page = visit.open("mira-okonjo")
    page.get_by_role("button", name="Embed").click()
    expect(page.get_by_role("dialog", name="Put this chat on another page")).to_be_visible()
    return page.frame_locator(".vv-embed iframe")


def test_what_is_chosen_is_seen_at_once_and_stands_in_the_lines(visit: Visit) -> None:
    panel = opened(visit)
    lines, chat = panel.locator(".lines"), panel.frame_locator("iframe")
    expect(lines).to_have_text(
        f'<script async src="{visit.url}/widget/v1/vivavoce.js" data-profile="mira-okonjo"></script>'
    )
    expect(chat.locator("#h")).to_have_text("Ask about Mira Okonjo")
    panel.get_by_label("own colour").check()
    panel.locator("[name=color]").fill("#c2410c")
    panel.get_by_label("left").check()
    panel.get_by_label("Language").select_option("de")
    panel.get_by_label("Heading").fill('Frag "Mira" & mich')
    expect(lines).to_contain_text('data-heading="Frag &quot;Mira&quot; &amp; mich" data-language="de"')
    expect(lines).to_contain_text('data-color="#c2410c" data-position="left"')
    expect(chat.locator("#h")).to_have_text('Frag "Mira" & mich')
    expect(chat.locator("textarea")).to_have_attribute("placeholder", "Ihre Frage")
    expect(chat.locator(".send")).to_have_css("background-color", "rgb(194, 65, 12)")
    expect(chat.locator(".panel")).to_have_css("left", "20px")
    panel.get_by_label("Frame").check()
    expect(lines).to_contain_text(f'<iframe src="{visit.url}/embed/mira-okonjo?heading=Frag+%22Mira%22')
    expect(panel.locator(".policy")).to_have_text(f"frame-src {visit.url}")
    expect(panel.locator(".origins")).to_contain_text('origins = ["https://your-homepage.example"]')
    panel.get_by_label("Bubble, pinned").check()
    expect(lines).to_contain_text('integrity="sha384-')
    expect(panel.locator(".pinned")).to_be_visible()


def test_the_lines_are_copied_and_the_focus_comes_back(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = opened(visit)
    expect(panel.locator(".lines")).to_contain_text("mira-okonjo")
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("status")).to_have_text("Copied")
    assert visit.page.evaluate("navigator.clipboard.readText()").startswith("<script async")
    visit.page.get_by_role("button", name="Close", exact=True).click()
    expect(visit.page.get_by_role("button", name="Embed")).to_be_focused()


def test_nothing_of_the_panel_is_loaded_before_it_is_opened(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    opened(visit)
    before = asked[: next(i for i, address in enumerate(asked) if "/panel" in address)]
    assert before
    assert [address for address in before if "/embed/" in address or "/widget/" in address] == []


def test_on_a_phone_the_link_is_not_in_the_way(phone: Visit) -> None:
    expect(phone.open().locator(".vv-embed-open")).to_be_hidden()


@pytest.mark.parametrize(("scheme", "language"), [("visit", "en"), ("night", "zh"), ("phone", "zh")])
def test_axe_finds_nothing_in_the_panel(request: pytest.FixtureRequest, scheme: str, language: str) -> None:
    visit: Visit = request.getfixturevalue(scheme)
    page: Page = visit.page
    page.goto(f"{visit.url}/embed/mira-okonjo/panel?language={language}")
    expect(page.locator(".lines")).to_contain_text("mira-okonjo")
    found = Axe().run(page, context={"exclude": [["iframe"]]}).response["violations"]
    assert [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]] == []
    assert not wide(page)


def test_the_panel_says_the_same_in_both_languages() -> None:
    assert panel_words("en").table.keys() == panel_words("zh").table.keys()
