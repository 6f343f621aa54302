"""One invented researcher, as every twin tells of her, and the facts that every twin yields."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.domain import Contact, Degree, Fact, Honour, Interest, Item, PartialDate, Period, Position, Publication

NAME = "Zoë Nuñez Bråten"
EMAIL = "zoe@fjordlab.example"
SITE = "https://zoe.example"


@dataclass(frozen=True, slots=True)
class Post:
    """A position or a degree: what, where, and from when to when; no end is "Present"."""

    title: str
    organisation: str
    place: str
    start: str
    end: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A publication; an open list of authors ends in "et al."."""

    key: str
    authors: tuple[str, ...]
    title: str
    venue: str | None
    year: int
    status: str | None = "published"
    is_open: bool = False
    kind: str = "article"


POSTS = (
    Post("Research Scientist", "Fjordlab Institute", "Bergen", "2021-09", None),
    Post("Postdoctoral Researcher", "University of Göttingen", "Göttingen", "2018-10", "2021-08"),
    Post("Research Intern", "Aquadata GmbH", "Kiel", "2016-06", "2016-09"),
)
DEGREES = (
    Post("PhD in Geophysics", "University of Tromsø", "Tromsø", "2014-09", "2018-06"),
    Post("MSc in Physics", "Uppsala University", "Uppsala", "2012", "2014"),
)
_ZOE, _JOERG, _BO, _LUKASZ, _RENEE = NAME, "Jörg Müller", "Bo Li", "Łukasz Wójcik", "Renée O'Connor"
PAPERS = (
    Paper("noise", (_ZOE, _JOERG), "Noise Budgets of Fjord Moorings", None, 2025, "preprint", kind="unpublished"),
    Paper("ice", (_ZOE, _JOERG, _BO), "Listening to Ice with Distributed Fibres", "Journal of Glacial Acoustics", 2024),
    Paper("calving", (_BO, _ZOE), "A Catalogue of Calving Sounds", "arXiv", 2024, "preprint", kind="preprint"),
    Paper(
        "tides",
        (_LUKASZ, _ZOE, _RENEE),
        "Tides and Tremor under Arctic Shelves",
        "Proceedings of the Northern Seismology Conference",
        2022,
        kind="inproceedings",
    ),
    Paper("guide", (_ZOE,), "Whispering Glaciers: A Field Guide", "Port Press", 2021, kind="book"),
    Paper("global", ("Ana van der Berg", _ZOE), "Global Hydrophone Intercomparison", "Nature Oceans", 2020, is_open=True),
)  # fmt: skip
Line = tuple[str, int]
"""What is listed, and its year."""
AWARDS: tuple[Line, ...] = (("Golden Hydrophone Prize", 2022), ("Nordic Young Scientist Award", 2019))
SERVICE: tuple[Line, ...] = (("Reviewer for Glacier Letters", 2023), ("Member of the Arctic Sound Committee", 2021))
TEACHING: tuple[Line, ...] = (("Introduction to Geophysics", 2022), ("Field Course in Hydroacoustics", 2020))
TALKS: tuple[Line, ...] = (("Hearing the Ice Melt", 2023), ("Fibres under Fjords", 2021))
GRANTS: tuple[Line, ...] = (("Arctic Listening Network", 2023), ("Quiet Fjords", 2020))
SKILLS = ("Python", "Julia", "Signal processing")
LANGUAGES = (("Spanish", "native"), ("Norwegian", "fluent"), ("English", "fluent"))
INTERESTS = ("Glacial acoustics", "Distributed sensing")

Told = dict[str, set[tuple[object, ...]]]
"""The facts of each kind, each as its key values."""


def expected() -> Told:
    """What the person's CV states, dates as precisely as it prints them."""

    def listed(lines: Iterable[Line]) -> set[tuple[object, ...]]:
        return {(title, (str(year),)) for title, year in lines}

    return {
        "position": {(p.title, p.organisation, p.start, p.end, p.end is None) for p in POSTS},
        "degree": {(d.title, d.organisation, d.start, d.end) for d in DEGREES},
        "publication": {(p.title, p.authors, not p.is_open, str(p.year), p.venue, p.status) for p in PAPERS},
        "award": listed(AWARDS),
        "service": listed(SERVICE),
        "teaching": listed(TEACHING),
        "talk": listed(TALKS),
        "grant": listed(GRANTS),
        "skill": {(skill,) for skill in SKILLS},
        "language": set(LANGUAGES),
        "interest": {(topic,) for topic in INTERESTS},
        "contact": {("email", EMAIL), ("link", SITE)},
    }


def told(facts: Iterable[Fact]) -> Told:
    """``facts`` in the form of ``expected``."""
    found: Told = {}
    for fact in facts:
        for kind, row in _rows(fact):
            found.setdefault(kind, set()).add(row)
    return found


def _rows(fact: Fact) -> Iterable[tuple[str, tuple[object, ...]]]:
    match fact:
        case Position():
            yield (
                "position",
                (fact.role, fact.organisation, *_dates(fact.period), fact.period is not None and fact.period.current),
            )
        case Degree():
            yield "degree", (fact.title, fact.institution, *_dates(fact.period))
        case Publication():
            authors = tuple(name.replace("’", "'") for name in fact.authors)
            when = str(fact.date.year) if fact.date else None
            yield "publication", (fact.title, authors, fact.authors_complete, when, _venue(fact.venue), fact.status)
        case Honour():
            yield "award" if fact.is_award else "service", (fact.title, _years(fact.dates))
        case Item(kind="skill"):
            bare = fact.title.removeprefix("Tools").strip(": ")
            yield from (("skill", (skill.strip(),)) for skill in bare.split(","))
        case Item(kind="language"):
            name, _, level = fact.title.replace("(", " ").replace(")", "").replace(":", " ").partition(" ")
            yield "language", (name, level.strip().lower())
        case Item():
            yield fact.kind, (fact.title, _years(fact.dates))
        case Interest():
            yield "interest", (fact.topic,)
        case Contact():
            yield "contact", (fact.channel, fact.value.rstrip("/"))


def _dates(period: Period | None) -> tuple[str | None, str | None]:
    start, end = (period.start, period.end) if period else (None, None)
    return start.edtf if start else None, end.edtf if end else None


def _years(dates: Iterable[PartialDate]) -> tuple[str, ...]:
    return tuple(date.edtf for date in dates)


def _venue(venue: str | None) -> str | None:
    """A venue without the words that styles put before it."""
    return venue.removeprefix("In ").removesuffix(" preprint") if venue else None
