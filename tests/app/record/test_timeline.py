"""The career on an axis of years."""

import pytest

from app.library import Library
from app.record.timeline import timeline_of
from ingest.domain import Degree, Document, Fact, PartialDate, Period, Position, Profile, Publication, Record, Span
from tests.app.record.conftest import PEOPLE

HERE = Span("cv.md", 0, 4)


def record_of(*facts: Fact) -> Record:
    document = Document("cv.md", "CV", "text/markdown", "Text")
    return Record(Profile("ada-byron", "Ada Byron"), (document,), facts, (), (), "0" * 64)


def post(start: PartialDate | None, end: PartialDate | None = None, current: bool = False) -> Position:
    return Position(span=HERE, organisation="Tide Office", role="Clerk", period=Period(start, end, current))


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_position_and_degree_stands_once_within_the_axis(library: Library, slug: str) -> None:
    record = library.open(slug).record
    timeline = timeline_of(record)
    assert {s.fact.span for s in timeline.stations} == {
        f.span for f in record.facts if isinstance(f, Position | Degree)
    }
    for station in timeline.stations:
        if station.end is not None:
            assert timeline.first is not None
            assert timeline.last is not None
            assert timeline.first <= (station.start or timeline.first) <= station.end <= timeline.last + 1


@pytest.mark.parametrize(
    ("position", "stretch"),
    [
        (post(PartialDate(2019), PartialDate(2021)), (2019, 2022)),
        (post(PartialDate(2019, 7), PartialDate(2021, 6)), (2019.5, 2021.5)),
        (post(PartialDate(2017)), (2017, 2018)),
        (post(PartialDate(2017, 10)), (2017.75, 2017 + 10 / 12)),
        (post(PartialDate(2020, 22), PartialDate(2020, 22)), (2020 + 5 / 12, 2020 + 8 / 12)),
        (post(None, PartialDate(2015)), (None, 2016)),
        (post(PartialDate(None, 4)), (None, None)),
        (post(None), (None, None)),
    ],
)
def test_a_station_stretches_as_far_as_its_dates_say(
    position: Position, stretch: tuple[float | None, float | None]
) -> None:
    edges = record_of(post(PartialDate(2010), PartialDate(2011)), position, post(PartialDate(2022), PartialDate(2023)))
    station = next(s for s in timeline_of(edges).stations if s.fact is position)
    assert [station.start, station.end] == [pytest.approx(edge) for edge in stretch]


def test_what_lasts_reaches_the_newest_year_that_the_record_prints() -> None:
    paper = Publication(span=HERE, title="Tides", date=PartialDate(2025))
    timeline = timeline_of(record_of(post(PartialDate(2020), current=True), paper))
    assert (timeline.first, timeline.last) == (2020, 2025)
    assert timeline.stations[0].end == 2026
    assert timeline.stations[0].is_open


def test_the_latest_comes_first_and_what_has_no_date_last() -> None:
    undated = Degree(span=HERE, institution="Tide School", title="B.Sc.")
    old, new, lasting = (
        post(PartialDate(2001), PartialDate(2003)),
        post(PartialDate(2009)),
        post(PartialDate(1999), current=True),
    )
    timeline = timeline_of(record_of(undated, old, new, lasting))
    assert [s.fact for s in timeline.stations] == [lasting, new, old, undated]


def test_a_record_without_dates_has_no_axis() -> None:
    timeline = timeline_of(record_of(Degree(span=HERE, institution="Tide School", title=None)))
    assert (timeline.first, timeline.last, len(timeline.stations)) == (None, None, 1)


def test_an_end_before_its_beginning_stretches_nowhere() -> None:
    (station,) = timeline_of(record_of(post(PartialDate(2020), PartialDate(2012)))).stations
    assert station.start == station.end == 2020
