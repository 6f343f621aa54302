"""The chat on other people's pages, under a strict policy: asking, citations, memory, looks, and what the page can do with it."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.app.widget.backend import FINGERPRINT, QUOTE, Backend, Homepages
from tests.app.widget.guest import Guest, visiting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["plain", "al-folio", "academicpages"])
def test_one_line_on_a_homepage_answers_with_citations_under_a_strict_policy(guest: Guest, name: str) -> None:
    guest.visit(name)
    guest.open()
    expect(guest.heading).to_have_text("Ask about Mira Okonjo")
    guest.ask("Where does she work?")
    expect(guest.last.locator(".a")).to_contain_text("room acoustics group since September 2021")
    assert guest.last.locator(".n").all_inner_texts() == ["1", "2"]
    assert guest.origins == {guest.homepages.url, guest.backend.url}, "the page loads from one other host only"
    assert guest.backend.asked == [
        {"profile": "mira-okonjo", "turns": [{"role": "user", "text": "Where does she work?"}], "stream": True}
    ]


def test_nothing_is_asked_of_the_server_before_the_chat_is_opened(guest: Guest) -> None:
    guest.visit()
    expect(guest.launcher).to_be_visible()
    assert {path for path in guest.backend.seen if "/v1/ask" in path or "/v1/profiles" in path} == set()
    guest.open()
    assert "GET /v1/profiles/mira-okonjo" in guest.backend.seen


def test_a_number_shows_the_quote_and_leads_to_the_document_and_the_original(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("Where does she work?")
    chip = guest.last.locator(".n").first
    expect(chip).to_have_accessible_name("Source 1: CV · Experience · p. 2")
    chip.click()
    view = guest.page.locator(".view")
    expect(view.locator("blockquote")).to_have_text(QUOTE)
    address = view.get_by_role("link", name="Show in the document").get_attribute("href")
    assert address == f"{guest.backend.url}/?profile=mira-okonjo&q=Where+does+she+work%3F&c={FINGERPRINT[:12]}"
    original = view.get_by_role("link", name="Open the original")
    assert original.get_attribute("href") == "https://example.org/cv"
    assert [link.get_attribute("rel") for link in view.get_by_role("link").all()] == ["noopener"] * 2
    assert [cited["quote"] for cited in guest.heard("cite")] == [QUOTE]
    guest.page.get_by_role("button", name="Back").click()
    expect(chip).to_be_focused()
    guest.last.locator("summary").click()
    guest.last.locator("ol button").nth(1).click()
    expect(view.locator(".where")).to_contain_text("Papers")
    assert view.get_by_role("link", name="Open the original").count() == 0


def test_the_first_sentence_is_there_before_the_answer_is_finished_and_a_stop_stops_it(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.box.fill("slowly, where does she work?")
    guest.box.press("Enter")
    expect(guest.last).to_have_attribute("data-state", "asking")
    expect(guest.last.locator(".note")).to_contain_text("Looking at the documents")
    guest.box.fill("typed meanwhile")
    guest.box.press("Enter")
    guest.page.get_by_role("button", name="Stop").click()
    expect(guest.last).to_have_attribute("data-state", "cut")
    assert guest.backend.left.wait(5), "the server hears that nobody waits any more"
    expect(guest.last.locator(".note")).to_contain_text("The answer was cut off.")
    expect(guest.box).to_have_value("typed meanwhile")
    assert len(guest.backend.asked) == 1
    guest.backend.go_on.set()
    guest.last.get_by_role("button", name="Ask again").click()
    expect(guest.last).to_have_attribute("data-state", "done")
    assert guest.page.locator(".ex").count() == 1


def test_a_follow_up_takes_the_conversation_along_and_another_page_of_the_site_still_knows_it(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("Where does she work?")
    guest.last.get_by_role("button", name="And before that?").click()
    expect(guest.last.locator(".q")).to_contain_text("And before that?")
    expect(guest.last).to_have_attribute("data-state", "done")
    turns = guest.backend.asked[-1]["turns"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "user"]
    assert turns[1]["text"].startswith("She has been a Senior Researcher")
    guest.visit("plain")
    guest.open()
    assert guest.page.locator(".ex").count() == 2
    guest.last.locator(".n").first.click()
    expect(guest.page.locator("blockquote")).to_have_text(QUOTE)
    guest.page.get_by_role("button", name="Clear the conversation").click()
    assert guest.page.locator(".ex").count() == 0
    guest.visit("plain")
    guest.open()
    assert guest.page.locator(".ex").count() == 0
    assert guest.page.context.cookies() == []
    assert guest.page.evaluate("Object.keys(localStorage)") == []


def test_what_the_server_says_is_text_and_never_markup_or_a_script_address(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("tags")
    expect(guest.last.locator(".a")).to_contain_text('It says <img src=x onerror="document.title=1"> and')
    expect(guest.last.locator(".a")).to_contain_text("[9]")
    assert guest.last.locator("img").count() == 0
    guest.last.locator(".n").click()
    expect(guest.page.locator("blockquote")).to_contain_text("<img")
    assert guest.page.locator(".view a").count() == 1, "an address that is a script is no link"
    assert guest.page.title() == "Mira Okonjo"


def test_rare_line_ends_break_nothing_and_chinese_sentences_stand_close(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("something odd")
    assert guest.last.locator(".a").evaluate("e => e.textContent") == "一句。Another \u2028 one 1."
    assert [answer["citations"][0]["quote"] for answer in guest.heard("answer")] == ["a\u2028b"]


def test_helpful_or_not_is_sent_once_said_and_shown(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("Where does she work?")
    guest.last.get_by_role("button", name="Helpful", exact=True).click()
    expect(guest.last.get_by_role("status")).to_have_text("Thank you")
    expect(guest.last.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    assert guest.backend.rated == [{"profile": "mira-okonjo", "fingerprint": FINGERPRINT, "verdict": "helpful"}]


def test_an_answer_is_copied_with_its_sources(guest: Guest) -> None:
    guest.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    guest.visit()
    guest.open()
    guest.ask("Please list everything")
    guest.last.get_by_role("button", name="Copy").click()
    expect(guest.last.get_by_role("status")).to_have_text("Copied")
    copied = guest.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("The record shows 3 of these")
    assert f"[2] CV · Experience · p. 2: “{QUOTE}”" in copied
    assert copied.splitlines()[-1].startswith(f"{guest.backend.url}/?profile=mira-okonjo&q=")


def test_lists_are_lists(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("Please list everything")
    assert guest.last.locator(".a > *").evaluate_all("all => all.map((e) => e.tagName)") == ["P", "UL"]
    assert guest.last.locator(".a li").count() == 3


def test_the_page_hears_of_everything_and_can_open_ask_and_close(guest: Guest) -> None:
    page = guest.visit()
    guest.launcher.wait_for()
    said = page.evaluate("""async () => {
      const chat = document.querySelector("vivavoce-chat");
      chat.open();
      const { answer } = await chat.ask("Where does she work?");
      chat.close();
      return answer;
    }""")
    assert said.startswith("She has been a Senior Researcher")
    expect(guest.panel).to_be_hidden()
    assert [answer["fingerprint"] for answer in guest.heard("answer")] == [FINGERPRINT]
    assert len(guest.heard("open")) == 1


def test_the_line_says_how_it_looks(guest: Guest) -> None:
    looks = {"language": "de", "color": "#ffd400", "position": "left", "heading": "Frag Mira", "greeting": "Moin!"}
    guest.visit(widget=guest.tag(**looks, suggestions="Erste Frage?|Zweite Frage?", open=""))
    expect(guest.panel).to_be_visible()
    expect(guest.heading).to_have_text("Frag Mira")
    expect(guest.panel).to_contain_text("Moin!")
    expect(guest.page.locator(".chips button")).to_have_text(["Erste Frage?", "Zweite Frage?"])
    expect(guest.box).to_have_attribute("placeholder", "Ihre Frage")
    assert guest.panel.evaluate("e => e.getBoundingClientRect().left") == 20
    assert guest.page.evaluate("document.activeElement === document.body"), "a chat that opens by itself takes no focus"
    send = guest.page.locator(".send")
    expect(send).to_have_css("background-color", "rgb(255, 212, 0)")
    assert send.evaluate("e => getComputedStyle(e).color") in {"color(srgb-linear 0 0 0)", "rgb(0, 0, 0)"}


def test_it_speaks_the_language_of_what_is_around_it(guest: Guest) -> None:
    said = {
        "en": "Your question",
        "zh-CN": "您的问题",
        "de": "Ihre Frage",
        "fr-CA": "Votre question",
        "es": "Su pregunta",
    }
    said["ja"] = said["en"]
    around = [f'<div lang="{language}">{guest.element()}</div>' for language in said]
    guest.visit("plain", "", "".join(around))
    expect(guest.box).to_have_count(len(said))
    assert guest.box.evaluate_all("all => all.map((e) => e.placeholder)") == list(said.values())


def test_attributes_may_change_while_it_is_open_and_the_conversation_stays(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("Where does she work?")
    guest.page.evaluate("document.querySelector('vivavoce-chat').setAttribute('language', 'fr')")
    expect(guest.box).to_have_attribute("placeholder", "Votre question")
    expect(guest.panel).to_be_visible()
    expect(guest.last.locator(".a")).to_contain_text("September 2021")
    guest.page.evaluate("document.querySelector('vivavoce-chat').setAttribute('language', 'zh')")
    expect(guest.page.get_by_role("button", name="她在哪里工作？")).to_be_visible()


def test_auto_follows_the_switch_of_the_page(guest: Guest) -> None:
    page = guest.visit()
    guest.open()
    expect(guest.panel).to_have_css("background-color", "rgb(255, 255, 255)")
    page.locator("#light-toggle").click()
    expect(guest.panel).to_have_css("background-color", "rgb(27, 31, 36)")
    page.locator("#light-toggle").click()
    expect(guest.panel).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_background_tells_in_whatever_way_it_is_written(guest: Guest) -> None:
    page = guest.visit("plain")
    guest.open()
    for colour, is_dark in {
        "oklch(20% 0.02 260)": True,
        "color(display-p3 1 1 1)": False,
        "#111": True,
        "transparent": False,
    }.items():
        page.evaluate("colour => (document.body.style.background = colour)", colour)
        expect(guest.panel).to_have_css("background-color", "rgb(27, 31, 36)" if is_dark else "rgb(255, 255, 255)")


def test_on_a_page_without_a_dark_side_it_stays_light_at_night(
    browser: Browser, backend: Backend, pages: Homepages
) -> None:
    with visiting(browser, backend, pages, color_scheme="dark") as night:
        night.homepages.own_style = '<meta name="color-scheme" content="light dark">'
        night.visit("plain")
        expect(night.launcher).to_have_css("background-color", "rgb(143, 191, 232)")
        night.homepages.own_style = ""
        night.visit("plain")
        night.open()
        expect(night.panel).to_have_css("background-color", "rgb(255, 255, 255)")
        night.page.evaluate("document.querySelector('vivavoce-chat').setAttribute('theme', 'dark')")
        expect(night.panel).to_have_css("background-color", "rgb(27, 31, 36)")


def test_the_sheet_of_the_page_does_not_reach_in_and_nothing_reaches_out(guest: Guest) -> None:
    page = guest.visit(widget="")
    before = page.evaluate("document.body.innerText + getComputedStyle(document.body).cssText")
    guest.visit()
    guest.launcher.wait_for()
    assert page.evaluate("document.body.innerText + getComputedStyle(document.body).cssText") == before
    guest.open()
    styles = "(e, names) => names.map((n) => getComputedStyle(e)[n])"
    assert guest.box.evaluate(styles, ["borderTopStyle", "fontSize", "letterSpacing"]) == ["solid", "16px", "normal"]
    send = page.locator(".send")
    assert send.evaluate(styles, ["textTransform", "opacity", "fontSize"]) == ["none", "1", "16px"]
    expect(guest.panel).to_have_css("opacity", "1")  # it fades in
    assert guest.panel.evaluate(styles, ["borderTopStyle", "paddingTop"]) == ["solid", "0px"]


def test_inside_a_page_it_moves_nothing_where_its_room_is_kept(guest: Guest) -> None:
    guest.homepages.own_style = '<link rel="stylesheet" href="inline.css">'
    shifted = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((e) => (sum += e.value))).observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
    })"""
    try:
        page = guest.visit("plain", "", guest.element())
        expect(page.get_by_role("button", name="Where does she work?")).to_be_visible()
        assert page.evaluate(shifted) == 0
        assert guest.chat.evaluate("e => e.getBoundingClientRect().height") == 512
        guest.ask("Where does she work?")
        assert page.evaluate(shifted) == 0
        assert page.evaluate("scrollY") == 0, "the page does not scroll with the conversation"
        page.keyboard.press("Escape")
        expect(guest.panel).to_be_visible()
    finally:
        guest.homepages.own_style = ""


def test_the_script_may_say_that_it_goes_where_it_stands(guest: Guest) -> None:
    page = guest.visit("plain", "", guest.tag(mode="inline"))
    expect(page.get_by_role("button", name="Where does she work?")).to_be_visible()
    assert page.evaluate("document.querySelector('vivavoce-chat').previousElementSibling.tagName") == "SCRIPT"
    expect(guest.launcher).to_be_hidden()


def test_the_frame_shows_it_alone_under_a_policy_of_its_own(guest: Guest) -> None:
    guest.origins.clear()
    guest.page.goto(f"{guest.backend.url}/embed/mira-okonjo?language=es&theme=dark&heading=Mira%22%3E%3Cb%3E")
    expect(guest.heading).to_have_text('Mira"><b>')
    guest.ask("Where does she work?")
    assert guest.panel.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    expect(guest.panel).to_have_css("background-color", "rgb(27, 31, 36)")
    assert guest.origins == {guest.backend.url}


def test_a_storage_that_holds_what_is_not_ours_is_no_harm(guest: Guest) -> None:
    key = f"vivavoce {guest.backend.url}/ mira-okonjo"
    for value in (
        "{",
        "null",
        '{"a": 1}',
        '[null, {"q": "x"}, 7]',
        json.dumps([{"q": "x", "answer": {"sentences": [], "citations": []}}]),
    ):
        page = guest.visit("plain", widget="")
        page.evaluate("([key, value]) => sessionStorage.setItem(key, value)", [key, value])
        guest.visit("plain")
        guest.open()
        guest.ask("Where does she work?")
        page.evaluate("sessionStorage.clear()")
