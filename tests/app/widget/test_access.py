"""The chat without a mouse, on a phone, enlarged, from right to left, in the dark, in forced colours, and under axe-core."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.app.web.visiting import DESK, PHONE, wide
from tests.app.widget.backend import Backend, Homepages
from tests.app.widget.guest import Guest, visiting

pytestmark = pytest.mark.browser

_SMALL: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


@pytest.mark.parametrize(
    ("name", "options", "theme", "direction"),
    [
        ("al-folio", {}, "light", "ltr"),
        ("al-folio", {"color_scheme": "dark"}, "dark", "ltr"),
        ("academicpages", _SMALL, "light", "ltr"),
        ("plain", _SMALL, "dark", "rtl"),
        ("plain", {}, "light", "rtl"),
    ],
)
def test_axe_finds_nothing_at_all(
    browser: Browser, backend: Backend, pages: Homepages, name: str, options: dict[str, Any], theme: str, direction: str
) -> None:
    with visiting(browser, backend, pages, **options) as guest:
        page = guest.visit(name, guest.tag(theme=theme))
        page.evaluate("direction => (document.documentElement.dir = direction)", direction)
        guest.launcher.wait_for()
        guest.open()
        guest.ask("cut, where does she work?", "cut")
        guest.ask("Please list everything")
        guest.last.locator("summary").click()
        guest.last.get_by_role("button", name="Helpful", exact=True).click()
        expect(guest.last.get_by_role("status")).to_have_text("Thank you")
        assert guest.violations() == []
        guest.last.locator(".n").first.click()
        assert guest.violations() == []


def test_any_colour_of_the_owner_keeps_its_words_readable(guest: Guest) -> None:
    page = guest.visit("plain")
    assert guest.violations() == [], "closed"
    guest.open()
    guest.ask("Where does she work?")
    for color in ("#ffd400", "#00f", "red", "#767676", "oklch(70% 0.2 150)"):
        page.evaluate("color => document.querySelector('vivavoce-chat').setAttribute('color', color)", color)
        assert guest.violations("color-contrast") == [], color


def test_the_keyboard_alone_opens_asks_reads_a_source_comes_back_and_leaves(guest: Guest) -> None:
    page = guest.visit()
    guest.launcher.wait_for()
    page.locator("a").last.focus()
    _tab_to(guest, ".launch")
    page.keyboard.press("Enter")
    expect(guest.box).to_be_focused()
    page.keyboard.type("Where does she work?")
    page.keyboard.press("Enter")
    expect(guest.last).to_have_attribute("data-state", "done")
    expect(guest.box).to_be_focused()
    _tab_to(guest, ".ex .n", "Shift+Tab")
    chip = guest.last.locator(".n").last
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".view")).to_be_hidden()
    expect(chip).to_be_focused()
    expect(guest.panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(guest.panel).to_be_hidden()
    expect(guest.launcher).to_be_focused()


def _tab_to(guest: Guest, selector: str, key: str = "Tab") -> None:
    for _ in range(30):
        guest.page.keyboard.press(key)
        if guest.page.evaluate(
            "s => document.querySelector('vivavoce-chat').shadowRoot.activeElement?.matches(s)", selector
        ):
            return
    raise AssertionError(f"{selector} cannot be reached")


def test_what_the_page_opened_gives_the_focus_back_to_where_it_was(guest: Guest) -> None:
    page = guest.visit()
    guest.launcher.wait_for()
    page.locator(".navbar-brand").focus()
    page.evaluate("document.querySelector('vivavoce-chat').open()")
    expect(guest.box).to_be_focused()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".navbar-brand")).to_be_focused()


def test_an_enter_that_ends_a_composition_sends_nothing(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.box.fill("她在哪里")
    guest.box.evaluate("""e => e.dispatchEvent(new KeyboardEvent("keydown",
      { key: "Enter", isComposing: true, bubbles: true, cancelable: true, composed: true }))""")
    expect(guest.box).to_have_value("她在哪里")
    guest.box.press("Shift+Enter")
    expect(guest.box).to_have_value("她在哪里\n")
    assert guest.backend.asked == []


def test_a_screen_reader_finds_a_dialog_a_log_and_names_for_everything(guest: Guest) -> None:
    guest.visit()
    guest.open()
    guest.ask("Where does she work?")
    tree = guest.panel.aria_snapshot()
    wanted = """- dialog "Ask about Mira Okonjo":
  - heading "Ask about Mira Okonjo" [level=2]
  - button "Clear the conversation"
  - button "Close"
  - log "Conversation":
    - paragraph: Hello. Ask me about Mira Okonjo’s work.
    - list:"""
    assert tree.startswith(wanted)
    for line in (
        '- paragraph: "Your question: Where does she work?"',
        """- 'button "Source 1: CV · Experience · p. 2"': "1\"""",
        '- button "Not helpful"',
        '- textbox "Your question"',
        '- button "Send"',
    ):
        assert line in tree, tree


def test_on_a_phone_it_fills_the_screen_above_the_keyboard_and_the_page_behind_is_out_of_reach(phone: Guest) -> None:
    # Chromium without a head has no keyboard; this says what a browser with one says.
    phone.page.add_init_script("""const view = Object.assign(new EventTarget(), { height: 844, offsetTop: 0, scale: 1 });
      Object.defineProperty(window, "visualViewport", { value: view });""")
    page = phone.visit()
    phone.open()
    assert phone.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert phone.panel.evaluate("e => e.matches(':modal')")
    page.evaluate("Object.assign(visualViewport, { height: 400, offsetTop: 60 }).dispatchEvent(new Event('resize'))")
    assert phone.panel.bounding_box() == {"x": 0, "y": 60, "width": 390, "height": 400}
    phone.ask("Please list everything")
    box = phone.box.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 460, "what is typed is seen above the keyboard"
    assert not wide(page)


def test_on_a_phone_everything_can_be_hit_with_a_thumb(phone: Guest) -> None:
    page = phone.visit()
    phone.launcher.wait_for()
    assert phone.launcher.evaluate(_SIZE) >= 44
    phone.open()
    phone.ask("Please list everything")
    phone.last.locator("summary").click()
    for target in page.locator(".panel :is(button:not(.n), summary, textarea):visible").all():
        assert target.evaluate(_SIZE) >= 44, target.evaluate("e => e.outerHTML")
    chip = phone.last.locator(".n").first
    reach = """e => { const r = e.getBoundingClientRect(), y = r.top + r.height / 2;
      return [-16, 0, 16].every((d) => e.getRootNode().elementFromPoint(r.left + r.width / 2, y + d) === e) }"""
    chip.scroll_into_view_if_needed()
    assert chip.evaluate(reach), "the number takes taps beside it"
    chip.click()
    for target in page.locator(".view :is(a, button)").all():
        assert target.evaluate("e => e.getBoundingClientRect().height") >= 44


_SIZE = "e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height)"


def test_at_four_hundred_percent_everything_can_be_read_and_used(
    browser: Browser, backend: Backend, pages: Homepages
) -> None:
    with visiting(browser, backend, pages, viewport={"width": 320, "height": 256}) as guest:
        page = guest.visit()
        guest.open()
        guest.ask("Please list everything")
        assert not wide(page)
        assert not guest.panel.evaluate(
            "e => [e, ...e.querySelectorAll('.body, .scroll')].some((p) => p.scrollWidth > p.clientWidth)"
        )
        for target in [guest.box, page.locator(".send"), guest.last.locator(".n").last]:
            target.scroll_into_view_if_needed()
            assert target.evaluate("""e => { const r = e.getBoundingClientRect();
              return e.contains(e.getRootNode().elementFromPoint(r.left + r.width / 2, r.top + r.height / 2)) }""")
        guest.last.locator(".n").last.click()
        expect(page.locator("blockquote")).to_be_in_viewport()


def test_in_forced_colours_buttons_and_bubbles_keep_their_shape(
    browser: Browser, backend: Backend, pages: Homepages
) -> None:
    with visiting(browser, backend, pages, viewport=DESK, forced_colors="active") as guest:
        page = guest.visit()
        border = "e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth"
        assert guest.launcher.evaluate(border) == "solid1px"
        guest.open()
        guest.ask("Where does she work?")
        for selector in (".panel", ".send", ".tool", ".q", ".n", ".chips button", "textarea"):
            assert page.locator(selector).first.evaluate(border) == "solid1px", selector
        guest.last.get_by_role("button", name="Helpful", exact=True).click()
        expect(guest.last.locator("[aria-pressed=true]")).to_have_css("border-top-width", "4px")


def test_who_wants_less_motion_gets_none(browser: Browser, backend: Backend, pages: Homepages) -> None:
    with visiting(browser, backend, pages, reduced_motion="reduce") as guest:
        guest.visit()
        guest.open()
        guest.ask("slowly", "asking")
        assert guest.page.evaluate("document.querySelector('vivavoce-chat').shadowRoot.getAnimations().length") == 0


def test_from_right_to_left_the_chat_is_mirrored_and_each_text_runs_its_own_way(guest: Guest) -> None:
    page = guest.visit("plain")
    page.evaluate("document.documentElement.dir = 'rtl'")
    guest.open()
    guest.ask("rtl")
    left = "e => e.getBoundingClientRect().left"
    assert guest.panel.evaluate(left) == 20
    assert page.locator(".send").evaluate(left) < guest.box.evaluate(left)
    assert page.get_by_role("button", name="Close").evaluate(left) < guest.heading.evaluate(left)
    assert guest.last.locator(".a").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".chips button").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
