"""The six tools over a library: each a few lines around what the other doors use as well."""

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain import Answer, Finished, Turn
from app.excerpt import DocumentNotFound, Excerpt, OutOfRange, described, excerpt
from app.find import Finder
from app.library import Library
from app.match.desk import MatchDesk
from app.mcp import arguments as takes
from app.mcp import say, shapes
from app.mcp.tool import CallRefused, Told, Tool, make_tool
from app.portrait import counts
from app.record.coauthors import co_authors
from app.record.rows import to_json
from app.record.works import Work, selected, works_of
from app.web import Respondent
from app.web.card import card_of
from ingest.domain import Record
from ingest.errors import IndexUnusable, OwnerError
from ingest.identity import name_key, same_person
from ingest.index import Index

_LOOK_S = 0.2
"""How often it is looked whether whoever called is still there."""
_PATIENCE_S = 40.0
"""How long a call waits for documents that are read for the first time; most clients give it a minute."""
_BEING_READ = "the documents are being read for the first time; call again in a minute"
_NAMES = 10
_GIVEN_UP = "the call was given up before its answer; call again"


@dataclass(frozen=True, slots=True)
class Tools:
    """The work behind the tools."""

    respondent: Respondent
    desk: MatchDesk
    finder: Finder
    ready: threading.Event | None = None
    """Set once the indexes are up to date; until then calls of profiles without one wait. ``None``: they are."""
    only: frozenset[str] | None = None
    """The profiles that whoever calls may see; ``None``: all."""

    @property
    def library(self) -> Library:
        """Whose documents can be asked."""
        return self.respondent.library

    def slugs(self) -> tuple[str, ...]:
        """Who there is for whoever calls, in order."""
        return tuple(slug for slug in self.library.slugs() if self.only is None or slug in self.only)

    def wait(self, slug: str | None, left: threading.Event) -> None:
        """Comes back when ``slug`` can be asked, or when that is not to be expected any more; ``None``: everybody, or as many as can soon.

        An index of documents that have changed since answers until the new one is there.

        Raises:
            CallRefused: ``slug`` cannot be asked as soon as clients want it, or ``left`` is set before.
        """
        until = time.monotonic() + _PATIENCE_S
        while self.ready is not None and not self.ready.is_set():
            if all(self._answers(one) for one in ([slug] if slug else self.slugs())):
                return
            if left.is_set():
                raise CallRefused(_GIVEN_UP)
            if time.monotonic() > until:
                if slug is None:
                    return
                raise CallRefused(_BEING_READ)
            self.ready.wait(_LOOK_S)

    def _answers(self, slug: str) -> bool:
        try:
            self.library.open(slug)
        except IndexUnusable:
            return False
        except OwnerError:
            return True  # as far as it ever will
        return True

    def all(self) -> tuple[Tool, ...]:
        """The tools in the order in which an agent reads them."""
        return (
            make_tool("list_profiles", takes.Whom, shapes.People, self.people),
            make_tool("ask_profile", takes.Ask, Answer, self.ask),
            make_tool("search_profile", takes.Look, shapes.Found, self.search),
            make_tool("list_publications", takes.Works, shapes.Entries, self.publications),
            make_tool("get_source", takes.Place, shapes.Stretch, self.source),
            make_tool("check_requirements", takes.Job, shapes.Match, self.check),
        )

    def people(self, asked: takes.Whom, left: threading.Event) -> Told:
        """Everybody, or those who go by a name; who cannot be asked at present is named apart."""
        words = (asked.name or "").casefold().split()
        found: list[dict[str, Any]] = []
        unavailable: list[str] = []
        for slug in self.slugs():
            if left.is_set():
                break
            try:
                index = self.library.open(slug)
            except (IndexUnusable, OwnerError):
                unavailable += [slug] if all(word in slug for word in words) else []
                continue
            names = " ".join((slug, *index.record.profile.names)).casefold()
            if all(word in names for word in words):
                found.append(_person(index))
        return Told({"profiles": found, "unavailable": unavailable}, say.people_text(found, unavailable))

    def ask(self, asked: takes.Ask, left: threading.Event) -> Told:
        """The answer object, as at every door."""
        turns = [*(Turn(said.role, said.text) for said in asked.history), Turn("user", asked.question)]
        answer = _finished(self.respondent.ask(asked.profile, turns), left)
        return Told(answer.to_json(), say.answer_text(answer))

    def search(self, asked: takes.Look, left: threading.Event) -> Told:
        """The passages and facts that fit a query best, as over HTTP."""
        found = self.finder.find(asked.profile, asked.query, asked.limit)
        titles = {document.id: document.title for document in found.record.documents}
        told = found.to_json()
        return Told(told, say.found_text(told, titles))

    def publications(self, asked: takes.Works, left: threading.Event) -> Told:
        """A page of the publications that the filters select."""
        record = self.library.open(asked.profile).record
        everything = works_of(record)
        co_author = asked.co_author and printed(asked.co_author, everything)
        chosen = selected(record, everything, replace(asked.selection, co_author=co_author))
        page = chosen[asked.offset : asked.offset + asked.limit]
        told = to_json(record, page, everything)
        told |= {
            "count": len(chosen),
            "offset": asked.offset,
            "co_author": co_author,
            "unstated": _unstated(everything),
        }
        return Told(told, say.entries_text(told))

    def source(self, asked: takes.Place, left: threading.Event) -> Told:
        """The exact text of a stretch of a document, as over HTTP."""
        found = stretch(self.library.open(asked.profile).record, asked)
        return Told({"profile": asked.profile} | found.to_json(), say.excerpt_text(found))

    def check(self, asked: takes.Job, left: threading.Event) -> Told:
        """The report on a job description, as at every door."""
        report = self.desk.match(asked.profile, asked.job_description)
        return Told(report.to_json(), say.report_text(report))


def printed(name: str, works: Sequence[Work]) -> str:
    """The co-author's name as it is printed, where ``name`` is a part of it or another spelling; else ``name`` itself.

    Raises:
        CallRefused: it may be several people's.
    """
    people = co_authors(works)
    words = name_key(name).split()
    if any(person.key == name_key(name) for person in people) or not words:
        return name
    near = [p.name for p in people if same_person(p.name, name) or set(words) <= set(p.key.split())]
    if len(near) > 1:
        names = ", ".join(repr(one) for one in near[:_NAMES])
        raise CallRefused(f"{name!r} may be {names}; call again with one of these as co_author")
    return near[0] if near else name


def _finished(events: Iterator[Any], left: threading.Event) -> Answer:
    """The answer that closes ``events``; once ``left`` is set, whatever is under way is given up."""
    try:
        for event in events:
            if isinstance(event, Finished):
                return event.answer
            if left.is_set():
                break
    finally:
        if isinstance(events, Generator):
            events.close()
    raise CallRefused(_GIVEN_UP)


def stretch(record: Record, asked: takes.Place) -> Excerpt:
    """What is asked for of a document; without an end, as much as is read at a time.

    Raises:
        CallRefused: there is no such document, no such place in it, or it is too long for one call.
    """
    try:
        whole = excerpt(record, asked.document)
        end = asked.end if asked.end is not None else min(asked.start + takes.READ_ON, whole.span.end)
        found = excerpt(record, asked.document, asked.start, end)
    except DocumentNotFound as error:
        raise CallRefused(f"{error}; list_profiles names everybody's documents") from None
    except OutOfRange as error:
        raise CallRefused(f"{error}; give 0 <= start < end <= {whole.span.end}") from None
    if end == asked.start:
        raise CallRefused(f"{asked.start} to {end} holds no character; give 0 <= start < end <= {whole.span.end}")
    if end - asked.start > takes.MAX_SPAN:
        raise CallRefused(
            f"{asked.start} to {end} are {end - asked.start} characters, at most {takes.MAX_SPAN} are given at once; "
            f"ask for {asked.start} to {asked.start + takes.MAX_SPAN} first"
        )
    return found


def _person(index: Index) -> dict[str, Any]:
    record, card = index.record, card_of(index, "en")
    return {
        "slug": card.slug,
        "name": card.name,
        "aliases": list(record.profile.aliases),
        "role": card.posts[0].text if card.posts else None,
        "posts": [
            {"text": p.text, "document": p.span.document, "start": p.span.start, "end": p.span.end} for p in card.posts
        ],
        "fields": list(card.fields),
        "links": [anchor.address for anchor in card.links],
        "publications": card.papers,
        "publication_years": list(card.years) if card.years else None,
        "counts": counts(record),
        "documents": [described(document) for document in record.documents],
        "read": index.manifest.created[:10],
        "fingerprint": record.fingerprint,
    }


def _unstated(works: tuple[Work, ...]) -> dict[str, int]:
    return {
        "year": sum(w.year is None for w in works),
        "venue": sum(w.venue is None for w in works),
        "author_position": sum(w.rank is None for w in works),
        "complete_authors": sum(not w.paper.authors_complete for w in works),
    }
