"""The Record tab as HTML, before a browser sees it: nothing read is markup, and everything said is said in both languages."""

from html.parser import HTMLParser

import pytest

from app.library import Library
from app.record.counts import by_venue, by_year
from app.record.timeline import timeline_of
from app.record.works import works_of
from app.web.record.career import career
from app.web.record.charts import plotted, venue_list, year_heading, year_list
from app.web.record.people import people
from app.web.record.place import jumps
from app.web.record.table import table
from app.web.words import LANGUAGES, InterfaceLanguage, words
from ingest.domain import PartialDate, Record
from tests.app.record.conftest import PEOPLE, Listing

TAGS = """<img src=x onerror="alert('1')">"""


class Tags(HTMLParser):
    """The elements that are open at the end, and whether one is what a source must never bring."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.foreign: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "script", "iframe"} or any(name.startswith("on") for name, _ in attrs):
            self.foreign.append(tag)
        if tag not in {"input", "img"}:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def read(record: Record, language: InterfaceLanguage = "en") -> Tags:
    works = works_of(record)
    years = by_year(works)
    tags = Tags()
    tags.feed(
        jumps(["career", "years", "venues", "people", "list"], words(language))
        + career(record, timeline_of(record), language)
        + year_heading(language)
        + year_list(years, language)
        + venue_list(by_venue(works), language)
        + people(works, record.profile.name, language)
        + table(record, works, language)
    )
    return tags


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", PEOPLE)
def test_everybody_can_be_shown(library: Library, slug: str, language: InterfaceLanguage) -> None:
    tags = read(library.open(slug).record, language)
    assert tags.opened == []
    assert tags.foreign == []
    assert "$" not in "".join(tags.said)


def test_markup_in_a_source_stays_text(listing: Listing) -> None:
    entry = {"title": TAGS, "authors": (TAGS, "Ada Byron", TAGS), "venue": TAGS, "notes": (TAGS,), "text": TAGS}
    tags = read(listing(entry, entry, name=TAGS))
    assert tags.foreign == []
    assert tags.opened == []
    assert "".join(tags.said).count(TAGS) >= 4


def test_a_year_that_is_not_stated_is_said_to_be(listing: Listing) -> None:
    said = " ".join(read(listing({"title": "Tides"})).said)
    assert "year not stated" in said
    assert "venue not stated" in said
    assert "status not stated" in said


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"authors": ("Ada Byron",)}, "sole author"),
        ({"authors": ("Ada Byron", "Kim Ro")}, "first of 2"),
        ({"authors": ("Kim Ro", "Ada Byron")}, "last of 2"),
        ({"authors": ("Kim Ro", "Ada Byron", "Jun Hsu")}, "no. 2 of 3"),
        ({"authors": ("Ada Byron",), "authors_complete": False}, "first; list cut"),
        ({"authors": ("Kim Ro", "Ada Byron"), "authors_complete": False}, "no. 2; list cut"),
        ({"authors": ("Kim Ro",), "authors_complete": False}, "not printed; list cut"),
        ({"authors": ("Kim Ro",)}, "name not printed"),
        ({"authors": ()}, "authors not stated"),
        ({"authors": ("Kim Ro",), "beside": True}, "with Kim Ro"),
    ],
)
def test_the_place_among_the_authors_is_put_in_words(listing: Listing, entry: dict[str, object], said: str) -> None:
    record = listing(entry)
    tags = Tags()
    tags.feed(table(record, works_of(record), "en"))
    assert any(said in text for text in tags.said)


def test_of_a_long_list_of_authors_the_first_and_the_person_are_shown(listing: Listing) -> None:
    record = listing({"authors": (*(f"Kim Ro{n}" for n in range(30)), "Ada Byron", "Jun Hsu")})
    tags = Tags()
    tags.feed(table(record, works_of(record), "en"))
    said = "".join(tags.said)
    assert "Kim Ro5" in said
    assert "Kim Ro6" not in said
    assert "Ada Byron … and 25 more" in said


def test_the_plot_has_every_year_with_every_status(listing: Listing) -> None:
    record = listing({"date": PartialDate(2019), "status": "published"}, {"date": PartialDate(2021)}, {})
    data = plotted(by_year(works_of(record)), "en")
    assert data["data"] == [
        [year, number, status]
        for year, published, unstated in (("2019", 1, 0), ("2020", 0, 0), ("2021", 0, 1))
        for number, status in ((published, "published"), (unstated, "status not stated"))
    ]


def test_both_languages_say_the_same_things() -> None:
    english, chinese = (
        {key for key in words(language).table if key.startswith("record_")} for language in ("en", "zh")
    )
    assert {key for key in english if not key.endswith("_one")} == {k for k in chinese if not k.endswith("_one")}
