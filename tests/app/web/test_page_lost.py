"""What happens to the page when the server is busy, goes, or comes back."""

from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.web.scripted import serving
from tests.app.web.visiting import DESK, Visit
from tests.conftest import Desk

pytestmark = pytest.mark.browser


def test_a_full_queue_keeps_the_question_and_says_so(browser: Browser, ingested: Desk) -> None:
    with serving(ingested.profiles, ingested.index, "--concurrency", "1", "--queue", "1") as server:
        context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
        pages = [Visit(context, server).open() for _ in range(4)]
        for page in pages:
            page.locator("#vv-question textarea").fill("very slowly")
        for page in pages:
            page.locator("#vv-question textarea").press("Enter")
        # One is answered and one waits; which ones they are, the order of arrival tells.
        refused = [page for page in pages if _is_told_to_come_back(page)]
        assert refused
        for page in refused:
            expect(page.get_by_label("Your question")).to_have_value("very slowly")
        answered = next(page for page in pages if page not in refused)
        expect(answered.locator(".vv-exchange")).to_have_attribute("aria-busy", "false", timeout=30_000)
        context.close()


def _is_told_to_come_back(page: Page) -> bool:
    """Whether the page says that the server is busy, once it says anything."""
    expect(page.locator(".vv-exchange, #vv-notice :text('busy')").first).to_be_visible()
    return "busy" in page.locator("#vv-notice").inner_text()


def test_a_server_that_goes_and_comes_back_loses_nothing(browser: Browser, ingested: Desk) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    with serving(ingested.profiles, ingested.index) as server:
        visit = Visit(context, server)
        page = visit.open()
        visit.ask("Remember this")
        visit.box.fill("Answer slowly, please")
        visit.box.press("Enter")
        expect(page.locator(".vv-waiting")).to_contain_text("Reading")
    expect(page.locator(".vv-waiting")).to_contain_text("The answer was cut off here.", timeout=15_000)
    page.locator(".vv-cite").first.click()
    expect(page.locator(".vv-evidence-body")).to_contain_text("cannot be opened", timeout=15_000)
    page.keyboard.press("Escape")
    expect(page.locator("#vv-notice")).to_contain_text("The connection is lost.")
    port = urlsplit(server.url).port
    assert port
    with ExitStack() as stack:
        with page.expect_event("load", timeout=60_000):
            stack.enter_context(serving(ingested.profiles, ingested.index, port=port))
        expect(page.locator(".vv-exchange")).to_have_count(2)
        page.locator(".vv-chip", has_text="Ask again").click(timeout=30_000)
        visit.answered("Answer slowly, please")
        expect(page.locator(".vv-answer").last).to_contain_text("Turn 3: Answer slowly, please")
        page.get_by_role("button", name="Clear the conversation").click()
        expect(page.locator(".vv-exchange")).to_have_count(0)
        visit.ask("Remember that")
        expect(page.locator(".vv-answer").last).to_contain_text("Turn 1: Remember that")
    context.close()


def test_without_the_server_the_question_stays_and_the_page_says_so(browser: Browser, ingested: Desk) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    with serving(ingested.profiles, ingested.index) as server:
        visit = Visit(context, server)
        page = visit.open()
        visit.ask("Remember this")
    visit.box.fill("Are you there?")
    visit.box.press("Enter")
    expect(page.locator("#vv-notice")).to_contain_text("The connection is lost.", timeout=15_000)
    expect(visit.box).to_have_value("Are you there?")
    expect(page.locator(".vv-answer")).to_contain_text("Turn 1: Remember this")
    context.close()
