"""The table of publications with its search and filters; the browser hides and shows rows, by the same rules as the API."""

from collections.abc import Iterable, Sequence
from html import escape

from app.record.counts import VenueCount, YearCount, by_position, by_status, by_venue, by_year
from app.record.terms import NOT_STATED
from app.record.works import Work, searched
from app.web.record.place import section, source
from app.web.words import InterfaceLanguage, Words, words
from ingest.domain import Record
from ingest.identity import name_key

_MOST_AUTHORS = 10
_SHOWN_AUTHORS = 6
_DOWNLOADS = (("bib", "BibTeX"), ("csv", "CSV"), ("csl.json", "CSL-JSON"))


def table(record: Record, works: Sequence[Work], language: InterfaceLanguage) -> str:
    """All publications, newest first, each title a way to its source."""
    say = words(language)
    if not works:
        return section("list", say("record_list"), f"<p>{escape(say('record_list_none'))}</p>")
    rows = "".join(_row(record, work, n, say) for n, work in enumerate(works, 1))
    body = (
        f"{_filters(works, say)}{_status(record, works, say)}"
        f'<table class="vv-record-table"><thead><tr>{_columns(say)}</tr></thead><tbody>{rows}</tbody></table>'
        f'<button type="button" class="vv-record-chip vv-record-rest" data-rest hidden data-words="{escape(say("record_rest", n="{n}"))}"></button>'
        f'<p class="vv-record-nothing" hidden>{escape(say("record_nothing"))}</p>'
    )
    return section("list", say("record_list"), body)


def _columns(say: Words) -> str:
    cells = []
    for name in ("year", "work", "venue"):
        title = escape(say(f"record_column_{name}"))
        order = ' aria-sort="descending"' if name == "year" else ""
        cells.append(
            f'<th scope="col" class="vv-record-col-{name}"{order}><button type="button" data-sort="{name}">{title}</button></th>'
        )
    return "".join(cells)


def _filters(works: Sequence[Work], say: Words) -> str:
    years = [(_year_value(c), _year_text(c, say), len(c.works)) for c in reversed(by_year(works)) if c.works]
    years.sort(key=lambda option: option[0] == NOT_STATED)
    venues = [(_venue_value(c), _venue_text(c, say), len(c.works)) for c in by_venue(works)]
    positions = [(p, say(f"record_position_{p}"), n) for p, n in by_position(works)]
    statuses = [(s, say(f"record_status_{s}"), n) for s, n in by_status(works)]
    selects = "".join(
        _select(name, options, say)
        for name, options in (("year", years), ("venue", venues), ("position", positions), ("status", statuses))
    )
    return (
        f'<div class="vv-record-filters" role="search"><label class="vv-record-search">'
        f"<span>{escape(say('record_search'))}</span>"
        f'<input type="search" data-filter="q" maxlength="200" autocomplete="off" placeholder="{escape(say("record_search_hint"))}">'
        f"</label>{selects}</div>"
    )


def _select(name: str, options: Iterable[tuple[str, str, int]], say: Words) -> str:
    items = "".join(
        f'<option value="{escape(value)}">{escape(text)} ({count})</option>' for value, text, count in options
    )
    return (
        f"<label><span>{escape(say(f'record_filter_{name}'))}</span>"
        f'<select data-filter="{name}"><option value="">{escape(say("record_any"))}</option>{items}</select></label>'
    )


def _status(record: Record, works: Sequence[Work], say: Words) -> str:
    """How many are shown, the filters that the selects do not show, and the downloads of just these."""
    address = f"v1/profiles/{record.profile.slug}/publications"
    links = "".join(
        f'<a href="{address}.{suffix}" data-base="{address}.{suffix}" download>{name}</a>'
        for suffix, name in _DOWNLOADS
    )
    return (
        f'<div class="vv-record-status"><p role="status" data-some="{escape(say("record_shown", n="{n}", all=len(works)))}"'
        f' data-all="{escape(say.count("record_shown_all", len(works), all=len(works)))}">'
        f"{escape(say.count('record_shown_all', len(works), all=len(works)))}</p>"
        f'<button type="button" class="vv-record-chip" data-remove="co_author" hidden'
        f' data-words="{escape(say("record_with", name="{name}"))}" data-label="{escape(say("record_without", name="{name}"))}"></button>'
        f'<button type="button" class="vv-record-chip" data-clear hidden>{escape(say("record_clear"))}</button>'
        f'<p class="vv-record-download"><span>{escape(say("record_download"))}</span> {links}</p></div>'
    )


def _row(record: Record, work: Work, n: int, say: Words) -> str:
    paper = work.paper
    year = str(work.year) if work.year is not None else say("record_year_none")
    venue = work.venue.name if work.venue else ""
    title = " ".join(paper.title.split())
    place, status = _place(work, say), say(f"record_status_{work.status}")
    data = {
        "year": work.year or NOT_STATED,
        "venue": venue or NOT_STATED,
        "position": " ".join(work.positions),
        "status": work.status,
        "people": "\n".join(name_key(name) for name in paper.authors),
        "text": searched(record, work),
        "work": title.casefold(),
        "n": n,
    }
    attributes = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in data.items())
    notes = "".join(f' <span class="vv-record-remark">{escape(note)}</span>' for note in paper.notes)
    meta = " · ".join(escape(part) for part in (place, status) if part)
    where = f'<span class="vv-record-venue">{escape(venue)} · </span>' if venue else ""
    button = source(record, paper.span, n, title, say("record_open", title=title))
    return (
        f'<tr {attributes}><td class="vv-record-col-year{"" if work.year else " vv-record-unstated"}">{escape(year)}</td>'
        f'<td class="vv-record-col-work">{button}{notes}<p class="vv-record-authors">{_authors(work, say)}</p>'
        f'<p class="vv-record-meta">{where}{meta}</p></td><td class="vv-record-col-venue">{escape(venue) or "–"}</td></tr>'
    )


def _authors(work: Work, say: Words) -> str:
    """The names as printed, the person's own set off; of a long list the first and the person's."""
    paper = work.paper
    if not paper.authors:
        return escape(say("record_authors_none"))
    own = None if work.rank is None else work.rank - 1
    shown = range(len(paper.authors)) if len(paper.authors) <= _MOST_AUTHORS else range(_SHOWN_AUTHORS)
    names = [f"<b>{escape(paper.authors[n])}</b>" if n == own else escape(paper.authors[n]) for n in shown]
    if own is not None and own not in shown:
        names.append(f"… <b>{escape(paper.authors[own])}</b>")
    hidden = len(paper.authors) - len(names)
    text = ", ".join(names) + (f" {escape(say('record_authors_more', n=hidden))}" if hidden else "")
    text += "" if paper.authors_complete else " et al."
    return say("record_beside", names=text) if paper.beside else text


def _place(work: Work, say: Words) -> str:
    """The person's place among the authors, or why none can be told; empty where no authors are printed."""
    paper = work.paper
    if not paper.authors or paper.beside:
        return ""
    if work.rank is None:
        return say("record_place_not_stated" if paper.authors_complete else "record_place_missing_cut")
    if not paper.authors_complete:
        return say("record_place_first_cut") if work.rank == 1 else say("record_place_cut", rank=work.rank)
    return say(f"record_place_{work.positions[-1]}", rank=work.rank, of=len(paper.authors))


def _year_value(count: YearCount) -> str:
    return str(count.year) if count.year is not None else NOT_STATED


def _year_text(count: YearCount, say: Words) -> str:
    return str(count.year) if count.year is not None else say("record_year_none")


def _venue_value(count: VenueCount) -> str:
    return count.venue.name if count.venue else NOT_STATED


def _venue_text(count: VenueCount, say: Words) -> str:
    return count.venue.name if count.venue else say("record_venue_none")
