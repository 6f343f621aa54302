"""Answers that list languages, skills, courses, talks, grants and patents."""

from collections.abc import Sequence
from typing import Literal

from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import date_text, joined, series
from app.answer.prose import prose
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import telling_words
from app.language.symbols import has_symbol, symbols_in
from app.question.cue import cue, word_stems
from app.question.parts import has_stem
from app.question.select import in_years
from app.record.outcome import Outcome, asked_for, of_grant
from ingest.domain import Item
from ingest.lexical import tokens

_Kind = Literal["teaching", "talk", "grant", "patent", "skill", "language"]
_LIMIT = 20
_OF_ALL = set(tokens("grant grants fund funds funded funding money award awarded reject rejected pending"))
"""What a question about grants asks of all of them, whatever they are called."""


def languages(scene: Scene) -> Composition:
    """The languages in one sentence."""
    found = [i for i in scene.facts(Item) if i.kind == "language"]
    if not found:
        return _otherwise(scene, "language")
    return Composition(
        (Draft(scene.say("languages", list=joined(scene.language, [f"{i.title} {mark(i.span)}" for i in found]))),)
    )


def skills(scene: Scene) -> Composition:
    """The skills, or those lines that the question's words point at; where it names "R", only what has that."""
    symbols = symbols_in(scene.question.plan.text)
    if not symbols:
        return _listed(scene, "skill")
    listed = [i for i in scene.facts(Item) if _is_of(scene, i, "skill")]
    shown = [i for i in listed if all(has_symbol(symbol, scene.record.quote(i.span)) for _, _, symbol in symbols)]
    return Composition(_told(scene, shown, "skill")) if shown else prose(scene)


def teaching(scene: Scene) -> Composition:
    """The courses and students."""
    return _listed(scene, "teaching")


def talks(scene: Scene) -> Composition:
    """The talks."""
    return _listed(scene, "talk")


def grants(scene: Scene) -> Composition:
    """The grants, or the patents where the question asks for those."""
    return _listed(scene, "patent" if cue("patents").search(scene.question.plan.text) else "grant")


def _listed(scene: Scene, kind: _Kind) -> Composition:
    """The items of a kind: of the years asked for, and those that share the question's own words where some do."""
    found = [i for i in scene.facts(Item) if _is_of(scene, i, kind) and in_years(i.dates, scene.question.plan.filters)]
    if not found:
        return _otherwise(scene, kind)
    wanted = set(scene.question.plan.unexplained or telling_words(scene.question.plan.bare))
    wanted -= word_stems("deed_of_all") | (_OF_ALL if kind == "grant" else set())
    shared = {
        i: sum(has_stem(t, (i.title, *_headings(scene, i)), scene.question.plan.text) for t in wanted) for i in found
    }
    shown = [i for i in found if shared[i] == max(shared.values())] if any(shared.values()) else found
    if cue("now").search(scene.question.plan.text):
        shown = [i for i in shown if cue("goes_on").search(scene.record.quote(i.span))] or shown
    if kind == "grant":
        return _by_outcome(scene, shown)
    return Composition(_told(scene, shown, kind))


def _told(scene: Scene, shown: Sequence[Item], kind: _Kind) -> tuple[Draft, ...]:
    """How many there are, and one line each."""
    lines = [Draft(_line(scene, i), is_item=True) for i in shown[:_LIMIT]]
    if len(shown) > _LIMIT:
        lines.append(Draft(scene.say("items_more", count=len(shown) - _LIMIT), is_plain=True))
    return (Draft(scene.say(f"list_{kind}", count=len(shown)), is_plain=True), *lines)


def _by_outcome(scene: Scene, shown: Sequence[Item]) -> Composition:
    """The grants that were awarded; what was turned down and what is not decided, each in a sentence behind them."""
    became = {i: of_grant(scene.record, i) for i in shown}
    gained = [i for i in shown if became[i] is Outcome.GAINED]
    beside = {
        outcome: Draft(
            scene.say(key, list=series(scene.language, [_line(scene, i) for i in shown if became[i] is outcome]))
        )
        for key, outcome in (("grants_not_awarded", Outcome.LOST), ("grants_not_decided", Outcome.OPEN))
        if outcome in became.values()
    }
    asked = asked_for(scene.question.text) or asked_for(scene.question.plan.text)
    if asked in beside:
        return Composition((beside[asked],))
    if gained:
        return Composition((*_told(scene, gained, "grant"), *beside.values()))
    others = [i for i in scene.facts(Item) if i.kind == "grant" and i not in shown]
    is_all = not any(of_grant(scene.record, i) is Outcome.GAINED for i in others)
    lead = [Draft(scene.say("grants_none_awarded"), is_plain=True)] if is_all else []
    return Composition((*lead, *beside.values()))


def _line(scene: Scene, item: Item) -> str:
    return scene.say("honour_item", title=item.title, dates=_dates(scene, item), cite=mark(item.span))


def _is_of(scene: Scene, item: Item, kind: _Kind) -> bool:
    """Whether an item is of that kind; a patent may stand among grants, and says so."""
    if kind != "patent" or item.kind != "grant":
        return item.kind == kind
    return any(cue("patents").search(t) for t in (scene.record.quote(item.span), *_headings(scene, item)))


def _headings(scene: Scene, item: Item) -> tuple[str, ...]:
    blocks = scene.record.document(item.span.document).blocks
    return next((b.path for b in blocks if b.span.start <= item.span.start < b.span.end), ())


def _dates(scene: Scene, item: Item) -> str | None:
    """The dates that the title does not show already."""
    return ", ".join(date_text(scene.language, d) for d in item.dates if str(d.year) not in item.title) or None


def _otherwise(scene: Scene, kind: _Kind) -> Composition:
    told = prose(scene, outside_works=True)
    if told.status != "refused":
        return told
    patent = cue("patents").search(scene.question.plan.text)
    lead = scene.say("refuse_mention", what=patent[0]) if patent else scene.say(f"refuse_{kind}")
    return refused(scene, lead, is_open=not patent)
