"""Counts of awards and grants tell what was won and awarded; what was only nominated, turned down or applied for is said by itself, never in a summary."""

import pytest

from app.answer.offline import compose
from app.assistant import Assistant
from app.domain import Language
from app.library import Library
from app.question.route import Router
from app.record.outcome import Outcome, asked_for, is_won, of_grant
from ingest.domain import Honour, Item, Record
from ingest.embed import MiniLM
from tests.app.conftest import Asking, Stage
from tests.conftest import Desk

CV = """# Orla Brandt

## Experience

- Keeper of Tides, Harbour Library, 2012 - present

## Funding

- Rejected Goods: a history of what ports sent back, Fen Trust, 2014, GBP 20,000
- Pending Lives, Quay Foundation, 2016
- Salt Maps, Tide Council, 2018, EUR 90,000, PI, not funded (ranked 9th, 7 funded)
- Mudflat Atlas, Tide Council, 2024, EUR 140,000: submitted, decision pending
- Moor Fellowship, 2015, awarded, declined in favour of the Harbour post
- Ebb and Flow, Fen Trust, 2020, GBP 8,000, awarded
- Lantern Notes, Quay Foundation, 2023, not shortlisted (80 applied, 9 awarded)

### Unsuccessful applications

- Quay Foundation, Lighthouse Letters, 2021

## Prizes

Runner-up, Young Hydrographer Prize, 2009. Shortlisted (did not win) Lowmere Teaching Award 2015. Won the Fen Medal, 2019.

### Nominations

- Harbour Citizen of the Year, 2022
"""
NOTHING_WON = """# Nuno Sal

## Financiamento

- Mapa das Dunas, Fundo do Cais, 2019, recusado

## Prémios

- Prêmio da Maré, 2020, finalista
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Asking:
    folder = tmp_path_factory.mktemp("outcomes")
    desk = Desk(folder / "profiles", folder / "index", minilm)
    for slug, name, text in (("orla-brandt", "Orla Brandt", CV), ("nuno-sal", "Nuno Sal", NOTHING_WON)):
        desk.write(slug, "profile.toml", f'name = "{name}"\n')
        desk.write(slug, "cv.md", text)
        desk.ingest(slug)
    return Asking(Assistant(Library(desk.profiles, desk.index, desk.embedder)))


def record_of(asking: Asking, slug: str) -> Record:
    return asking.index(slug).record


def test_a_grant_became_what_its_entry_or_its_heading_prints(asking: Asking) -> None:
    record = record_of(asking, "orla-brandt")
    grants = [f for f in record.facts if isinstance(f, Item) and f.kind == "grant"]
    assert {g.title.split(",")[0].split(":")[0]: of_grant(record, g) for g in grants} == {
        "Rejected Goods": Outcome.GAINED,
        "Pending Lives": Outcome.GAINED,
        "Salt Maps": Outcome.LOST,
        "Mudflat Atlas": Outcome.OPEN,
        "Moor Fellowship": Outcome.GAINED,
        "Ebb and Flow": Outcome.GAINED,
        "Lantern Notes": Outcome.LOST,
        "Quay Foundation": Outcome.LOST,
    }


def test_a_place_is_won_and_a_nomination_is_not(asking: Asking) -> None:
    record = record_of(asking, "orla-brandt")
    assert [(h.title.split(",")[0], is_won(record, h)) for h in record.facts if isinstance(h, Honour)] == [
        ("Runner-up", True),
        ("Shortlisted (did not win) Lowmere Teaching Award", False),
        ("Won the Fen Medal", True),
        ("Harbour Citizen of the Year", False),
    ]


def test_counts_tell_what_was_won_and_the_rest_stands_by_itself(asking: Asking) -> None:
    lead, *items, beside = [s.text for s in asking("orla-brandt", "How many awards has she won?").sentences]
    assert "2 awards" in lead
    assert len(items) == 2
    assert "Lowmere Teaching Award" in beside
    assert "Harbour Citizen" in beside
    lead, *items, lost, undecided = [s.text for s in asking("orla-brandt", "Which grants has she received?").sentences]
    assert "4 grants" in lead
    assert len(items) == 4
    assert "Salt Maps" in lost
    assert "Lighthouse Letters" in lost
    assert "Mudflat Atlas" in undecided


def test_a_question_for_what_was_not_funded_is_told_that_alone(asking: Asking) -> None:
    (said,) = [s.text for s in asking("orla-brandt", "Which grants were not funded?").sentences]
    assert "Salt Maps" in said
    assert "Mudflat Atlas" not in said


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Grants applied for, not awarded", Outcome.LOST),
        ("Refusés", Outcome.LOST),
        ("Abgelehnte Anträge:", Outcome.LOST),
        ("Solicitudes pendientes o denegadas", Outcome.OPEN),
        ("En attente", Outcome.OPEN),
        ("未获资助", Outcome.LOST),
        ("Awarded and pending", None),
        ("Pending Lives", None),
        ("Research funding", None),
    ],
)
def test_a_heading_names_an_outcome_of_all_below_it(heading: str, wanted: Outcome | None) -> None:
    assert asked_for(heading) is wanted


def test_a_summary_names_no_prize_that_was_not_won(asking: Asking) -> None:
    said = " ".join(s.text for s in asking("orla-brandt", "Who is Orla Brandt?").sentences)
    assert "Fen Medal" in said
    assert "Lowmere Teaching Award" not in said


def test_a_nomination_is_still_found(asking: Asking) -> None:
    said = asking("orla-brandt", "Was she nominated for the Lowmere Teaching Award?").sentences
    assert "Shortlisted (did not win) Lowmere Teaching Award" in said[0].text


@pytest.mark.parametrize("intent", ["awards", "grants"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "zh"])
def test_where_nothing_was_won_every_language_says_so(
    asking: Asking, router: Router, minilm: MiniLM, intent: str, language: Language
) -> None:
    scene = Stage(asking.index("nuno-sal"), router, minilm).scene("Prizes?", intent, language=language)
    lead, beside = compose(scene).drafts
    assert lead.is_plain
    assert ("finalista" if intent == "awards" else "recusado") in beside.text
