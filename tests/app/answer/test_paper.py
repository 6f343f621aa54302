"""Answers about one publication."""

from dataclasses import replace
from typing import Any

import pytest

from app.answer.paper import (
    compare,
    more_about,
    paper_about,
    paper_authors,
    paper_award,
    paper_code,
    paper_date,
    paper_did,
    paper_position,
    paper_venue,
)
from app.domain import Filters
from ingest.domain import PartialDate, Project, Publication
from tests.app.conftest import Stage, cites, quoted, told

REFUSED = ("refused", "not_in_sources")


@pytest.fixture
def tides(mira: Stage) -> Publication:
    """A paper by Mira Okonjo and Lena Abadi, without anything else that may be known of one."""
    return Publication(span=mira.span("Mira Okonjo"), title="Tides", authors=("Lena Abadi", "Mira Okonjo"))


def listed(stage: Stage, title: str) -> Publication:
    """The publication of that title in the record."""
    return next(f for f in stage.index.record.facts if isinstance(f, Publication) and title in f.title)


def test_an_abstract_is_told_in_its_own_sentences_of_its_authors(teo: Stage) -> None:
    scene = teo.scene("What is it about?", facts=(listed(teo, "Soft Fruit"),))
    found = paper_about(scene)
    assert "The authors present SoftClasp, a gripper that feels its own pressure." in told(found)
    assert "We present SoftClasp, a gripper that feels its own pressure." in quoted(scene, found)


def test_a_paper_without_an_abstract_is_told_by_its_entry_alone(mira: Stage) -> None:
    paper = listed(mira, "Harbour That Hummed")
    first, second = paper_about(mira.scene("What is it about?", facts=(paper,))).drafts
    assert all(words in first.text for words in (paper.title, "preprint 2022", "Lena Abadi"))
    assert cites(first, paper.span)
    assert "no abstract" in second.text
    assert second.is_plain


def test_a_project_of_the_same_name_tells_what_the_entry_does_not(mira: Stage) -> None:
    project = next(f for f in mira.index.record.facts if isinstance(f, Project))
    paper = replace(listed(mira, "Counting"), title="Hydrophone Commons: An Archive")
    scene = mira.facts(paper, project).scene("What is it?", facts=(paper, project))
    text = told(paper_about(scene))
    assert "open archive of harbour recordings" in text
    assert "“" not in text.split(".")[0]


def test_several_works_are_told_side_by_side_one_line_each(teo: Stage) -> None:
    works = (listed(teo, "Soft Fruit"), listed(teo, "Ripeness"))
    found = compare(teo.scene("Compare them", facts=works))
    lead, one, other = found.drafts
    assert lead.is_plain
    assert "Grasping Soft Fruit without Bruising It" in one.text
    assert "Seeing Ripeness in the Dark" in other.text
    assert one.is_item
    assert other.is_item


def test_more_is_what_was_not_told_before_with_authors_and_date(teo: Stage) -> None:
    paper = replace(listed(teo, "Soft Fruit"), authors=("Teo Lindqvist", "Amara Ndiaye"))
    text = told(more_about(teo.scene("More", facts=(paper,))))
    assert "Amara Ndiaye" in text
    assert "May 4, 2024" in text


@pytest.mark.parametrize(
    ("question", "complete", "present", "absent"),
    [
        ("Who wrote Tides?", True, "is by Lena Abadi and Mira Okonjo", "et al."),
        ("Who wrote Tides?", False, "et al.", "Besides"),
        ("Who is the first author of Tides?", True, "first author of “Tides” is Lena Abadi", "Mira"),
        ("Who is the last author of Tides?", True, "last author of “Tides” is Mira Okonjo", "Lena"),
        ("Who is the last author of Tides?", False, "does not show the last author", "Lena"),
        ("Who else was on Tides?", True, "Besides Mira Okonjo, “Tides” is by Lena Abadi", "and Mira"),
    ],
)
def test_authors_are_told_as_printed(
    mira: Stage, tides: Publication, question: str, complete: bool, present: str, absent: str
) -> None:
    scene = mira.scene(question, facts=(replace(tides, authors_complete=complete),))
    found = paper_authors(scene)
    assert present in told(found)
    assert absent not in told(found)
    assert cites(found.drafts[0], tides.span)


def test_a_paper_without_printed_authors_is_said_to_have_none(mira: Stage, tides: Publication) -> None:
    found = paper_authors(mira.scene("Who wrote Tides?", facts=(replace(tides, authors=()),)))
    assert "prints no authors for “Tides”" in told(found)
    assert cites(found.drafts[0], tides.span)


@pytest.mark.parametrize(
    ("fields", "words", "refused"),
    [
        ({"status": "preprint", "date": PartialDate(2022)}, ["preprint", "2022"], False),
        ({"venue": "Journal of Quiet Seas", "venue_tag": "JQS"}, ["in Journal of Quiet Seas", "(JQS)"], False),
        ({"venue": "International Conference on Tides"}, ["at International Conference on Tides"], False),
        ({"venue_tag": "JQS"}, ["JQS"], False),
        ({"date": PartialDate(2022, 5)}, ["does not say where", "May 2022"], True),
        ({}, ["does not say where"], True),
    ],
)
def test_where_a_paper_appeared_is_told_or_refused(
    mira: Stage, tides: Publication, fields: dict[str, Any], words: list[str], refused: bool
) -> None:
    found = paper_venue(mira.scene("Where was Tides published?", facts=(replace(tides, **fields),)))
    assert all(word in told(found) for word in words)
    assert ((found.status, found.reason) == REFUSED) is refused


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (PartialDate(2022, 5, 4), "is dated May 4, 2022"),
        (PartialDate(2022), "is dated 2022"),
        (PartialDate(None, 2, 3), "prints no year"),
        (None, "prints no date"),
    ],
)
def test_a_date_is_told_to_the_precision_that_is_printed(
    mira: Stage, tides: Publication, date: PartialDate | None, words: str
) -> None:
    text = told(paper_date(mira.scene("When was Tides published?", facts=(replace(tides, date=date),))))
    assert words in text
    assert "None" not in text


def test_code_is_told_by_the_mark_where_the_abstract_gives_no_link(teo: Stage) -> None:
    with_mark = paper_code(teo.scene("Code?", facts=(listed(teo, "Soft Fruit"),)))
    without = paper_code(teo.scene("Code?", facts=(listed(teo, "Ripeness"),)))
    assert "with code, but gives no link" in told(with_mark)
    assert "does not mention code" in told(without)


def test_remarks_are_told_as_the_source_has_them(mira: Stage, tides: Publication) -> None:
    noted = replace(tides, notes=("Best Paper",), venue_tag="JQS", date=PartialDate(2023))
    text = told(paper_award(mira.scene("Did Tides win an award?", facts=(noted,))))
    assert text.startswith("Yes")
    assert "“Best Paper” (JQS 2023)" in text
    assert "no award" in told(paper_award(mira.scene("Did Tides win an award?", facts=(tides,))))


@pytest.mark.parametrize(
    ("authors", "complete", "words", "status"),
    [
        (("Lena Abadi", "Mira Okonjo"), True, "stands second among the 2 printed authors", "grounded"),
        (("Lena Abadi", "M. Okonjo"), False, "stands second", "grounded"),
        (("Lena Abadi", "Bo Li"), False, "does not show whether", "refused"),
        (("Sonar Crew",), True, "signed collectively by Sonar Crew", "grounded"),
        (("Lena Abadi", "Bo Li"), True, "No: the printed authors", "grounded"),
        ((), True, "prints no authors for “Tides”", "refused"),
    ],
)
def test_whether_she_wrote_it_is_answered_as_far_as_the_authors_are_printed(
    mira: Stage, tides: Publication, authors: tuple[str, ...], complete: bool, words: str, status: str
) -> None:
    found = paper_did(
        mira.scene("Did she write Tides?", facts=(replace(tides, authors=authors, authors_complete=complete),))
    )
    assert words in told(found)
    assert found.status == status
    assert ("Yes" in told(found)) is ("stands" in words)


@pytest.mark.parametrize(
    ("filters", "fields", "words"),
    [
        (Filters(author_rank=1), {}, "No: the first author of “Tides” is Lena Abadi; Mira Okonjo stands second"),
        (Filters(author_rank=2), {}, "Yes: Mira Okonjo is the second author"),
        (Filters(author_rank=-1), {}, "Yes"),
        (Filters(author_rank=-1), {"authors_complete": False}, "No"),
        (Filters(authorship="equal"), {"equal": ("Mira Okonjo",)}, "marks Mira Okonjo as an equal contributor"),
        (Filters(authorship="equal"), {}, "does not mark"),
        (Filters(authorship="corresponding"), {}, "does not say who the corresponding author"),
        (Filters(authorship="corresponding"), {"marked": ("Mira Okonjo",)}, "does not explain it"),
    ],
)
def test_her_place_among_the_authors_is_told_as_printed(
    mira: Stage, tides: Publication, filters: Filters, fields: dict[str, Any], words: str
) -> None:
    scene = mira.scene("Is she the author?", facts=(replace(tides, **fields),), filters=filters)
    assert words in told(paper_position(scene))


@pytest.mark.parametrize(
    "composer",
    [paper_authors, paper_venue, paper_date, paper_code, paper_award, paper_did, paper_position, paper_about],
    ids=lambda composer: str(composer.__name__),
)
def test_a_title_that_is_not_listed_is_refused_with_nothing_about_whose_it_is(mira: Stage, composer: Any) -> None:
    scene = mira.scene("What about SoftClasp?", unknown="SoftClasp")
    found = composer(scene)
    assert (found.status, found.reason) == REFUSED
    assert "“SoftClasp” is not among the 3 publications" in told(found)
    assert quoted(scene, found) == []
