"""Publications by year and by venue: what Gradio's plot draws, and the same as lists one can click."""

from collections.abc import Sequence
from html import escape
from typing import Any

from app.record.counts import VenueCount, YearCount
from app.record.terms import NOT_STATED
from app.web.record.place import bar, folded_away, section
from app.web.words import InterfaceLanguage, Words, words

COLOURS = {"published": "#2f7ab8", "preprint": "#c07a1e", "not_stated": "#7d8590"}
"""Each at least 3:1 against the page, light and dark."""
_OPEN_VENUES = 10


def plotted(years: Sequence[YearCount], language: InterfaceLanguage) -> dict[str, Any]:
    """The years as ``gr.BarPlot`` takes them in place of a data frame: one row a year and status, the years without works too.

    What has no year stands in the list below the plot only.
    """
    say = words(language)
    rows = [
        [_year(say, count.year), sum(w.status == status for w in count.works), say(f"record_status_{status}")]
        for count in years
        if count.year is not None
        for status in COLOURS
        if any(w.status == status for c in years for w in c.works)
    ]
    kinds = {"year": "nominal", "works": "quantitative", "status": "nominal"}
    return {"columns": list(kinds), "data": rows, "datatypes": kinds, "mark": "bar"}


def colour_map(language: InterfaceLanguage) -> dict[str, str]:
    """The colour of each status as it is called."""
    return {words(language)(f"record_status_{status}"): colour for status, colour in COLOURS.items()}


def year_heading(language: InterfaceLanguage) -> str:
    """What stands above the plot, which is a component of its own, and the list below it."""
    return section("years", words(language)("record_years"), "")


def year_list(years: Sequence[YearCount], language: InterfaceLanguage) -> str:
    """Every year with a work as a button with its number."""
    say = words(language)
    items = "".join(
        f'<li><button type="button" class="vv-record-year" data-filter="year" data-value="{c.year or NOT_STATED}"'
        f' data-shown="{escape(_year(say, c.year))}"'
        f' aria-label="{escape(say.count("record_year_count", len(c.works), year=_year(say, c.year)))}">'
        f"{escape(_year(say, c.year))} <strong>{len(c.works)}</strong></button></li>"
        for c in years
        if c.works
    )
    return f'<ul class="vv-record-years" aria-label="{escape(say("record_years_list"))}">{items}</ul>'


def venue_list(venues: Sequence[VenueCount], language: InterfaceLanguage) -> str:
    """Every venue as a bar; the less frequent ones folded away."""
    say = words(language)
    most = max((len(c.works) for c in venues), default=0)
    bars = [_venue_bar(say, count, most) for count in venues]
    more = say("record_more_venues", n=len(bars) - _OPEN_VENUES)
    # Folding one or two away would save nothing.
    head = bars if len(bars) <= _OPEN_VENUES + 2 else bars[:_OPEN_VENUES]
    return section("venues", say("record_venues"), folded_away(head, bars[len(head) :], more))


def _venue_bar(say: Words, count: VenueCount, most: int) -> str:
    name = count.venue.name if count.venue else say("record_venue_none")
    label = say.count("record_venue_count", len(count.works), venue=name)
    return bar("venue", count.venue.name if count.venue else NOT_STATED, name, label, len(count.works), most)


def _year(say: Words, year: int | None) -> str:
    return str(year) if year is not None else say("record_year_none")
