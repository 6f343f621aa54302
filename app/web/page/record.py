"""The Record tab: career, publications by year, venues, co-authors, and the table of publications."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from app.record.counts import by_venue, by_year
from app.record.timeline import timeline_of
from app.record.works import works_of
from app.web import Respondent
from app.web.page.parts import Tab, Visit, html
from app.web.record.career import career
from app.web.record.charts import colour_map, plotted, venue_list, year_heading, year_list
from app.web.record.people import people
from app.web.record.place import jumps
from app.web.record.table import table
from app.web.words import words

_FRAME = '<div class="vv-record"></div>'
_PLOT_HEIGHT = 220
_LEVEL_YEARS = 9
"""Up to so many years can be written side by side on a phone."""


def build(respondent: Respondent, visit: gr.JSON) -> Tab:
    """Makes the components of the tab and connects them; ``visit`` is the hidden component that says who is visited."""
    before = html({}, "vv-record-top", part="record", html_template=_FRAME)
    plot = gr.BarPlot(
        x="year",
        y="works",
        color="status",
        show_label=False,
        container=False,
        height=_PLOT_HEIGHT,
        tooltip="all",
        buttons=[],
        visible=False,
        elem_id="vv-record-plot",
    )
    after = html({}, "vv-record-rest", part="record", html_template=_FRAME)

    def refresh(visited: Visit) -> Sequence[Any]:
        record = respondent.library.open(visited.profile).record
        language, say = visited.language, words(visited.language)
        works = works_of(record)
        years = by_year(works)
        drawn = gr.BarPlot(
            plotted(years, language),
            x_title=say("record_years_axis"),
            y_title=say("record_works_axis"),
            color_title="",
            color_map=colour_map(language),
            x_label_angle=-90 if len(years) > _LEVEL_YEARS else 0,
            visible=sum(count.year is not None for count in years) > 1,
        )
        parts = ["career", "years", "venues", "people", "list"] if works else []
        top = [jumps(parts, say)] if parts else []
        top += [career(record, timeline_of(record), language), year_heading(language) if works else ""]
        rest = "".join(
            [
                year_list(years, language),
                venue_list(by_venue(works), language),
                people(works, record.profile.name, language),
                table(record, works, language),
            ]
            if works
            else [table(record, works, language)]
        )
        return [{"profile": visited.profile, "html": "".join(top)}, drawn, {"profile": visited.profile, "html": rest}]

    return Tab([before, plot, after], refresh)
