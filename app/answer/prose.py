"""Answers in the source's own sentences: those of an abstract by their role, or those of the whole record that answer a free question."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from app.answer.draft import Composition, Draft, mark
from app.answer.entry import entry_text
from app.answer.phrase import joined
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import Scored, asked_for, telling_words, third_person
from app.language.symbols import has_symbol, symbols_in
from app.question.cue import cue, word_stems
from ingest.domain import Fact, Honour, Passage, Position, Project, Publication, Span
from ingest.lexical import tokens
from ingest.spans import Spans

_LEAST_COVERAGE, _LEAST_SCORE, _SURE_COSINE = 0.5, 0.42, 0.62
_NARROW_COVERAGE, _NARROW_COSINE = 0.3, 0.5
"""What is enough inside a work that the question names: there the words of the question may differ more."""
_WITHOUT_HEAD = 0.6
"""The coverage that makes up for what is asked for going by another name."""
_NEAR_COSINE, _NEAR_COVERAGE = 0.45, 0.2
"""From which a sentence that does not answer is worth showing. Below this coverage none answers, except inside a work that is named."""
TOLD_BY: dict[str, tuple[type[Fact], ...]] = {
    "teaching": (Position,),
    "talks": (Position,),
    "grants": (Position, Honour, Project),
    "skills": (Position, Project),
    "languages": (Position,),
}
"""What kinds of entries tell of the things that an intent lists, where none is listed as such."""
_SIGNED = re.compile(r"[—–-]\s*[A-ZÀ-Þ][^—–\n]{2,90}$")
_SIGNED_ALONE = re.compile(r"[—–]\s*[A-ZÀ-Þ][^—–\n]{2,90}$")
_QUOTED = re.compile(r"[“\"„«]")
_ENDS = re.compile(r"[.!?。！？…][\"”’)\]]*$")


def about(scene: Scene, span: Span, title: str | None, limit: int, skip: int = 0) -> list[Draft]:
    """The sentences of ``span`` that tell what a work is about, in the order of the source; ``skip`` leaves the first choice out and goes on."""
    inside = [s for s in scene.record.sentences if span.covers(s.span) and _ENDS.search(s.text)]
    if not inside:
        inside = [s for s in scene.record.sentences if span.covers(s.span)]
    ranked = _by_role(inside, scene.question.text)
    chosen = sorted(ranked[skip : skip + limit] if skip < len(ranked) else ranked[-1:], key=lambda s: s.span.start)
    drafts = []
    for number, sentence in enumerate(chosen):
        text = _worded(scene, sentence, plural=True)
        lead = f"{scene.words('about_lead', title=title)} " if title and number == 0 else ""
        drafts.append(Draft(f"{lead}{_cited(text, sentence.span)}"))
    return drafts


def prose(scene: Scene, limit: int = 3, outside_works: bool = False) -> Composition:
    """The one to ``limit`` sentences of the record that answer a free question, or a refusal with the nearest one.

    ``outside_works`` leaves out what tells of a publication and not of the person.
    """
    wanted = telling_words(scene.question.plan.bare or scene.question.plan.text)
    covered = scene.sentences.covered(wanted, _within(scene))
    if outside_works:
        works = Spans(span for f in scene.facts(Publication) for span in (f.span, f.abstract) if span)
        covered = [c for c in covered if not works.cover(c.sentence.span)]
    if kinds := TOLD_BY.get(scene.question.plan.intent):
        others = {f.span for f in scene.record.facts if not isinstance(f, kinds)}
        covered = [
            c for c in covered if c.sentence.span not in others or has_all(wanted, scene.sentences.terms_of(c.sentence))
        ]
    if not wanted or not covered:
        return refused(scene, scene.say("refuse_not_stated"), is_open=True)
    if not _within(scene) and max(c.coverage for c in covered) < _NEAR_COVERAGE:
        return refused(scene, _lead(scene, wanted), is_open=True)  # However near in meaning a sentence may be.
    scored = scene.sentences.ranked(covered, scene.vector, scene.index.sentence_vectors)
    head = asked_for(scene.question.plan.bare or scene.question.plan.text)
    good = [s for s in scored[: 8 + limit] if _answers(scene, s, head, wanted)]
    if not good:
        return refused(scene, _lead(scene, wanted), _nearest(scene, scored), is_open=True)
    best = good[0]
    nearly = 0.85 if limit <= 3 else 0.6
    entries = {f.span for f in scene.record.facts}
    kept = [
        best,
        *(
            s
            for s in good[1:limit]
            if s.score >= nearly * best.score
            and s.coverage >= (nearly - 0.05) * best.coverage
            and (s.sentence.span not in entries or best.sentence.span in entries)
        ),
    ]
    kept.sort(key=lambda s: (s is not best and limit <= 3, s.sentence.span.start))
    for candidate in good:
        counted = _enumeration(scene, candidate.sentence)
        if counted:
            return Composition((told(scene, candidate.sentence), counted))
    return Composition(tuple(told(scene, s.sentence) for s in kept))


def has_all(wanted: Sequence[str], terms: AbstractSet[str]) -> bool:
    """Whether ``terms`` have each of several telling words, which makes up for an entry's being of another kind than what is asked for."""
    return len(wanted) > 1 and terms >= set(wanted)


def _enumeration(scene: Scene, sentence: Passage) -> Draft | None:
    """How many things a sentence names one by one, where the question asks how many: "covering the languages of A, B and C"."""
    asked = re.search(r"\bhow many ([\w-]+)", scene.question.plan.text, re.IGNORECASE)
    if not asked:
        return None
    word = re.escape(asked[1].rstrip("s"))
    named = re.search(
        rf"\b{word}\w*\b(?: of|:| including| such as| are| were| \()?\s*((?:[^,.;]+, )+(?:and |or )?[^,.;]+)",
        " ".join(sentence.text.split()),
        re.IGNORECASE,
    )
    if not named or re.search(
        rf"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+){{0,2}}{word}",
        sentence.text,
        re.IGNORECASE,
    ):
        return None
    things = [t for t in re.split(r",\s+(?:and\s+|or\s+)?|\s+and\s+", named[1]) if t.strip()]
    text = scene.say("enumerated", count=len(things), list=joined(scene.language, things), cite=mark(sentence.span))
    return Draft(text) if len(things) > 2 else None


def told(scene: Scene, sentence: Passage) -> Draft:
    """A sentence of prose in the third person; the entry of a fact as a sentence of its own; anything else as what the source has."""
    fact = next((f for f in scene.record.facts if f.span == sentence.span), None)
    if fact is not None and (text := entry_text(scene, fact)):
        return Draft(text)
    if _ENDS.search(sentence.text) and len(sentence.text.split()) > 5:
        return Draft(_cited(_worded(scene, sentence, plural=_is_abstract(scene, sentence)), sentence.span))
    quote = " ".join(sentence.text.split())
    return Draft(f"{scene.say('source_lists', quote=quote.rstrip('.'), cite=mark(sentence.span))}")


def _is_abstract(scene: Scene, sentence: Passage) -> bool:
    spans = [f.abstract for f in scene.facts(Publication) if f.abstract] + [
        f.body for f in scene.facts(Project) if f.body
    ]
    return any(span.covers(sentence.span) for span in spans)


def signed_below(scene: Scene, span: Span) -> Span | None:
    """The name under which the paragraph around ``span`` stands, where somebody else wrote it: "— Ada Byron"."""
    document = scene.record.document(span.document)
    around = next((n for n, b in enumerate(document.blocks) if b.span.covers(span)), len(document.blocks))
    for place, block in enumerate(document.blocks[around : around + 2]):
        signed = (_SIGNED_ALONE.match if place else _SIGNED.search)(document.quote(block.span))
        if signed and (not place or _QUOTED.match(document.quote(document.blocks[around].span))):
            return Span(span.document, block.span.start + signed.start(), block.span.end)
    return None


def _worded(scene: Scene, sentence: Passage, plural: bool) -> str:
    if signed_below(scene, sentence.span):
        said = " ".join(sentence.text.split()).strip('“”„«»" ')
        return f"“{said}”"
    return third_person(" ".join(sentence.text.split()), scene.profile.name, plural)


def _cited(text: str, span: Span) -> str:
    """The mark before the full stop, or behind a closing quotation mark."""
    match = re.search(r"([.。!?！？])$", text)
    if match and match[1] in ".。":
        return f"{text[:-1]} {mark(span)}{match[1]}"
    return f"{text} {mark(span)}"


def _by_role(sentences: Sequence[Passage], question: str) -> list[Passage]:
    """What the work does comes first, then how, then what came out; a question for the problem or the result turns that round."""
    weights = {"method": 3.0, "how": 2.0, "result": 1.5, "problem": 0.5}
    if cue("asks_result").search(question):
        weights |= {"result": 4.0, "method": 2.0}
    if cue("asks_problem").search(question):
        weights |= {"problem": 4.5, "method": 3.0}
    tests = {"method": cue("method"), "how": cue("how"), "result": cue("result"), "problem": cue("problem")}
    first_method = next((n for n, s in enumerate(sentences) if cue("method").search(s.text)), 0)

    def value(numbered: tuple[int, Passage]) -> float:
        number, sentence = numbered
        roles = [weights[name] for name, test in tests.items() if test.search(sentence.text)]
        total = max(roles, default=0.3) + 0.2 * sum(roles)
        if number < first_method and not cue("asks_problem").search(question):
            total -= 2.0
        if number == first_method:
            total += 2.0
        if re.match(
            r"(?:And|But|Similarly|Moreover|Recently|Additionally|This phenomenon)\b", sentence.text
        ) or re.search(r"\brecent(?:ly)? (?:findings|work|studies|advances)", sentence.text):
            total -= 1.5
        if re.search(r"https?://|\bcode (?:is|and|will)\b", sentence.text):
            total -= 3.0
        return total - 0.05 * abs(number - first_method - 1)

    return [s for _, s in sorted(enumerate(sentences), key=lambda pair: -value(pair))]


def _within(scene: Scene) -> tuple[Span, ...]:
    """Where to look: the works and posts that the question names, or everywhere."""
    spans: list[Span] = []
    for fact in scene.question.plan.facts:
        if isinstance(fact, Publication):
            spans.append(fact.abstract or fact.span)
        elif isinstance(fact, Project):
            spans.append(fact.body or fact.span)
        elif isinstance(fact, Position):
            spans += [fact.span, *([fact.body] if fact.body else [])]
    return tuple(spans)


def _answers(scene: Scene, scored: Scored, head: list[str], wanted: list[str]) -> bool:
    """Whether a sentence answers: enough of the telling words, or so near in meaning that words may differ; what is asked for must be in it."""
    text = scored.sentence.text
    if re.search(r"\bhow (?:many|much)\b", scene.question.plan.text, re.IGNORECASE) and not cue("number").search(text):
        return False
    if any(t.isdigit() and not scene.sentences.near(t, scored.sentence) for t in wanted):
        return False
    if scored.cosine < _SURE_COSINE and _meets_years_alone(scene, scored.sentence, wanted):
        return False
    if not _has_numbered_names(scene, scored.sentence):
        return False
    if not all(has_symbol(symbol, text) for _, _, symbol in symbols_in(scene.question.plan.text)):
        return False
    narrow = bool(_within(scene))
    missing = [t for t in wanted if not scene.sentences.knows(t)]
    if missing and len(missing) >= len(wanted) / 2 and not (narrow and len(missing) < len(wanted)):
        return False
    if head and not any(h in scene.sentences.terms_of(scored.sentence) for h in head) and scored.cosine < _SURE_COSINE:
        return narrow and scored.coverage >= _WITHOUT_HEAD
    if scored.cosine >= _SURE_COSINE and scored.coverage >= 0.25:
        return True
    if narrow:
        return scored.coverage >= (_NARROW_COVERAGE if head else _LEAST_COVERAGE) or (
            scored.cosine >= _NARROW_COSINE and scored.coverage > 0
        )
    return scored.coverage >= _LEAST_COVERAGE and scored.score >= _LEAST_SCORE


def _meets_years_alone(scene: Scene, sentence: Passage, wanted: Sequence[str]) -> bool:
    """Whether a question in words and numbers meets ``sentence`` in its numbers only: a course of 2022 is no talk of 2022."""
    named = [t for t in wanted if not t.isdigit()]
    return 0 < len(named) < len(wanted) and not any(scene.sentences.near(t, sentence) for t in named)


def _has_numbered_names(scene: Scene, sentence: Passage) -> bool:
    """Whether the names with a number in the question ("WMT21") stand in the sentence or in the abstract around it."""
    names = re.findall(r"\b([A-Za-z]{2,})[- ]?(\d{1,3})\b", scene.question.plan.bare or scene.question.plan.text)
    around = [
        s.text for s in scene.record.sentences if s.path == sentence.path and s.span.document == sentence.span.document
    ]
    return all(
        any(re.search(rf"(?i)\b{word}[\W_]?{number}(?!\d)", text) for text in (*around, *sentence.path))
        for word, number in names
    )


def _lead(scene: Scene, wanted: list[str]) -> str:
    """Names what is not there, where the question has one word for it that the record does not know."""
    plan = scene.question.plan
    if plan.unknown:
        return scene.say("refuse_mention", what=plan.unknown)
    general = word_stems("time") | word_stems("filters") | word_stems("listing") | word_stems("light")
    missing = [t for t in wanted if not scene.sentences.knows(t) and t not in general]
    words = [w for w in re.findall(r"[\w-]+", plan.bare or plan.text) if missing and set(tokens(w)) & set(missing[-1:])]
    return (
        scene.say("refuse_mention", what=scene.words("quoted", text=words[0]))
        if words and scene.language == "en"
        else scene.say("refuse_not_stated")
    )


def _nearest(scene: Scene, scored: Sequence[Scored]) -> list[Draft]:
    best = scored[0]
    if best.cosine < _NEAR_COSINE or best.coverage < _NEAR_COVERAGE or len(best.sentence.text) > 400:
        return []
    quote = " ".join(best.sentence.text.split())
    return [Draft(scene.say("refuse_nearest", quote=quote, cite=mark(best.sentence.span)))]
