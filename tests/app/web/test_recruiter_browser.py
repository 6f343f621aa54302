"""The Recruiter tab in a real Chromium: paste, file, evidence, downloads, refusals, on a desk and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.app.match.served import serving_matches
from tests.app.web.scripted import Served
from tests.app.web.visiting import Visit, complaints
from tests.conftest import Desk

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> experience"
JOB = f"Requirements:\n- Experience with hydrophones\n- Beekeeping\n- {HOSTILE}\n- Under 30 years of age\n"


@pytest.fixture(scope="module")
def server(desk: Desk) -> Iterator[Served]:
    """In place of the scripted one."""
    with serving_matches(desk.profiles, desk.index) as served:
        yield served


def opened(visit: Visit) -> Page:
    """The tab of Mira."""
    page = visit.open("mira-okonjo")
    page.get_by_role("tab", name="For recruiters").click()
    page.locator("#vv-match-text").wait_for()
    return page


def matched(visit: Visit, text: str = JOB) -> Page:
    page = opened(visit)
    page.get_by_label("Job description", exact=True).fill(text)
    page.get_by_role("button", name="Find the evidence").click()
    page.locator(".vv-match-item").first.wait_for(timeout=30_000)
    return page


def test_a_pasted_job_description_gives_verdicts_quotes_and_questions(visit: Visit) -> None:
    page = matched(visit)
    verdicts = page.locator(".vv-match-verdict").all_inner_texts()
    assert [v.lower() for v in verdicts] == ["stated", "not stated", "not stated"]
    expect(page.locator(".vv-match-quote").first).to_contain_text("Hydrophone")
    expect(page.locator(".vv-match-questions")).to_contain_text("Beekeeping")
    expect(page.get_by_text("Under 30 years of age", exact=False).last).to_be_visible()
    assert visit.complaints == []
    assert visit.outside == []


def test_what_a_stranger_pastes_is_shown_and_never_run(visit: Visit) -> None:
    page = matched(visit)
    expect(page.locator(".vv-match-asked").nth(2)).to_contain_text("<img src=x")
    assert page.locator(".vv-match-report img").count() == 0


def test_a_chip_opens_the_source_at_the_quote(visit: Visit) -> None:
    page = matched(visit)
    page.locator(".vv-match-item .vv-cite").first.click()
    expect(page.locator("#vv-evidence mark").first).to_contain_text("Hydrophone")


@pytest.mark.parametrize(("button", "begins"), [("Markdown", "# Job description"), ("HTML", "<!doctype html>")])
def test_the_report_can_be_taken_along(visit: Visit, tmp_path: Path, button: str, begins: str) -> None:
    page = matched(visit)
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = tmp_path / "report"
    download.value.save_as(path)
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_a_file_is_read_as_a_pasted_text_is(visit: Visit, tmp_path: Path) -> None:
    job = tmp_path / "job.md"
    job.write_text(JOB, encoding="utf-8")
    page = opened(visit)
    page.locator("#vv-match-file").set_input_files(job)
    page.get_by_role("button", name="Find the evidence").click()
    expect(page.locator(".vv-match-item")).to_have_count(3, timeout=30_000)


def test_nothing_pasted_too_large_or_unreadable_is_a_sentence_and_loses_nothing(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit)
    send, status = page.get_by_role("button", name="Find the evidence"), page.locator(".vv-match-status")
    send.click()
    expect(status).to_contain_text("Paste the text")
    page.locator("#vv-match-text").fill("The sky is blue.")
    send.click()
    expect(status).to_contain_text("no requirements were found", timeout=30_000)
    large = tmp_path / "job.pdf"
    large.write_bytes(b"x" * 10_000_000)
    page.locator("#vv-match-file").set_input_files(large)
    send.click()
    expect(status).to_contain_text("too large")
    expect(page.locator("#vv-match-text")).to_have_value("The sky is blue.")
    # Chromium writes down every answer of a server that is an error, also one that the page foresees.
    visit.complaints[:] = [c for c in visit.complaints if "server responded with a status of 4" not in c]


def test_the_tab_fits_a_phone_and_axe_finds_nothing(phone: Visit) -> None:
    page = matched(phone)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints(page) == []
