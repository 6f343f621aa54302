"""Word documents as a person would read them: by style or by look, with tables and text boxes, without what is hidden."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx as word
import pytest
from docx.document import Document as WordDocument
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import BlockKind, Degree, Document, Honour, Position, Publication, Section, Source
from ingest.errors import SourceUnreadable
from ingest.extract import facts_in
from ingest.readers import docx, is_source, read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp>{fill}<wps:txbx><w:txbxContent><w:p><w:r>{look}<w:t>In a box</w:t></w:r></w:p>'
    "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>{look}<w:t>In a box</w:t></w:r>"
    "</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
WHITE = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'


def saved(document: WordDocument, folder: Path) -> Document:
    document.save(str(folder / "cv.docx"))
    return docx.read(folder, Source("cv.docx", "CV"))


def packed(folder: Path, body: str, **parts: str) -> Document:
    """The document of a package whose body is ``body``."""
    with zipfile.ZipFile(folder / "cv.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return docx.read(folder, Source("cv.docx", "CV"))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, document.quote(b.span)) for b in document.blocks]


def paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def run(text: str, look: str = "") -> str:
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


def test_a_document_with_styles_is_read_into_its_sections(tmp_path: Path) -> None:
    document = word.Document()
    document.add_heading("Edda Brannigan", 0)
    document.add_paragraph("edda@eldermoor.example\nUniversity of Eldermoor")
    document.add_heading("Employment", 1)
    table = document.add_table(rows=0, cols=2)
    for years, post in (
        ("1999–present", "Professor, University of Eldermoor"),
        ("1990–1999", "Lecturer, Saltmarsh College"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = years, post
    document.add_heading("Education", 1)
    document.add_paragraph("Ph.D., Geophysics, University of Harrowgate\t1988")
    document.add_heading("Publications", 1)
    document.add_paragraph(
        "E. Brannigan and T. Oyelaran. Slow waves under ice. Journal of Polar Geophysics, 1998.", style="List Number"
    )
    document.sections[0].header.paragraphs[0].text = "A running head"
    read_back = saved(document, tmp_path)
    assert shown(read_back) == [
        ("heading", "Edda Brannigan"),
        ("paragraph", "edda@eldermoor.example\nUniversity of Eldermoor"),
        ("heading", "Employment"),
        ("row", "1999–present\tProfessor, University of Eldermoor"),
        ("row", "1990–1999\tLecturer, Saltmarsh College"),
        ("heading", "Education"),
        ("row", "Ph.D., Geophysics, University of Harrowgate\t1988"),
        ("heading", "Publications"),
        ("item", "E. Brannigan and T. Oyelaran. Slow waves under ice. Journal of Polar Geophysics, 1998."),
    ]
    facts = facts_in(read_back)
    assert [f.role for f in facts if isinstance(f, Position)] == ["Professor", "Lecturer"]
    assert [f.institution for f in facts if isinstance(f, Degree)] == ["University of Harrowgate"]
    assert [f.title for f in facts if isinstance(f, Publication)] == ["Slow waves under ice"]


def test_headings_without_a_style_are_told_by_the_look_of_known_ones(tmp_path: Path) -> None:
    document = word.Document()
    name = document.add_paragraph().add_run("Edda Brannigan")
    name.bold, name.font.size = True, Pt(20)
    for heading, line in (
        ("EDUCATION", "PhD, University of Harrowgate, 1988"),
        ("WANDERINGS", "Ice camps"),
        ("AWARDS", "Ice Medal, 2001"),
    ):
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph(f"• {line}")
    lone = document.add_paragraph().add_run("Bold but no heading")
    lone.bold, lone.font.size = True, Pt(9)
    read_back = saved(document, tmp_path)
    assert [read_back.quote(b.span) for b in read_back.blocks if b.kind is BlockKind.HEADING] == [
        "Edda Brannigan",
        "EDUCATION",
        "WANDERINGS",
        "AWARDS",
    ]
    assert [f.title for f in facts_in(read_back) if isinstance(f, Honour)] == ["Ice Medal", "Bold but no heading"]


def test_a_table_that_lays_out_the_page_is_read_cell_by_cell(tmp_path: Path) -> None:
    document = word.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].paragraphs[0].text = "Skills"
    cells[0].paragraphs[0].style = document.styles["Heading 1"]
    cells[0].add_paragraph("Hydrophones")
    cells[1].paragraphs[0].text = "Awards"
    cells[1].paragraphs[0].style = document.styles["Heading 1"]
    cells[1].add_paragraph("Ice Medal, 2001")
    assert shown(saved(document, tmp_path)) == [
        ("heading", "Skills"),
        ("paragraph", "Hydrophones"),
        ("heading", "Awards"),
        ("paragraph", "Ice Medal, 2001"),
    ]


def test_items_beside_a_date_follow_their_row(tmp_path: Path) -> None:
    document = word.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "1999–2004", "Professor, University of Eldermoor"
    cells[1].add_paragraph("Head of the array", style="List Bullet")
    assert shown(saved(document, tmp_path)) == [
        ("row", "1999–2004\tProfessor, University of Eldermoor"),
        ("item", "Head of the array"),
    ]


def test_a_row_that_names_columns_is_no_entry(tmp_path: Path) -> None:
    head = (
        "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + "".join(f"<w:tc>{paragraph(run(t))}</w:tc>" for t in ("Year", "Award"))
        + "</w:tr>"
    )
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(run(t))}</w:tc>" for t in ("2001", "Ice Medal")) + "</w:tr>"
    document = packed(tmp_path, paragraph(run("AWARDS")) + f"<w:tbl>{head}{row}</w:tbl>")
    assert [b.section for b in document.blocks] == [Section.AWARDS, Section.OTHER, Section.AWARDS]
    assert [f.title for f in facts_in(document) if isinstance(f, Honour)] == ["Ice Medal"]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (
            paragraph(run("Beside it") + BOX.format(fill="", look="")),
            [("paragraph", "Beside it"), ("paragraph", "In a box")],
        ),
        (paragraph(BOX.format(fill="<a:solidFill/>", look=WHITE)), [("paragraph", "In a box")]),
        (paragraph(run("Seen") + BOX.format(fill="", look=WHITE)), [("paragraph", "Seen")]),
        (paragraph("<w:hyperlink>" + run("A link") + "</w:hyperlink>"), [("paragraph", "A link")]),
        (
            paragraph("<w:ins>" + run("New") + "</w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del>"),
            [("paragraph", "New")],
        ),
        (paragraph("<w:r><w:t>a</w:t><w:tab/><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), [("row", "a\tb\nc")]),
        (paragraph("<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>" + run("Shown")), [("paragraph", "Shown")]),
        (
            f"<w:sdt><w:sdtContent>{paragraph(run('In a control'))}</w:sdtContent></w:sdt>",
            [("paragraph", "In a control")],
        ),
        (paragraph("<w:pPr><w:outlineLvl w:val='0'/></w:pPr>" + run("Ice")), [("heading", "Ice")]),
        (paragraph("<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>" + run("Ice")), [("item", "Ice")]),
        ("", []),
    ],
)
def test_parts_of_a_paragraph_are_read_as_word_shows_them(
    tmp_path: Path, body: str, blocks: list[tuple[str, str]]
) -> None:
    assert shown(packed(tmp_path, body)) == blocks


def test_a_footnote_stands_behind_the_text_and_in_no_section(tmp_path: Path) -> None:
    note = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph(run("With slides."))}</w:footnote></w:footnotes>'
    body = paragraph(run("AWARDS")) + paragraph(run("Ice Medal, 2001") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document = packed(tmp_path, body, footnotes=note)
    assert [(b.section, document.quote(b.span)) for b in document.blocks][2] == (Section.OTHER, "With slides.")


@pytest.mark.parametrize(
    "hide",
    [
        lambda font: setattr(font, "hidden", True),
        lambda font: setattr(font, "size", Pt(1)),
        lambda font: setattr(font.color, "rgb", RGBColor(0xFF, 0xFF, 0xFF)),
        lambda font: setattr(font.color, "rgb", RGBColor(0xFE, 0xFD, 0xFE)),
    ],
)
def test_hidden_text_is_not_read(tmp_path: Path, hide: Callable[[object], None]) -> None:
    document = word.Document()
    line = document.add_paragraph("Seen ")
    hide(line.add_run("canary").font)
    hide(document.styles.add_style("Quiet", 2).font)
    line.add_run("canary", style="Quiet")
    hide(document.styles.add_style("Whisper", 1).font)
    document.add_paragraph("canary", style="Whisper")
    assert saved(document, tmp_path).text == "Seen"


def test_white_text_on_a_dark_cell_is_seen(tmp_path: Path) -> None:
    cell = f'<w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{paragraph(run("Seen", WHITE))}</w:tc>'
    assert packed(tmp_path, f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").text == "Seen"


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:document>" + b" " * (30 * 1024 * 1024))


def laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><d>&e8;</d>')


def outside(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>')


def deep(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a>" * 20000 + "</a>" * 20000)


def many(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2500):
            archive.writestr(f"word/{number}.xml", "")


def no_text(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "x")


@pytest.mark.parametrize(
    "write",
    [
        bomb,
        laughs,
        outside,
        deep,
        many,
        no_text,
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0 an old file"),
        lambda path: path.write_bytes(b"PK\x03\x04 torn"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("<html>", encoding="utf-8"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "cv.docx")
    with pytest.raises(SourceUnreadable, match=r"cv\.docx"):
        docx.read(tmp_path, Source("cv.docx", "CV"))


def test_an_old_word_file_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "cv.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(SourceUnreadable, match=r"save it as \.docx"):
        read(tmp_path, Source("cv.doc", "CV"))
    (tmp_path / "~$cv.docx").write_bytes(b"")
    assert [p for p in tmp_path.iterdir() if is_source(p)] == []


def example() -> bytes:
    document = word.Document()
    document.add_heading("Awards", 1)
    document.add_paragraph("Ice Medal, 2001", style="List Bullet")
    document.add_table(rows=2, cols=2).rows[0].cells[0].text = "1999"
    held = BytesIO()
    document.save(held)
    return held.getvalue()


EXAMPLE = example()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(EXAMPLE))
)
def test_no_broken_package_stops_the_reader(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]], end: int
) -> None:
    raw = bytearray(EXAMPLE)
    for place, value in flips:
        raw[place] = value
    folder = tmp_path_factory.mktemp("word")
    (folder / "cv.docx").write_bytes(raw[:end] if end % 3 == 0 else raw)
    try:
        docx.read(folder, Source("cv.docx", "CV"))
    except SourceUnreadable:
        return


XML = "<w:p> </w:p> <w:r> </w:r> <w:t>text</w:t> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:tab/> <w:br/> <mc:AlternateContent> </mc:AlternateContent>"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(XML.split()), max_size=30))
def test_elements_in_any_order_are_read(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    try:
        document = packed(tmp_path_factory.mktemp("word"), "".join(parts))
    except SourceUnreadable:
        return
    for block in document.blocks:
        assert document.quote(block.span).strip()
