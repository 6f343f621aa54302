"""Pictures of pages: they show where the words are, and nothing that the text does not say."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingest.domain import Document, Source, Span
from ingest.errors import SourceUnreadable
from ingest.generation import current
from ingest.pages import drawn, dump_pages, load_pages, page_file, render_pages
from ingest.private import withheld
from ingest.progress import Progress
from ingest.readers import markdown
from ingest.readers.pdf import read
from ingest.readers.pdf.engine import raster
from ingest.reading import Unbelievable
from tests.conftest import Desk
from tests.ingest.paper import WIDTH, Page, assembled, pdf
from tests.ingest.printed import SHOWN, UNSAID, WITHHELD, Place, printed_cv

PAINTED = {"running head", "grey print", "stamp up the margin", "page number"}
SHARED = ("email", "links")
EVERYTHING = (*SHARED, "phone", "address", "birth_date")


def document(folder: Path, share: tuple[str, ...] = SHARED) -> Document:
    return withheld(read(folder, Source("cv.pdf", "CV")), share)


def pictures(folder: Path, share: tuple[str, ...] = SHARED) -> list[Image.Image]:
    return [Image.open(BytesIO(data)).convert("L") for data in render_pages(folder, document(folder, share))]


def cut(picture: Image.Image, place: Place) -> Image.Image:
    scale = picture.width / WIDTH
    left, top, right, bottom = (round(edge * scale) for edge in place)
    return picture.crop((left, top, right, bottom))


def shades(picture: Image.Image, place: Place) -> set[int]:
    """The shades of grey in a place, the finest differences included."""
    return set(cut(picture, place).tobytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cv.pdf").write_bytes(pdf(*printed_cv()))
    return tmp_path


def test_a_box_holds_the_ink_of_its_words_and_of_no_others(folder: Path) -> None:
    found, whole = document(folder), pictures(folder)
    for words in ("Fjord Institute, Bergen", "2019 – 2023", "Taught acoustics to carpenters.", "Microphones of birch."):
        start = found.text.index(words)
        (box,) = found.boxes_of(Span("cv.pdf", start, start + len(words)))
        picture = whole[box.page - 1]
        edges = (box.x0 * picture.width, box.y0 * picture.height, box.x1 * picture.width, box.y1 * picture.height)
        left, top, right, bottom = (round(edge) for edge in edges)
        assert min(picture.crop((left, top, right, bottom)).tobytes()) < 60
        assert min(picture.crop((left, bottom + 1, right, bottom + 3)).tobytes()) > 200, words
        assert min(picture.crop((left - 6, top, left - 1, bottom)).tobytes()) > 200, words


@pytest.mark.parametrize("what", SHOWN)
def test_what_the_text_says_can_be_read(folder: Path, what: str) -> None:
    page, place = SHOWN[what]
    found = shades(pictures(folder)[page - 1], place)
    assert min(found) < 60
    assert max(found) > 240


@pytest.mark.parametrize("what", WITHHELD)
def test_what_is_withheld_is_one_black_bar(folder: Path, what: str) -> None:
    page, place = WITHHELD[what]
    assert len(shades(pictures(folder, EVERYTHING)[page - 1], place)) > 5, "it is there"
    text = cut(pictures(folder)[page - 1], place)
    ink = [set(text.crop((x, 6, x + 1, text.height - 6)).tobytes()) for x in range(text.width)]
    assert all(len(column) == 1 for column in ink[: int(0.7 * len(ink))]), "no letter can be told from another"


@pytest.mark.parametrize("what", UNSAID)
def test_what_the_text_does_not_say_leaves_no_trace(folder: Path, what: str) -> None:
    page, place = UNSAID[what]
    drawn_as_it_is = raster((folder / "cv.pdf").read_bytes(), page, 132, 2400)
    plain = Image.frombytes("RGB", (drawn_as_it_is.width, drawn_as_it_is.height), drawn_as_it_is.pixels, "raw", "BGR")
    assert (len(shades(plain.convert("L"), place)) > 1) == (what in PAINTED)
    assert len(shades(pictures(folder, EVERYTHING)[page - 1], place)) == 1


def test_a_box_that_says_what_was_typed_into_it_is_not_drawn(tmp_path: Path) -> None:
    page = Page().write(60, 100, "Runa Tveit").write(60, 120, "She listens to small waterfalls for a living.")
    content = "\n".join(page.drawn).encode()
    typed = b"q BT 0 g /F 10 Tf 4 4 Td (47551234) Tj ET Q"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[5 0 R]/Resources<</Font<</plain %s>>>>>>"
        % font,
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(phone)/V(47551234)/Rect[60 600 160 620]/AP<</N 6 0 R>>/F 4>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F %s>>>>/Length %d>>\nstream\n%s\nendstream"
        % (font, len(typed), typed),
    ]
    (tmp_path / "cv.pdf").write_bytes(assembled(objects))
    (picture,) = pictures(tmp_path)
    assert len(shades(picture, (55, 842 - 625, 165, 842 - 595))) == 1
    assert min(shades(picture, (60, 92, 120, 102))) < 60


def test_words_under_a_watermark_stay(tmp_path: Path) -> None:
    page = Page().column(60, 100, ["Measured the hum of four hundred waterfalls."] * 3)
    page.draw(f"q BT 0.9 g /bold 80 Tf 0.7 0.7 -0.7 0.7 80 640 Tm <{b'DRAFT'.hex()}> Tj ET Q")
    (tmp_path / "cv.pdf").write_bytes(pdf(page))
    (picture,) = pictures(tmp_path)
    for down in (100, 113, 126):
        assert min(shades(picture, (60, down - 8, 260, down))) < 60


def test_a_huge_page_gets_a_picture_of_ordinary_size(tmp_path: Path) -> None:
    data = pdf(Page().write(60, 700, "Runa Tveit", 40)).replace(b"[0 0 595 842]", b"[0 0 9500 842]")
    (tmp_path / "cv.pdf").write_bytes(data)
    (picture,) = pictures(tmp_path)
    assert max(picture.size) <= 2400


def test_a_file_that_changed_since_gets_no_pictures(folder: Path) -> None:
    found = document(folder)
    pages = printed_cv()
    pages[0].drawn[1] = Page().write(80, 78, "Phone: +47 99 12 34 56").drawn[0]
    (folder / "cv.pdf").write_bytes(pdf(*pages))
    with pytest.raises(SourceUnreadable, match="changed while it was being read; run the ingest again"):
        render_pages(folder, found)
    assert drawn([found], lambda d: render_pages(folder, d), Progress())[1].keys() == {"cv.pdf"}


def test_other_formats_have_no_pictures(tmp_path: Path) -> None:
    assert render_pages(tmp_path, markdown.read("# Runa\n\nListens.", Source("cv.md", "CV"))) == ()


def test_pictures_cross_from_one_process_to_another_unchanged(folder: Path) -> None:
    made = render_pages(folder, document(folder))
    assert load_pages(dump_pages(made), document(folder)) == made


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'["?"]', b'["PGh0bWw+"]', dump_pages([b"\x89PNG\r\n\x1a\n"] * 4)]
)
def test_what_is_no_picture_of_a_page_is_not_believed(folder: Path, data: bytes) -> None:
    with pytest.raises(Unbelievable):
        load_pages(data, document(folder))


def test_pictures_are_kept_as_long_as_their_source(desk: Desk) -> None:
    desk.write("runa-tveit", "profile.toml", 'name = "Runa Tveit"\n')
    desk.write("runa-tveit", "more.md", "# Runa Tveit\n\n## Interests\n\n- Waterfalls\n")
    desk.write("runa-tveit", "printed.pdf", pdf(*printed_cv()))
    desk.ingest("runa-tveit")
    first = current(desk.index / "runa-tveit")
    files = [first / page_file("printed.pdf", page) for page in (1, 2, 3)]
    assert all(Image.open(BytesIO(file.read_bytes())).width > 900 for file in files)
    assert not desk.ingest("runa-tveit").changed
    assert current(desk.index / "runa-tveit") == first
    desk.write("runa-tveit", "printed.pdf", pdf(printed_cv()[0]))
    desk.ingest("runa-tveit")
    second = current(desk.index / "runa-tveit")
    assert [(second / page_file("printed.pdf", page)).exists() for page in (1, 2, 3)] == [True, False, False]
    (desk.profiles / "runa-tveit" / "printed.pdf").unlink()
    desk.ingest("runa-tveit")
    assert list((desk.index / "runa-tveit").rglob("*.png")) == []
