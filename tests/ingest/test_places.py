"""Where the words of a PDF are printed: every span leads to the place that a person would point at."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ingest.domain import Box, Document, Source, Span
from ingest.readers.pdf import read
from tests.ingest.paper import HEIGHT, WIDTH, Page, pdf
from tests.ingest.printed import printed_cv


def opened(folder: Path, *pages: Page) -> Document:
    (folder / "cv.pdf").write_bytes(pdf(*pages))
    return read(folder, Source("cv.pdf", "CV"))


def boxes(document: Document, words: str) -> tuple[Box, ...]:
    start = document.text.index(words)
    return document.boxes_of(Span(document.id, start, start + len(words)))


def in_points(box: Box) -> tuple[float, float, float, float]:
    return box.x0 * WIDTH, box.y0 * HEIGHT, box.x1 * WIDTH, box.y1 * HEIGHT


def stands(box: Box, left: float, down: float, size: float = 10) -> bool:
    """Whether ``box`` begins at ``left`` and holds a line of type of ``size`` whose baseline is ``down`` points below the top."""
    x0, y0, _, y1 = in_points(box)
    return abs(x0 - left) < 1 and down - 1.1 * size < y0 < down - 0.6 * size and down < y1 < down + 0.4 * size


@pytest.mark.parametrize(
    ("words", "page", "left", "down", "size"),
    [
        ("Runa Tveit", 1, 60, 60, 22),
        ("Phone", 1, 60, 78, 10),
        ("EXPERIENCE", 1, 60, 120, 12),
        ("Fjord Institute, Bergen", 1, 60, 145, 10),
        ("2019 – 2023", 1, 480, 145, 10),
        ("ger's breadth with", 1, 60, 171, 10),
        ("R. Tveit and O. Bell", 1, 75, 322, 10),
        ("Taught acoustics", 2, 60, 100, 10),
        ("The golden ear", 3, 60, 122, 10),
    ],
)
def test_words_are_found_where_they_were_set(
    tmp_path: Path, words: str, page: int, left: float, down: float, size: float
) -> None:
    (box,) = boxes(opened(tmp_path, *printed_cv()), words)
    assert box.page == page
    assert stands(box, left, down, size)


def test_each_line_of_a_broken_word_has_its_box(tmp_path: Path) -> None:
    upper, lower = boxes(opened(tmp_path, *printed_cv()), "finger's")
    assert stands(lower, 60, 171)
    assert in_points(upper)[0] > 400
    assert in_points(upper)[3] < in_points(lower)[3]


def test_the_number_of_an_item_is_no_part_of_its_box(tmp_path: Path) -> None:
    document = opened(
        tmp_path, Page().column(60, 100, ["1.  1 whistle for every river", "2.  2 drums for every fjord"])
    )
    assert "1." not in document.text
    assert in_points(boxes(document, "1 whistle")[0])[0] > 70


def test_a_part_of_a_word_is_a_part_of_its_box(tmp_path: Path) -> None:
    document = opened(tmp_path, Page().write(60, 100, "mmmmmmmm"))
    whole, half = boxes(document, "mmmmmmmm")[0], boxes(document, "mmmm")[0]
    assert half.x0 == whole.x0
    assert half.x1 - half.x0 == pytest.approx((whole.x1 - whole.x0) / 2, abs=0.001)


def test_cells_of_a_row_are_marked_apart(tmp_path: Path) -> None:
    document = opened(tmp_path, *printed_cv())
    one, two = boxes(document, "Fjord Institute, Bergen\t2019 – 2023")
    assert one.x1 < two.x0
    assert one.y1 == pytest.approx(two.y1, abs=0.002)


def test_accents_and_chinese_keep_their_places(tmp_path: Path) -> None:
    page = Page().write(60, 100, "caf").write(73.4, 100, "´").write(73.4, 100, "e").write(84, 100, "au lait")
    page.write(60, 120, "林知远，设计模型", font="song")
    document = opened(tmp_path, page)
    assert "café au lait" in document.text
    assert stands(boxes(document, "au lait")[0], 84, 100)
    assert in_points(boxes(document, "café")[0])[2] == pytest.approx(79, abs=1)
    assert in_points(boxes(document, "知远")[0])[0] == pytest.approx(70, abs=1)
    assert in_points(boxes(document, "远")[0])[2] == pytest.approx(90, abs=1)


def test_a_turned_page_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "cv.pdf").write_bytes(
        pdf(Page().draw(f"q BT 0 g /plain 10 Tf 0 1 -1 0 100 60 Tm <{b'Upright reading'.hex()}> Tj ET Q")).replace(
            b"/Contents", b"/Rotate 90/Contents"
        )
    )
    document = read(tmp_path, Source("cv.pdf", "CV"))
    assert document.sizes == ((HEIGHT, WIDTH),)
    (box,) = boxes(document, "Upright")
    assert box.x0 * HEIGHT == pytest.approx(60, abs=1)
    assert box.y1 * WIDTH == pytest.approx(102, abs=2)


def test_a_span_over_two_pages_is_marked_on_both(tmp_path: Path) -> None:
    document = opened(tmp_path, *printed_cv())
    whole = document.boxes_of(Span(document.id, 0, len(document.text)))
    assert {box.page for box in whole} == {1, 2, 3}
    assert [box.page for box in whole] == sorted(box.page for box in whole)


def test_every_character_has_a_place_and_no_place_lies_off_the_page(tmp_path: Path) -> None:
    document = opened(tmp_path, *printed_cv())
    for at, char in enumerate(document.text):
        found = document.boxes_of(Span(document.id, at, at + 1))
        assert len(found) == (0 if char.isspace() else 1), (at, char)
        assert all(0 <= box.x0 < box.x1 <= 1 and 0 <= box.y0 < box.y1 <= 1 for box in found)


def test_places_survive_being_stored(tmp_path: Path) -> None:
    document, adapter = opened(tmp_path, *printed_cv()), TypeAdapter(Document)
    assert adapter.validate_json(adapter.dump_json(document)) == document


def test_other_sources_have_no_places() -> None:
    assert Document("cv.md", "CV", "text/markdown", "Runa").boxes_of(Span("cv.md", 0, 4)) == ()
