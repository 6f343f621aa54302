"""Addresses that are the person's own."""

import pytest

from app.answer.contact import email
from ingest.domain import Contact
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
