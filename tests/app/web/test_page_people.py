"""The directory, the head of a person's page, addresses and languages, in a real Chromium."""

import pytest
from playwright.sync_api import Browser, expect

from tests.app.web.scripted import TAGS, Served
from tests.app.web.visiting import DESK, Visit, visiting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("visitor", ["visit", "phone"])
def test_the_directory_lists_everybody_and_leads_to_them(request: pytest.FixtureRequest, visitor: str) -> None:
    visit: Visit = request.getfixturevalue(visitor)
    page = visit.enter()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom would you like to ask?")
    expect(page.locator(".vv-called")).to_have_text(["Mira Okonjo", TAGS, "Teo Lindqvist"])
    expect(page.locator("#vv-tabs")).to_be_hidden()
    page.get_by_role("link", name="Teo Lindqvist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teo Lindqvist")
    expect(page).to_have_url(f"{visit.url}/?profile=teo-lindqvist")
    expect(page).to_have_title("Teo Lindqvist · Vivavoce")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom would you like to ask?")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teo Lindqvist")
    page.get_by_role("link", name="All people").click()
    expect(page.locator(".vv-people")).to_be_visible()
    expect(page).to_have_url(f"{visit.url}/")


@pytest.mark.parametrize(("typed", "found"), [("LINDQ", 1), ("harbour acoust", 1), ("okonjo mira", 1), ("zzz", 0)])
def test_people_are_found_by_name_role_and_field_in_any_order(visit: Visit, typed: str, found: int) -> None:
    page = visit.enter()
    page.get_by_label("Search by name, role or field").fill(typed)
    expect(page.locator(".vv-person:visible")).to_have_count(found)
    assert page.get_by_text("Nobody here matches that").is_visible() == (found == 0)


def test_two_that_are_ticked_are_compared_side_by_side(visit: Visit) -> None:
    page = visit.enter()
    page.get_by_role("checkbox", name="Compare Teo Lindqvist").check()
    compare = page.get_by_role("button", name="Compare")
    expect(compare).to_be_disabled()
    page.get_by_role("checkbox", name="Compare Mira Okonjo").check()
    expect(page.locator(".vv-tick input").nth(1)).to_be_disabled()
    compare.click()
    visit.answered("Compare Mira Okonjo and Teo Lindqvist")
    expect(page.locator(".vv-column h3")).to_have_text(["Mira Okonjo", "Teo Lindqvist"])
    left, right = page.evaluate(
        "[...document.querySelectorAll('.vv-column')].map(c => c.getBoundingClientRect().toJSON())"
    )
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    expect(page.locator(".vv-source .vv-where").nth(1)).to_contain_text("Teo Lindqvist · ")
    page.locator(".vv-answer .vv-cite").nth(1).click()
    expect(page.locator(".vv-evidence-body .vv-where")).to_contain_text("Teo Lindqvist · ")
    expect(page.locator(".vv-mark").first).to_be_visible()


def test_each_profile_has_its_own_conversation(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Remember this")
    page.get_by_role("link", name="All people").click()
    page.get_by_role("link", name="Teo Lindqvist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teo Lindqvist")
    expect(page.locator(".vv-exchange:visible")).to_have_count(0)
    visit.ask("First here")
    expect(page.locator(".vv-answer:visible")).to_contain_text("Turn 1: First here")
    page.go_back()
    page.get_by_role("link", name="Mira Okonjo").click()
    expect(page.locator(".vv-answer:visible")).to_contain_text("Turn 1: Remember this")


def test_an_unknown_profile_offers_those_there_are(visit: Visit) -> None:
    page = visit.page
    visit.go(f"{visit.url}/?profile=nobody")
    expect(page.get_by_text("There is no profile “nobody” here. You can ask about these people.")).to_be_visible()
    page.get_by_role("link", name="Mira Okonjo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira Okonjo")
    visit.ask("Remember this")


def test_the_head_shows_the_post_with_its_source_and_numbers_that_ask(visit: Visit) -> None:
    page = visit.open()
    page.locator(".vv-post").first.click()
    expect(page.locator(".vv-mark").first).to_be_in_viewport()
    said = page.locator(".vv-post").first.text_content() or ""
    assert said.split(",")[0].split(" · ")[0] in " ".join(page.locator(".vv-mark").all_text_contents())
    page.keyboard.press("Escape")
    expect(page.locator(".vv-post").first).to_be_focused()
    figures = page.get_by_role("list", name="The record in numbers").get_by_role("button")
    expect(figures.first).to_contain_text("publications")
    page.get_by_role("tab", name="Record").click()
    figures.first.click()
    visit.answered("How many publications are listed?")
    expect(page.get_by_role("tab", name="Chat")).to_have_attribute("aria-selected", "true")


def test_a_photo_and_links_are_the_owners(visit: Visit) -> None:
    page = visit.open("tagged")
    face = page.locator(".vv-card img.vv-face")
    expect(face).to_have_js_property("naturalWidth", 1)
    reply = page.request.get(f"{visit.url}/v1/profiles/tagged/photo")
    assert reply.headers["content-type"] == "image/png"
    assert reply.headers["x-content-type-options"] == "nosniff"
    link = page.get_by_role("list", name="On the web").get_by_role("link")
    expect(link).to_have_attribute("href", "https://tagged.example/home")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert page.request.get(f"{visit.url}/v1/profiles/mira-okonjo/photo").status == 404


def test_the_page_speaks_the_browsers_language_and_the_visitors_choice_stays(browser: Browser, server: Served) -> None:
    for visit in visiting(browser, server, viewport=DESK, locale="zh-CN"):
        page = visit.open()
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        expect(page.get_by_role("tab")).to_have_text(["问答", "履历", "招聘"])
        expect(page.locator(".vv-greeting")).to_have_text("您好！可以向我了解Mira Okonjo。")
        expect(visit.box).to_have_attribute("placeholder", "请输入问题")
        visit.ask("Where does she work?")
        expect(page.locator(".vv-sources summary")).to_have_text("3 处出处")
        page.get_by_role("button", name="English interface").click()
        expect(page.get_by_role("tab")).to_have_text(["Chat", "Record", "For recruiters"])
        visit.reload()
        expect(page.get_by_role("tab").first).to_have_text("Chat")
        assert page.locator("html").get_attribute("lang") == "en"


def test_a_browser_of_another_language_is_spoken_to_in_english(browser: Browser, server: Served) -> None:
    for visit in visiting(browser, server, viewport=DESK, locale="de-DE"):
        page = visit.open()
        expect(page.get_by_role("tab").first).to_have_text("Chat")
        expect(visit.box).to_have_attribute("placeholder", "Ask a question")


def test_the_notice_names_the_documents_and_the_day_they_were_read(visit: Visit) -> None:
    page = visit.open()
    told = page.locator(".vv-about").text_content() or ""
    assert told.startswith("Answers are put together from documents (CV), not by the person. Read on ")
