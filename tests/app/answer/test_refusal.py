"""What is not there is said not to be there, with the nearest thing that is."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from app.answer.refusal import (
    employers,
    off_topic,
    other_person,
    private,
    refused,
    stranger,
    unknown_paper,
    unknown_person,
    unsafe,
    verdict,
)
from app.domain import Language
from ingest.domain import Position
from tests.app.conftest import Stage, quoted, told

TEO_ONLY = ("Lindqvist", "SoftClasp", "Ndiaye", "Orchard")


@pytest.mark.parametrize(
    ("composer", "reason"),
    [
        (private, "not_in_sources"),
        (off_topic, "out_of_scope"),
        (unsafe, "unsafe"),
        (verdict, "out_of_scope"),
        (other_person, "out_of_scope"),
        (unknown_paper, "not_in_sources"),
        (unknown_person, "not_in_sources"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
@pytest.mark.parametrize("language", get_args(Language))
def test_every_refusal_has_its_reason_and_begins_with_a_plain_sentence(
    mira: Stage, composer: Any, reason: str, language: Any
) -> None:
    found = composer(mira.scene("SoftClasp?", language=language, unknown="SoftClasp"))
    assert (found.status, found.reason) == ("refused", reason)
    assert found.drafts[0].is_plain
    assert "$" not in told(found)


def test_a_refusal_ends_with_the_nearest_thing_there_is(mira: Stage) -> None:
    scene = mira.scene("Has she worked at Google?")
    found = refused(scene, "The CV does not mention Google.", employers(scene))
    assert quoted(scene, found)[0].startswith("Harbour Institute of Acoustics")
    assert quoted(scene, found)[1].startswith("Northlight Labs")


def test_each_employer_is_named_once(mira: Stage) -> None:
    job = next(f for f in mira.index.record.facts if isinstance(f, Position))
    (draft,) = employers(mira.facts(job, replace(job, role="Lead", span=mira.span("Lisbon"))).scene("?"))
    assert told(draft).count("Harbour Institute of Acoustics") == 1


def test_a_record_without_employers_names_none(teo: Stage) -> None:
    assert employers(teo.scene("?")) == []


@pytest.mark.parametrize("text", ["What is her phone number?", "她的电话号码是多少？", "Wie ist ihre Telefonnummer?"])
def test_who_asks_for_a_telephone_is_offered_the_public_address(mira: Stage, text: str) -> None:
    scene = mira.scene(text)
    assert "phone number" in told(private(scene).drafts[0])
    assert quoted(scene, private(scene)) == ["mira.okonjo@example.org"]


def test_who_asks_for_something_else_that_is_private_is_offered_nothing(mira: Stage) -> None:
    found = private(mira.scene("How old is she?"))
    assert "phone" not in told(found)
    assert len(found.drafts) == 1


def test_there_is_no_address_to_offer_where_the_source_has_none(teo: Stage) -> None:
    assert len(private(teo.scene("What is his phone number?")).drafts) == 1


@pytest.mark.parametrize("composer", [off_topic, unsafe, verdict])
def test_a_question_that_can_be_answered_is_offered(mira: Stage, composer: Any) -> None:
    found = composer(mira.scene("How to cook pasta?"))
    assert "Mira Okonjo" in told(found.drafts[0])
    assert told(found.drafts[-1]).rstrip().endswith("?")


@pytest.mark.parametrize("composer", [other_person, unknown_paper, unknown_person])
def test_nothing_is_said_about_whose_the_thing_is(mira: Stage, composer: Any) -> None:
    scene = mira.scene("Who is behind it?", unknown="the gripper")
    assert not any(name in told(composer(scene)) for name in TEO_ONLY)
    assert quoted(scene, composer(scene)) == []


def test_a_title_is_refused_with_the_number_of_those_that_are_listed(mira: Stage) -> None:
    scene = mira.scene("Who wrote SoftClasp?", unknown="SoftClasp")
    assert "“SoftClasp” is not among the 3 publications" in told(unknown_paper(scene))
    none = mira.facts().scene("Who wrote SoftClasp?", unknown="SoftClasp")
    assert "lists no publications" in told(unknown_paper(none))


def test_a_name_that_the_record_has_is_another_person_and_one_that_it_does_not_have_is_not_mentioned(
    mira: Stage,
) -> None:
    known = stranger(mira.scene("Where does Lena Abadi work?", "stranger", unknown="Lena Abadi"))
    assert (told(known), known.reason) == ("That is about Lena Abadi; here I answer about Mira Okonjo.", "out_of_scope")
    strange = stranger(mira.scene("Where does Wendy work?", "stranger", unknown="Wendy"))
    assert (told(strange), strange.reason) == ("The CV does not mention Wendy.", "not_in_sources")
