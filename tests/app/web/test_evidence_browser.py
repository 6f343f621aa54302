"""The page of a PDF in a real Chromium: the quote is marked on the paper where it stands, for the mouse, a thumb and the keyboard."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.web.scripted import Served, serving
from tests.app.web.visiting import DESK, PHONE, Visit, complaints, visiting, wide
from tests.conftest import Desk
from tests.ingest.paper import pdf
from tests.ingest.printed import printed_cv

pytestmark = pytest.mark.browser

ENTRY = 2
"""Which citation of the scripted list is the entry with the institute; it is printed 145 points below the top."""
QUOTE = "Fjord Institute, Bergen 2019 – 2023"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("evidence")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    desk.write("runa-tveit", "profile.toml", 'name = "Runa Tveit"\n')
    desk.write("runa-tveit", "cv.pdf", pdf(*printed_cv()))
    desk.ingest("runa-tveit")
    with serving(desk.profiles, desk.index) as served:
        yield served


@pytest.fixture(
    params=[
        {"viewport": DESK, "color_scheme": "light"},
        {"viewport": DESK, "color_scheme": "dark"},
        {"viewport": PHONE, "is_mobile": True, "has_touch": True, "color_scheme": "light"},
    ],
    ids=["desk", "night", "phone"],
)
def visit(request: pytest.FixtureRequest, browser: Browser, server: Served) -> Iterator[Visit]:
    yield from visiting(browser, server, **request.param)


def cited(visit: Visit) -> Page:
    """The page on which the source of the entry is open."""
    page = visit.open("runa-tveit")
    visit.ask("list")
    page.locator(".vv-answer .vv-cite").nth(ENTRY - 1).click()
    expect(page.locator(".vv-paper img")).to_be_visible()
    return page


def share(of: Locator, paper: Locator) -> tuple[float, float]:
    """Where the middle of ``of`` stands on ``paper``: of its width and of its height."""
    inner, outer = of.bounding_box(), paper.bounding_box()
    assert inner
    assert outer
    x = (inner["x"] + inner["width"] / 2 - outer["x"]) / outer["width"]
    return x, (inner["y"] + inner["height"] / 2 - outer["y"]) / outer["height"]


def test_a_citation_of_a_pdf_shows_its_page_with_the_words_marked(visit: Visit) -> None:
    page = cited(visit)
    image = page.get_by_role("img", name=QUOTE)
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("i => i.naturalWidth") > 900
    marks, paper = page.locator(".vv-box"), page.locator(".vv-paper")
    assert marks.count() >= 2
    expect(marks.first).to_be_in_viewport()
    x, y = share(marks.first, paper)
    assert x == pytest.approx(0.187, abs=0.01)
    assert y == pytest.approx(142 / 842, abs=0.01)
    expect(page.locator(".vv-document")).to_be_hidden()
    assert not wide(page)
    page.wait_for_timeout(400)
    assert complaints(page) == []


def test_the_text_is_one_choice_away_and_the_choice_is_kept(visit: Visit) -> None:
    page = cited(visit)
    page.get_by_role("radio", name="Text").check()
    expect(page.locator(".vv-paper")).to_be_hidden()
    expect(page.locator(".vv-mark").first).to_be_in_viewport()
    page.get_by_role("button", name="Close the source").click()
    page.locator(".vv-answer .vv-cite").first.click()
    expect(page.locator(".vv-mark").first).to_be_in_viewport()
    expect(page.get_by_role("radio", name="Text")).to_be_checked()
    page.get_by_role("radio", name="Page").check()
    expect(page.locator(".vv-box").first).to_be_in_viewport()


def test_larger_print_keeps_the_words_in_sight(visit: Visit) -> None:
    page = cited(visit)
    before = page.locator(".vv-paper").bounding_box()
    page.get_by_role("button", name="Larger").click()
    expect(page.get_by_role("button", name="Larger", pressed=True)).to_be_visible()
    after = page.locator(".vv-paper").bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]
    expect(page.locator(".vv-box").first).to_be_in_viewport()
    assert not wide(page)


def test_the_keyboard_alone_changes_the_view_and_comes_back(browser: Browser, server: Served) -> None:
    for visit in visiting(browser, server, viewport=DESK):
        page = visit.open("runa-tveit")
        visit.ask("list")
        chip = page.locator(".vv-answer .vv-cite").nth(ENTRY - 1)
        chip.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".vv-paper img")).to_be_visible()
        radio = page.get_by_role("radio", name="Page")
        for _ in range(6):
            page.keyboard.press("Tab")
            if radio.evaluate("e => e === document.activeElement"):
                break
        expect(radio).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".vv-mark").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(chip).to_be_focused()


def test_in_forced_colours_the_words_are_framed(browser: Browser, server: Served) -> None:
    for visit in visiting(browser, server, viewport=DESK, forced_colors="active"):
        page = cited(visit)
        style = page.locator(".vv-box").first.evaluate(
            "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.mixBlendMode] }"
        )
        assert style == ["solid", "3px", "normal"]


def test_where_the_picture_cannot_be_had_the_text_is_shown(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    visit = Visit(context, server)
    visit.page.route("**/documents/**", lambda route: route.abort())
    page = visit.open("runa-tveit")
    visit.ask("list")
    page.locator(".vv-answer .vv-cite").nth(ENTRY - 1).click()
    expect(page.locator(".vv-mark").first).to_be_in_viewport()
    expect(page.locator(".vv-views")).to_have_count(0)
    context.close()
