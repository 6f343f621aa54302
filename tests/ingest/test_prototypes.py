"""Headings that nobody foresaw open the section whose known headings they resemble, as the model that ships sees them."""

import json
from collections.abc import Callable, Mapping, Sequence

import pytest

from ingest.domain import BlockKind, Document, Item, Section, Source
from ingest.embed import MiniLM, Vectors
from ingest.extract import facts_in
from ingest.prototypes import with_guessed_sections
from ingest.readers import markdown
from ingest.sections import section_of
from tests.ingest.structured.pages import page

ENTRY = "Lecturer, Port University, 2018–2020"
GUESSED = {
    "Firms I have worked for": Section.EXPERIENCE,
    "My working life": Section.EXPERIENCE,
    "My schooling": Section.EDUCATION,
    "Money I raised": Section.GRANTS,
}
UNTOLD = (
    "Quick facts",
    "Colophon",
    "My cat",
    "Testimonials",
    "For Immediate Use of Everybody Who Reads This Far",
)
"""What resembles no section of a CV, and what is too long for a heading of one."""
KNOWN = {
    "References": Section.OTHER,
    "Highlights": Section.OTHER,
    "News": Section.OTHER,
    "Employment": Section.EXPERIENCE,
    "Tools I use": Section.SKILLS,
    "Berufserfahrung": Section.EXPERIENCE,
}


def document(heading: str) -> Document:
    """A CV of one heading that only this test knows, and one that everybody does."""
    text = f"# Ada Byron\n\n## {heading}\n\n{ENTRY}\n\n## Languages\n\n- Portuguese\n"
    return markdown.read(text, Source(f"{heading}.md", "CV"))


def section_under(document: Document, heading: str) -> Section:
    """The section of what stands under ``heading``."""
    (section,) = {b.section for b in document.blocks if b.path[-1:] == (heading,) and b.kind is not BlockKind.HEADING}
    return section


@pytest.fixture(scope="module")
def seen(minilm: MiniLM) -> Mapping[str, Document]:
    """A document a heading, all of them seen by the model at once."""
    headings = [*GUESSED, *UNTOLD, *KNOWN]
    shown = with_guessed_sections([document(heading) for heading in headings], minilm)
    return dict(zip(headings, shown, strict=True))


@pytest.mark.parametrize(("heading", "section"), GUESSED.items())
def test_a_heading_in_the_persons_own_words_opens_the_section_that_it_means(
    seen: Mapping[str, Document], heading: str, section: Section
) -> None:
    assert section_of(heading) is None
    assert section_under(document(heading), heading) is Section.OTHER
    assert section_under(seen[heading], heading) is section


def test_what_stands_under_such_a_heading_becomes_facts(seen: Mapping[str, Document]) -> None:
    def grants(document: Document) -> list[str]:
        return [f.title for f in facts_in(document) if isinstance(f, Item) and f.kind == "grant"]

    assert grants(document("Money I raised")) == []
    assert grants(seen["Money I raised"]) == ["Lecturer, Port University"]


@pytest.mark.parametrize("heading", UNTOLD)
def test_a_heading_that_resembles_no_section_opens_none(seen: Mapping[str, Document], heading: str) -> None:
    assert section_of(heading) is None
    assert section_under(seen[heading], heading) is Section.OTHER


@pytest.mark.parametrize(("heading", "section"), KNOWN.items())
def test_a_known_heading_stays_what_it_is(seen: Mapping[str, Document], heading: str, section: Section) -> None:
    assert section_under(seen[heading], heading) is section


@pytest.mark.parametrize("heading", GUESSED)
def test_the_sections_after_it_and_the_text_stay_what_they_are(seen: Mapping[str, Document], heading: str) -> None:
    before, after = document(heading), seen[heading]
    assert section_under(after, "Languages") is Section.LANGUAGES
    assert after.text == before.text
    assert [(b.kind, b.span) for b in after.blocks] == [(b.kind, b.span) for b in before.blocks]


class _Unasked:
    """A model that nobody may ask."""

    id = "unasked"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        raise AssertionError("nothing here has to be embedded")


def test_documents_without_unknown_headings_are_returned_as_they_are() -> None:
    known = [document(heading) for heading in KNOWN]
    plain = [markdown.read("I weave.\n\nI weave on.", Source("prose.md", "Prose"))]
    shown = with_guessed_sections([*known, *plain], _Unasked())
    assert [id(d) for d in shown] == [id(d) for d in (*known, *plain)]


def test_a_document_in_which_nothing_is_guessed_is_returned_as_it_is(minilm: MiniLM) -> None:
    told, untold, known = document("My working life"), document("Colophon"), document("Employment")
    first, second, third = with_guessed_sections([told, untold, known], minilm)
    assert first != told
    assert second is untold
    assert third is known


def test_what_a_format_sets_apart_stays_so_beside_a_guessed_heading(minilm: MiniLM) -> None:
    resume = {
        "basics": {"name": "Ada Byron", "email": "ada@loom.example"},
        "publications": [{"name": "Looms by Wire", "publisher": "Journal of Looms", "releaseDate": "2019"}],
        "my_working_life": [{"name": "Shuttle Ltd", "position": "Clerk", "startDate": "2015", "endDate": "2016"}],
    }
    stated = page("resume.json", json.dumps(resume))
    (shown,) = with_guessed_sections([stated], minilm)
    changed = {old.path: new for old, new in zip(stated.blocks, shown.blocks, strict=True) if old != new}
    assert set(changed) == {("My Working Life",)}
    assert {block.section for block in changed.values()} == {Section.EXPERIENCE}
