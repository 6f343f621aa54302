"""Languages in lines that hold other things as well: a label reaches to the end of its own sentence."""

import pytest

from ingest.domain import Honour, Item, Source
from ingest.extract import facts_in
from ingest.readers import markdown


def items(text: str) -> list[tuple[str, str]]:
    document = markdown.read(f"# Olu Weld\n\n{text}\n", Source("cv.md", "CV"))
    return [(fact.kind, fact.title) for fact in facts_in(document) if isinstance(fact, Item)]


def test_a_label_reaches_to_the_end_of_its_sentence() -> None:
    text = "## Bits and bobs\n\nLanguages: English, Irish (fluent), Danish (for menus). Software: R, GRASS; some Perl. Crane licence, lapsed."
    assert items(text) == [
        ("language", "English"),
        ("language", "Irish (fluent)"),
        ("language", "Danish (for menus)"),
        ("skill", "Software: R, GRASS; some Perl"),
    ]


def test_a_label_in_the_midst_of_skills_is_one_too() -> None:
    text = (
        "## Kenntnisse\n\n**Software:** Abaqus, Perl (gut). **Sprachen:** Deutsch, Dänisch (B1). **Führerschein:** B."
    )
    assert items(text) == [
        ("language", "Deutsch"),
        ("language", "Dänisch (B1)"),
        ("skill", "Software: Abaqus, Perl (gut)"),
        ("skill", "Führerschein: B"),
    ]


@pytest.mark.parametrize(
    ("text", "tongues"),
    [
        (
            "English, Danish (fluent).\nPilot's licence until 2010, lapsed. Plays the tuba in a band.",
            ["English", "Danish (fluent)"],
        ),
        ("Twi, Ewe. Latin and Greek.", ["Twi", "Ewe", "Latin and Greek"]),
        ("Danish. German B2. Ladin.", ["Danish", "German B2", "Ladin"]),
        ("Danish: native\nGerman: basic", ["Danish: native", "German: basic"]),
        ("Languages: English, Twi. Tools: R.", ["English", "Twi"]),
    ],
)
def test_a_section_of_languages_holds_those_and_no_hobbies(text: str, tongues: list[str]) -> None:
    assert [title for kind, title in items(f"## Languages\n\n{text}") if kind == "language"] == tongues


def test_languages_with_their_levels_need_no_label() -> None:
    text = "## Other\n\nDriving licence. French (good), Danish (basic), BSL level 1. Fell running; 12 of 28 peaks."
    assert items(text) == [("language", "French (good)"), ("language", "Danish (basic)"), ("language", "BSL level 1")]


@pytest.mark.parametrize("text", ["French (Paris), Danish (Ribe) and Irish museums.", "Taught German (basic) once."])
def test_places_in_brackets_are_no_levels(text: str) -> None:
    assert items(f"## Other\n\n{text}") == []


def test_languages_below_services_are_no_service() -> None:
    text = "# Olu Weld\n\n## Service\n\nReviewer for Ports.\n\nLanguages: English, Irish (native), Danish (B1)."
    found = facts_in(markdown.read(text, Source("cv.md", "CV")))
    assert [f.title for f in found if isinstance(f, Honour)] == ["Reviewer for Ports"]
    assert [f.title for f in found if isinstance(f, Item)] == ["English", "Irish (native)", "Danish (B1)"]


def test_a_list_of_tools_below_a_heading_of_both_holds_no_language() -> None:
    text = "## Skills and languages\n\nR, Perl, tide models. Field: salt gauging.\n\nDanish (native), English (C2)."
    assert [kind for kind, _ in items(text)] == ["skill", "language", "language"]
