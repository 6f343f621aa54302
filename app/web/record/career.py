"""Positions and degrees beside an axis of years."""

from html import escape

from app.answer.phrase import period_text
from app.record.timeline import Station, Timeline
from app.web.record.place import section, source
from app.web.words import InterfaceLanguage, words
from ingest.domain import Degree, Position, Record

_MARKS = (1, 2, 5, 10, 20, 50)
_MOST_MARKS = 8
_LAST_MARK = 0.9
"""From this fraction of the axis on a year would be written beyond its end."""


def career(record: Record, timeline: Timeline, language: InterfaceLanguage) -> str:
    """The stations, the latest first, each with its period in words and as a stretch of the axis."""
    say = words(language)
    if not timeline.stations:
        return section("career", say("record_career"), f"<p>{escape(say('record_career_none'))}</p>")
    rows = "".join(_row(record, s, timeline, n, language) for n, s in enumerate(timeline.stations, 1))
    return section(
        "career", say("record_career"), f'{_axis(timeline)}<ol class="vv-record-career" reversed>{rows}</ol>'
    )


def _row(record: Record, station: Station, timeline: Timeline, n: int, language: InterfaceLanguage) -> str:
    say, fact = words(language), station.fact
    period = period_text(language, fact.period) if fact.period else ""
    when = period[:1].upper() + period[1:] if period else say("record_undated")
    title = station.title or say("record_untitled")
    kind = say(f"record_{fact.kind}")
    label = say("record_open", title=", ".join(filter(None, (kind, title, station.place))))
    where = " · ".join(escape(part) for part in _where(fact) if part)
    return (
        f'<li class="vv-record-station vv-record-{fact.kind}"><p class="vv-record-when">{escape(when)}</p>'
        f'<div class="vv-record-what">{source(record, fact.span, n, title, label)}'
        f'<p class="vv-record-where">{where}</p></div>{_stretch(station, timeline)}</li>'
    )


def _where(fact: Position | Degree) -> tuple[str | None, ...]:
    if isinstance(fact, Position):
        return fact.organisation, fact.group, fact.place
    return fact.institution, fact.note


def _stretch(station: Station, timeline: Timeline) -> str:
    """The station's time as fractions of the axis; nothing where it has none."""
    if station.end is None or timeline.first is None or timeline.last is None:
        return '<div class="vv-record-track" aria-hidden="true"></div>'
    length = timeline.last + 1 - timeline.first
    begin = station.start if station.start is not None else timeline.first
    left, right = (begin - timeline.first) / length, (station.end - timeline.first) / length
    open_end = " vv-record-lasting" if station.is_open else ""
    open_start = " vv-record-since-ever" if station.start is None else ""
    return (
        f'<div class="vv-record-track" aria-hidden="true"><span class="vv-record-stretch{open_end}{open_start}"'
        f' style="--vv-left:{left:.4f};--vv-right:{right:.4f}"></span></div>'
    )


def _axis(timeline: Timeline) -> str:
    if timeline.first is None or timeline.last is None:
        return ""
    length = timeline.last + 1 - timeline.first
    step = next((m for m in _MARKS if length / m <= _MOST_MARKS), _MARKS[-1])
    every = range(-(-timeline.first // step) * step, timeline.last + 1, step)
    years = [year for year in every if (year - timeline.first) / length < _LAST_MARK]
    marks = "".join(f'<span style="--vv-left:{(year - timeline.first) / length:.4f}">{year}</span>' for year in years)
    return f'<div class="vv-record-axis" aria-hidden="true"><div>{marks}</div></div>'
