"""Citation strings in the usual orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.authors import Author
from ingest.citations import looks_like_citation, parse_citation
from ingest.imprint import Citation, first_sentence, legend_in
from ingest.titled import parse_titled

LISTED = (
    "Ada Byron*, Bo Li*, Cara Diaz, Counting Whales with One Hydrophone. "
    "In Journal of Quiet Seas 2023 (JQS-2023 Oral, * = equal contribution)"
)


def authors(text: str) -> tuple[str, ...]:
    citation = parse_citation(text)
    assert citation is not None
    return tuple(a.name for a in citation.authors)


@pytest.mark.parametrize(
    ("text", "names", "title", "year"),
    [
        (LISTED, ("Ada Byron", "Bo Li", "Cara Diaz"), "Counting Whales with One Hydrophone", 2023),
        (
            "Ada Byron, Bo Li and Cara Diaz, Masking in Busy Ports. In Proceedings of Ports (PORTS-2020)",
            ("Ada Byron", "Bo Li", "Cara Diaz"),
            "Masking in Busy Ports",
            2020,
        ),
        (
            "A. Byron, B. Li. Masking in Busy Ports. Journal of Quiet Seas, 12(3):45-67, 2019.",
            ("A. Byron", "B. Li"),
            "Masking in Busy Ports",
            2019,
        ),
        (
            "Byron, A., & Li, B. C. (2018). Masking in busy ports. Journal of Quiet Seas, 12(3), 45-67.",
            ("Byron, A.", "Li, B. C."),
            "Masking in busy ports",
            2018,
        ),
        (
            "Byron A., Li B., Diaz C. A soft hum for cold harbours at −20 °C. Journal of Quiet Seas, 2024, 12: 3301–3312.",
            ("Byron A.", "Li B.", "Diaz C."),
            "A soft hum for cold harbours at −20 °C",
            2024,
        ),
        (
            "Li B., Byron A.* Walls that carry: tapped stone. Quiet Stone, 2023, 41: 118–129.",
            ("Li B.", "Byron A."),
            "Walls that carry: tapped stone",
            2023,
        ),
        (
            "Byron A., Li B. (2020). Quiet or not? Ten harbours over twenty years. Austrian Journal of Harbours 9(2), 31-45.",
            ("Byron A.", "Li B."),
            "Quiet or not? Ten harbours over twenty years",
            2020,
        ),
        (
            "白安达，李博文：港口噪声的掩蔽效应，《安静的海》，2013年第4期，第12–19页",
            ("白安达", "李博文"),
            "港口噪声的掩蔽效应",
            2013,
        ),
        (
            "Nohl, Albrecht / Byron, Ada (Hg.): Terhorst, Amalie: Briefe aus Riga. Kritische Ausgabe. Hohenwerth: Literaturarchiv 2018.",
            ("Nohl, Albrecht", "Byron, Ada"),
            "Terhorst, Amalie: Briefe aus Riga",
            2018,
        ),
        ("Byron, A. (2017). The hum of harbours. Port Press.", ("Byron, A.",), "The hum of harbours", 2017),
        ("The Sonar Crew, Sonar for Everyone. (Preprint-2024)", ("The Sonar Crew",), "Sonar for Everyone", 2024),
        (
            "Ada van der Berg, Bo Li, Tides and Ties. In Waves (WAVES-2011)",
            ("Ada van der Berg", "Bo Li"),
            "Tides and Ties",
            2011,
        ),
        (
            "Ada Byron, Bo Li et al. Masking in Busy Ports. Quiet Seas, 2019.",
            ("Ada Byron", "Bo Li"),
            "Masking in Busy Ports",
            2019,
        ),
        (
            "A. Byron, B. Li, and 12 others, Masking in Busy Ports. Quiet Seas, 2019.",
            ("A. Byron", "B. Li"),
            "Masking in Busy Ports",
            2019,
        ),
        (
            "2019\tAda Byron, Bo Li. Masking in Busy Ports. Quiet Seas 3.",
            ("Ada Byron", "Bo Li"),
            "Masking in Busy Ports",
            2019,
        ),
        (
            "2020\tAda Byron, Bo Li. Masking in Busy Ports. Quiet Seas, 2019.",
            ("Ada Byron", "Bo Li"),
            "Masking in Busy Ports",
            2019,
        ),
    ],
)
def test_authors_title_and_year_come_apart(text: str, names: tuple[str, ...], title: str, year: int) -> None:
    citation = parse_citation(text)
    assert citation is not None
    assert tuple(a.name for a in citation.authors) == names
    assert citation.title == title
    assert citation.date is not None
    assert citation.date.year == year


def test_marks_stay_with_their_author_and_the_legend_is_read() -> None:
    citation = parse_citation(LISTED)
    assert citation is not None
    assert citation.authors[:2] == (Author("Ada Byron", "*"), Author("Bo Li", "*"))
    assert citation.legend == {"*": "equal contribution"}
    assert (citation.venue, citation.venue_tag, citation.notes) == ("Journal of Quiet Seas", "JQS", ("Oral",))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Byron A., Li B. (under review). One hum, forty-six harbours: transfer between ports.", ("Byron A.", "Li B.")),
        ("Byron, A. (en revisión). Working from the pier: fares and odd jobs in harbours.", ("Byron, A.",)),
        ("Byron, A. & Li, B. (im Erscheinen). Der Hafen, der summte. Zeitschrift für Häfen.", ("Byron, A.", "Li, B.")),
    ],
)
def test_the_state_of_a_work_may_stand_where_its_year_would(text: str, names: tuple[str, ...]) -> None:
    found = parse_citation(text)
    assert found is not None
    assert tuple(a.name for a in found.authors) == names
    assert found.date is None
    assert found.notes


def test_a_single_name_before_a_colon_is_read_where_it_signs_other_entries_too() -> None:
    book = "Byron, Ada: Fremde Federn. Übersetzerinnen 1780–1830. Lindenau: Verlag am Wehr 2016."
    known = parse_citation(book, ("Byron, Ada",))
    assert known is not None
    assert [a.name for a in known.authors] == ["Byron, Ada"]
    assert known.title == "Fremde Federn"
    other = parse_citation(book)
    assert other is None or [a.name for a in other.authors] != ["Byron, Ada"]


@pytest.mark.parametrize(
    ("text", "is_preprint"),
    [
        ("Ada Byron, Bo Li, Masking in Busy Ports. (Preprint-2024)", True),
        ("A. Byron, B. Li. Masking in Busy Ports. arXiv:2401.01234, 2024.", True),
        (LISTED, False),
    ],
)
def test_a_preprint_says_so(text: str, is_preprint: bool) -> None:
    citation = parse_citation(text)
    assert citation is not None
    assert citation.is_preprint is is_preprint


@pytest.mark.parametrize("cut", ["et al.", "et al", "and others"])
def test_a_cut_author_list_is_not_complete(cut: str) -> None:
    citation = parse_citation(f"Ada Byron, Bo Li, {cut}, Masking in Busy Ports. In Waves (WAVES-2011)")
    assert citation is not None
    assert not citation.complete
    assert tuple(a.name for a in citation.authors) == ("Ada Byron", "Bo Li")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Golden Hydrophone Prize 2023",
        "I studied whales in 2019 and liked them.",
        "2019",
        "Area Chair at PORTS 2024",
    ],
)
def test_what_is_no_citation_does_not_look_like_one(text: str) -> None:
    assert not looks_like_citation(text)


@pytest.mark.parametrize(
    ("text", "legend"),
    [
        ("* = equal contribution", {"*": "equal contribution"}),
        ("† corresponding author", {"†": "corresponding author"}),
        (
            "* indicates equal contribution; # denotes co-first author",
            {"*": "equal contribution", "#": "co-first author"},
        ),
        ("no marks here", {}),
    ],
)
def test_a_legend_explains_marks(text: str, legend: dict[str, str]) -> None:
    assert legend_in(text) == legend


@given(st.text(max_size=120))
def test_any_text_is_parsed_or_refused_and_what_is_found_stands_in_it(text: str) -> None:
    citation = parse_citation(text)
    if citation is None:
        return
    flat = " ".join(text.split())
    assert citation.title in flat
    assert all(a.name.split(", ")[0] in flat for a in citation.authors)


def parsed(text: str) -> Citation:
    citation = parse_citation(text) or parse_titled(text)
    assert citation is not None
    return citation


FORMS = [
    (
        'Byron, Ada Q., and Bo Li. 2023. "Sick at Sea: Paid Leave and the Timing of Storms." Journal of Quiet Seas 219: 104812.',
        ("Ada Q. Byron", "Bo Li"),
        "Sick at Sea: Paid Leave and the Timing of Storms",
        "Journal of Quiet Seas",
        2023,
    ),
    (
        'Li, Bo, Ada Q. Byron, and Cara Diaz-Whitfield. 2021. "Overtime and the Tide." Sea Economics 72: 102059.',
        ("Bo Li", "Ada Q. Byron", "Cara Diaz-Whitfield"),
        "Overtime and the Tide",
        "Sea Economics",
        2021,
    ),
    (
        'Byron, A. Q., 2020, "Parking Minimums and the Price of a Berth," Reg. Sci. Harbour Econ., 84, 103561',
        ("Byron, A. Q.",),
        "Parking Minimums and the Price of a Berth",
        "Reg. Sci. Harbour Econ",
        2020,
    ),
    (
        "Byron, Jonas: Maß und Masche. Marktaufsicht in Weberstädten 1300–1500, Rabenstein 2021.",
        ("Byron, Jonas",),
        "Maß und Masche. Marktaufsicht in Weberstädten 1300–1500",
        None,
        2021,
    ),
    (
        "Ritter, Anne / Byron, Jonas: Webstühle lesbar machen. Ein Werkstattbericht, in: Archiv und Rechner 4 (2023), S. 44–61.",
        ("Ritter, Anne", "Byron, Jonas"),
        "Webstühle lesbar machen. Ein Werkstattbericht",
        "Archiv und Rechner",
        2023,
    ),
    (
        "Byron A*, Brandt M, Solberg E. Wool signalling guides regeneration in looms. Journal of Tidal Biology. 2023;14(2):101-118.",
        ("Byron A", "Brandt M", "Solberg E"),
        "Wool signalling guides regeneration in looms",
        "Journal of Tidal Biology",
        2023,
    ),
    (
        "Byron A, Li B. Do looms farm their bacteria? LoomRxiv [Preprint]. 2024 Nov 18.",
        ("Byron A", "Li B"),
        "Do looms farm their bacteria?",
        "LoomRxiv [Preprint]",
        2024,
    ),
    (
        "Li Y, Qi M T, Solberg P. Runaway propagation in large-format looms under water. Applied Loom Engineering, 2016, 108: 1190-1201.",
        ("Li Y", "Qi M T", "Solberg P"),
        "Runaway propagation in large-format looms under water",
        "Applied Loom Engineering",
        2016,
    ),
    (
        "方织青, 裴梭远, 陆线喆*. 电动织机液冷流道的多目标优化. 纺织工程学报, 2022, 58(14): 210-219.",
        ("方织青", "裴梭远", "陆线喆"),
        "电动织机液冷流道的多目标优化",
        "纺织工程学报",
        2022,
    ),
    (
        "Dupont, M. et Martin, L. (2019). Les métiers anciens du Jura. Revue textile française, 71(3), p. 201-220.",
        ("Dupont, M.", "Martin, L."),
        "Les métiers anciens du Jura",
        "Revue textile française",
        2019,
    ),
    (
        "Hilo Seda, A., & Lana, B. (2020). El hilo y la noche. Revista de Telares, 12, 33–48.",
        ("Hilo Seda, A.", "Lana, B."),
        "El hilo y la noche",
        "Revista de Telares",
        2020,
    ),
    (
        "A. Byron et B. Lenoir, « Sur les machines », Annales des métiers, vol. 12, 2017, p. 1-22.",
        ("A. Byron", "B. Lenoir"),
        "Sur les machines",
        "Annales des métiers",
        2017,
    ),
    (
        'A. Byron, K. Jones, and L. Xu, "Deep threads," in Proc. Int. Conf. Looms (ICL), 2018, pp. 1–9.',
        ("A. Byron", "K. Jones", "L. Xu"),
        "Deep threads",
        "Proc. Int. Conf. Looms (ICL)",
        2018,
    ),
    (
        "The Making of the Tides. Quay University Press, 2015.",
        (),
        "The Making of the Tides",
        "Quay University Press",
        2015,
    ),
    (
        "'Drowned looms of the Wash', Past & Tide, 212 (2019), 44–71",
        (),
        "Drowned looms of the Wash",
        "Past & Tide",
        2019,
    ),
    (
        "Ada Byron*, Bo Li*, Cara Diaz†. Weaving the Sea. Journal of Looms, 2022.",
        ("Ada Byron", "Bo Li", "Cara Diaz"),
        "Weaving the Sea",
        "Journal of Looms",
        2022,
    ),
]


@pytest.mark.parametrize(("text", "names", "title", "venue", "year"), FORMS)
def test_the_forms_of_several_fields_and_countries_come_apart(
    text: str, names: tuple[str, ...], title: str, venue: str | None, year: int
) -> None:
    citation = parsed(text)
    assert tuple(a.name for a in citation.authors) == names
    assert (citation.title, citation.venue) == (title, venue)
    assert citation.date is not None
    assert citation.date.year == year


@pytest.mark.parametrize(("text", "names", "title", "venue", "year"), FORMS)
def test_a_number_before_an_entry_belongs_to_nothing(
    text: str, names: tuple[str, ...], title: str, venue: str | None, year: int
) -> None:
    assert parsed(f"[12] {text}") == parsed(f"12. {text}") == parsed(text)


@pytest.mark.parametrize(
    ("text", "is_preprint", "notes"),
    [
        ('"The Loom Premium" (with Bo Li). Revise and resubmit, Journal of Looms. July 2024.', True, ("Revise and resubmit, Journal of Looms",)),
        ('"Moving for the Tide" (with Cara Diaz and Bo Li). Under review. March 2024.', True, ("Under review",)),
        ('"The Sunday Premium". Bank of Harbourtown Research Working Paper 18-11, 2018.', True, ()),
        ("Byron, Ada / Duval, Céline (Hrsg.): Marchés et métiers. Märkte am Meer, Straßhafen 2022.", False, ("Hrsg.",)),
    ],
)  # fmt: skip
def test_the_state_and_the_part_in_a_work_are_told(text: str, is_preprint: bool, notes: tuple[str, ...]) -> None:
    citation = parsed(text)
    assert citation.is_preprint is is_preprint
    assert citation.notes == notes


@pytest.mark.parametrize(("cut", "complete"), [(", et al", False), (" et al", False), ("", True)])
def test_a_cut_list_of_initials_is_not_complete(cut: str, complete: bool) -> None:
    citation = parsed(f"Byron A, Li B, Diaz C{cut}. A survey of looms. Baltic Looms. 2020;41(6):880-899.")
    assert tuple(a.name for a in citation.authors) == ("Byron A", "Li B", "Diaz C")
    assert citation.complete is complete


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A. Byron. The title. More", "A. Byron"),
        ("One title? A second one", "One title?"),
        ("Byron*, Li†. The title", "Byron*, Li†"),
        ("题目一。题目二", "题目一。"),
        ("No end", "No end"),
    ],
)
def test_the_first_sentence_ends_behind_a_word_and_not_behind_an_initial(text: str, first: str) -> None:
    assert first_sentence(text)[0] == first


@given(st.text(max_size=120))
def test_any_text_without_authors_is_parsed_or_refused(text: str) -> None:
    citation = parse_titled(text)
    assert citation is None or len(citation.title) > 0


@pytest.mark.parametrize(
    ("text", "names", "title", "venue", "year"),
    [
        (
            "Byron, A. C., de Heer, W., Li, J.J., Diaz, F.E. Rapid tuning of looms by the sea. Nature Looms. 7, 13654 (2016).",
            ("Byron, A. C.", "de Heer, W.", "Li, J.J.", "Diaz, F.E."),
            "Rapid tuning of looms by the sea",
            "Nature Looms",
            2016,
        ),
        (
            "Byron, A., Li, B., & Diaz, C. Portable looms: Using yarn. Journal of Looms, 2017.",
            ("Byron, A.", "Li, B.", "Diaz, C."),
            "Portable looms: Using yarn",
            "Journal of Looms",
            2017,
        ),
        (
            "Byron, A.: Thermografie an schnellen Webstühlen. tw – Technisches Weben 78 (2011) H. 5, S. 244–250",
            ("Byron, A.",),
            "Thermografie an schnellen Webstühlen",
            "tw – Technisches Weben",
            2011,
        ),
        (
            "Byron, Ada: Das Wasser der Weber. Brunnen, Mühlen und Recht, Talheim 2013 (zugl. Diss. Universität Talheim 2012).",
            ("Byron, Ada",),
            "Das Wasser der Weber. Brunnen, Mühlen und Recht",
            None,
            2013,
        ),
        (
            "The Loom Officers: Tax and Trust, 1694–1825 (Quay University Press, 2022). Shortlisted for the Loom Prize.",
            (),
            "The Loom Officers: Tax and Trust, 1694–1825",
            "Quay University Press",
            2022,
        ),
        (
            "ed. with Bo Mac-Hunt, Weavers and the State (Boyloom Press, 2019)",
            ("Bo Mac-Hunt",),
            "Weavers and the State",
            "Boyloom Press",
            2019,
        ),
        (
            "Natural Looms (with Ada Byron and Bo Li, editors). Quay: Loom Foundation, 2020.",
            ("Ada Byron", "Bo Li"),
            "Natural Looms",
            "Quay: Loom Foundation",
            2020,
        ),
        (
            'Byron, Ada T. 2022. "What Fair Looms Do." Quay Brief.',
            ("Ada T. Byron",),
            "What Fair Looms Do",
            "Quay Brief",
            2022,
        ),
        (
            "A. Byron, B. Li. Wearing a Loom. WAVES 2019. Fourteen weavers wore it for a whole week by the sea.",
            ("A. Byron", "B. Li"),
            "Wearing a Loom",
            "WAVES",
            2019,
        ),
    ],
)
def test_names_titles_and_imprints_come_apart(
    text: str, names: tuple[str, ...], title: str, venue: str | None, year: int
) -> None:
    citation = parsed(text)
    assert tuple(a.name for a in citation.authors) == names
    assert (citation.title, citation.venue, citation.date and citation.date.year) == (title, venue, year)


def test_names_that_end_in_and_others_in_german_are_cut() -> None:
    citation = parsed("Byron, A. u. a.: Ganzheitliches Weben – was bringt es? ATW 121 (2019) Nr. 4, S. 30–37")
    assert (citation.title, citation.complete) == ("Ganzheitliches Weben – was bringt es?", False)
    assert tuple(a.name for a in citation.authors) == ("Byron, A.",)


@pytest.mark.parametrize(
    ("behind", "tag", "notes", "is_preprint"),
    [
        ("WAVES 2024. Distinguished Paper", "WAVES", ("Distinguished Paper",), False),
        ("WAVES 2022. Best paper. One yarn is enough for all of it.", "WAVES", ("Best paper",), False),
        ("Conference on Quiet Seas (CQS), 2024", "CQS", (), False),
        ("Proceedings of Quiet Seas (ACM), 2024", None, (), False),
        ("In submission, 2025.", None, ("In submission",), True),
        ("To appear in Quiet Seas, 2025.", None, ("To appear",), False),
    ],
)
def test_tags_remarks_and_states_are_told_behind_a_title(
    behind: str, tag: str | None, notes: tuple[str, ...], is_preprint: bool
) -> None:
    citation = parsed(f"Ada Byron, Bo Li. Counting Whales by Night. {behind}")
    assert (citation.venue_tag, citation.notes, citation.is_preprint) == (tag, notes, is_preprint)


@pytest.mark.parametrize(
    "text",
    ["10.1371/journal.ploom.1009651, 2022", "I am now writing Night Looms, a history of gangs, for Quay Press, 2026."],
)
def test_an_identifier_or_a_plan_is_no_title(text: str) -> None:
    assert parse_titled(text) is None
