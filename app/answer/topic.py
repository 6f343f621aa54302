"""Answers about a subject: where it shows in the record."""

import re
from collections.abc import Sequence

from app.answer.draft import Composition, Draft, mark, spans_in
from app.answer.listed import items
from app.answer.paper import papers_named
from app.answer.phrase import period_text
from app.answer.prose import prose
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import telling_words
from app.language.symbols import has_symbol, symbols_in
from app.question.cue import word_stems
from app.question.select import distinct
from ingest.domain import Interest, Project, Publication
from ingest.lexical import tokens

_ALTERNATIVES = re.compile(r"\s+or\s+|\s*/\s*|\s+and\s+|,\s+|\?\s+", re.IGNORECASE)


def topic(scene: Scene) -> Composition:
    """Where a subject shows: stated interests first, then the publications and projects that speak of it."""
    subjects = [words for part in _ALTERNATIVES.split(scene.question.plan.text) if (words := topic_words(scene, part))]
    known = [words for words in subjects if all(map(scene.sentences.knows, words))]
    if not subjects or (papers_named(scene) and not known):
        return prose(scene)
    if not known:
        return refused(scene, _nothing_on(scene), is_open=True)
    drafts = [
        Draft(scene.say("topic_interest", topic=i.topic, cite=mark(i.span)))
        for i in scene.facts(Interest)
        if any(set(words) <= set(tokens(scene.record.quote(i.span))) for words in known)
    ]
    works = list(dict.fromkeys(work for words in known for work in _works_on(scene, words)))
    if works:
        drafts += [Draft(scene.say("topic_some", count=len(works)), is_plain=True), *_work_items(scene, works)]
    if not drafts:
        found = prose(scene)
        told = [set(tokens(scene.record.quote(span))) for draft in found.drafts for span in spans_in(draft.text)]
        if found.status != "refused" and any(set(words) <= terms for words in known for terms in told):
            return found
        return refused(scene, _nothing_on(scene), is_open=True)
    return Composition(tuple(drafts))


def topic_words(scene: Scene, text: str) -> list[str]:
    """The stems of the subject that ``text`` names."""
    own = {t for alias in scene.profile.names for t in tokens(alias)}
    return [t for t in telling_words(text) if t not in own and t not in word_stems("topic")]


def _nothing_on(scene: Scene) -> str:
    name = topic_name(scene)
    return scene.say("refuse_topic", what=name) if name else scene.say("refuse_not_stated")


def topic_name(scene: Scene) -> str | None:
    """The subject in the question's own words, where it says "on", "about", or the like."""
    match = re.search(
        r"\b(?:on|about|in|with|of|know|knows|regarding|concerning|for)\s+(?:the\s+)?([^?.,;!]+)",
        scene.question.plan.text,
        re.IGNORECASE,
    )
    return scene.question.plan.unknown or (match[1].strip() if match else None)


def _works_on(scene: Scene, wanted: Sequence[str]) -> list[Publication | Project]:
    """The works whose title or text has every word of the subject together, else those of nearly the same meaning."""
    found: list[tuple[float, Publication | Project]] = []
    works: tuple[Publication | Project, ...] = (*distinct(scene.record), *scene.facts(Project))
    for work in works:
        text = work.abstract if isinstance(work, Publication) else work.body
        title = set(tokens(work.title))
        body = tokens(scene.record.quote(text)) if text else []
        if set(wanted) <= title:
            found.append((3.0, work))
        elif _near(wanted, [*tokens(work.title), *body]):
            found.append((2.0 if set(wanted) & title else 1.0, work))
        elif (
            len(wanted) > 1 and len(set(wanted) & title) >= len(wanted) - 1 and wanted[-1] in title and len(wanted) > 2
        ):
            found.append((0.5, work))
    unique: dict[str, tuple[float, Publication | Project]] = {}
    symbols = symbols_in(scene.question.plan.text)
    for value, work in found:
        inside = work.abstract if isinstance(work, Publication) else work.body
        told = f"{work.title}\n{scene.record.quote(inside) if inside else ''}"
        if not all(has_symbol(symbol, told) for _, _, symbol in symbols):
            continue
        unique.setdefault(work.title.lower(), (value, work))
    return [work for _, work in sorted(unique.values(), key=lambda pair: -pair[0])][:8]


def _near(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether all wanted stems stand within a few words of each other."""
    window = len(wanted) + 2
    return any(set(wanted) <= set(words[i : i + window]) for i, word in enumerate(words) if word in wanted)


def _work_items(scene: Scene, works: Sequence[Publication | Project]) -> list[Draft]:
    drafts: list[Draft] = []
    for work in works:
        if isinstance(work, Publication):
            drafts += items(scene, [work])
        else:
            period = period_text(scene.language, work.period) if work.period else None
            drafts.append(
                Draft(scene.say("project_item", title=work.title, period=period, cite=mark(work.span)), is_item=True)
            )
    return drafts
