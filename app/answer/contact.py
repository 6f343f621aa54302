"""Answers about how to reach the person, and how the name is printed."""

from collections.abc import Sequence

from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import joined
from app.answer.refusal import refused
from app.answer.scene import Scene
from ingest.domain import Contact, Section, Span
from ingest.extract.words import fold
from ingest.identity import name_key
from ingest.sentences import is_cjk

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
