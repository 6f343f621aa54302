"""BibTeX: what other programs read back is what the record states."""

import re
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library import Library
from app.record.bibtex import author_list, escaped, to_bibtex
from app.record.keys import keys_of
from app.record.works import works_of
from ingest.domain import PartialDate, Record
from ingest.readers.structured.markup import latex_text
from ingest.readers.structured.works.bibtex import references_in
from tests.app.record.conftest import PEOPLE, Listing, _listing

KEY = re.compile(r"[a-z0-9-]+")


def bibliography(record: Record) -> str:
    works = works_of(record)
    return to_bibtex(record, works, works)


def fields(record: Record) -> dict[str, str]:
    """The fields of the one entry, as a parser gives them, and its type."""
    library = parse_string(bibliography(record))
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"type": entry.entry_type} | {f.key: str(f.value) for f in entry.fields}


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_work_is_read_back_with_its_title_authors_and_year(library: Library, slug: str) -> None:
    record = library.open(slug).record
    works, text = works_of(record), bibliography(record)
    parsed = parse_string(text)
    assert not parsed.failed_blocks
    keys = [entry.key for entry in parsed.entries]
    assert len(keys) == len(set(keys)) == len(works)
    assert all(KEY.fullmatch(key) for key in keys)
    for work, found in zip(works, references_in(text), strict=True):
        assert found.work.title == " ".join(work.paper.title.split())
        assert (found.work.date.year if found.work.date else None) == work.year


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_printed_stays_one_balanced_line_without_commands(text: str) -> None:
    written = escaped(text)
    assert written.count("{") == written.count("}")
    assert "\n" not in written
    left = re.sub(r"\\text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|\\[&%$#_]|-\{\}", "", written)
    assert not set(left) & set("\\{}%$#&~^_")


def test_braces_are_written_out_so_that_they_never_count(listing: Listing) -> None:
    assert fields(listing({"title": "A } lone {brace"}))["title"] == r"A \textbraceright{} lone \textbraceleft{}brace"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "M", "Z"]), min_size=1, max_size=40))
def test_any_title_survives_the_way_into_latex_and_back(title: str) -> None:
    record = _listing({"title": title, "text": title})
    library = parse_string(bibliography(record))
    assert not library.failed_blocks
    value = str(library.entries[0].fields_dict["title"].value)
    assert value.count("{") == value.count("}")


@pytest.mark.parametrize(
    "title",
    [
        "Salt & light: 50% of $x$, #1 of a_b",
        "100 % ~ of a \\ c",
        "Über Ämter — und “Märkte”",
        "潮汐的研究",
        "From -- to",
        "BERT and GraphQL for the UK",
    ],
)
def test_a_title_reads_as_it_was_printed(listing: Listing, title: str) -> None:
    value = fields(listing({"title": title}))["title"]
    assert latex_text(value.removeprefix("{").removesuffix("}")) == title


def test_words_with_capitals_of_their_own_are_protected(listing: Listing) -> None:
    assert fields(listing({"title": "BERT meets GraphQL at Sea"}))["title"] == "{BERT} meets {GraphQL} at Sea"


@pytest.mark.parametrize(
    ("names", "complete", "written"),
    [
        (["Ada Byron", "Kim Ro"], True, "Ada Byron and Kim Ro"),
        (["Ada Byron", "Kim Ro"], False, "Ada Byron and Kim Ro and others"),
        (["Byron, Ada", "Ro K"], True, "Byron, Ada and Ro, K"),
        (["van Dam P"], True, "van Dam, P"),
        (["刘乾", "Kim Ro"], True, "{刘乾} and Kim Ro"),
        (["Tidal Survey Consortium"], True, "{Tidal Survey Consortium}"),
        (["Ada Byron", "Salt and Light Group"], True, "Ada Byron and {Salt and Light Group}"),
        (["Ada Byron", "Salt and Light"], True, "Ada Byron and {Salt and Light}"),
        (["Ada Byron"], False, "Ada Byron and others"),
    ],
)
def test_authors_are_joined_so_that_they_come_apart_again(names: list[str], complete: bool, written: str) -> None:
    assert author_list(names, complete) == written


def test_what_is_not_stated_is_left_out(listing: Listing) -> None:
    assert set(fields(listing({"authors": ()}))) == {"type", "title"}
    assert "author" not in fields(listing({"authors": ("Kim Ro",), "beside": True}))
    assert fields(listing({"authors": ("Kim Ro",), "beside": True}))["note"] == "With Kim Ro"


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ({"form": "book", "venue": "Tide Press"}, {"type": "book", "publisher": "Tide Press"}),
        ({"form": "chapter", "venue": "Seas"}, {"type": "incollection", "booktitle": "Seas"}),
        ({"form": "thesis"}, {"type": "misc", "note": "Thesis"}),
        ({"venue": "Journal of Tides"}, {"type": "article", "journal": "Journal of Tides"}),
        ({"venue": "Proceedings of the Tidal Meeting"}, {"type": "inproceedings"}),
        ({"venue": "Tides"}, {"type": "misc", "howpublished": "Tides"}),
        ({"venue_tag": "TIDE"}, {"type": "misc", "howpublished": "TIDE"}),
        ({"status": "preprint", "venue": "TideRxiv"}, {"type": "misc", "howpublished": "TideRxiv"}),
        ({"date": PartialDate(2024, 11, 9)}, {"year": "2024", "month": "nov"}),
        ({"date": PartialDate(2024, 22)}, {"year": "2024"}),
        ({"notes": ("Oral", "Best Paper")}, {"note": "Oral; Best Paper"}),
    ],
)
def test_a_kind_of_work_is_told_only_by_what_is_printed(
    listing: Listing, entry: dict[str, object], wanted: dict[str, str]
) -> None:
    found = fields(listing(entry))
    assert {name: found.get(name) for name in wanted} == wanted
    assert "month" in wanted or "month" not in found


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [
        ("Tides. 2024;15(1):12-29.", {"volume": "15", "number": "1", "pages": "12--29", "type": "article"}),
        ("Tides 15(3), 120–131, 2024.", {"volume": "15", "number": "3", "pages": "120--131"}),
        ("Tides. 2023;7:22.", {"volume": "7", "pages": "22"}),
        ("Tides, 2024.", {"volume": None, "pages": None, "type": "misc"}),
        ("Tides, pp. 12-29.", {"volume": None, "pages": None}),
        ("Tides. doi:10.1234/ab(c)9.", {"doi": "10.1234/ab(c)9"}),
        ("Tides (https://doi.org/10.1234/abc).", {"doi": "10.1234/abc", "url": "https://doi.org/10.1234/abc"}),
        ("Tides. arXiv:2401.00001v2.", {"eprint": "2401.00001", "archiveprefix": "arXiv"}),
        ("Tides. arXiv:2401.00001, arXiv:2402.00002.", {"eprint": None}),
    ],
)
def test_volume_pages_and_identifiers_are_read_where_they_are_plainly_printed(
    listing: Listing, tail: str, wanted: dict[str, str | None]
) -> None:
    found = fields(listing({"title": "Of 12(3) seas", "venue": "Tides", "text": f"Ada Byron. Of 12(3) seas. {tail}"}))
    assert {name: found.get(name) for name in wanted} == wanted


def test_keys_do_not_depend_on_the_order_of_the_list(listing: Listing) -> None:
    entries: list[dict[str, Any]] = [
        {"title": "Tides of one sea", "date": PartialDate(2024)},
        {"title": "Tides of another", "date": PartialDate(2024)},
        {"title": "On salt", "date": PartialDate(2020)},
        {"title": "潮汐"},
    ]
    found = [_by_title(listing(*order)) for order in (entries, entries[::-1])]
    assert found[0] == found[1]
    assert found[0]["On salt"] == "byron2020salt"
    assert len(set(found[0].values())) == len(entries)


def test_the_same_title_twice_still_has_two_keys(listing: Listing) -> None:
    record = listing({"title": "Tides"}, {"title": "Tides"})
    assert len(set(keys_of(works_of(record), record.profile).values())) == 2


def test_a_part_of_the_list_has_the_keys_of_the_whole(library: Library) -> None:
    record = library.open("lina-haug").record
    works = works_of(record)
    whole = {e.key for e in parse_string(to_bibtex(record, works, works)).entries}
    part = {e.key for e in parse_string(to_bibtex(record, works[2:5], works)).entries}
    assert part < whole


def _by_title(record: Record) -> dict[str, str]:
    works = works_of(record)
    keys = keys_of(works, record.profile)
    return {work.paper.title: keys[work.paper.span] for work in works}
