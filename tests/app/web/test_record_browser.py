"""The Record tab in a real Chromium: charts, lists, filters, downloads and the way from each row to its source, on a desk and on a phone."""

import re
from collections.abc import Iterator

import httpx
import pytest
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.web.chromium import chromium
from tests.app.web.scripted import Served, serving
from tests.app.web.visiting import DESK, PHONE, Visit, complaints
from tests.conftest import Desk

pytestmark = pytest.mark.browser

TAGS = "<img src=x onerror=alert(1)>"
PAPERS = 60
PEOPLE = ("lina-haug", "ravi-menon")


def _bibliography() -> str:
    """A long list: three journals, eleven years, five co-authors."""
    others = ("Kim Ro", "Tove Dahl", "Jun Hsu", "Lea Orr", "Uma Ek")
    entries = []
    for n in range(PAPERS):
        authors = [others[n % 5], others[n % 3 + 1], *(["Ada Byron"] * (n % 4 > 0))][:: -1 if n % 2 else 1]
        entries.append(
            f"@article{{p{n}, title={{On tide number {n} of the north}}, author={{{' and '.join(dict.fromkeys(authors))}}},"
            f" journal={{Journal of {('Tides', 'Salt', 'Sand')[n % 3]}}}, year={{{2012 + n % 11}}}}}"
        )
    return "\n\n".join(entries)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, everyone: Desk) -> Iterator[Served]:
    desk = everyone.copied(tmp_path_factory.mktemp("record"), *PEOPLE)
    desk.write("ada-byron", "profile.toml", 'name = "Ada Byron"\naliases = ["白安达"]\n')
    desk.write("ada-byron", "papers.bib", _bibliography())
    desk.write(
        "ada-byron",
        "cv.txt",
        f"Ada Byron\n\nEXPERIENCE\n\nSenior {TAGS} Researcher 2020 - 2024\n\n" + "More work. " * 40,
    )
    desk.ingest("ada-byron")
    with serving(desk.profiles, desk.index) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


class Reader(Visit):
    """A visitor of the Record tab."""

    def __init__(self, browser: Browser, server: Served, **options: object) -> None:
        super().__init__(browser.new_context(**({"viewport": DESK} | options)), server)  # type: ignore[arg-type]

    def leave(self) -> None:
        """Closes the window, which must have stayed on this machine and without errors."""
        self.page.context.close()
        assert self.complaints == [], self.complaints
        assert self.outside == []

    def open(self, slug: str = "lina-haug") -> Page:
        self.go(f"{self.url}/?profile={slug}")
        self.page.get_by_role("tab").nth(1).click()
        self.page.locator(".vv-record [data-part=list]").wait_for()
        return self.page

    @property
    def rows(self) -> Locator:
        return self.page.locator(".vv-record-table tbody tr:visible")

    @property
    def status(self) -> Locator:
        return self.page.locator(".vv-record-status [role=status]")

    def counted(self, slug: str, **query: str) -> int:
        """How many publications the API gives for the same filters."""
        answer = httpx.get(f"{self.url}/v1/profiles/{slug}/publications", params=query, trust_env=False)
        count: int = answer.json()["count"]
        return count


@pytest.fixture
def reader(browser: Browser, server: Served) -> Iterator[Reader]:
    found = Reader(browser, server)
    yield found
    found.leave()


def test_a_bar_of_the_plot_lists_the_publications_of_its_year(reader: Reader) -> None:
    page = reader.open("lina-haug")
    bar = page.locator('#vv-record-plot path[aria-roledescription="bar"][aria-label*="2023"][aria-label*="preprint"]')
    bar.click()
    expect(reader.status).to_have_text("3 of 12 publications")
    assert set(page.locator(".vv-record-table tbody tr:visible .vv-record-col-year").all_inner_texts()) == {"2023"}
    expect(page.get_by_role("button", name="2023: 3 publications, list them")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Publications", exact=True)).to_be_focused()


@pytest.mark.parametrize("kind", ["year", "venue", "co_author"])
def test_every_bar_lists_as_many_as_it_says_and_as_the_api_gives(reader: Reader, kind: str) -> None:
    page = reader.open("lina-haug")
    for bar in page.locator(f"button[data-filter={kind}][data-value]").all():
        said = int(re.findall(r"\d+", bar.inner_text())[-1])
        bar.click()
        expect(reader.rows).to_have_count(said)
        assert reader.counted("lina-haug", **{kind: bar.get_attribute("data-value") or ""}) == said


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        ({"Author position": "first"}, {"position": "first"}),
        ({"Author position": "last", "Year": "2024"}, {"position": "last", "year": "2024"}),
        ({"Status": "preprint"}, {"status": "preprint"}),
        ({"Venue": "Marine Microbes"}, {"venue": "Marine Microbes"}),
        ({"Search": "LUGWORM nyman"}, {"q": "LUGWORM nyman"}),
    ],
)
def test_filters_agree_with_the_api(reader: Reader, filters: dict[str, str], query: dict[str, str]) -> None:
    page = reader.open("lina-haug")
    for label, value in filters.items():
        if label == "Search":
            page.get_by_label(label, exact=True).fill(value)
        else:
            page.get_by_role("combobox", name=label, exact=True).select_option(value)
    count = reader.counted("lina-haug", **query)
    assert count > 0
    expect(reader.rows).to_have_count(count)
    expect(reader.status).to_have_text(f"{count} of 12 publications")


def test_what_is_shown_is_what_is_downloaded(reader: Reader) -> None:
    page = reader.open("lina-haug")
    page.get_by_role("button", name="Okafor C: 2 publications, list them").first.click()
    for name in ("BibTeX", "CSV", "CSL-JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.startswith("lina-haug-publications.")
        if name == "BibTeX":
            entries = parse_string(download.value.path().read_text(encoding="utf-8")).entries
            assert len(entries) == 2
    expect(page.get_by_role("button", name="Remove the filter Okafor C")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(reader.status).to_have_text("12 publications")
    expect(page.get_by_label("Search", exact=True)).to_be_focused()


def test_a_row_opens_its_source_and_the_focus_comes_back(reader: Reader) -> None:
    page = reader.open("lina-haug")
    for title in ("Bacterial lodgers of the lugworm burrow", "Postdoctoral Fellow"):
        button = page.locator(".vv-record-source", has_text=title)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#vv-evidence mark").first).to_contain_text(title)
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_the_picture_of_co_authors_is_walked_with_arrow_keys(reader: Reader) -> None:
    page = reader.open("ada-byron")
    nodes = page.locator(".vv-record-node")
    assert nodes.count() == 5
    assert page.locator('.vv-record-node[tabindex="0"]').count() == 1
    seen = set()
    page.locator('.vv-record-node[tabindex="0"]').focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 4:
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.dataset.value"))
    assert len(seen) >= 3
    assert page.locator('.vv-record-node[tabindex="0"]').count() == 1
    name = page.evaluate("document.activeElement.dataset.value")
    page.keyboard.press("Enter")
    expect(reader.status).to_have_text(f"{reader.counted('ada-byron', co_author=name)} of {PAPERS} publications")


def test_a_long_list_begins_with_its_first_rows(reader: Reader) -> None:
    page = reader.open("ada-byron")
    expect(reader.rows).to_have_count(30)
    expect(reader.status).to_have_text(f"{PAPERS} publications")
    page.get_by_role("button", name=f"Show {PAPERS - 30} more").click()
    expect(reader.rows).to_have_count(PAPERS)
    expect(page.locator(".vv-record-table tbody tr:nth-child(31) button")).to_be_focused()


def test_columns_are_sorted_both_ways(reader: Reader) -> None:
    page = reader.open("lina-haug")
    column = page.locator(".vv-record-table thead th", has_text="Year")
    expect(column).to_have_attribute("aria-sort", "descending")
    column.get_by_role("button").click()
    expect(column).to_have_attribute("aria-sort", "ascending")
    years = reader.rows.locator(".vv-record-col-year").all_inner_texts()
    assert years == sorted(years)
    page.locator(".vv-record-table thead th", has_text="Publication").get_by_role("button").click()
    titles = [t.lower() for t in reader.rows.locator(".vv-record-source").all_inner_texts()]
    assert titles == sorted(titles)


def test_markup_in_a_source_stays_text(reader: Reader) -> None:
    page = reader.open("ada-byron")
    expect(page.locator(".vv-record-station").first).to_contain_text(TAGS)
    page.locator(".vv-record-source", has_text=TAGS).click()
    expect(page.locator("#vv-evidence mark").first).to_contain_text(TAGS)


def test_a_person_without_publications_has_a_career_and_a_sentence(reader: Reader) -> None:
    page = reader.open("ravi-menon")
    expect(page.get_by_text("The documents list no publications.")).to_be_visible()
    assert page.locator(".vv-record-station").count() == 6
    expect(page.locator("#vv-record-plot svg")).to_have_count(0)


def test_another_person_brings_another_record(reader: Reader) -> None:
    page = reader.open("lina-haug")
    page.get_by_label("Search", exact=True).fill("lugworm")
    reader.open("ada-byron")
    expect(reader.status).to_have_text(f"{PAPERS} publications")


def test_the_tab_speaks_chinese_to_a_chinese_browser(browser: Browser, server: Served) -> None:
    reader = Reader(browser, server, locale="zh-CN")
    page = reader.open("lina-haug")
    expect(page.get_by_role("heading", name="论著列表")).to_be_visible()
    page.get_by_role("button", name="2023：3 篇，点击列出").click()
    expect(reader.status).to_have_text("共 12 篇，显示 3 篇")
    text = page.locator("#vv-record-rest").inner_text()
    assert not re.search(r"\b(?:publications|author|venue|year)\b", text.replace("Journal", ""))
    reader.leave()


@pytest.mark.parametrize("slug", ["lina-haug", "ada-byron", "ravi-menon"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious_and_nothing_runs_off_the_side(
    browser: Browser, server: Served, slug: str, scheme: str, screen: dict[str, int]
) -> None:
    reader = Reader(browser, server, viewport=screen, color_scheme=scheme)
    page = reader.open(slug)
    if slug != "ravi-menon":
        page.locator("#vv-record-plot svg path").first.wait_for()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    reader.leave()
