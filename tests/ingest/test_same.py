"""Facts that several entries state: one is kept and counted, the others are linked to it, and nothing that contradicts is merged."""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import (
    Contact,
    Degree,
    Fact,
    Honour,
    Interest,
    Item,
    Link,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Span,
)
from ingest.same import linked, short_title

AUTHORS = ("Ada Byron", "Bo Li", "Cara Diaz")
_places = count()


def at(document: str) -> Span:
    """A place of its own in ``document``."""
    place = next(_places) * 10
    return Span(document, place, place + 5)


def paper(title: str, year: int | None = 2020, document: str = "cv.md", **fields: Any) -> Publication:
    """A published paper by three people, whatever ``fields`` say otherwise."""
    values = {"authors": AUTHORS, "status": "published", "date": PartialDate(year) if year else None} | fields
    return Publication(span=at(document), title=title, **values)


def preprint(title: str, year: int | None = 2019, document: str = "cv.md", **fields: Any) -> Publication:
    return paper(title, year, document, **{"status": "preprint", **fields})


def position(document: str, organisation: str | None, role: str | None, *years: int, **fields: Any) -> Position:
    period = Period(PartialDate(years[0]), PartialDate(years[1])) if years else None
    return Position(span=at(document), organisation=organisation, role=role, **{"period": period, **fields})


def kept_of(*facts: Fact) -> tuple[Fact, ...]:
    return linked(facts)[0]


def relations(*facts: Fact) -> list[str]:
    return [link.relation for link in linked(facts)[1]]


def test_a_preprint_and_its_paper_under_a_slightly_different_title_count_once_as_the_paper() -> None:
    early = preprint("Counting whales with a single hydrophone in shallow seas")
    late = paper("Counting whales with single hydrophones in shallow seas", 2021, venue="Journal of Quiet Seas")
    for order in ((early, late), (late, early)):
        kept, links = linked(order)
        assert kept == (late,)
        assert links == (Link(late.span, early.span, "preprint"),)


def test_a_renamed_system_keeps_the_name_before_the_colon() -> None:
    early = preprint("HumNet: Listening to Harbours")
    late = paper("HumNet: A Network for Port Acoustics at Scale", 2021)
    assert linked([early, late]) == ((late,), (Link(late.span, early.span, "preprint"),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Masking in Busy Ports of the North", "MASKING in busy ports, of the North."),
        ("Le chant des baleines à Genève", "Le chant des baleines a Geneve"),
        ("电池热失控蔓延研究 方法 综述", "电池热失控蔓延研究：方法、综述"),
    ],
)
@pytest.mark.parametrize("document", ["cv.md", "papers.md"])
def test_equal_titles_in_other_spelling_are_one_work(one: str, other: str, document: str) -> None:
    first, again = paper(one), paper(other, 2021, document)
    kept, links = linked([first, again])
    assert kept == (first,)
    assert links == (Link(first.span, again.span, "repeat"),)


def test_a_title_that_comes_again_in_other_spelling_is_the_same_work() -> None:
    first, again, other = paper("Tides & Ties"), paper("TIDES &  ties.", 2021), paper("Ice")
    assert kept_of(first, again, other) == (first, other)


def test_a_short_title_without_authors_is_not_enough_to_be_one_work() -> None:
    facts = (paper("Tides"), paper("Tides", authors=()))
    assert kept_of(*facts) == facts


def test_the_entry_that_states_most_is_kept_and_takes_the_abstract_of_the_others() -> None:
    abstract = at("papers.md")
    bare = paper("Masking in Busy Ports", None, authors=(), venue=None, abstract=abstract)
    full = paper("Masking in busy ports", venue="Journal of Quiet Seas", document="papers.md")
    (kept,) = kept_of(bare, full)
    assert isinstance(kept, Publication)
    assert (kept.span, kept.venue, kept.abstract) == (full.span, "Journal of Quiet Seas", abstract)


def test_an_entry_keeps_its_own_abstract() -> None:
    own, other = at("cv.md"), at("cv.md")
    early = preprint("Masking in Busy Ports", abstract=other)
    late = paper("Masking in Busy Ports", abstract=own)
    assert [p.abstract for p in kept_of(early, late) if isinstance(p, Publication)] == [own]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("On the song of northern whales, Part I", "On the song of northern whales, Part II"),
        ("On the song of northern whales, Part IX", "On the song of northern whales, Part X"),
        ("On the song of northern whales", "On the song of northern whales II"),
        ("On the song of 12 northern whales", "On the song of 21 northern whales"),
        ("Listening to harbours: report for the year 2019", "Listening to harbours: report for the year 2020"),
        ("大型软包电池热失控蔓延的实验研究（一）", "大型软包电池热失控蔓延的实验研究（二）"),
    ],
)
def test_parts_and_numbers_are_never_one_work(one: str, other: str) -> None:
    for facts in ((preprint(one), paper(other)), (paper(one), paper(other, document="papers.md"))):
        assert linked(facts) == (facts, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"form": "thesis"}, {}),
        ({"form": "book"}, {"form": "chapter"}),
        ({"authors": ("Dora Eng", "Emil Falk")}, {}),
        ({"year": 2010}, {"year": 2020}),
    ],
    ids=["thesis and paper", "book and chapter", "other authors", "ten years apart"],
)
def test_one_title_is_not_one_work_where_something_else_contradicts(one: dict[str, Any], other: dict[str, Any]) -> None:
    facts = (paper("The song of the northern whales", **one), paper("The song of the northern whales", **other))
    assert linked(facts) == (facts, ())


@pytest.mark.parametrize("authors", [("Dora Eng", "Emil Falk"), ()])
def test_near_titles_need_the_same_authors(authors: tuple[str, ...]) -> None:
    facts = (
        preprint("Counting whales with a single hydrophone in shallow seas", authors=authors),
        paper("Counting whales with single hydrophones in shallow seas"),
    )
    assert linked(facts) == (facts, ())


def test_near_titles_of_one_list_and_one_state_are_two_works() -> None:
    facts = (
        paper("Counting whales with hydrophones in shallow northern seas"),
        paper("Counting whales with hydrophones in shallow southern seas"),
    )
    assert linked(facts) == (facts, ())


def test_an_entry_that_agrees_with_two_works_does_not_make_them_one() -> None:
    first, second = paper("Harbour noise over the years", 2010), paper("Harbour noise over the years", 2020)
    undated = paper("Harbour noise over the years", None, "papers.md")
    assert len(kept_of(undated, first, second)) == 2


def test_printed_names_agree_whatever_form_a_list_gives_them() -> None:
    facts = (
        paper("Masking in Busy Ports", authors=("Byron, A.", "Li, B.", "Diaz, C.")),
        paper("Masking in Busy Ports", document="papers.md", authors=("Byron A", "Li B", "Diaz C")),
    )
    assert len(kept_of(*facts)) == 1


def test_a_printed_name_without_letters_says_nothing_of_who_wrote_it() -> None:
    whales = "Counting whales with {} in shallow northern seas"
    dash, named = preprint(whales.format("hydrophone"), authors=("-",)), paper(whales.format("hydrophones"))
    assert kept_of(dash, named) == (dash, named)
    assert kept_of(paper("Masking in Busy Ports", authors=("-",)), last := paper("Masking in Busy Ports")) == (last,)


PORT, SEA = "Port University", "Institute of the Sea"
REPEATED: list[tuple[Fact, Fact]] = [
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", PORT, "Lecturer", 2018, 2020)),
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", PORT, "Lecturer in Acoustics", 2018, 2020)),
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", PORT, None)),
    (
        Degree(span=at("cv.md"), institution=PORT, title="M.Sc. Physics", period=Period(None, PartialDate(2015))),
        Degree(span=at("long.md"), institution=f"{PORT}, Harbourtown", title="M.Sc. Physics"),
    ),
    (
        Honour(span=at("cv.md"), title="Golden Hydrophone Prize", is_award=True, dates=(PartialDate(2023),)),
        Honour(span=at("long.md"), title="Golden Hydrophone Prize", is_award=True, dates=(PartialDate(2023),)),
    ),
    (
        Item(kind="language", span=at("cv.md"), title="Portuguese"),
        Item(kind="language", span=at("long.md"), title="Portuguese (native)"),
    ),
    (Interest(span=at("cv.md"), topic="Whale song"), Interest(span=at("long.md"), topic="whale song")),
    (
        Contact(span=at("cv.md"), channel="link", value="https://ada.example/"),
        Contact(span=at("long.md"), channel="link", value="https://ADA.example"),
    ),
    (
        Contact(span=at("cv.md"), channel="email", value="ada@loom.example"),
        Contact(span=at("long.md"), channel="email", value="Ada@loom.example"),
    ),
]


@pytest.mark.parametrize(("one", "other"), REPEATED, ids=lambda fact: fact.kind)
def test_what_two_documents_state_counts_once(one: Fact, other: Fact) -> None:
    for facts in ((one, other), (other, one)):
        kept, links = linked(facts)
        assert len(kept) == len(links) == 1
        assert {kept[0].span, links[0].other} == {one.span, other.span}
        assert (links[0].kept, links[0].relation) == (kept[0].span, "repeat")


def test_of_two_entries_the_one_that_states_more_is_kept() -> None:
    bare, full = position("cv.md", PORT, "Lecturer"), position("long.md", PORT, "Lecturer", 2018, 2020, place="Lisbon")
    assert kept_of(bare, full) == (full,)


CONTRADICTING: list[tuple[Fact, Fact]] = [
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", PORT, "Lecturer", 2012, 2014)),
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", PORT, "Lecturer", 2018, 2022)),
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", SEA, "Lecturer", 2018, 2020)),
    (position("cv.md", PORT, "Lecturer", 2018, 2020), position("long.md", PORT, "Engineer", 2018, 2020)),
    (position("cv.md", None, "Lecturer", 2018, 2020), position("long.md", None, "Lecturer", 2018, 2020)),
    (
        position("cv.md", PORT, "Lecturer", 2018, 2020),
        position("long.md", PORT, "Lecturer", period=Period(PartialDate(2018), None, current=True)),
    ),
    (
        Degree(span=at("cv.md"), institution=PORT, title="M.Sc. Physics", period=Period(None, PartialDate(2015))),
        Degree(span=at("long.md"), institution=PORT, title="M.Sc. Physics", period=Period(None, PartialDate(2017))),
    ),
    (
        Degree(span=at("cv.md"), institution=PORT, title="B.Sc. Physics"),
        Degree(span=at("long.md"), institution=PORT, title="M.Sc. Physics"),
    ),
    (
        Honour(span=at("cv.md"), title="Golden Hydrophone Prize", is_award=True, dates=(PartialDate(2023),)),
        Honour(span=at("long.md"), title="Golden Hydrophone Prize", is_award=True, dates=(PartialDate(2021),)),
    ),
    (
        Item(kind="talk", span=at("cv.md"), title="Harbour noise", dates=(PartialDate(2023),)),
        Item(kind="teaching", span=at("long.md"), title="Harbour noise", dates=(PartialDate(2023),)),
    ),
    (
        Contact(span=at("cv.md"), channel="link", value="https://ada.example/a"),
        Contact(span=at("long.md"), channel="link", value="https://ada.example/b"),
    ),
]


@pytest.mark.parametrize(("one", "other"), CONTRADICTING, ids=lambda fact: fact.kind)
def test_entries_that_contradict_are_both_kept(one: Fact, other: Fact) -> None:
    assert linked((one, other)) == ((one, other), ())


def test_within_one_document_equal_positions_are_two() -> None:
    facts = (position("cv.md", PORT, "Visiting Fellow"), position("cv.md", PORT, "Visiting Fellow"))
    assert linked(facts) == (facts, ())


def test_an_undated_entry_does_not_make_one_position_of_two() -> None:
    undated = position("short.md", PORT, "Fellow")
    first, second = position("cv.md", PORT, "Fellow", 2012, 2014), position("cv.md", PORT, "Fellow", 2018, 2020)
    for facts in ((undated, first, second), (first, undated, second), (first, second, undated)):
        assert set(kept_of(*facts)) == {first, second}


def test_a_project_and_its_paper_are_both_kept_and_linked() -> None:
    tool = Project(span=at("cv.md"), title="HumNet")
    work = paper("HumNet: A Network for Port Acoustics")
    same = Project(span=at("cv.md"), title="The Song of Northern Whales")
    book = paper("The song of northern whales")
    other = Project(span=at("cv.md"), title="Hydrophone Commons")
    facts = (tool, work, same, book, other)
    assert linked(facts) == (facts, (Link(work.span, tool.span, "project"), Link(book.span, same.span, "project")))


def test_a_project_is_linked_to_the_entry_of_its_paper_that_is_kept() -> None:
    early, late = preprint("HumNet: Listening to Harbours"), paper("HumNet: A Network for Port Acoustics")
    tool = Project(span=at("cv.md"), title="HumNet")
    _, links = linked((early, late, tool))
    assert set(links) == {Link(late.span, early.span, "preprint"), Link(late.span, tool.span, "project")}


def test_a_fact_that_is_given_twice_is_kept_once() -> None:
    one, job = paper("Masking in Busy Ports"), position("cv.md", PORT, "Lecturer")
    assert linked((one, job, one, job)) == ((one, job), ())


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("HumNet: Listening to Harbours", "humnet"),
        ("“Élan”: a Loom", "elan"),
        ("Listening to Harbours", None),
        ("One two three four five: a title", None),
    ],
)
def test_the_short_title_stands_before_the_colon(title: str, short: str | None) -> None:
    assert short_title(title) == short


TITLES = ["The Song of Northern Whales", "the song of NORTHERN whales", "Masking in Busy Ports", "HumNet: Ports", "Ice"]


def _facts() -> Iterator[st.SearchStrategy[Fact]]:
    """Facts between which being the same is an equivalence, so that nothing depends on what was read first."""
    spans = st.builds(
        lambda document, n: Span(document, n, n + 1), st.sampled_from(["a.md", "b.md"]), st.integers(0, 999)
    )
    years = st.sampled_from([PartialDate(2019), PartialDate(2020)])
    yield st.builds(
        Publication,
        span=spans,
        title=st.sampled_from(TITLES),
        authors=st.just(AUTHORS),
        date=years,
        status=st.sampled_from([None, "preprint", "published"]),
        form=st.sampled_from([None, "thesis"]),
        abstract=st.none() | spans,
    )
    yield st.builds(Interest, span=spans, topic=st.sampled_from(["Whales", "whales", "Ports"]))
    yield st.builds(
        Contact, span=spans, channel=st.just("link"), value=st.sampled_from(["https://a.b/", "https://A.b"])
    )
    yield st.builds(Project, span=spans, title=st.sampled_from(["HumNet", "Buoys"]))


FACTS = st.lists(st.one_of(*_facts()), max_size=12, unique_by=lambda fact: fact.span)


@given(FACTS)
def test_what_is_kept_and_what_is_linked_cover_every_fact_exactly_once(facts: list[Fact]) -> None:
    kept, links = linked(facts)
    for kind in {fact.kind for fact in facts}:
        own = {fact.span for fact in facts if fact.kind == kind}
        told = [fact.span for fact in kept if fact.kind == kind]
        told += [link.other for link in links if link.relation != "project" and link.other in own]
        assert Counter(told) == Counter(own)


@given(FACTS)
def test_every_link_leads_to_a_fact_that_is_kept_and_never_to_itself(facts: list[Fact]) -> None:
    kept, links = linked(facts)
    assert {link.kept for link in links} <= {fact.span for fact in kept}
    assert all(link.kept != link.other for link in links if link.relation != "project")


@given(FACTS)
def test_what_is_kept_stays_in_order_and_is_kept_again(facts: list[Fact]) -> None:
    kept, _ = linked(facts)
    places = [(fact.kind, fact.span) for fact in facts]
    assert [(fact.kind, fact.span) for fact in kept] == [p for p in places if p in {(k.kind, k.span) for k in kept}]
    again, links = linked(kept)
    assert again == kept
    assert {link.relation for link in links} <= {"project"}
