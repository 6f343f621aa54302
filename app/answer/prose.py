"""Answers in the source's own sentences: those of an abstract by their role, or those of the whole record that answer a free question."""

import re
from collections.abc import Sequence

from app.answer.draft import Composition, Draft, mark
from app.answer.entry import entry_text
from app.answer.phrase import joined
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import Scored, asked_for, telling_words, third_person
from ingest.domain import Passage, Position, Project, Publication, Span

_METHOD = re.compile(
    r"\b(?:we|this (?:paper|work|article|study|book|thesis)|the authors|our)\b.{0,60}?\b(?:introduc|propos|present|develop|describ|design|build|built|creat|extend|combin|show that|argue|"
    r"study|stud(?:y|ies)|examin|investigat|explor|analy[sz]e|ask)|\b(?:a|an) (?:novel|new|simple)\b", re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:results?|outperform|achiev|improv|demonstrat|reduc|surpass|state-of-the-art|up to|on average|experiments?|evaluat|find that|found|suggest that|reveal|gains?)\b|\d\s?(?:%|×|x\b)",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:by|using|employs?|combin\w+|consists?|based on|via|through|first|then|specifically|incorporat\w+|integrat\w+|dynamically|extends?)\b", re.IGNORECASE)
_PROBLEM = re.compile(r"\b(?:however|despite|although|challenge|difficult|suffer|lack|limit\w*|bottleneck|costly|expensive|fail|problem|questions? of whether|unclear|under-?explored|nevertheless)\b", re.IGNORECASE)
_ASKS_RESULT = re.compile(r"\b(?:results?|find|finds|found|findings?|how (?:much|well|fast|good)|perform\w*|show|achiev\w*|improv\w*|conclusion)\b|结果|效果", re.IGNORECASE)
_ASKS_PROBLEM = re.compile(r"\b(?:problem|motivat\w*|why|challenge|gap)\b|问题", re.IGNORECASE)
_LEAST_COVERAGE, _LEAST_SCORE, _SURE_COSINE = 0.5, 0.42, 0.62
_NEAR_COSINE = 0.45
_ENDS = re.compile(r"[.!?。！？…][\"”’)\]]*$")
_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|first|second|third|half|twice)\b", re.IGNORECASE)


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
        lead = f"“{title}”: " if title and number == 0 else ""
        drafts.append(Draft(f"{lead}{_cited(text, sentence.span)}"))
    return drafts


def prose(scene: Scene, limit: int = 3) -> Composition:
    """The one to ``limit`` sentences of the record that answer a free question, or a refusal with the nearest one."""
    wanted = telling_words(scene.question.plan.bare or scene.question.plan.text)
    scored = scene.sentences.score(wanted, scene.vector, scene.index.sentence_vectors, _within(scene))
    if not wanted or not scored:
        return refused(scene, scene.say("refuse_not_stated"))
    head = asked_for(scene.question.plan.bare or scene.question.plan.text)
    good = [s for s in scored[: 8 + limit] if _answers(scene, s, head, wanted)]
    if not good:
        return refused(scene, _lead(scene, wanted), _nearest(scene, scored))
    best = good[0]
    nearly = 0.85 if limit <= 3 else 0.6
    kept = [best, *(s for s in good[1:limit] if s.score >= nearly * best.score and s.coverage >= (nearly - 0.05) * best.coverage)]
    kept.sort(key=lambda s: (s is not best and limit <= 3, s.sentence.span.start))
    drafts = [told(scene, s.sentence) for s in kept]
    counted = _enumeration(scene, best.sentence)
    return Composition((*drafts[:1], counted) if counted else tuple(drafts))


def _enumeration(scene: Scene, sentence: Passage) -> Draft | None:
    """How many things a sentence names one by one, where the question asks how many: "covering the languages of A, B and C"."""
    asked = re.search(r"\bhow many ([\w-]+)", scene.question.plan.text, re.IGNORECASE)
    if not asked:
        return None
    word = re.escape(asked[1].rstrip("s"))
    named = re.search(rf"\b{word}\w*\b(?: of|:| including| such as| are| were| \()?\s*((?:[^,.;]+, )+(?:and |or )?[^,.;]+)", " ".join(sentence.text.split()), re.IGNORECASE)
    if not named or re.search(rf"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+){{0,2}}{word}", sentence.text, re.IGNORECASE):
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
    spans = [f.abstract for f in scene.facts(Publication) if f.abstract] + [f.body for f in scene.facts(Project) if f.body]
    return any(span.covers(sentence.span) for span in spans)


def _worded(scene: Scene, sentence: Passage, plural: bool) -> str:
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
    if _ASKS_RESULT.search(question):
        weights |= {"result": 4.0, "method": 2.0}
    if _ASKS_PROBLEM.search(question):
        weights |= {"problem": 4.5, "method": 3.0}
    tests = {"method": _METHOD, "how": _HOW, "result": _RESULT, "problem": _PROBLEM}
    first_method = next((n for n, s in enumerate(sentences) if _METHOD.search(s.text)), 0)

    def value(numbered: tuple[int, Passage]) -> float:
        number, sentence = numbered
        roles = [weights[name] for name, test in tests.items() if test.search(sentence.text)]
        total = max(roles, default=0.3) + 0.2 * sum(roles)
        if number == first_method:
            total += 2.0 if not _ASKS_RESULT.search(question) else 0.5
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
        elif isinstance(fact, Project | Position):
            spans += [fact.span, *([fact.body] if fact.body else [])]
    return tuple(spans)


def _answers(scene: Scene, scored: Scored, head: list[str], wanted: list[str]) -> bool:
    """Whether a sentence answers: enough of the telling words, or so near in meaning that words may differ; what is asked for must be in it."""
    text = scored.sentence.text
    if re.search(r"\bhow (?:many|much)\b", scene.question.plan.text, re.IGNORECASE) and not _NUMBER.search(text):
        return False
    missing = [t for t in wanted if not scene.sentences.knows(t)]
    if missing and len(missing) >= len(wanted) / 2:
        return False
    if head and not any(h in scene.sentences.terms_of(scored.sentence) for h in head) and scored.cosine < _SURE_COSINE:
        return False
    if scored.cosine >= _SURE_COSINE and scored.coverage >= 0.25:
        return True
    return scored.coverage >= _LEAST_COVERAGE and scored.score >= _LEAST_SCORE


def _lead(scene: Scene, wanted: list[str]) -> str:
    """Names what is not there, where the question has one plain name or topic for it."""
    unknown = scene.question.plan.unknown
    return scene.say("refuse_mention", what=unknown) if unknown else scene.say("refuse_not_stated")


def _nearest(scene: Scene, scored: Sequence[Scored]) -> list[Draft]:
    best = scored[0]
    if best.cosine < _NEAR_COSINE or best.coverage < 0.2 or len(best.sentence.text) > 400:
        return []
    quote = " ".join(best.sentence.text.split())
    return [Draft(scene.say("refuse_nearest", quote=quote, cite=mark(best.sentence.span)))]

