"""What can be done with an answer in a real Chromium: copy, link, edit, ask again, print, keep or not, say whether it helped."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.feedback import FILE_NAME, FeedbackFile
from tests.app.web.scripted import Served
from tests.app.web.visiting import DESK, PHONE, Visit, visiting
from tests.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def copier(request: pytest.FixtureRequest, browser: Browser, server: Served) -> Iterator[Visit]:
    """Somebody whose browser lets the page write to the clipboard, and the test read it."""
    allowed = ["clipboard-read", "clipboard-write"]
    yield from visiting(browser, server, viewport=request.param, permissions=allowed, locale="en-GB")


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_copied_with_its_sources_as_text_and_markdown(copier: Visit) -> None:
    page = copier.open()
    copier.ask("Where does she work?")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = clipboard(page)
    quotes = [q or "" for q in page.locator(".vv-quote").all_text_contents()]
    assert text.startswith("Where does she work?\n\nShe has been a Senior Researcher")
    assert "\n\nSources\n[1] " in text
    assert len(quotes) == 3
    assert all(quote in text for quote in quotes)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied").last).to_be_visible()
    markdown = clipboard(page)
    assert markdown.startswith("**Where does she work?**\n\n")
    assert "since September 2021[^1]." in markdown
    assert "\n[^3]: " in markdown


def test_a_link_leads_to_the_same_answer(copier: Visit) -> None:
    page = copier.open()
    copier.ask("Remember this & that")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = clipboard(page)
    asked = parse_qs(urlsplit(link).query)
    assert asked["profile"] == ["mira-okonjo"]
    assert asked["q"] == ["Remember this & that"]
    assert len(asked["c"][0]) == 12
    page.get_by_role("button", name="Clear the conversation").click()
    copier.go(link)
    copier.answered("Remember this & that")
    expect(page.locator(".vv-answer")).to_contain_text("Turn 1: Remember this & that")
    expect(page.locator(".vv-note:visible")).to_have_count(0)
    expect(page).to_have_url(f"{copier.url}/?profile=mira-okonjo")


def test_a_link_to_an_older_record_says_so(visit: Visit) -> None:
    page = visit.page
    visit.go(f"{visit.url}/?profile=mira-okonjo&q=Remember%20this&c=0123456789ab")
    visit.answered("Remember this")
    expect(page.locator(".vv-note")).to_contain_text("The record has changed since")
    visit.reload()
    expect(page.locator(".vv-exchange")).to_have_count(1)


def test_an_earlier_question_is_edited_and_what_followed_is_replaced(visit: Visit) -> None:
    page = visit.open()
    for question in ("One", "Two", "Three"):
        visit.ask(question)
    page.locator(".vv-exchange").nth(1).hover()
    page.locator(".vv-exchange").nth(1).get_by_role("button", name="Edit").click()
    expect(visit.box).to_be_focused()
    expect(visit.box).to_have_value("Two")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".vv-exchange")).to_have_count(3)
    expect(visit.box).to_have_value("")
    page.locator(".vv-exchange").nth(1).get_by_role("button", name="Edit").click()
    page.keyboard.type(" and a half")
    page.keyboard.press("Enter")
    visit.answered("Two and a half")
    expect(page.locator(".vv-asked")).to_have_text(["One", "Two and a half"])
    expect(page.locator(".vv-answer").last).to_contain_text("Turn 3: Two and a half")
    visit.reload()
    expect(page.locator(".vv-asked")).to_have_text(["One", "Two and a half"])
    visit.ask("Next")
    expect(page.locator(".vv-answer").last).to_contain_text("Turn 5: Next")


def test_asking_again_takes_the_answers_place(visit: Visit) -> None:
    page = visit.open()
    visit.ask("One")
    visit.ask("Two")
    page.locator(".vv-exchange").last.get_by_role("button", name="Ask again").click()
    expect(page.locator(".vv-exchange").last).to_have_attribute("aria-busy", "false")
    expect(page.locator(".vv-asked")).to_have_text(["One", "Two"])
    expect(page.locator(".vv-answer").last).to_contain_text("Turn 3: Two")


def test_what_is_not_to_be_kept_ends_with_the_page(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Remember this")
    visit.reload()
    expect(page.locator(".vv-exchange")).to_have_count(1)
    page.get_by_label("Keep the conversation in this tab").uncheck()
    assert page.evaluate("sessionStorage.length") == 0
    visit.ask("And this")
    expect(page.locator(".vv-answer").last).to_contain_text("Turn 3: And this")
    visit.reload()
    page.locator(".vv-greeting").wait_for()
    expect(page.locator(".vv-exchange")).to_have_count(0)
    expect(page.get_by_label("Keep the conversation in this tab")).not_to_be_checked()
    page.get_by_label("Keep the conversation in this tab").check()
    visit.ask("Remember that")
    visit.reload()
    expect(page.locator(".vv-exchange")).to_have_count(1)


def test_on_paper_every_source_is_listed_and_nothing_is_a_button(visit: Visit) -> None:
    page = visit.open()
    visit.ask("list")
    expect(page.locator(".vv-source").last).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".vv-source").last).to_be_visible()
    expect(page.get_by_text(f"From {visit.url}/?profile=mira-okonjo")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    own = page.get_by_role("button", name="Clear the conversation")
    for gone in (
        visit.box,
        page.locator(".vv-tools"),
        page.locator(".vv-chip").first,
        page.get_by_role("tablist"),
        own,
    ):
        expect(gone).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".vv-source").last).to_be_hidden()


def kept(desk: Desk) -> list[tuple[str, str | None, str, str | None]]:
    """Verdict, reason, words and question of all that was sent."""
    rows = FeedbackFile(desk.index / FILE_NAME, lambda: datetime.now(UTC).date()).kept("mira-okonjo")
    return [(row.verdict, row.reason, row.words, row.question) for row in rows]


@pytest.mark.parametrize("visitor", ["visit", "phone"])
def test_whether_an_answer_helped_is_kept_without_the_question(
    request: pytest.FixtureRequest, desk: Desk, visitor: str
) -> None:
    visit: Visit = request.getfixturevalue(visitor)
    page = visit.open()
    before = kept(desk)
    visit.ask("Where does she work?")
    page.get_by_role("button", name="This helped").click()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    expect(page.get_by_role("button", name="This helped", pressed=True)).to_be_visible()
    assert kept(desk)[len(before) :] == [("helpful", None, "", None)]
    page.get_by_role("button", name="This did not help").click()
    form = page.locator(".vv-feedback")
    expect(form.get_by_role("radio").first).to_be_focused()
    expect(form).to_contain_text("not your question unless you tick it")
    form.get_by_label("Something is missing").check()
    form.get_by_label("In your words (optional)").fill("The group is missing.")
    form.get_by_label("Send my question along").check()
    form.get_by_role("button", name="Send").click()
    expect(form).to_have_count(0)
    expect(page.get_by_role("button", name="This did not help", pressed=True)).to_be_visible()
    expected = ("unhelpful", "incomplete", "The group is missing.", "Where does she work?")
    assert kept(desk)[len(before) + 1 :] == [expected]
    visit.reload()
    expect(page.get_by_role("button", name="This did not help", pressed=True)).to_be_visible()


def test_a_source_that_does_not_support_its_sentence_is_reported(visit: Visit, desk: Desk) -> None:
    page = visit.open()
    visit.ask("Where does she work?")
    page.locator(".vv-answer .vv-cite").nth(1).click()
    page.get_by_role("button", name="Does not support the sentence?").click()
    page.get_by_label("What is wrong with this source?").fill("It tells of another post.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    row = FeedbackFile(desk.index / FILE_NAME, lambda: datetime.now(UTC).date()).kept("mira-okonjo")[-1]
    chip = page.locator(".vv-answer .vv-cite").nth(1)
    assert row.citation
    assert [str(row.citation.start), str(row.citation.end)] == [
        chip.get_attribute("data-start"),
        chip.get_attribute("data-end"),
    ]
    assert (row.verdict, row.words, row.question) == ("wrong_citation", "It tells of another post.", None)


def test_escape_leaves_the_form_and_sends_nothing(visit: Visit, desk: Desk) -> None:
    page = visit.open()
    visit.ask("Where does she work?")
    before = kept(desk)
    page.get_by_role("button", name="This did not help").click()
    page.keyboard.press("Escape")
    expect(page.locator(".vv-feedback")).to_have_count(0)
    expect(page.get_by_role("button", name="This did not help")).to_be_focused()
    assert kept(desk) == before
