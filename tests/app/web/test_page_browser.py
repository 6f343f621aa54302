"""The page in a real Chromium: ask, read, check the source, on a desk and on a phone."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.app.web.chromium import chromium
from tests.app.web.scripted import TAGS, Served, serving
from tests.conftest import Desk

pytestmark = pytest.mark.browser

OURS = [".vv-log", "#vv-evidence", "#vv-person", "#vv-notice", "#vv-foot"]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    desk.write("tagged", "profile.toml", f"name = '{TAGS}'\n")
    desk.write(
        "tagged",
        "cv.txt",
        f"Tagged Person\n\nEXPERIENCE\n\nSenior {TAGS} Researcher 2020 - 2024\n\n" + "More work. " * 40,
    )
    desk.ingest("tagged")
    with serving(desk.profiles, desk.index) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


class Visit:
    """One visitor's window, which must stay on this machine and without errors."""

    def __init__(self, context: BrowserContext, server: Served) -> None:
        self.url = server.url
        self.page = context.new_page()
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in {"data", "blob"} and not request.url.startswith(self.url):
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, slug: str = "mira-okonjo") -> Page:
        self.page.goto(f"{self.url}/?profile={slug}")
        self.page.locator(".vv-greeting").first.wait_for()
        return self.page

    def ask(self, question: str) -> None:
        box = self.page.get_by_label("Your question")
        box.fill(question)
        box.press("Enter")
        self.answered(question)

    def answered(self, question: str) -> None:
        last = self.page.locator(".vv-exchange").last
        expect(last.locator(".vv-question")).to_have_text(f"You asked: {question}")
        expect(last).to_have_attribute("aria-busy", "false")


def visiting(browser: Browser, server: Served, **options: object) -> Iterator[Visit]:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    visit = Visit(context, server)
    yield visit
    context.close()
    assert visit.outside == []
    assert visit.complaints == []


@pytest.fixture
def visit(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, viewport=DESK, color_scheme="light")


@pytest.fixture
def phone(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, viewport=PHONE, is_mobile=True, has_touch=True, color_scheme="light")


@pytest.fixture
def night(browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, viewport=DESK, color_scheme="dark", reduced_motion="reduce")


def folded(text: str | None) -> str:
    return " ".join((text or "").split())


def wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


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
    box = page.get_by_label("Your question")
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
    page.get_by_label("Your question").fill("half a thou")
    page.get_by_role("button", name="Where does she work?").click()
    visit.answered("Where does she work?")
    expect(page.get_by_label("Your question")).to_have_value("half a thou")
    page.get_by_role("list", name="Follow-up questions").get_by_role("button", name="And before that?").click()
    visit.answered("And before that?")


@pytest.mark.parametrize(
    ("question", "words"), [("", "The question is empty"), ("x" * 501, "longer than 500 characters")]
)
def test_a_question_that_is_refused_is_not_lost(visit: Visit, question: str, words: str) -> None:
    page = visit.open()
    visit.ask("Remember this")
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#vv-notice [role=status]").first).to_contain_text(words)
    expect(box).to_have_value(question)
    assert page.locator(".vv-exchange").count() == 1
    visit.ask("Another one")
    expect(page.locator("#vv-notice")).to_have_text("")


def test_a_fault_says_no_more_than_an_incident(visit: Visit) -> None:
    page = visit.open()
    box = page.get_by_label("Your question")
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


def test_each_profile_has_its_address_and_its_own_conversation(visit: Visit) -> None:
    page = visit.open()
    visit.ask("Remember this")
    chooser = page.get_by_label("Profile")
    chooser.click()
    page.get_by_role("option", name="Teo Lindqvist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teo Lindqvist")
    expect(page).to_have_url(f"{visit.url}/?profile=teo-lindqvist")
    expect(page).to_have_title("Teo Lindqvist · Vivavoce")
    expect(page.locator(".vv-exchange:visible")).to_have_count(0)
    visit.ask("First here")
    expect(page.locator(".vv-answer:visible")).to_contain_text("Turn 1: First here")
    chooser.click()
    page.get_by_role("option", name="Mira Okonjo").click()
    expect(page.locator(".vv-answer:visible")).to_contain_text("Turn 1: Remember this")


def test_an_unknown_profile_offers_those_there_are(visit: Visit) -> None:
    page = visit.open("nobody")
    expect(page.locator(".vv-greeting")).to_have_text("There is no profile 'nobody' here. You can ask about:")
    page.get_by_role("button", name="Mira Okonjo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira Okonjo")
    visit.ask("Remember this")


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
    assert page.locator(".gradio-container img").count() == 0
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
    assert page.locator("#vv-desk").evaluate("desk => desk.inert")
    assert not wide(page)
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    expect(chip).to_be_focused()
    chip.tap()
    sheet.get_by_role("button", name="Close the source").tap()
    expect(sheet).not_to_be_visible()
    expect(chip).to_be_focused()
    assert not page.locator("#vv-desk").evaluate("desk => desk.inert")


def test_on_a_phone_everything_can_be_hit_with_a_thumb(phone: Visit) -> None:
    page = phone.open()
    phone.ask("list")
    for selector in (".vv-chip", ".vv-sources summary", "#vv-send", "#vv-chooser input", "#vv-question textarea"):
        for target in page.locator(f"{selector}:visible").all():
            box = target.evaluate("e => (e.closest('.wrap-inner') || e).getBoundingClientRect().height")
            assert box >= 44, selector
    reach = page.locator(".vv-cite").first.evaluate(
        "e => { const r = e.getBoundingClientRect(), y = r.top + r.height / 2;"
        " return [-11, 0, 11].every((d) => document.elementFromPoint(r.left + r.width / 2, y + d) === e) }"
    )
    assert reach, "the chip takes taps beside it, at least 24 px in all (WCAG 2.5.8)"


def test_the_keyboard_alone_asks_opens_a_citation_and_comes_back(visit: Visit) -> None:
    page = visit.open()
    page.get_by_label("Your question").focus()
    page.keyboard.type("Where does she work?")
    page.keyboard.press("Enter")
    visit.answered("Where does she work?")
    chip = page.locator(".vv-answer .vv-cite").first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if chip.evaluate("e => e === document.activeElement"):
            break
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".vv-evidence-title")).to_be_focused()
    expect(page.locator(".vv-mark")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close the source")).to_be_focused()
    page.keyboard.press("Enter")
    expect(chip).to_be_focused()


def test_at_four_hundred_percent_nothing_is_cut_off(browser: Browser, server: Served) -> None:
    for visit in visiting(browser, server, viewport={"width": 320, "height": 256}, color_scheme="light"):
        page = visit.open()
        visit.ask("list")
        assert not wide(page)


@pytest.mark.parametrize("scheme", ["visit", "night", "phone"])
def test_axe_finds_nothing_serious_in_our_own_markup(request: pytest.FixtureRequest, scheme: str) -> None:
    visit: Visit = request.getfixturevalue(scheme)
    page = visit.open()
    visit.ask("nothing")
    visit.ask("Where does she work?")
    page.get_by_label("Your question").press("Enter")
    expect(page.locator("#vv-notice")).to_contain_text("empty")
    assert serious(page) == []
    page.locator(".vv-cite").last.click()
    expect(page.locator(".vv-mark")).to_be_visible()
    page.wait_for_timeout(400)
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page, context={"include": [[selector] for selector in OURS]}).response["violations"]
    grave = [v for v in found if v["impact"] in {"serious", "critical"}]
    return [f"{v['id']}: {node['html'][:120]} {node.get('failureSummary', '')}" for v in grave for node in v["nodes"]]


def test_dark_mode_follows_the_system(night: Visit) -> None:
    page = night.open()
    assert page.evaluate("document.body.classList.contains('dark')")
    assert page.locator(".gradio-container").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 23, 27)"
    page.emulate_media(color_scheme="light")
    expect(page.locator(".gradio-container")).to_have_css("background-color", "rgb(251, 250, 247)")


def test_a_full_queue_keeps_the_question_and_says_so(browser: Browser, ingested: Desk) -> None:
    with serving(ingested.profiles, ingested.index, "--concurrency", "1", "--queue", "1") as server:
        context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
        pages = [Visit(context, server).open() for _ in range(4)]
        for page in pages:
            page.get_by_label("Your question").fill("slowly")
        for page in pages:
            page.get_by_label("Your question").press("Enter")
        expect(pages[-1].locator("#vv-notice")).to_contain_text("busy")
        expect(pages[-1].get_by_label("Your question")).to_have_value("slowly")
        expect(pages[0].locator(".vv-exchange")).to_have_attribute("aria-busy", "false")
        context.close()


def test_a_server_that_goes_and_comes_back_loses_nothing(browser: Browser, ingested: Desk) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    with serving(ingested.profiles, ingested.index) as server:
        visit = Visit(context, server)
        page = visit.open()
        visit.ask("Remember this")
        page.get_by_label("Your question").fill("Answer slowly, please")
        page.get_by_label("Your question").press("Enter")
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
        page.get_by_role("button", name="Ask again").click(timeout=30_000)
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
    page.get_by_label("Your question").fill("Are you there?")
    page.get_by_label("Your question").press("Enter")
    expect(page.locator("#vv-notice")).to_contain_text("The connection is lost.", timeout=15_000)
    expect(page.get_by_label("Your question")).to_have_value("Are you there?")
    expect(page.locator(".vv-answer")).to_contain_text("Turn 1: Remember this")
    context.close()
