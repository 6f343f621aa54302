"""The page without a mouse, enlarged, in the dark, in forced colours, and under axe-core."""

import pytest
from playwright.sync_api import Browser, expect

from tests.app.web.scripted import Served
from tests.app.web.visiting import DESK, Visit, complaints, visiting, wide

pytestmark = pytest.mark.browser


def test_on_a_phone_everything_can_be_hit_with_a_thumb(phone: Visit) -> None:
    page = phone.open()
    phone.ask("list")
    for selector in (
        ".vv-chip",
        ".vv-sources summary",
        "#vv-send",
        ".vv-tool",
        ".vv-figure",
        "[role=tab]",
        "#vv-question textarea",
    ):
        for target in page.locator(f"{selector}:visible").all():
            assert target.evaluate("e => e.getBoundingClientRect().height") >= 44, selector
    reach = page.locator(".vv-cite").first.evaluate(
        "e => { const r = e.getBoundingClientRect(), y = r.top + r.height / 2;"
        " return [-11, 0, 11].every((d) => document.elementFromPoint(r.left + r.width / 2, y + d) === e) }"
    )
    assert reach, "the chip takes taps beside it, at least 24 px in all (WCAG 2.5.8)"


def test_the_keyboard_alone_asks_opens_a_citation_and_comes_back(visit: Visit) -> None:
    page = visit.open()
    visit.box.focus()
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
def test_axe_finds_nothing_in_the_chat(request: pytest.FixtureRequest, scheme: str) -> None:
    visit: Visit = request.getfixturevalue(scheme)
    page = visit.open()
    visit.ask("nothing")
    visit.ask("Where does she work?")
    visit.box.press("Enter")
    expect(page.locator("#vv-notice")).to_contain_text("empty")
    assert complaints(page) == []
    page.locator(".vv-cite").last.click()
    expect(page.locator(".vv-mark")).to_be_visible()
    page.wait_for_timeout(400)
    assert complaints(page) == []


def test_dark_mode_follows_the_system(night: Visit) -> None:
    page = night.open()
    assert page.evaluate("document.body.classList.contains('dark')")
    assert page.locator(".gradio-container").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 23, 27)"
    page.emulate_media(color_scheme="light")
    expect(page.locator(".gradio-container")).to_have_css("background-color", "rgb(251, 250, 247)")


def test_axe_finds_nothing_in_the_directory(visit: Visit, phone: Visit) -> None:
    for visitor in (visit, phone):
        page = visitor.enter()
        page.get_by_role("checkbox").first.check()
        assert complaints(page) == []
        assert not wide(page)


def test_what_has_the_focus_is_not_under_the_question_box(visit: Visit) -> None:
    page = visit.open()
    visit.ask("list")
    page.get_by_role("link", name="All people").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            "() => { const e = document.activeElement, r = e.getBoundingClientRect(); if (e.closest('#vv-composer')) return false;"
            " const on = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);"
            " return !on || !(e.contains(on) || on.contains(e)) }"
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


def test_in_forced_colours_numbers_and_marks_keep_their_shape(browser: Browser, server: Served) -> None:
    for visit in visiting(browser, server, viewport=DESK, forced_colors="active"):
        page = visit.open()
        visit.ask("Where does she work?")
        border = "e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth"
        assert page.locator(".vv-cite").first.evaluate(border) == "solid1px"
        assert page.locator(".vv-face").first.evaluate(border) == "solid1px"
        page.locator(".vv-cite").first.click()
        mark = page.locator(".vv-mark").first
        expect(mark).to_be_visible()
        body = page.locator(".vv-document").evaluate("e => getComputedStyle(e).backgroundColor")
        assert mark.evaluate("e => getComputedStyle(e).backgroundColor") != body
