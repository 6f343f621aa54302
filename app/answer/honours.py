"""Answers about awards, distinctions and services."""

from collections.abc import Sequence

from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import date_text, series
from app.answer.prose import prose
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import telling_words
from app.question.select import in_years
from app.record.outcome import is_won
from ingest.domain import Honour
from ingest.extract.words import has_word
from ingest.lexical import tokens


def awards(scene: Scene) -> Composition:
    """The awards and distinctions that were won; what was only nominated or shortlisted is told behind them, or alone where that is asked for."""
    listed = [h for h in scene.facts(Honour) if h.is_award and in_years(h.dates, scene.question.plan.filters)]
    if not listed:
        return _honours(scene, (), "awards_list")
    won = [h for h in listed if is_won(scene.record, h)]
    others = [honour_line(scene, h) for h in listed if h not in won]
    beside = (Draft(scene.say("awards_not_won", list=series(scene.language, others))),) if others else ()
    if beside and has_word("nominated", scene.question.plan.text):
        return Composition(beside)
    if not won:
        return Composition((Draft(scene.say("awards_none_won"), is_plain=True), *beside))
    return Composition((*_honours(scene, won, "awards_list").drafts, *beside))


def services(scene: Scene) -> Composition:
    """The services; one that the question describes more closely comes alone."""
    listed = [h for h in scene.facts(Honour) if not h.is_award and in_years(h.dates, scene.question.plan.filters)]
    wanted = [
        t
        for t in telling_words(scene.question.plan.text)
        if t not in set(tokens("service academic community conference serve"))
    ]
    close = [h for h in listed if any(t in tokens(h.title) for t in wanted)]
    return _honours(scene, close or listed, "services_list")


def honour_did(scene: Scene) -> Composition:
    """Whether a described award or service is listed."""
    listed = scene.facts(Honour)
    if not listed:
        return prose(scene)
    wanted = [
        t
        for t in telling_words(scene.question.text)
        if t not in set(tokens("win won receive received get got award awarded was")) or t == "award"
    ]
    own = {t for name in scene.profile.names for t in tokens(name)}
    wanted = [t for t in wanted if t not in own and t not in tokens("win receive award")]
    scored = sorted(
        ((len(set(wanted) & set(tokens(h.title))) / len(wanted), h) for h in listed if wanted),
        key=lambda pair: -pair[0],
    )
    if not wanted or scored[0][0] < 0.6:
        found = prose(scene)
        return found if found.status != "refused" else refused(scene, scene.say("refuse_honour"))
    best = [h for share, h in scored if share == scored[0][0]]
    drafts = [Draft(scene.say("honour_did", title=h.title, dates=_dates(scene, h), cite=mark(h.span))) for h in best]
    return Composition(tuple(drafts))


def _honours(scene: Scene, listed: Sequence[Honour], key: str) -> Composition:
    if not listed:
        return refused(scene, scene.say("refuse_no_honours"), is_open=True)
    lines = [Draft(honour_line(scene, h), is_item=True) for h in listed]
    return Composition((Draft(scene.say(key, count=len(listed)), is_plain=True), *lines))


def honour_line(scene: Scene, honour: Honour) -> str:
    """An honour as one item of a list."""
    return scene.say("honour_item", title=honour.title, dates=_dates(scene, honour), cite=mark(honour.span))


def _dates(scene: Scene, honour: Honour) -> str | None:
    return ", ".join(date_text(scene.language, d) for d in honour.dates) or None
