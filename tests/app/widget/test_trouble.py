"""A wrong profile, a server that is gone, busy or breaks off, a forbidden storage, an old browser: one sentence, and the page left alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.app.web.scripted import free_port
from tests.app.widget.backend import WAIT_S, Backend, Homepages
from tests.app.widget.guest import Guest, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def struck(browser: Browser, backend: Backend, pages: Homepages) -> Iterator[Guest]:
    """A guest whose browser may write down that a request failed, and nothing else."""
    with visiting(browser, backend, pages) as found:
        yield found
        assert [c for c in found.complaints if "Failed to load resource" not in c and "CORS policy" not in c] == []


def trouble(guest: Guest) -> str:
    """What is said in place of a greeting."""
    alert = guest.panel.get_by_role("alert")
    expect(alert).to_be_visible()
    return alert.inner_text()


def test_a_wrong_profile_is_one_sentence(struck: Guest) -> None:
    struck.visit(widget=struck.tag(profile="nobody"))
    struck.launcher.click()
    assert trouble(struck) == "There is nobody called “nobody” here."
    assert [error["code"] for error in struck.heard("error")] == ["unknown_profile"]
    struck.ask("Where does she work?")


def test_a_server_that_is_gone_is_one_sentence_with_a_way_to_ask_again(struck: Guest) -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    page = struck.visit("plain", widget="")
    text = page.locator("body").inner_text()
    struck.homepages.api, api = f"{struck.homepages.api} {gone}", struck.homepages.api
    try:
        struck.visit("plain", struck.tag(api=gone))
    finally:
        struck.homepages.api = api
    struck.launcher.click()
    assert trouble(struck).startswith("The server does not answer just now.")
    struck.ask("Where does she work?", "cut")
    expect(struck.last.locator(".note")).to_contain_text("The server does not answer just now.")
    assert [error["code"] for error in struck.heard("error")] == ["lost", "lost"]
    page.get_by_role("button", name="Close").click()
    assert page.locator("body").inner_text() == text


def test_where_the_widget_itself_cannot_be_loaded_the_page_is_as_it_was(struck: Guest) -> None:
    page = struck.visit("plain", widget="")
    text = page.locator("body").inner_text()
    struck.visit("plain", widget=struck.tag().replace(struck.backend.url, f"http://127.0.0.1:{free_port()}"))
    assert page.locator("body").inner_text() == text
    struck.complaints.clear()


def test_a_server_that_lets_this_page_not_in_is_one_sentence(struck: Guest) -> None:
    struck.backend.is_down = True
    struck.visit()
    struck.launcher.click()
    assert trouble(struck).startswith("The server does not answer just now.")
    struck.backend.is_down = False
    struck.panel.get_by_role("button", name="Ask again").click()
    expect(struck.heading).to_have_text("Ask about Mira Okonjo")
    expect(struck.panel.get_by_role("alert")).to_have_count(0)


def test_a_busy_server_is_counted_down_and_then_asked_again(struck: Guest) -> None:
    clock = struck.page.clock
    clock.install()
    struck.visit()
    struck.open()
    clock.pause_at(struck.page.evaluate("Date.now() + 1000"))
    struck.backend.refused = 1
    struck.ask("Where does she work?", "cut")
    timer = struck.last.get_by_role("timer")
    expect(struck.last.locator(".note")).to_contain_text("Many questions just now. Ask again in")
    expect(timer).to_have_text(f"{WAIT_S} s")
    send = struck.page.get_by_role("button", name="Send")
    expect(send).to_be_disabled()
    struck.box.fill("Too soon")
    struck.box.press("Enter")
    clock.run_for(1_000)
    expect(timer).to_have_text(f"{WAIT_S - 1} s")
    clock.run_for(1_000 * WAIT_S)
    expect(send).to_be_enabled()
    assert len(struck.backend.asked) == 1
    struck.last.get_by_role("button", name="Ask again").click()
    expect(struck.last).to_have_attribute("data-state", "done")
    assert struck.page.locator(".ex").count() == 1
    expect(struck.box).to_have_value("Too soon")


def test_a_server_that_is_busy_from_the_start_is_counted_down_too(struck: Guest) -> None:
    struck.backend.refused = 1
    struck.visit()
    struck.launcher.click()
    assert trouble(struck).startswith("Many questions just now. Ask again in")
    expect(struck.page.get_by_role("button", name="Send")).to_be_disabled()
    struck.panel.get_by_role("button", name="Ask again").click()
    expect(struck.heading).to_have_text("Ask about Mira Okonjo")
    expect(struck.page.get_by_role("button", name="Send")).to_be_enabled()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("cut, where does she work?", "The answer was cut off."),
        ("fault, where does she work?", "That did not work."),
    ],
)
def test_an_answer_that_breaks_off_keeps_what_came_is_marked_and_can_be_asked_again(
    struck: Guest, question: str, sentence: str
) -> None:
    struck.visit()
    struck.open()
    struck.ask(question, "cut")
    expect(struck.last.locator(".a")).to_contain_text("since September 2021")
    expect(struck.last.locator(".note")).to_contain_text(sentence)
    struck.last.locator(".n").first.click()
    expect(struck.page.locator("blockquote")).to_contain_text("Senior Researcher")
    struck.page.get_by_role("button", name="Back").click()
    struck.last.get_by_role("button", name="Ask again").click()
    expect(struck.last).to_have_attribute("data-state", "cut")
    assert len(struck.backend.asked) == 2
    struck.ask("And where now?")
    assert [turn["text"] for turn in struck.backend.asked[-1]["turns"]] == ["And where now?"], (
        "what was cut off is no turn"
    )


def test_a_server_that_falls_silent_is_given_up(struck: Guest) -> None:
    struck.page.clock.install()
    struck.visit()
    struck.page.clock.run_for(5_000)
    struck.open()
    struck.ask("slowly, where does she work?", "asking")
    struck.page.clock.run_for(50_000)
    expect(struck.last).to_have_attribute("data-state", "cut")
    expect(struck.last.locator(".note")).to_contain_text("The server does not answer just now.")


def test_a_question_that_is_too_long_is_one_sentence(struck: Guest) -> None:
    struck.visit()
    struck.open()
    struck.ask("too long", "cut")
    expect(struck.last.locator(".note")).to_have_text("The question is too long.")


def test_without_storage_it_works_and_remembers_nothing(struck: Guest) -> None:
    struck.page.add_init_script(
        """Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError") } })"""
    )
    struck.visit()
    struck.open()
    struck.ask("Where does she work?")
    struck.ask("And before that?")
    assert len(struck.backend.asked[-1]["turns"]) == 3


@pytest.mark.parametrize(
    "missing", ["Document.prototype.adoptedStyleSheets", "window.customElements", "window.ReadableStream"]
)
def test_a_browser_that_is_too_old_gets_a_sentence_with_a_link(struck: Guest, missing: str) -> None:
    struck.page.add_init_script(f"delete {missing}")
    for widget, inline in ((None, ""), ("", struck.element())):
        page = struck.visit("plain", widget, inline)
        link = page.get_by_role("link", name="This browser is too old for the chat; ask on its own page")
        assert link.get_attribute("href") == f"{struck.backend.url}/?profile=mira-okonjo"


def test_two_lines_and_a_page_that_moves_it_about_are_no_harm(struck: Guest) -> None:
    page = struck.visit("plain", struck.tag() + struck.element())
    shown = page.locator(".launch:visible")
    shown.wait_for()
    page.evaluate("""() => {
      const chat = document.querySelector('vivavoce-chat[mode=launcher]');
      chat.remove();
      chat.setAttribute("language", "de");
      document.body.prepend(chat);
    }""")
    expect(shown).to_have_accessible_name("Frage stellen")


def test_an_unusable_colour_or_date_is_left_out(struck: Guest) -> None:
    struck.visit(
        widget=struck.tag(color="red;} * { display: none", position="elsewhere", theme="mauve", language="tlh")
    )
    struck.open()
    expect(struck.page.locator(".send")).to_have_css("background-color", "rgb(29, 79, 124)")
    expect(struck.box).to_have_attribute("placeholder", "Your question")
