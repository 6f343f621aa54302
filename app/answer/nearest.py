"""The entry of the record that a question is about, where no intent and no single sentence answers it: its head and its own best lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.answer.degrees import level_asked, level_of
from app.answer.draft import Composition, Draft, mark, spans_in
from app.answer.entry import entry_text
from app.answer.positions import longest_job
from app.answer.prose import TOLD_BY, has_all, signed_below, told
from app.answer.scene import Scene
from app.answer.sentences import asked_for, telling_words
from app.answer.units import COGNATE, ScoredUnit, hit
from app.question.cue import cue, word_stems
from ingest.domain import Passage, Position, Publication
from ingest.lexical import tokens

_LEAST_COVERAGE, _SURE_COVERAGE, _LEAST_COSINE = 0.6, 0.8, 0.1
_NEAR_COSINE = 0.3
_MAX_LINES = 3
COUNTED = re.compile(r"\bhow many\b", re.IGNORECASE)
_MEASURED = re.compile(r"\bhow (?:much|big|large|fast|old|high|long|far)\b", re.IGNORECASE)
_TITLED = re.compile(
    r"\b(?:title|called|name)\b.*\b(?:thesis|dissertation)\b|\b(?:thesis|dissertation)\b.*\b(?:title|called|name)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*,?\s+(?:or|than|versus|vs\.?|and)\s+", re.IGNORECASE)
_LONGER = re.compile(r"\b(?:longer|shorter)\b", re.IGNORECASE)
_WHY = re.compile(r"\bwhy\b|为什么", re.IGNORECASE)


def nearest_entry(scene: Scene) -> Composition | None:
    """The best entry in a sentence and with the lines that meet the question, or ``None`` where none is near enough.

    Every telling word of the question must be somewhere in the record, in its own form or one used for it: what the record
    never speaks of is not answered by something beside it. A remark that no publication carries ("best paper") is nowhere else.
    """
    text = scene.question.plan.bare or scene.question.plan.text
    words = telling_words(text)
    wanted = [t for t in words if t not in word_stems("light") and t not in word_stems("time")]
    if not wanted or any(not scene.units.knows(t) for t in wanted) or scene.question.plan.filters.note:
        return None
    head = [h for h in asked_for(text) if h not in word_stems("light")]
    ranked = scene.units.score(wanted, scene.vector, scene.index.sentence_vectors)
    named = [f.span for f in scene.question.plan.facts]
    own = [u for u in ranked if u.unit.fact is not None and u.unit.fact.span in named]
    if not own:
        ranked = [u for u in ranked if _is_of_kind(scene, u, wanted)]
    fitting = [u for u in (own or ranked)[:5] if _fits(scene, u, head, _LEAST_COVERAGE)]
    if own and not fitting:
        everything = [t for t in telling_words(scene.question.plan.text) if t not in word_stems("light")]
        beside = scene.units.score(everything, scene.vector, scene.index.sentence_vectors)
        fitting = [u for u in beside[:2] if _fits(scene, u, head, _SURE_COVERAGE)]
    return _told(scene, fitting[0], wanted) if fitting else None


def entry_at_length(scene: Scene, composed: Composition) -> Composition:
    """``composed``, or where it is no more than the head of an entry that the question is about, the entry with its lines."""
    text = scene.question.plan.text
    if not cue("what_is").search(text):
        return composed
    spans = [span for draft in composed.drafts for span in spans_in(draft.text)]
    unit = next((u for u in scene.units.all if u.fact is not None and [u.fact.span] == spans), None)
    if unit is None or len(unit.sentences) < 2:
        return composed
    wanted = telling_words(text)
    lines = [scene.record.sentences[n] for n in unit.sentences[1 : 1 + _MAX_LINES - 1]]
    return replace(composed, drafts=(*composed.drafts, *(told(scene, line) for line in lines))) if wanted else composed


def with_its_author(scene: Scene, composed: Composition) -> Composition:
    """``composed`` with the name that stands below what somebody said of the person, where the question asks who said it."""
    if not cue("who_said").search(scene.question.plan.text) or composed.status == "refused":
        return composed
    for span in (span for draft in composed.drafts for span in spans_in(draft.text)):
        if cite := signed_below(scene, span):
            quote = " ".join(scene.record.quote(cite).split())
            return replace(
                composed, drafts=(*composed.drafts, Draft(scene.say("source_lists", quote=quote, cite=mark(cite))))
            )
    return composed


def set_against(scene: Scene) -> Composition | None:
    """Both entries that a question sets against each other: "the depth patent or the localization one, which came first?"."""
    text = scene.question.plan.text
    joint = _OR.search(text) if cue("sets_against").search(text) else None
    if joint is None:
        return None
    sides = [
        re.split(r"[,;:?!–—]| - |\bbetween\b", text[: joint.start()])[-1],
        re.split(r"[,;:?!–—]| - ", text[joint.end() :])[0],
    ]
    words = [[t for t in telling_words(side) if t not in word_stems("light")] for side in sides]
    found: list[tuple[ScoredUnit, list[str]]] = []
    for own, other in (words, words[::-1]):
        telling = [t for t in own if t not in other]
        ranked = scene.units.score(telling, scene.vector, scene.index.sentence_vectors) if telling else []
        ranked = [u for u in ranked if u.unit.fact in scene.question.plan.facts and u.coverage > 0] or ranked
        if not ranked or ranked[0].coverage < _LEAST_COVERAGE:
            return None
        found.append((ranked[0], telling))
    (first, _), (second, _) = found
    if first.unit is second.unit:
        return None
    facts = (first.unit.fact, second.unit.fact)
    if _LONGER.search(text) and all(isinstance(f, Position) for f in facts):
        plan = replace(scene.question.plan, facts=tuple(f for f in facts if f is not None))
        return longest_job(replace(scene, question=replace(scene.question, plan=plan)))
    drafts = [draft for scored, telling in found for draft in _told(scene, scored, telling).drafts]
    return Composition(tuple(dict.fromkeys(drafts)))


def _is_of_kind(scene: Scene, scored: ScoredUnit, wanted: Sequence[str]) -> bool:
    """Whether a unit may tell of the kind of thing that is asked for: a scholarship for students is no teaching, a paper no skill.

    An entry of another kind must have every one of several telling words itself, and a publication tells nothing of its author. Whatever is asked
    for, an entry must have one of the words or be near in meaning: "regions of interest" are no hobbies.
    """
    kinds = TOLD_BY.get(scene.question.plan.intent)
    fact = scored.unit.fact
    if fact is None:
        return True
    if kinds is None or isinstance(fact, kinds):
        named = [t for t in wanted if not t.isdigit()]
        has_one = any(t in scored.unit.terms or t[:COGNATE] in scored.unit.cognates for t in named)
        return has_one or scored.cosine >= _NEAR_COSINE
    return not isinstance(fact, Publication) and has_all(wanted, scored.unit.terms)


def _fits(scene: Scene, scored: ScoredUnit, head: Sequence[str], least: float) -> bool:
    """Whether a unit is near enough, is of what the question names, and has the kind of thing that is asked for."""
    if scored.coverage < least or scored.cosine < _LEAST_COSINE:
        return False
    if any(not hit(h, scored.unit.terms) for h in head):
        return False
    asked = scene.question.plan.text
    shown = "\n".join(scene.record.sentences[n].text for n in scored.unit.sentences)
    level = level_asked(asked)
    if level and level_of(shown) not in (None, level):
        return False
    if COUNTED.search(asked):
        return any(counts(h, shown) for h in head) if head else cue("number").search(shown) is not None
    if _MEASURED.search(asked) and not cue("number").search(shown):
        return False
    if _TITLED.search(asked) and not re.search(
        r"(?:thesis|dissertation)[^.\n]{0,40}[:“\"«„]|\b(?:en)?titled\b|\bis called\b", shown, re.IGNORECASE
    ):
        return False
    return not _WHY.search(asked) or cue("because").search(shown) is not None


def counts(head: str, shown: str) -> bool:
    """Whether a number stands with the thing that is counted: "41 stations", "stations: 41"."""
    words = re.findall(r"[\w.,]+", shown)
    for place, word in enumerate(words):
        if hit(head, tokens(word)) == 1.0:
            before, after = words[max(0, place - 4) : place], words[place + 1 : place + 2]
            if any(cue("number").search(w) for w in (*before, *after)):
                return True
    return False


def _told(scene: Scene, scored: ScoredUnit, wanted: Sequence[str]) -> Composition:
    unit = scored.unit
    sentences = [scene.record.sentences[n] for n in unit.sentences]
    fact = unit.fact
    drafts: list[Draft] = []
    lines = sentences
    if fact is not None and sentences[0].span == fact.span:
        text = entry_text(scene, fact)
        drafts.append(Draft(text) if text else told(scene, sentences[0]))
        lines = sentences[1:]
    cosines = scene.index.sentence_vectors @ scene.vector
    value = {n: _value(scene, scene.record.sentences[n], wanted, float(cosines[n])) for n in unit.sentences}
    numbers = [n for n in unit.sentences if scene.record.sentences[n] in lines]
    best = sorted(numbers, key=lambda n: -value[n])[: _MAX_LINES - len(drafts)]
    good = sorted(n for n in best if value[n] >= 0.75 * value[best[0]])
    if isinstance(fact, Publication) and not good and not drafts:
        return Composition((told(scene, sentences[0]),))
    drafts += [told(scene, scene.record.sentences[n]) for n in good]
    return Composition(tuple(drafts))


def _value(scene: Scene, sentence: Passage, wanted: Sequence[str], cosine: float) -> float:
    terms = scene.sentences.terms_of(sentence)
    weights = {t: scene.units.weight(t) for t in wanted}
    return 0.5 * sum(weights[t] * hit(t, terms) for t in wanted) / (sum(weights.values()) or 1.0) + 0.5 * cosine
