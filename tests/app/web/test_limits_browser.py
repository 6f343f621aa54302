"""On a server for everybody the page and the chat get their pass by themselves, and who asks too much reads when to come back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.app.web.scripted import Served, serving
from tests.app.web.visiting import DESK, Visit, visiting
from tests.conftest import PEOPLE, Desk

SETTINGS = {
    "VIVAVOCE_PROXIES": '["127.0.0.1"]',
    "VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0",
    "VIVAVOCE_LIMIT_ADDRESS_DAY": "0",
    "VIVAVOCE_LIMIT_SESSION_HOUR": "0",
    "VIVAVOCE_LIMIT_SESSION_DAY": "2",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Iterator[Served]:
    """Two questions a day of a session."""
    desk = ingested.copied(tmp_path_factory.mktemp("few"), *PEOPLE)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in SETTINGS.items():
            environment.setenv(name, value)
        with serving(desk.profiles, desk.index) as served:
            yield served


@pytest.fixture
def chinese(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, viewport=DESK, color_scheme="light", locale="zh-CN")


def held_back(visit: Visit, sentence: str) -> None:
    visit.open()
    visit.ask("Where does she work?")
    visit.ask("Please list everything")
    visit.box.fill("One too many?")
    visit.box.press("Enter")
    expect(visit.page.locator("#vv-notice")).to_contain_text(sentence)
    expect(visit.page.locator(".vv-exchange:visible")).to_have_count(2)
    assert visit.box.input_value() == "One too many?"


def test_a_visitor_who_asks_too_much_reads_when_to_come_back(visit: Visit) -> None:
    held_back(visit, "That was a lot of questions in a short time. Please ask again in 24 h.")


def test_a_visitor_who_reads_chinese_reads_it_in_chinese(chinese: Visit) -> None:
    held_back(chinese, "短时间内的提问太多了，请在 24 h 后再问。")


def test_the_page_gets_a_pass_where_its_questions_need_one(visit: Visit) -> None:
    visit.open()
    body = "{ profile: 'mira-okonjo', question: 'Where does she work?' }"
    statuses = f"async () => [(await fetch('v1/ask', {{ method: 'POST', body: JSON.stringify({body}) }})).status, (await vv.post('v1/ask', {body})).status]"
    assert visit.page.evaluate(statuses) == [401, 200]
    visit.complaints = [said for said in visit.complaints if "401" not in said]


def test_the_chat_gets_a_pass_and_says_when_to_come_back(visit: Visit) -> None:
    visit.go(f"{visit.url}/embed/mira-okonjo?language=en")
    chat = visit.page.locator("vivavoce-chat")
    box = chat.locator("textarea")
    for n, question in enumerate(("Where does she work?", "And where before?"), 1):
        box.fill(question)
        box.press("Enter")
        expect(chat.locator('.ex[data-state="done"]')).to_have_count(n)
    box.fill("One too many?")
    box.press("Enter")
    expect(chat.locator(".note.bad")).to_contain_text("Many questions just now. Ask again in")
    visit.complaints = [said for said in visit.complaints if "401" not in said and "429" not in said]
