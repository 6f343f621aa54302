"""The conversation in a real Chromium: ask, read, check the source, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.app.web.scripted import TAGS
from tests.app.web.visiting import Visit, folded, wide

pytestmark = pytest.mark.browser


def test_an_answer_streams_in_and_its_citation_opens_the_quoted_words(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Where does she work, and since when?")
    assert page.locator(".vv-answer .vv-cite").all_inner_texts() == ["1", "2", "3"]
    assert page.locator(".vv-source .vv-number").all_inner_texts() == ["1", "2", "3"]
    answer = page.request.post(f"{visit.url}/v1/ask", data={"profile": "mira-okonjo", "question": "work"}).json()
    for n, citation in enumerate(answer["citations"]):
        page.locator(".vv-answer .vv-cite").nth(n).click()
        expect(page.locator(".vv-evidence-body .vv-number")).to_have_text(str(n + 1))
        assert folded(" ".join(page.locator(".vv-mark").all_text_contents())) == folded(citation["quote"])
        expect(page.locator(".vv-mark").first).to_be_in_viewport()


def test_while_waiting_the_page_says_what_it_reads(visit: Visit) -> None:
    page = visit.open()
    box = visit.box
    box.fill("Answer slowly, please")
    box.press("Enter")
    expect(page.locator(".vv-waiting")).to_have_text("Reading 12 facts and 8 passages")
    expect(box).to_have_value("")
    visit.answered("Answer slowly, please")
    expect(page.locator(".vv-waiting")).to_have_count(0)


def test_the_conversation_goes_back_with_every_question(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Remember this")
    visit.ask("And this")
    expect(page.locator(".vv-answer").last).to_contain_text("Turn 3: And this")
    assert page.locator(".vv-exchange").count() == 2


def test_a_suggestion_asks_and_leaves_what_was_typed(visit: Visit) -> None:
    page = visit.open()
    visit.box.fill("half a thou")
    page.get_by_role("button", name="Where does she work?").click()
    visit.answered("Where does she work?")
    expect(visit.box).to_have_value("half a thou")
    page.get_by_role("list", name="Follow-up questions").get_by_role("button", name="And before that?").click()
    visit.answered("And before that?")


@pytest.mark.parametrize(
    ("question", "words"), [("", "The question is empty"), ("x" * 501, "501 characters; up to 500")]
)
def test_a_question_that_is_refused_is_not_lost(visit: Visit, question: str, words: str) -> None:
    page = visit.open()
    visit.ask("Remember this")
    box = visit.box
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#vv-notice [role=status]").first).to_contain_text(words)
    expect(box).to_have_value(question)
    assert page.locator(".vv-exchange").count() == 1
    visit.ask("Another one")
    expect(page.locator("#vv-notice")).to_have_text("")


def test_a_fault_says_no_more_than_an_incident(visit: Visit) -> None:
    page = visit.open()
    box = visit.box
    box.fill("fail")
    box.press("Enter")
    expect(page.locator("#vv-notice")).to_contain_text("Something went wrong here (incident ")
    expect(box).to_have_value("fail")
    assert "secret" not in page.content()
    assert page.locator(".vv-exchange").count() == 0


def test_an_answer_that_breaks_off_stays_and_can_be_asked_again(visit: Visit) -> None:
    page = visit.open()
    visit.ask("cut")
    expect(page.locator(".vv-answer")).to_contain_text("Senior Researcher")
    expect(page.locator(".vv-waiting")).to_contain_text("The answer was cut off here.")
    page.get_by_role("button", name="Ask again").click()
    visit.answered("cut")
    assert page.locator(".vv-exchange").count() == 1


def test_a_refusal_is_calm_and_shows_the_nearest_source(visit: Visit) -> None:
    page = visit.open()
    visit.ask("nothing")
    expect(page.locator(".vv-answer-refused .vv-label")).to_have_text("Not stated in the documents")
    expect(page.locator(".vv-source")).to_have_count(1)
    visit.ask("pasta")
    expect(page.locator(".vv-exchange").last.locator(".vv-label")).to_have_text("Outside this record")


def test_many_sources_wait_behind_their_number(visit: Visit) -> None:
    page = visit.open()
    visit.ask("list")
    assert page.locator(".vv-items li").count() == 13
    sources = page.locator(".vv-sources")
    expect(sources.locator(".vv-source").first).not_to_be_visible()
    sources.get_by_text("13 sources").click()
    sources.locator(".vv-source").nth(12).click()
    expect(page.locator(".vv-evidence-body .vv-number")).to_have_text("13")


def test_markup_in_names_answers_quotes_and_documents_is_text(visit: Visit) -> None:
    page = visit.open("tagged")
    expect(page.get_by_role("heading", level=1)).to_have_text(TAGS)
    visit.ask(f"tags {TAGS}")
    expect(page.locator(".vv-question")).to_have_text(f"You asked: tags {TAGS}")
    expect(page.locator(".vv-answer")).to_contain_text(f"It says {TAGS} and")
    expect(page.locator(".vv-quote")).to_contain_text(TAGS)
    page.locator(".vv-cite").click()
    expect(page.locator(".vv-mark")).to_contain_text(TAGS)
    expect(page.get_by_text("Open the original")).to_have_count(0)
    assert page.locator(".gradio-container img:not(.vv-face)").count() == 0
    assert page.title() == f"{TAGS} · Vivavoce"


def test_a_source_that_changed_since_is_not_marked_wrongly(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Remember this")
    page.locator(".vv-cite").evaluate("chip => chip.dataset.start = '3'")
    page.locator(".vv-cite").click()
    expect(page.locator(".vv-evidence-body")).to_have_text(
        "The source has changed since this was answered; please ask again."
    )


def test_on_a_phone_the_evidence_is_a_sheet_that_gives_the_focus_back(phone: Visit) -> None:
    page = phone.open()
    assert not wide(page)
    phone.ask("Where does she work?")
    chip = page.locator(".vv-answer .vv-cite").nth(1)
    chip.tap()
    sheet = page.get_by_role("dialog", name="In the source")
    expect(sheet.locator(".vv-mark")).to_be_in_viewport()
    assert page.locator("#vv-tabs").evaluate("tabs => tabs.inert")
    assert not wide(page)
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    expect(chip).to_be_focused()
    chip.tap()
    sheet.get_by_role("button", name="Close the source").tap()
    expect(sheet).not_to_be_visible()
    expect(chip).to_be_focused()
    assert not page.locator("#vv-tabs").evaluate("tabs => tabs.inert")


def test_what_was_asked_for_is_said_while_it_is_looked_up(visit: Visit) -> None:
    page = visit.open()
    visit.box.fill("Slowly, slowly: what came out in 2024?")
    visit.box.press("Enter")
    expect(page.locator(".vv-waiting")).to_have_text("12 publications match 2024")


def test_pointing_at_a_number_shows_its_source_and_escape_hides_it(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Where does she work?")
    chip = page.locator(".vv-answer .vv-cite").nth(1)
    chip.scroll_into_view_if_needed()
    visit.come_to_rest()  # what is shown beside a number goes when the page scrolls
    chip.hover()
    tip = page.get_by_role("tooltip")
    source = page.locator(".vv-source").nth(1)
    assert folded(tip.locator(".vv-where").text_content()) == folded(source.locator(".vv-where").text_content())
    assert folded(tip.locator(".vv-quote").text_content()) == folded(source.locator(".vv-quote").text_content())
    tip.hover()
    page.wait_for_timeout(300)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(5, 5)
    visit.box.focus()
    while not chip.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    expect(tip).to_be_visible()
    expect(chip).to_have_attribute("aria-describedby", "vv-tip")
    page.keyboard.press("Tab")
    expect(chip).not_to_have_attribute("aria-describedby", "vv-tip")
