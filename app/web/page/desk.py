"""What each event of the page does; the conversation itself stays in the browser and comes back with every question."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr
from pydantic import TypeAdapter, ValidationError

from app.access import Caller, caller_of
from app.domain import Event, Turn
from app.errors import AskError, ServerStopping
from app.limits.gate import Gate, LimitReached, spoken
from app.observe.incident import report
from app.web import Respondent, evidence, pageimage
from app.web.card import Card, card_of
from app.web.page.batches import in_batches
from app.web.page.parts import Tab, Visit, read_visit
from app.web.photo import photo_address
from app.web.render import Exchange, digest, directory, exchange, head, notice, start
from app.web.render.people import about
from app.web.words import Words, words
from ingest.domain import Span
from ingest.errors import IndexUnusable, IngestError, OwnerError, ProfileNotFound

_LOG = logging.getLogger(__name__)
_TURNS = TypeAdapter(list[Turn])


class Desk:
    """Answers events with the values of components."""

    def __init__(self, respondent: Respondent, question_chars: int, gate: Gate) -> None:
        self._respondent = respondent
        self._question_chars = question_chars
        self._gate = gate

    def enter(self, visit: Any, request: gr.Request) -> tuple[Any, ...]:
        """The page as its address asks for it: ``?profile=slug``, otherwise the directory, or the only person there is."""
        slugs = self._respondent.library.slugs()
        wanted = request.query_params.get("profile")
        return self._show(wanted or (slugs[0] if len(slugs) == 1 else ""), read_visit(visit))

    def follow(self, visit: Any, event: gr.EventData) -> tuple[Any, ...]:
        """The page of the profile whose name was clicked, or the directory."""
        return self._show(str(event.profile), read_visit(visit))

    def fill(self, tab: Tab, visit: Any, shown: Any) -> tuple[Any, ...]:
        """What ``tab`` shows of who is visited, after what stands for it; nothing new where it shows that already."""
        visited = read_visit(visit)
        nothing = tuple(gr.skip() for _ in tab.outputs)
        if not visited.profile:
            return gr.skip(), gr.skip(), *nothing
        try:
            wanted = [visited.model_dump(), list(self._respondent.library.open(visited.profile).key)]
            if shown == wanted:
                return gr.skip(), gr.skip(), *nothing
            return wanted, "", *tab.refresh(visited)
        except Exception as error:
            return None, notice(_told(error, words(visited.language))), *nothing

    def ask(
        self, typed: str, visit: Any, turns: Any, happened: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """The answer to what was typed or to the suggestion that was clicked, as it is spoken."""
        visited = read_visit(visit)
        said = words(visited.language)
        data = happened._data or {}
        clicked = data.get("question")
        question = (str(clicked) if clicked else typed or "").strip()
        refused = self._refused(question, visited.profile, said) or self._held_back(request, visited.profile, said)
        if refused:
            yield gr.skip(), gr.skip(), notice(refused)
            return
        history = _history(turns)
        entry = {"profile": visited.profile, "id": f"{len(history)}-{digest(question)}"}
        linked = str(data["linked"])[:64] if data.get("linked") else None
        state = Exchange(question, visited.profile, said, self._people(), linked)
        yield entry | {"html": exchange(state)}, gr.skip() if clicked else "", ""
        try:
            conversation = [*history, Turn("user", question)]
            for heard in _heard(state, partial(self._respondent.ask, visited.profile, conversation)):
                if heard == state:
                    # Nothing new; but only what is yielded lets Gradio see that the visitor has left.
                    yield gr.skip(), gr.skip(), gr.skip()
                    continue
                state = heard
                kept = _TURNS.dump_python([*history, *state.turns])
                yield entry | {"html": exchange(state), "turns": kept}, gr.skip(), gr.skip()
        except Exception as error:
            left = {"html": exchange(replace(state, cut=True)) if state.sentences else ""}
            yield entry | left, gr.skip() if clicked or state.sentences else question, notice(_told(error, said))

    def cite(self, visit: Any, event: gr.EventData) -> dict[str, str]:
        """The passage of the document that a citation points into."""
        visited = read_visit(visit)
        said = words(visited.language)
        slug = str(event.profile)
        try:
            index = self._respondent.library.open(slug)
            document = index.record.document(str(event.document))
            span = Span(document.id, int(event.start), int(event.end))
            unchanged = digest(document.quote(span)) == event.digest
        except (IngestError, KeyError, ValueError):
            unchanged = False
        if not unchanged:
            return {"html": f'<p class="vv-gone">{notice(said("source_changed"))}</p>'}
        whose = self._name(slug) if slug != visited.profile else ""
        pictures = pageimage.addresses(index, document)
        return {"html": evidence.passage(document, span, int(event.n), pictures, said, whose)}

    def _show(self, slug: str, visit: Visit) -> tuple[Any, ...]:
        """Head, directory, conversation, what stands at the foot, notice, visit, tabs."""
        said = words(visit.language)
        library = self._respondent.library
        if not slug:
            return self._directory(said, visit, "")
        try:
            profile = library.profile(slug)
            index = library.open(slug)
            greeting = self._respondent.greeting(slug, visit.language)
            offered = self._respondent.suggestions(slug, visit.language)
            card = card_of(index, visit.language, photo_address(profile))
            begin = start(greeting, offered, said)
        except ProfileNotFound:
            return self._directory(said, visit, said("unknown_profile", slug=slug))
        except Exception as error:
            card = Card(slug, self._name(slug), None, None)
            begin = start(notice(_told(error, said)), (), said)
        entry = {"profile": slug, "title": f"{card.name} · Vivavoce", "html": begin, "id": "start"}
        others = len(library.slugs()) > 1
        to = visit.model_copy(update={"profile": slug}).model_dump()
        return head(card, said, others=others), "", entry, about(card, said), "", to, _chat()

    def _directory(self, said: Words, visit: Visit, message: str) -> tuple[Any, ...]:
        cards = [self._card(slug, visit) for slug in self._respondent.library.slugs()]
        listed = directory(cards, said, message if cards else said("no_profiles"))
        entry = {"profile": "", "title": "Vivavoce", "html": "", "id": "start"}
        to = visit.model_copy(update={"profile": ""}).model_dump()
        return "", listed, entry, "", "", to, _chat()

    def _card(self, slug: str, visit: Visit) -> Card:
        """The card for the directory; of a profile that cannot be read, the name alone."""
        try:
            profile = self._respondent.library.profile(slug)
            return card_of(self._respondent.library.open(slug), visit.language, photo_address(profile))
        except (IndexUnusable, OwnerError):
            return Card(slug, self._name(slug), None, None)

    def _refused(self, question: str, slug: str, said: Words) -> str:
        """Why the question is not asked at all; empty where it is."""
        if not slug:
            return said("choose_first")
        if not question:
            return said("question_empty")
        if len(question) > self._question_chars:
            return said("question_too_long", n=len(question), most=self._question_chars)
        return ""

    def _held_back(self, request: gr.Request, slug: str, said: Words) -> str:
        """Why the visitor must wait before they ask again; empty where they need not."""
        caller = caller_of(request.request.scope if request.request else {})
        session = Caller("session", str(request.session_hash), caller.address, caller.is_here)
        try:
            self._gate.admit(session, "question", slug)
        except LimitReached as error:
            return said("wait", wait=spoken(error.wait_s))
        return ""

    def _people(self) -> dict[str, str]:
        """Names by slug."""
        return {slug: self._name(slug) for slug in self._respondent.library.slugs()}

    def _name(self, slug: str) -> str:
        """The name of a profile; one that cannot be read goes by its slug."""
        try:
            return self._respondent.library.profile(slug).name
        except OwnerError:
            return slug


def _heard(state: Exchange, ask: Callable[[], Iterator[Event]]) -> Iterator[Exchange]:
    """The exchange as it grows, also where it is waited for and does not."""
    for batch in in_batches(ask):
        for event in batch:
            state = state.hear(event)
        yield state


def _chat() -> Any:
    """The tabs, of which the conversation is open."""
    return gr.Tabs(selected="chat")


def _history(turns: Any) -> Sequence[Turn]:
    """The turns that the browser kept; none where it sends something else."""
    try:
        return _TURNS.validate_python(turns)
    except ValidationError:
        return ()


def _told(error: Exception, said: Words) -> str:
    """What the visitor is told; a fault that nobody foresaw gets a number that stands in the log."""
    match error:
        case ProfileNotFound():
            return said("profile_gone")
        case IndexUnusable():
            _LOG.error("%s", error)
            return said("profile_unreadable")
        case ServerStopping():
            return said("busy")
        case AskError():
            return str(error)
    return said("incident", id=report(error, "page"))
