"""Lists that hold more than one kind of thing: posts among degrees, remarks under papers, marks before names."""

from pathlib import Path
from typing import TypeVar

import pytest

from ingest.domain import Degree, Document, Fact, Position, Publication, Section, Source
from ingest.extract import facts_in
from ingest.readers import html, markdown
from ingest.sections import section_of

F = TypeVar("F", bound=Fact)

_ROWS = """<h2>Posts and education</h2><table><tr><th>Years</th><th>Post</th><th>Place</th></tr>
<tr><td>2014–</td><td>Professor of Economic History</td><td>University of Saltmarsh</td></tr>
<tr><td>2017–2020</td><td>Head of the Department of History</td><td>ditto</td></tr>
<tr><td>1998–2002</td><td>D.Phil., <i>Petty debt in two towns</i> (supervisor: Aldous Brook)</td><td>Fen College, Oxbridge</td></tr></table>"""
_BOOKS = """## Books

- Orla Brandt. The Pledge and the Purse: Pawnbroking in English Towns. Saltmarsh Press, 2021.
    - Shortlisted, Whitfield Prize of the Midland Record Society, 2022
    - paperback 2023
- Orla Brandt. Neighbours at Law: Small Debts and Local Courts. Saltmarsh Press, 2010.
    - Winner, First Monograph Prize of the Society, 2011
"""
_MARKED = """Orla Brandt

PUBLICATIONS (peer reviewed; * = student or trainee)

*Byron T, Brandt O. What nurses say about silence: a qualitative study. Intensive Care Nurs. 2021;64:103012.

Brandt O, *Cole S, Byron T. Customizing default alarm limits reduces alarms. Heart Lung. 2022;51:44-52.
"""


def of(document: Document, kind: type[F]) -> list[F]:
    return [fact for fact in facts_in(document) if isinstance(fact, kind)]


def page(tmp_path: Path, body: str) -> Document:
    path = tmp_path / "index.html"
    path.write_text(f"<html><body><h1>Orla Brandt</h1>{body}</body></html>", encoding="utf-8")
    return html.read(tmp_path, Source("index.html", "Page"))


def test_posts_and_degrees_of_one_table_are_told_apart(tmp_path: Path) -> None:
    document = page(tmp_path, _ROWS)
    assert [(p.role, p.organisation) for p in of(document, Position)] == [
        ("Professor of Economic History", "University of Saltmarsh"),
        ("Head of the Department of History", "University of Saltmarsh"),
    ]
    (degree,) = of(document, Degree)
    assert (degree.title, degree.institution, degree.supervisors) == ("D.Phil.", "Fen College", ("Aldous Brook",))


@pytest.mark.parametrize(
    "heading", ["Posts and education", "Education and posts held", "Ausbildung und Beruf", "Formation et postes"]
)
def test_a_heading_of_posts_and_degrees_is_one_of_posts(heading: str) -> None:
    assert section_of(heading) is Section.EXPERIENCE


def test_a_list_inside_of_a_paper_s_entry_is_remarks_on_it(tmp_path: Path) -> None:
    written = markdown.read(_BOOKS, Source("cv.md", "CV"))
    nested = page(
        tmp_path,
        "<h2>Books</h2><ul><li>Orla Brandt. The Pledge and the Purse: Pawnbroking in English Towns. Saltmarsh Press, 2021."
        "<ul><li>Shortlisted, Whitfield Prize of the Midland Record Society, 2022</li><li>paperback 2023</li></ul></li>"
        "<li>Orla Brandt. Neighbours at Law: Small Debts and Local Courts. Saltmarsh Press, 2010."
        "<ul><li>Winner, First Monograph Prize of the Society, 2011</li></ul></li></ul>",
    )
    for document in (written, nested):
        first, second = of(document, Publication)
        assert first.title == "The Pledge and the Purse: Pawnbroking in English Towns"
        assert first.notes == ("Shortlisted, Whitfield Prize of the Midland Record Society, 2022", "paperback 2023")
        assert second.notes == ("Winner, First Monograph Prize of the Society, 2011",)
        assert all(note in document.quote(second.span) for note in second.notes)


def test_papers_inside_of_an_entry_that_is_none_are_papers() -> None:
    text = (
        "## Publications\n\n- Journals\n    - Orla Brandt. Small claims in big towns. Saltmarsh Review, 2008.\n"
        "    - Orla Brandt. Petty debt. Saltmarsh Review, 2004.\n"
    )
    assert len(of(markdown.read(text, Source("cv.md", "CV")), Publication)) == 2


def test_marks_before_names_and_a_remark_behind_a_heading_hide_no_paper() -> None:
    first, second = of(markdown.read(_MARKED, Source("cv.md", "CV")), Publication)
    assert first.authors == ("Byron T", "Brandt O")
    assert first.marked == ("Byron T",)
    assert second.authors == ("Brandt O", "Cole S", "Byron T")
    assert second.refereed
