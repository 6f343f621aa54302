"""Answers about how to reach the person, and how the name is printed."""

import re
from collections.abc import Iterator, Sequence

from app.answer import refusal
from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import joined
from app.answer.prose import told
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.question.cue import cue
from ingest.domain import Contact, Document, Section, Span
from ingest.extract.words import fold
from ingest.identity import name_key
from ingest.private import MASK, private_spans
from ingest.sentences import is_cjk

_LINE = 200
_LINK_WORDS = {"github": "github", "scholar": "scholar", "linkedin": "linkedin", "twitter": "twitter", "orcid": "orcid"}


def email(scene: Scene) -> Composition:
    """The public e-mail address."""
    found = [c for c in scene.facts(Contact) if c.channel == "email"]
    if not found:
        return refused(scene, scene.say("refuse_no_email"), links(scene).drafts if scene.facts(Contact) else ())
    first = {c.value: c for c in reversed(_own(scene, found))}
    return Composition(tuple(Draft(scene.say("email", value=v, cite=mark(c.span))) for v, c in reversed(first.items())))


def links(scene: Scene) -> Composition:
    """The public links, or the one of the kind that is asked for."""
    found = [c for c in scene.facts(Contact) if c.channel == "link"]
    kind = next((host for word, host in _LINK_WORDS.items() if word in scene.question.text.lower()), None)
    fitting = [c for c in found if kind is None or kind in c.value]
    if not fitting:
        return refused(scene, scene.say("refuse_no_links"))
    return Composition(
        (Draft(scene.say("links", list=joined(scene.language, [f"{c.value} {mark(c.span)}" for c in fitting]))),)
    )


def private(scene: Scene) -> Composition:
    """What the owner shares of a private matter, in the source's own line; else that it is not said."""
    text = scene.question.plan.text
    for kind, pattern in _asked().items():
        if pattern.search(text):
            lines = [line for document in scene.record.documents for line in _stated(document, kind)]
            return Composition(tuple(_line(scene, line) for line in lines[:2])) if lines else refusal.private(scene)
    if cue("residence").search(text):
        said = [s for s in scene.record.sentences if len(s.text) < _LINE and cue("says_residence").search(s.text)]
        if said:
            return Composition((told(scene, said[0]),))
    return refusal.private(scene)


def _asked() -> dict[str, re.Pattern[str]]:
    """What a question asks for, by the kinds of ``[privacy] share``."""
    return {
        "phone": cue("private_phone"),
        "birth_date": cue("private_birth_date"),
        "marital_status": cue("private_marital_status"),
        "nationality": cue("private_nationality"),
        "address": cue("private_address"),
    }


def _stated(document: Document, kind: str) -> Iterator[Span]:
    """The lines of ``document`` with private data of that kind which its owner lets stand."""
    others = (*(k for k in _asked() if k != kind), "identity", "email", "links")
    for _, spans in private_spans(document, others):  # what is shared is not looked for
        for span in spans:
            start = document.text.rfind("\n", 0, span.start) + 1
            end = document.text.find("\n", span.end)
            line = Span(document.id, start, end if end >= 0 else len(document.text))
            if MASK not in document.quote(line) and len(document.quote(line)) < _LINE:
                yield line


def _line(scene: Scene, span: Span) -> Draft:
    quote = " ".join(scene.record.quote(span).split()).rstrip(".")
    return Draft(scene.say("source_lists", quote=quote, cite=mark(span)))


def name(scene: Scene) -> Composition:
    """The name as the documents print it, in other scripts too."""
    drafts = []
    for alias in (n for n in scene.profile.names if is_cjk(n) or " " in n):
        for document in scene.record.documents:
            at = document.text.find(alias)
            if at >= 0 and (alias != scene.profile.name or not any(is_cjk(n) for n in scene.profile.names)):
                span = Span(document.id, at, at + len(alias))
                drafts.append(Draft(scene.say("name_aliases", value=alias, cite=mark(span))))
                break
    return Composition(tuple(drafts)) if drafts else refused(scene, scene.say("refuse_not_stated"))


def _own(scene: Scene, addresses: Sequence[Contact]) -> Sequence[Contact]:
    """The addresses that bear the person's name, where some do; else those above the first section, else all: referees have addresses too."""
    parts = {t for name in scene.profile.names for t in name_key(name).split() if len(t) > 2}
    named = [c for c in addresses if any(t in fold(c.value.split("@")[0]) for t in parts)]
    first = next(
        (b.span.start for d in scene.record.documents[:1] for b in d.blocks if b.section is not Section.OTHER), 0
    )
    return named or [c for c in addresses if c.span.start < first] or addresses
