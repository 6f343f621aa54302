"""Works that are listed more than once."""

from tests.ingest.doctor.examined import examined, kinds

LOOMS = "- Ada Byron, Bo Li, Looms That Reckon with Numbers. In *Journal of Looms* 2021 (JOL-2021)\n"
THREADS = "- Ada Byron, Cy Moreno, Threads of Proof in Old Cloth. In *Journal of Looms* 2022 (JOL-2022)\n"
HEAD = "## Publications\n\n"


def test_a_work_that_is_listed_twice_is_found_at_the_later_entry() -> None:
    (found,) = examined(HEAD + LOOMS + THREADS + LOOMS)
    assert (found.kind, found.severity) == ("duplicate", "warning")
    assert found.span is not None
    assert found.others[0].start < found.span.start


def test_a_title_with_a_slip_of_the_pen_is_found() -> None:
    slip = LOOMS.replace("Reckon with", "Recon with")
    found = examined(HEAD + LOOMS + THREADS + slip)
    assert [(f.kind, f.quote) for f in found] == [("near-duplicate", "Looms That Recon with Numbers")]


def test_parts_and_versions_of_a_work_are_no_duplicates() -> None:
    parts = "".join(
        f"- Ada Byron, Bo Li, Looms That Reckon with Numbers, Part {n}. In *Journal of Looms* 2021 (JOL-2021)\n"
        for n in ("II", "III", "4")
    )
    assert examined(HEAD + LOOMS + parts) == []


def test_a_preprint_beside_the_published_paper_is_a_note() -> None:
    preprint = "- Ada Byron, Bo Li, Looms That Reckon with Numbers. (Preprint-2020)\n"
    (found,) = examined(HEAD + LOOMS + THREADS + preprint)
    assert (found.kind, found.severity) == ("preprint-and-published", "note")
    assert "(Preprint-2020)" in found.quote


def test_a_project_with_the_short_name_of_a_paper_is_a_note() -> None:
    paper = "- Ada Byron, Bo Li, Jacquard: Looms That Reckon with Numbers. In *Journal of Looms* 2021 (JOL-2021)\n"
    project = "\n## Projects\n\n### Jacquard\n\n2020.1 - 2020.12\n\nA loom that anybody can program.\n"
    (found,) = examined(HEAD + paper + THREADS + project)
    assert (found.kind, found.severity) == ("project-and-paper", "note")
    assert found.quote.startswith("Jacquard")


def test_works_in_two_documents_make_one_note() -> None:
    found = examined(HEAD + LOOMS + THREADS, HEAD + THREADS + LOOMS)
    assert [(f.kind, f.severity, f.document, len(f.others)) for f in found] == [("also-listed", "note", "2.md", 1)]
    assert "2 works" in found[0].message
    assert "1.md" in found[0].message


def test_a_work_that_two_documents_date_differently_is_found() -> None:
    later = LOOMS.replace("2021 (JOL-2021)", "2023 (JOL-2023)")
    found = [f for f in examined(HEAD + LOOMS + THREADS, HEAD + later + THREADS) if f.kind == "years-disagree"]
    assert [(f.severity, f.document, f.quote) for f in found] == [("warning", "2.md", "2023")]
    assert "2021 in 1.md" in found[0].message


def test_works_of_others_with_like_words_are_no_duplicates() -> None:
    other = "- Dee Okafor, Looms That Reckon without Numbers. In *Journal of Looms* 2010 (JOL-2010)\n"
    assert not {"duplicate", "near-duplicate"} & set(kinds(examined(HEAD + LOOMS + other)))
