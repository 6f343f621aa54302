"""The verdict on one requirement: typed facts first, then names, words and nearness in meaning."""

from app.domain import Language
from app.match.ask import Ask, Kind
from app.match.degree import judge_degree
from app.match.domain import Judged, Requirement
from app.match.headcount import asks_people, judge_headcount
from app.match.listed import judge_listed
from app.match.shelf import Shelf
from app.match.split import OR
from app.match.terms import terms
from app.match.tongue import judge_language
from app.match.topic import judge_topic
from app.match.words import has
from app.match.years import judge_years
from ingest.embed import Embedder


def judge(
    requirement: Requirement, posting_language: str, shelf: Shelf, embedder: Embedder, language: Language
) -> tuple[Kind, Judged]:
    """What ``requirement`` is and what the record says to it; ``language`` is the one to tell it in."""
    ask = Ask(requirement, posting_language)
    if all(part.strip().lower() in shelf.places for part in OR.split(ask.text)):
        return Kind.CONDITION, Judged("not stated", (), "match_condition")
    if ask.kind in {Kind.TOPIC, Kind.SUPERVISION} and asks_people(ask) and (counted := judge_headcount(ask, shelf)):
        return ask.kind, counted
    match ask.kind:
        case Kind.CONDITION:
            found = Judged("not stated", (), "match_condition")
        case Kind.SOFT:
            found = _soft(ask, shelf, embedder)
        case Kind.YEARS:
            found = judge_years(ask, shelf, embedder, language)
        case Kind.DEGREE:
            found = judge_degree(ask, shelf)
        case Kind.LANGUAGE:
            found = judge_language(ask, shelf)
        case Kind.TOPIC:
            found = judge_topic(ask, shelf, embedder)
        case Kind.GRANT if not (has("grant", ask.text) or has("grant", ask.english)):
            # A project and its budget, which need not be among the grants.
            found = max(judge_listed(ask, shelf, embedder), judge_topic(ask, shelf, embedder), key=lambda j: j.rank)
        case _:
            found = judge_listed(ask, shelf, embedder)
    return ask.kind, found


def _soft(ask: Ask, shelf: Shelf, embedder: Embedder) -> Judged:
    """A word of character is shown by no document; what else the requirement names may be."""
    named = [t for text, is_english in ask.texts for t in terms(text, in_english=is_english) if t.sort != "word"]
    if any(t.label != "leadership" for t in named):
        return judge_topic(ask, shelf, embedder)
    return Judged("not stated", (), "match_soft")
