"""Sample texts of templates that nobody replaced."""

from dataclasses import replace

import pytest

from tests.ingest.doctor.examined import ADA, examined, kinds, quotes, with_text


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("* M.S. in Weaving, GitHub  University, 2014", "template-text", "GitHub  University"),
        ("lorem ipsum dolor sit amet", "template-text", "lorem ipsum"),
        ("A summary of John Doe…", "template-text", "A summary of John Doe"),
        ("With Jane Doe in Lisbon", "template-person", "Jane Doe"),
        ("Company Name", "blank", "Company Name"),
        ("Lisbon\tJob Title\t2019", "blank", "Job Title"),
        ("March 20XX – May 20XX", "blank", "20XX"),
        ("TODO: add the looms", "blank", "TODO"),
        ("I am at [your university here] in Lisbon", "blank", "[your university here]"),
        ("我在XX大学工作", "blank", "XX大学"),
        ("Write to you@example.com", "sample-address", "you@example.com"),
        ("See https://loom.example for more", "sample-address", "https://loom.example"),
    ],
)
def test_a_leftover_is_found_and_quoted(text: str, kind: str, quote: str) -> None:
    assert quote in quotes(with_text(text), kind)


@pytest.mark.parametrize(
    "text",
    [
        "I study company name disambiguation and how a job title is read",
        "Enter your name and press the button",
        "Todo sobre telares; a to-do list",
        "Volume XXX of the Loom Studies, XXX Congress",
        "Examples are at ada@examples.net and ada@loom-example-works.net",
        "A study of GitHub at universities",
    ],
)
def test_what_people_do_write_is_no_leftover(text: str) -> None:
    assert with_text(text) == []


def test_a_blank_in_the_title_of_a_paper_is_its_title() -> None:
    text = "## Publications\n\n- Ada Byron, Bo Li, TODO or Not: What Comments Promise. In *Journal of Looms* 2021 (JOL-2021)\n"
    assert "blank" not in kinds(examined(text))


def test_an_author_of_a_sample_list_is_found_unless_that_is_the_owner() -> None:
    text = "## Publications\n\n- Albert Einstein, Bo Li, On the Motion of Small Shuttles. In *Journal of Looms* 2021 (JOL-2021)\n"
    assert quotes(examined(text), "template-author") == ["Albert Einstein"]
    albert = replace(ADA, name="Albert Einstein", aliases=())
    assert "template-author" not in kinds(examined(text, profile=albert))


def test_the_owner_may_have_the_name_of_nobody() -> None:
    jane = replace(ADA, name="Jane Doe", aliases=())
    assert examined("# Jane Doe\n\nI weave in Lisbon.\n", profile=jane) == []


def test_letters_that_fold_to_several_do_not_shift_the_place() -> None:
    assert quotes(with_text("İİİ İstanbul\nLorem ipsum"), "template-text") == ["Lorem ipsum"]
