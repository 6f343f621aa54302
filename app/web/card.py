"""What is said of a person before anything is asked: the post held now, how much was published, where else they are on the web."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from app.answer.periods import by_start
from app.answer.phrase import period_text
from app.question.select import distinct
from app.record.venues import venues_of
from app.web.words import InterfaceLanguage
from ingest.domain import Contact, Interest, Position, Record, Span
from ingest.index import Index

_FIELDS = 6
_LINKS = 5


@dataclass(frozen=True, slots=True)
class Post:
    """A position that the source says is held now, as it is shown, with the words that state it."""

    text: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A page of the person on the web."""

    address: str
    label: str
    """Host and path, as far as they tell the pages apart."""


@dataclass(frozen=True, slots=True)
class Card:
    """One person at a glance; everything is a fact of the record or a line of ``profile.toml``."""

    slug: str
    name: str
    native: str | None
    """The name in another script."""
    photo: str | None
    """Address of the photo, relative to the page."""
    posts: tuple[Post, ...] = ()
    fields: tuple[str, ...] = ()
    links: tuple[Anchor, ...] = ()
    papers: int = 0
    years: tuple[int, int] | None = None
    """First and last year that publications print."""
    venues: int = 0
    titles: tuple[str, ...] = ()
    """What the documents are called."""
    read_on: date | None = None
    """The day on which the documents were read."""


def card_of(index: Index, language: InterfaceLanguage, photo: str | None = None) -> Card:
    """The card of the person whose index that is."""
    record = index.record
    papers = distinct(record)
    years = [p.date.year for p in papers if p.date and p.date.year]
    return Card(
        slug=record.profile.slug,
        name=record.profile.name,
        native=native_name(record.profile.aliases),
        photo=photo,
        posts=_posts(record, language),
        fields=tuple(dict.fromkeys(f.topic for f in record.facts if isinstance(f, Interest)))[:_FIELDS],
        links=_links(record),
        papers=len(papers),
        years=(min(years), max(years)) if years else None,
        venues=len(set(venues_of(papers).values())),
        titles=tuple(d.title for d in record.documents),
        read_on=date.fromisoformat(index.manifest.created[:10]),
    )


def native_name(aliases: tuple[str, ...]) -> str | None:
    """The first alias in another script than the Latin one."""
    return next((alias for alias in aliases if not any(c.isascii() and c.isalpha() for c in alias)), None)


def _posts(record: Record, language: InterfaceLanguage) -> tuple[Post, ...]:
    held = [f for f in record.facts if isinstance(f, Position) and f.period and f.period.current]
    found = []
    for post in by_start(held):
        parts = [post.role, None if _within(post.group, post.role) else post.group, post.organisation]
        said = ("，" if language == "zh" else ", ").join(p for p in parts if p)
        since = period_text(language, post.period) if post.period and post.period.start else ""
        text = " · ".join(p for p in (said, since) if p)
        if said:
            found.append(Post(text, post.span, record.quote(post.span)))
    return tuple(found)


def _within(part: str | None, whole: str | None) -> bool:
    return bool(part and whole and part in whole)


def _links(record: Record) -> tuple[Anchor, ...]:
    """The owner's links, then those that the documents print; nothing that is not a web address, nothing twice."""
    if "links" not in record.profile.share:
        return ()
    printed = [f.value for f in record.facts if isinstance(f, Contact) and f.channel == "link"]
    found: dict[str, Anchor] = {}
    for address in (*record.profile.links, *printed):
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            continue
        label = parts.hostname.removeprefix("www.") + parts.path.rstrip("/")
        found.setdefault(label.lower(), Anchor(address, label))
    return tuple(found.values())[:_LINKS]
