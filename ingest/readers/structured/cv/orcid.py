"""ORCID records (public API 3.0 and 2.x, JSON): person, affiliations, distinctions, funding and works."""

from collections.abc import Iterator

from ingest.domain import Section
from ingest.readers.structured.cv.entry import Entry, add_entry
from ingest.readers.structured.cv.person import add_person
from ingest.readers.structured.keys import get, mapping, one_line, rows
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import pieces, shown
from ingest.readers.structured.page import Page
from ingest.readers.structured.when import When, at, between
from ingest.readers.structured.works.records import work_of
from ingest.readers.structured.works.work import add_works

_AFFILIATIONS: tuple[tuple[str, str, Section], ...] = (
    ("employments", "Employment", Section.EXPERIENCE),
    ("invited-positions", "Invited positions", Section.EXPERIENCE),
    ("educations", "Education", Section.EDUCATION),
    ("qualifications", "Qualifications", Section.EDUCATION),
    ("distinctions", "Distinctions", Section.AWARDS),
    ("memberships", "Memberships", Section.SERVICE),
    ("services", "Service", Section.SERVICE),
)


def is_record(tree: Value) -> bool:
    """Whether ``tree`` is the record of one person."""
    return (
        isinstance(tree, dict) and "orcid-identifier" in tree and bool({"person", "activities-summary"} & tree.keys())
    )


def render(page: Page, tree: Value) -> None:
    """Appends the person and the activities, each work once."""
    record = mapping(tree)
    _add_person(page, record)
    activities = mapping(record.get("activities-summary", ""))
    for key, heading, section in _AFFILIATIONS:
        page.open(heading, section)
        for summary in _summaries(activities.get(key, "")):
            add_entry(page, _affiliation(summary))
    page.open("Funding", Section.GRANTS)
    for summary in _summaries(activities.get("fundings", "")):
        add_entry(page, _affiliation(summary))
    groups = rows(mapping(activities.get("works", "")).get("group", ""))
    preferred = [next(iter(rows(group.get("work-summary", ""))), {}) for group in groups]
    add_works(page, (work for summary in preferred if (work := work_of(_work(summary))) is not None))


def _add_person(page: Page, tree: Row) -> None:
    person = mapping(tree.get("person", ""))
    name = mapping(person.get("name", ""))
    given, family = (_value(name.get(key, "")) for key in ("given-names", "family-name"))
    sites = rows(mapping(person.get("researcher-urls", "")).get("researcher-url", ""))
    places = rows(mapping(person.get("addresses", "")).get("address", ""))
    add_person(
        page,
        {
            "name": _value(name.get("credit-name", "")) or " ".join(filter(None, (given, family))),
            "emails": [get(e, "email") for e in rows(mapping(person.get("emails", "")).get("email", ""))],
            "orcid": get(mapping(tree["orcid-identifier"]), "uri", "path"),
            "country": ", ".join(filter(None, (_value(p.get("country", "")) for p in places))),
            "links": [{"network": get(s, "urlname"), "url": _value(s.get("url", ""))} for s in sites],
        },
    )
    page.open("Biography", Section.SUMMARY)
    for kind, text in pieces(get(mapping(person.get("biography", "")), "content")):
        page.add(kind, text)
    page.open("Keywords", Section.INTERESTS)
    for keyword in rows(mapping(person.get("keywords", "")).get("keyword", "")):
        add_entry(page, Entry(title=shown(get(keyword, "content"))))


def _summaries(value: Value) -> Iterator[Row]:
    """The affiliation or funding summaries of either version of the API, the preferred one of each group."""
    held = mapping(value)
    for group in rows(held.get("affiliation-group", "")) or rows(held.get("group", "")):
        inner = next(iter(rows(group.get("summaries", "") or group.get("funding-summary", ""))), {})
        yield from (rows(next(iter(inner.values()), "")) if len(inner) == 1 else [inner])
    for key, listed in held.items():
        if key.endswith("-summary"):
            yield from rows(listed)


def _affiliation(summary: Row) -> Entry:
    organisation = mapping(summary.get("organization", ""))
    return Entry(
        title=_value(mapping(summary.get("title", "")).get("title", "")) or shown(get(summary, "roletitle")) or None,
        organisation=shown(get(organisation, "name")) or None,
        group=shown(get(summary, "departmentname")) or None,
        place=one_line(organisation.get("address", "")) or None,
        when=_when(summary),
    )


def _when(summary: Row) -> When | None:
    start, end = (_date(summary.get(key, "")) for key in ("start-date", "end-date"))
    if not start:
        return at(end) if end else None
    return between(start, end, open_is_current=True)


def _date(value: Value) -> str:
    parts = [_value(mapping(value).get(key, "")) for key in ("year", "month", "day")]
    return "-".join(parts[: parts.index("")] if "" in parts else parts)


def _work(summary: Row) -> Row:
    contributors = rows(mapping(summary.get("contributors", "")).get("contributor", ""))
    ids = rows(mapping(summary.get("external-ids", "")).get("external-id", ""))
    row: Row = {
        "title": _value(mapping(summary.get("title", "")).get("title", "")),
        "journal": _value(summary.get("journal-title", "")),
        "type": get(summary, "type"),
        "date": _date(summary.get("publication-date", "")),
        "authors": [n for n in (_value(c.get("credit-name", "")) for c in contributors) if n],
        "doi": next((get(i, "externalidvalue") for i in ids if get(i, "externalidtype") == "doi"), ""),
        "url": _value(summary.get("url", "")),
        "abstract": get(summary, "shortdescription"),
    }
    return {k: v for k, v in row.items() if v}


def _value(value: Value) -> str:
    """``{"value": "…"}`` or a text."""
    return shown(value if isinstance(value, str) else get(mapping(value), "value", "content"))
