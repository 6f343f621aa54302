"""Plain text read by its layout: what wraps is put together, what stands on lines of its own stays there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import BlockKind, Document, Section, Source
from ingest.readers import plain

LAYOUT = st.text(alphabet=st.sampled_from("abEe.-–,:;*•()[]【】一、1290年/o'\"=_|~#@é漢字 \t\n\f\u3000¬"), max_size=240)
PIECES = st.lists(
    st.sampled_from(
        [
            "Page 1 of 2",
            "- 3 -",
            "\f",
            "EDUCATION",
            "E D U C A T I O N",
            "【教育】（*注）",
            "2019 - 2021   Baker, Oven",
            "1. one",
            "a) x",
            "torn-",
            "mended",
            "*** X Y ***",
            "+----+",
            "| Box |",
            "Name:   Ada",
            "",
            "   hangs",
            "x   2014",
            "A. Byron. A title of some length. Venue, 2019.",
            "4",
            "Ada, CV",
        ]
    ),
    max_size=24,
).map("\n".join)
WORDS = st.lists(
    st.sampled_from(["ab", "Éa", "cde", "漢字", "\n", "\n\n", "  ", "   ", "\t", "\n    "]), max_size=60
).map(" ".join)


def read(text: str) -> Document:
    return plain.read(text, Source("cv.txt", "CV"))


def shown(text: str) -> list[tuple[str, str]]:
    document = read(text)
    return [(b.kind.value, document.quote(b.span)) for b in document.blocks]


def texts(text: str) -> list[str]:
    return [content for _, content in shown(text)]


def headings(text: str) -> list[tuple[int | None, str]]:
    document = read(text)
    return [(b.level, document.quote(b.span)) for b in document.blocks if b.kind is BlockKind.HEADING]


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


@given(st.one_of(LAYOUT, PIECES, st.text(max_size=200)))
def test_every_visible_character_comes_from_the_source_in_its_order(text: str) -> None:
    assert is_subsequence("".join(read(text).text.split()), text)


@given(st.one_of(LAYOUT, PIECES))
def test_spans_are_exact_in_order_and_never_overlap(text: str) -> None:
    document = read(text)
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(document.text)
        assert document.quote(block.span) == document.quote(block.span).strip()
        last = block.span.end
    covered = {i for b in document.blocks for i in range(b.span.start, b.span.end)}
    assert [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()] == []


@given(WORDS)
def test_no_word_is_lost_wherever_it_stands(text: str) -> None:
    assert "".join(read(text).text.split()) == "".join(text.split())


PAGED = """Ada Byron

Research

- The first item of the list is a long one that needs the whole of this line
  and goes on with its

{mark}
{head}

  end on the next page.
- A second item.
"""


@pytest.mark.parametrize(
    "mark",
    [
        "Página 1 de 3",
        "Page 2 of 5",
        "Seite 2/4",
        "- 3 -",
        "第 2 页",
        "第2页 共5页",
        "2 / 7\n\f",
        "4\n\f",
        "\f",
        "стр. 1 из 2",
    ],
)
def test_a_page_mark_goes_and_the_item_that_it_tore_is_joined(mark: str) -> None:
    items = [text for kind, text in shown(PAGED.format(mark=mark, head="")) if kind == "item"]
    assert items == [
        "The first item of the list is a long one that needs the whole of this line and goes on with its end on the next page.",
        "A second item.",
    ]


def test_a_running_head_goes_that_says_the_title_again() -> None:
    text = read(PAGED.format(mark="Page 1 of 2", head="Curriculum vitae            A. Byron")).text
    assert "Curriculum" not in text
    assert text.startswith("Ada Byron")


def test_running_heads_that_repeat_go_but_a_line_of_the_text_stays() -> None:
    page = "Whales {n} sang.\n\nThey hummed.\n\n{n}\n\fDocket of A. Byron\n\n"
    text = read("".join(page.format(n=n) for n in range(1, 5)) + "Docket of the whales\n").text
    assert "Docket of A. Byron" not in text
    assert re.findall(r"Whales \d", text) == ["Whales 1", "Whales 2", "Whales 3", "Whales 4"]
    assert text.endswith("Docket of the whales")


def test_a_line_that_also_stands_inside_a_page_is_no_running_head() -> None:
    page = "University of Harbour\n\nEngineer\n\n\f"
    assert read(page + "Whales\n\nUniversity of Harbour\n\nSong\n\f" + page).text.count("University of Harbour") == 3


def test_heads_with_the_number_of_the_page_go_wherever_they_stand() -> None:
    line = "A sentence about whales.\n\n"
    pages = [f"Ada Byron, CV {n}\n\n{line * 12}" for n in range(1, 4)]
    assert re.findall(r"CV \d", read("".join(pages)).text) == ["CV 1"]


@pytest.mark.parametrize("text", ["2019\n\n2020\n\n2021", "12\n\nwhales", "Course 1\n\nCourse 2\n\nCourse 3"])
def test_numbers_that_number_no_page_stay(text: str) -> None:
    assert read(text).text.split() == text.split()


def test_a_paragraph_ends_with_the_page_where_its_sentence_does() -> None:
    assert texts("The whale sang.\n\nPage 1 of 2\n\nThe harbour hummed.") == ["The whale sang.", "The harbour hummed."]


PROSE = """I trained as a carpenter before I turned to wooden-boat archaeology. Since
2016 I have led the laboratory of the Maritime Museum of Harbour, where we
measure planks, and I teach the spring school on the dating of oak that the
Museum holds."""


def test_wrapped_prose_becomes_one_line() -> None:
    assert texts(PROSE) == [" ".join(PROSE.split("\n"))]


@pytest.mark.parametrize(
    "lines",
    [
        "Ada Byron\nHarbour Road 5\n00100 Whale Bay\nada@example.org",
        "Whale Medal, Society of Song, 2013\nHarbour Prize, Town of Whale Bay, 2017",
        "Name: Ada\nPhone: 123\nWeb: https://ada.example",
        "Boats\nPlanks\nOars",
        "Salt and tar, Whale Bay 2012\nThe last lugger, Harbour 2016\nKeel, rib and plank, Harbour 2019",
        "Department of Song, University of Harbour, Whale Bay\nada@example.org",
    ],
)
def test_lines_that_stand_for_themselves_stay_lines(lines: str) -> None:
    assert shown(lines) == [("paragraph", lines)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("- ventilación no in-\n  vasiva", "ventilación no invasiva"),
        ("- F. Delacroix-\n  Mounier", "F. Delacroix-Mounier"),
        ("- a state-of-the-\n  art boat", "a state-of-the-art boat"),
        ("- the high-\n  dimensional case", "the high-dimensional case"),
        ("- a fast-drying paint is a fast-\n  drying one", "a fast-drying paint is a fast-drying one"),
        ("- the fast drying of a fast-\n  drying paint", "the fast drying of a fast-drying paint"),
        ("- Vor-\n  und Nachteile", "Vor- und Nachteile"),
        ("- a soft¬\n  ened edge", "a softened edge"),
        ("- see https://ada.example/songs-\n  of-whales", "see https://ada.example/songs-of-whales"),
    ],
)
def test_a_word_torn_at_the_end_of_a_line_is_mended(lines: str, text: str) -> None:
    assert texts(lines) == [text]


def test_an_entry_ends_where_the_next_line_stands_out() -> None:
    cited = (
        "Osei A, Mensah K. Termite mounds as fertiliser in smallholder\n        fields. Soil Matters. 2014;3:11-20.\n"
    )
    other = "Mensah K, Osei A, Boateng P. Cocoa litter and nitrogen. Tropical\n        Soils. 2017;9:1-14.\n"
    assert texts(cited + other) == [" ".join(cited.split()), " ".join(other.split())]


def test_flush_citations_are_told_apart_by_their_full_stops() -> None:
    one = "Byron, A., Kofler, T. Black ice on alpine ponds. Lake Letters 12 (2014), 33-48."
    two = "Kofler, T., Byron, A., Szabo, E. When do lakes turn over? A survey of forty years of\nobservations. Lake Letters 15 (2017), 1-22."
    assert shown(f"{one}\n{two}\n{one}") == [("item", one), ("item", two.replace("\n", " ")), ("item", one)]


def test_what_hangs_below_an_entry_stays_a_line_of_it_when_the_line_above_ended_early() -> None:
    entry = "Ph.D. in Song, University of Harbour, 2010\n   Thesis: Low notes\n   Advisor: Bo Li\n"
    assert texts(entry + "M.Sc. Song, University of Harbour, 2006\nB.Sc. Noise, University of Harbour, 2004") == [
        "Ph.D. in Song, University of Harbour, 2010\nThesis: Low notes\nAdvisor: Bo Li",
        "M.Sc. Song, University of Harbour, 2006",
        "B.Sc. Noise, University of Harbour, 2004",
    ]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("2002-2008   Licence, Université du Port", "2002-2008\tLicence, Université du Port"),
        ("05/2013 - 12/2014   Physician, Harbour", "05/2013 - 12/2014\tPhysician, Harbour"),
        ("2007.09—2011.06    武汉港大学    热能与动力工程", "2007.09—2011.06\t武汉港大学\t热能与动力工程"),
        ("2010年9月-2014年7月  港大学  本科", "2010年9月-2014年7月\t港大学\t本科"),
        ("2017年4月～2020年3月　港湾研究所　研究員", "2017年4月～2020年3月\t港湾研究所\t研究員"),
        ("2016\tPhD\tSong", "2016\tPhD\tSong"),
        ("2015–     Lecturer, Harbour", "2015–\tLecturer, Harbour"),
        ("Depuis 2021 : Chercheuse, Port", "Depuis 2021 : Chercheuse, Port"),
        ("(2010-2014)  Engineer, Harbour", "(2010-2014)\tEngineer, Harbour"),
        ("2019年7月至今，港研究院，副研究员", "2019年7月至今，港研究院，副研究员"),
        ("Assistant Professor, Harbour        2014 - 2019", "Assistant Professor, Harbour\t2014 - 2019"),
        ("Harbour & Sons, Leeds ............ 2012-2018", "Harbour & Sons, Leeds\t2012-2018"),
    ],
)
def test_every_line_of_a_date_column_is_a_row_of_its_own(line: str, row: str) -> None:
    assert shown(f"{line}\n{line}") == [("row", row), ("row", row)]


def test_a_dated_entry_takes_what_hangs_below_it() -> None:
    text = """\
2009-2013   Specialist in Song, by the way of the national examination, at the
            Clinic of Harbour, Whale Bay.
2013-2018   Engineer
            Dike and Dam Ltd, Harbour
            Mentor: Bo Li
            - measured the dikes
            Led a group of six people that built the new sea wall.
2018-       Director"""
    assert shown(text) == [
        (
            "row",
            "2009-2013\tSpecialist in Song, by the way of the national examination, at the Clinic of Harbour, Whale Bay.",
        ),
        ("paragraph", "2013-2018\tEngineer\nDike and Dam Ltd, Harbour\nMentor: Bo Li"),
        ("item", "measured the dikes"),
        ("paragraph", "Led a group of six people that built the new sea wall."),
        ("row", "2018-\tDirector"),
    ]


def test_a_sentence_below_the_head_of_an_entry_tells_of_it() -> None:
    head = "2016.07—2018.12    港湾新能源公司    工程师\n"
    assert shown(head + "                   负责第二代液冷板的设计，带领6人小组。\n" + head)[1] == (
        "item",
        "负责第二代液冷板的设计，带领6人小组。",
    )


@pytest.mark.parametrize(
    "lines",
    [
        "Harbour Search Inc.                 Portland, OR\nStaff Engineer                      Jan 2020 - Present",
        "Researcher, Harbour Institute\n2018 - present",
        "2018 - present\nResearcher, Harbour Institute",
        "Harbour Institute          2018 - 2020\nResearcher",
        "Harbour Institute\nResearcher, 2018-2020",
    ],
)
def test_entries_of_several_lines_are_told_apart_by_where_their_dates_stand(lines: str) -> None:
    once = texts(lines)
    assert len(once) == 1
    assert texts(f"{lines}\n{lines}") == once * 2


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("Name:      Ada Byron", "Name: Ada Byron"),
        ("姓名：程浩    性别：男", "姓名：程浩\t性别：男"),
        ("氏名　　桐山　直", "氏名\t桐山 直"),
        ("It ended.  Then it began.", "It ended. Then it began."),
        ("words   that  a   program   stretched  to   fill   a  line", "words that a program stretched to fill a line"),
        ("Whale         Song         Harbour", "Whale\tSong\tHarbour"),
    ],
)
def test_a_gap_between_columns_is_one_tab_and_any_other_one_blank(text: str, shows: str) -> None:
    assert read(text).text == shows


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("【教育经历】", "【教育经历】"),
        ("一、教育背景", "教育背景"),
        ("（一）教育背景", "教育背景"),
        ("■学歴", "学歴"),
        ("学　歴", "学歴"),
        ("[EDUCATION]", "[EDUCATION]"),
        ("*** EDUCATION ***", "EDUCATION"),
        ("=== Education ===", "Education"),
        ("## Education", "Education"),
        ("EDUCATION ----------", "EDUCATION"),
        ("EDUCATION\n=========", "EDUCATION"),
        ("Éducation et chants\n-------------------", "Éducation et chants"),
        ("+-----------+\n| EDUCATION |\n+-----------+", "EDUCATION"),
        ("╔═══════════╗\n║ Education ║\n╚═══════════╝", "Education"),
        ("* EDUCATION", "EDUCATION"),
        ("1. Education", "Education"),
        ("II. EDUCATION", "EDUCATION"),
        ("E D U C A T I O N", "EDUCATION"),
        ("W O R K   E X P E R I E N C E", "WORK EXPERIENCE"),
        ("W O R K E X P E R I E N C E", "WORK EXPERIENCE"),
        ("Education:", "Education:"),
        ("Education", "Education"),
        ("Education and Awards", "Education and Awards"),
        ("FORMACIÓN ACADÉMICA", "FORMACIÓN ACADÉMICA"),
        ("OTROS MÉRITOS", "OTROS MÉRITOS"),
    ],
)
def test_headings_of_every_make(line: str, heading: str) -> None:
    assert shown(f"Ada sang to the whales.\n\n{line}\nPhD in Song, Harbour.")[1:] == [
        ("heading", heading),
        ("paragraph", "PhD in Song, Harbour."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "I.",
        "ada@example.org\n---------------",
        "Harbour Road",
        "A. Byron",
        "[1]",
        "《储能》",
        "Responsibilities:",
        "- one",
        "FEBRUARY 2019",
        "--",
    ],
)
def test_what_only_looks_like_a_heading_is_none(line: str) -> None:
    assert headings(f"Ada sang to the whales.\n\n{line}\n\nPhD in Song, Harbour.") == []


def test_an_address_in_capitals_is_no_run_of_headings() -> None:
    text = "ADA BYRON\nDEPARTMENT OF SONG\nUNIVERSITY OF HARBOUR\n\nEDUCATION\n\nPhD, 2010\n\nTEACHING\n\nSong, 2011"
    assert headings(text) == [(1, "ADA BYRON"), (2, "EDUCATION"), (2, "TEACHING")]


def test_the_name_of_a_company_in_capitals_opens_no_section() -> None:
    text = "EXPERIENCE\n\nHARBOUR SONGS\nEngineer, 2010-2014\n\nEDUCATION\n\nPhD, 2010"
    assert headings(text) == [(2, "EXPERIENCE"), (2, "EDUCATION")]


def test_the_remark_behind_a_heading_stays_text_of_its_own() -> None:
    for heading, remark in [("【代表性论文】", "（*为通讯作者）"), ("PUBLICATIONS", "(* corresponding author)")]:
        assert shown(f"Ada\n\n{heading}{remark}\n[1] one\n[2] two") == [
            ("paragraph", "Ada"),
            ("heading", heading),
            ("paragraph", remark),
            ("item", "one"),
            ("item", "two"),
        ]


def test_an_asterisk_that_is_explained_keeps_it() -> None:
    assert texts("* one\n* two\n\n* = equal contribution") == ["one", "two", "* = equal contribution"]


def test_weaker_headings_stand_inside_of_stronger_ones() -> None:
    text = "PUBLICATIONS\n\nJournal articles\n\n1. one\n2. two\n\nEarly works\n1. three\n\nAWARDS\n\nWhale Medal"
    assert headings(text) == [(2, "PUBLICATIONS"), (3, "Journal articles"), (3, "Early works"), (2, "AWARDS")]
    assert [b.path for b in read(text).blocks if b.kind is BlockKind.ITEM][-1] == ("PUBLICATIONS", "Early works")


@pytest.mark.parametrize(
    "bullets",
    ["- *", "• •", "– –", "→ →", "» »", "※ ※", "① ②", "1. 2.", "12. 11.", "1、 2、", "(1) (2)", "（1） （2）", "[1] [2]", "a) b)", "i) ii)", "\uf0b7 \uf0b7"],
)  # fmt: skip
def test_bullets_of_every_make(bullets: str) -> None:
    first, second = bullets.split()
    assert shown(f"{first} One sang.\n{second} Two hummed.") == [("item", "One sang."), ("item", "Two hummed.")]


def test_nested_bullets_are_items_too() -> None:
    assert texts("- one\n  o Two\n  o Three\n    - four\n- five") == ["one", "Two", "Three", "four", "five"]


@pytest.mark.parametrize(
    "text", ["12. März 2019", "2.5 boats", "o barco", "A. Byron", "1999) boats", "*starred", "+49 170 000"]
)
def test_what_only_looks_like_a_bullet_stays(text: str) -> None:
    assert read(text).text == text


def test_a_number_that_counts_nothing_stays_and_lists_may_start_again() -> None:
    assert texts("1. one\n2. two\n\n1. three\n2. four") == ["one", "two", "three", "four"]
    assert shown("1. Preis beim Wettsingen") == [("item", "1. Preis beim Wettsingen")]


def test_an_item_ends_where_a_line_stands_out_to_the_left() -> None:
    text = "- sang\n- hummed\nHarbour Ltd, Engineer      2010-2012\n- built"
    assert texts(text) == ["sang", "hummed", "Harbour Ltd, Engineer\t2010-2012", "built"]


def test_an_item_of_several_lines_keeps_them() -> None:
    assert texts("1. Songs of Whales\n   A. Byron, B. Li\n   Journal of Song 2020\n2. Noise\n   A. Byron") == [
        "Songs of Whales\nA. Byron, B. Li\nJournal of Song 2020",
        "Noise\nA. Byron",
    ]


def test_text_in_two_columns_is_read_to_the_end() -> None:
    text = (
        "CONTACT              EXPERIENCE\nada@example.org      2019-2021  Baker\nSKILLS               2015-2019  Miller"
    )
    assert read(text).text.split() == text.split()


CV = """\
ADA BYRON
ada@example.org

EXPERIENCE

Since 2018      Reader in Song, University of Harbour
2014 - 2018     Lecturer, Whale Bay College. Taught the low notes and the high
                ones.

                                                          Page 1 of 2
Curriculum vitae                                          A. Byron

EDUCATION

2014            PhD, University of Harbour

PUBLICATIONS

1. Byron A, Li B. The low notes of the harbour and how they are sung in spring and
   autumn. Song. 2014;3:1-9.
"""


def test_a_paged_cv_comes_out_in_its_sections() -> None:
    document = read(CV)
    listed = [(b.section, document.quote(b.span)) for b in document.blocks if b.kind is not BlockKind.HEADING]
    assert listed == [
        (Section.OTHER, "ada@example.org"),
        (Section.EXPERIENCE, "Since 2018\tReader in Song, University of Harbour"),
        (Section.EXPERIENCE, "2014 - 2018\tLecturer, Whale Bay College. Taught the low notes and the high ones."),
        (Section.EDUCATION, "2014\tPhD, University of Harbour"),
        (
            Section.PUBLICATIONS,
            "1. Byron A, Li B. The low notes of the harbour and how they are sung in spring and autumn. Song. 2014;3:1-9.",
        ),
    ]
