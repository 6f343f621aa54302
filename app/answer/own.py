"""What the entry of a named post, degree or honour tells in its own lines, where a question asks more of it than its head says."""

import re
from collections.abc import Iterator, Sequence

from app.answer.degrees import has_level, level_asked
from app.answer.draft import Composition, Draft, mark, without_marks
from app.answer.entry import entry_text
from app.answer.nearest import COUNTED, counts
from app.answer.positions import job_worked
from app.answer.prose import told
from app.answer.scene import Scene
from app.answer.sentences import asked_for
from app.answer.units import Unit, hit
from app.question.cue import cue, word_stems
from ingest.domain import Degree, Fact, Honour, Item, Passage, Position, Publication
from ingest.lexical import tokens

OF_AN_ENTRY = {"job_at", "job_worked", "job_duration", "job_supervisor", "degree_phd", "degree_list", "degree_supervisor", "honour_did"}  # fmt: skip
"""Intents that are about one entry of the career."""
_MAX_LINES = 2
_NEAR = 0.45
_STATED = 400


def with_own_lines(scene: Scene, composed: Composition) -> Composition:
    """``composed`` with the lines of the named entries that meet what it leaves open; as it is where there are none."""
    units = list(_named(scene))
    asks_who = cue("with_whom").search(scene.question.plan.text) is not None
    wanted = [t for t in scene.question.plan.unexplained if t not in word_stems("light")]
    if not units or not (wanted or asks_who):
        return composed
    said = without_marks(" ".join(d.text for d in composed.drafts)) if composed.status != "refused" else ""
    lines = [line for unit in units for line in _lines(scene, unit, wanted, asks_who, said)][:_MAX_LINES]
    if not lines:
        return composed
    heads = [d for d in composed.drafts if not d.is_item] if composed.status != "refused" else []
    if not heads:
        heads = [Draft(text) for unit in units[:1] if unit.fact and (text := entry_text(scene, unit.fact))]
    return Composition((*heads, *lines))


def worked(scene: Scene) -> Composition:
    """Whether the person worked somewhere: by the posts, else by prose that says so; that a name stands elsewhere in the record says nothing."""
    plan = scene.question.plan
    name = plan.elsewhere
    if name and not any(isinstance(f, Position) for f in plan.facts):
        works = [f.span for f in scene.facts(Publication)]
        for sentence in scene.record.sentences:
            says = name in sentence.text and len(sentence.text) < _STATED and cue("work_at").search(sentence.text)
            if says and not any(w.covers(sentence.span) for w in works):
                return Composition((told(scene, sentence),))
    return job_worked(scene)


def _named(scene: Scene) -> Iterator[Unit]:
    """The units of the posts, degrees and honours that the question names, or of the degree whose level it names."""
    named: list[Fact] = [f for f in scene.question.plan.facts if isinstance(f, Position | Degree | Honour | Item)]
    if not any(isinstance(f, Position) for f in named) and scene.question.plan.intent.startswith("degree"):
        level = level_asked(scene.question.text)
        fitting = [d for d in scene.facts(Degree) if d.title and level and has_level(d.title, level)]
        named = [f for f in named if f in fitting] or [*fitting] or named
    spans = [f.span for f in named]
    yield from (u for u in scene.units.all if u.fact is not None and u.fact.span in spans)


def _lines(scene: Scene, unit: Unit, wanted: Sequence[str], asks_who: bool, said: str) -> list[Draft]:
    """The best lines of ``unit`` that are not said yet."""
    counted = set(asked_for(scene.question.plan.text)) & set(wanted) if COUNTED.search(scene.question.plan.text) else ()
    cosines = scene.index.sentence_vectors[list(unit.sentences)] @ scene.vector
    found: list[tuple[float, Draft]] = []
    for place, number in enumerate(unit.sentences):
        for line in _pieces(scene.record.sentences[number]):
            met = sum(hit(t, tokens(line)) for t in wanted)
            names = cue("names_people").search(line) is not None
            near = met or (wanted and place and float(cosines[place]) >= _NEAR)
            if not (names if asks_who else near):
                continue
            if _is_said(line, said) or (counted and not any(counts(c, line) for c in counted)):
                continue
            sentence = scene.record.sentences[number]
            draft = told(scene, sentence) if place else _quoted(scene, sentence, line)
            found.append((met + names * asks_who + float(cosines[place]), draft))
    best = sorted(found, key=lambda pair: -pair[0])
    return list(dict.fromkeys(draft for _, draft in best))[:_MAX_LINES]


def _pieces(sentence: Passage) -> list[str]:
    return [line for line in sentence.text.split("\n") if line.strip()]


def _is_said(line: str, said: str) -> bool:
    """Whether all telling words of a line, but for its label, stand in what is said already."""
    return set(tokens(re.sub(r"^[^:：]{1,30}[:：]\s*", "", line))) <= set(tokens(said))


def _quoted(scene: Scene, sentence: Passage, line: str) -> Draft:
    """A line of an entry's head in the source's own words."""
    quote = re.sub(r"\s+", " ", line).strip().rstrip(".")
    return Draft(scene.say("source_lists", quote=quote, cite=mark(sentence.span)))
