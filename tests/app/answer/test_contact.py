"""Addresses that are the person's own."""

from dataclasses import replace

import pytest

from app.answer.contact import email, private
from ingest.domain import Contact, Document, Passage, Span
from tests.app.conftest import Stage, told


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((), ["mira.okonjo@example.org"]),
        (("mira-okonjo.example",), ["mira.okonjo@example.org"]),
    ],
)
def test_the_address_that_bears_her_name_comes_alone(mira: Stage, others: tuple[str, ...], expected: list[str]) -> None:
    own = Contact(span=mira.span("mira.okonjo@example.org"), channel="email", value="mira.okonjo@example.org")
    foreign = [Contact(span=mira.span(o), channel="email", value="referee@elsewhere.example") for o in others]
    text = told(email(mira.facts(*foreign, own).scene("What is her e-mail address?")))
    assert [value in text for value in expected] == [True]
    assert "referee" not in text


def test_without_a_name_in_any_address_the_one_at_the_top_is_hers(mira: Stage) -> None:
    top = Contact(span=mira.span("mira.okonjo@example.org"), channel="email", value="office@example.org")
    below = Contact(span=mira.span("Golden Hydrophone Prize"), channel="email", value="referee@elsewhere.example")
    text = told(email(mira.facts(below, top).scene("What is her e-mail address?")))
    assert "office@example.org" in text
    assert "referee" not in text


def with_line(stage: Stage, line: str) -> Stage:
    """The same record with one more document of one line."""
    record = stage.index.record
    document = Document("more.txt", "More", "text/plain", f"Mira Okonjo\n{line}\nHarbour")
    sentence = Passage("more", Span("more.txt", 12, 12 + len(line)), (), line, 9)
    record = replace(record, documents=(*record.documents, document), sentences=(*record.sentences, sentence))
    return replace(stage, index=replace(stage.index, record=record))


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Tel: +351 21 000 0001", "What is her phone number?"),
        ("Date of birth: 3 May 1985", "When was she born?"),
        ("Marital status: married", "Is she married?"),
        ("Nationality: Portuguese", "What is her nationality?"),
        ("Anschrift: Am Hang 3, 12345 Talheim", "What is her home address?"),
        ("Location: Lisbon, Portugal", "Where does she live?"),
        ("Wohnort: Lissabon", "Where does she live?"),
    ],
)
def test_what_the_owner_shares_is_told_in_the_line_of_the_source(mira: Stage, line: str, question: str) -> None:
    shared = private(with_line(mira, line).scene(question, "private"))
    assert shared.status == "grounded"
    assert line in told(shared)
    assert private(mira.scene(question, "private")).status == "refused"


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Tel: +351 21 000 0001, ██████ █", "What is her phone number?"),
        ("Date of birth: 3 May 1985", "What is her phone number?"),
        ("Tel: +351 21 000 0001", "When was she born?"),
        ("Tel: +351 21 000 0001", "What is her salary?"),
        ("Location: Lisbon, Portugal", "What is her phone number?"),
    ],
)
def test_what_is_masked_or_of_another_kind_stays_unsaid(mira: Stage, line: str, question: str) -> None:
    composed = private(with_line(mira, line).scene(question, "private"))
    assert composed.status == "refused"
    assert line not in told(composed)
