"""Documents that take their references out of a bibliography: what stands on their page, and what it states."""

from pathlib import Path

import pytest

from ingest.domain import Document, Publication, Section, Source
from ingest.errors import SourceUnreadable
from ingest.extract import facts_in
from ingest.profile import read_profile
from ingest.readers import read

BIB = r"""
@string{jt = {Journal of Trees}}
@article{slow, author = {Okonjo, Mira and M{\"u}ller, J{\"o}rg}, title = {Slow {Trees} of the North}, journal = jt, year = 2020,
  keywords = {main, forest}, doi = {10.1234/abc}, abstract = {We show that the trees of the north are slow.}}
@inproceedings{beams, author = {Okonjo, Mira and Li, Bo and others}, title = {Parsing Beams}, booktitle = {Conference on Beams}, year = 2022,
  keywords = {main}}
@misc{roots, author = {Okonjo, Mira}, title = {Roots of the Tundra}, eprint = {2401.01234}, archiveprefix = {arXiv}, year = 2024}
@book{times, author = {van der Berg, Ada}, title = {Brief Times}, publisher = {Port Press}, year = 1999}
"""
SLOW = "Mira Okonjo, Jörg Müller. Slow Trees of the North. Journal of Trees, 2020.\ndoi:10.1234/abc"
BEAMS = "Mira Okonjo, Bo Li et al. Parsing Beams. Conference on Beams, 2022."
ROOTS = "Mira Okonjo. Roots of the Tundra. arXiv, 2024.\narXiv:2401.01234"
TIMES = "Ada van der Berg. Brief Times. Port Press, 1999."
TOLD = "We show that the trees of the north are slow."


def document(folder: Path, name: str, text: str, **files: str) -> Document:
    """``text`` read beside ``refs.bib`` and ``files``, whose names end as they do behind the last underscore."""
    folder.mkdir(exist_ok=True)
    for path, held in {"refs.bib": BIB, **{k.replace("_", "."): v for k, v in files.items()}, name: text}.items():
        (folder / path).write_text(held, encoding="utf-8")
    return read(folder, Source(name, "CV"))


def tex(folder: Path, body: str, preamble: str = "", **files: str) -> Document:
    return document(
        folder,
        "cv.tex",
        f"\\documentclass{{article}}\n{preamble}\\begin{{document}}\n{body}\n\\end{{document}}",
        **files,
    )


def shown(found: Document) -> list[str]:
    return [found.quote(block.span) for block in found.blocks]


def titles(found: Document) -> list[str]:
    return [fact.title for fact in facts_in(found) if isinstance(fact, Publication)]


BIBLATEX = "\\usepackage[sorting=ydnt]{biblatex}\\addbibresource{refs.bib}\n"
LISTS = {
    "BibTeX": ("\\section{Papers}\\nocite{*}\\bibliographystyle{plain}\\bibliography{refs}", "", [SLOW, TOLD, BEAMS, ROOTS, TIMES]),
    "some keys": ("\\section{Papers}\\nocite{beams, slow}\\bibliography{refs}", "", [BEAMS, SLOW, TOLD]),
    "by year": ("\\section{Papers}\\nocite{*}\\printbibliography[heading=none]", BIBLATEX, [ROOTS, BEAMS, SLOW, TOLD, TIMES]),
    "a type": ("\\section{Papers}\\nocite{*}\\printbibliography[heading=none,type=article]", BIBLATEX, [SLOW, TOLD]),
    "not a type": ("\\section{Papers}\\nocite{*}\\printbibliography[nottype=article,keyword=main]", BIBLATEX, [BEAMS]),
    "a filter": (
        "\\section{Papers}\\nocite{*}\\printbibliography[filter=works]",
        BIBLATEX + "\\defbibfilter{works}{type=book or (keyword=main and not keyword=forest)}",
        [BEAMS, TIMES],
    ),
    "a category": (
        "\\section{Papers}\\nocite{*}\\printbibliography[category=best]",
        BIBLATEX + "\\DeclareBibliographyCategory{best}\\addtocategory{best}{roots,slow}",
        [ROOTS, SLOW, TOLD],
    ),
    "its own heading": (
        "\\section{Papers}\\nocite{roots}\\printbibliography[heading=pubtype,title={\\faBook Preprints}]",
        BIBLATEX + "\\defbibheading{pubtype}{\\subsection*{#1}}",
        ["Preprints", ROOTS],
    ),
    "sections of references": (
        "\\section{Papers}\\begin{refsection}\\nocite{slow}\\printbibliography[heading=subbibliography,title=Journals]\\end{refsection}\n"
        "\\begin{refsection}[refs.bib]\\nocite{beams}\\printbibliography[heading=subbibliography,title={Meetings, and more}]\\end{refsection}",
        BIBLATEX,
        ["Journals", SLOW, TOLD, "Meetings, and more", BEAMS],
    ),
    "multibib": (
        "\\section{Papers}\\nocitebook{times}\\bibliographystylebook{plain}\\bibliographybook{refs}\\nocitemisc{roots}\\bibliographymisc{refs}",
        "\\usepackage{multibib}\\newcites{book,misc}{{Books},{Preprints}}",
        ["Books", TIMES, "Preprints", ROOTS],
    ),
    "bibunits": ("\\section{Papers}\\begin{bibunit}\\nocite{times}\\putbib[refs]\\end{bibunit}", "", [TIMES]),
    "a renamed heading": ("\\nocite{times}\\bibliography{refs}", "\\renewcommand{\\refname}{Papers}", [TIMES]),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_references_stands_where_latex_prints_it_and_states_what_it_holds(tmp_path: Path, name: str) -> None:
    body, preamble, expected = LISTS[name]
    found = tex(tmp_path, body, preamble)
    assert shown(found) == ["Papers", *expected]
    listed = {
        SLOW: "Slow Trees of the North",
        BEAMS: "Parsing Beams",
        ROOTS: "Roots of the Tundra",
        TIMES: "Brief Times",
    }
    assert titles(found) == [listed[entry] for entry in expected if entry in listed]
    assert {block.section for block in found.blocks} == {Section.PUBLICATIONS}


def test_entries_of_a_list_state_what_the_bibliography_does(tmp_path: Path) -> None:
    found = tex(tmp_path, "\\section{Papers}\\nocite{*}\\bibliography{refs}")
    alone = read(tmp_path, Source("refs.bib", "Papers"))
    held = [
        [
            (p.title, p.authors, p.authors_complete, p.date, p.venue, p.status, p.form)
            for p in facts_in(d)
            if isinstance(p, Publication)
        ]
        for d in (found, alone)
    ]
    assert held[0] == held[1]
    first = next(p for p in facts_in(found) if isinstance(p, Publication))
    assert first.abstract is not None
    assert found.quote(first.abstract) == TOLD


def test_entries_inside_of_items_are_stated_beside_those_set_by_hand(tmp_path: Path) -> None:
    found = tex(
        tmp_path,
        "\\nobibliography*\\section{Papers}\\begin{itemize}\\item \\bibentry{beams}. Best paper.\n"
        "\\item M. Okonjo and A. Byron. Ways of the Northern Hand. Journal of Hands, 2018.\\end{itemize}\\nobibliography{refs}",
    )
    assert shown(found)[1] == BEAMS + " Best paper."
    assert sorted(titles(found)) == ["Parsing Beams", "Ways of the Northern Hand"]
    assert [found.quote(f.span) for f in found.facts] == [shown(found)[1]]


@pytest.mark.parametrize("cites", ["\\cite{times,beams}", "\\parencite[p.~3]{times} and \\autocite{beams}"])
def test_what_a_text_cites_is_listed_and_belongs_to_nobody(tmp_path: Path, cites: str) -> None:
    found = tex(
        tmp_path, f"\\section{{Introduction}}We go on from {cites}; so do \\textcite{{slow}}.\n\\bibliography{{refs}}"
    )
    assert shown(found)[2:] == ["References", TIMES, BEAMS, SLOW]
    assert shown(found)[1].endswith("so do Okonjo and Müller (2020).")
    assert facts_in(found) == ()


def test_works_named_only_to_be_listed_are_the_persons_whatever_the_heading(tmp_path: Path) -> None:
    found = tex(tmp_path, "\\section{Skills}Trees\n\\nocite{*}\\bibliography{refs}")
    assert shown(found)[2] == "References"
    assert len(titles(found)) == 4


def test_a_bibliography_may_be_in_the_document_or_made_already(tmp_path: Path) -> None:
    held = f"\\begin{{filecontents*}}{{own.bib}}\n{BIB}\\end{{filecontents*}}\n"
    inside = tex(tmp_path / "a", "\\section{Papers}\\nocite{roots}\\bibliography{own}", held)
    assert shown(inside) == ["Papers", ROOTS]
    made = "\\begin{thebibliography}{1}\\bibitem{x} M.~Okonjo. \\newblock Snow of the far North. \\newblock {\\em Snow Letters}, 2019.\\end{thebibliography}"
    ready = tex(tmp_path / "b", "\\section{Papers}\\nocite{*}\\bibliography{lost}", cv_bbl=made)
    assert shown(ready) == ["Papers", "M. Okonjo. Snow of the far North. Snow Letters, 2019."]
    assert titles(ready) == ["Snow of the far North"]


def test_lists_without_measure_are_refused(tmp_path: Path) -> None:
    loop = "\\newcommand{\\again}{" + "\\printbibliography" * 200 + "}"
    with pytest.raises(SourceUnreadable, match="again and again"):
        tex(tmp_path, "\\nocite{*}" + "\\again" * 200, BIBLATEX + loop)


def test_a_bibliography_that_is_not_there_leaves_the_document(tmp_path: Path) -> None:
    (tmp_path / "secret.bib").write_text(BIB)
    found = tex(tmp_path / "ada", "Words.\\nocite{*}\\bibliography{../secret,lost}")
    assert shown(found) == ["Words.", "References"]


def test_a_bibliography_is_part_of_what_lists_it_and_no_second_source(tmp_path: Path) -> None:
    home = tmp_path / "ada"
    tex(home, "\\section{Papers}\\nocite{*}\\bibliography{refs}", talks_bib=BIB, other_bib=BIB)
    (home / "page.qmd").write_text("---\nbibliography: talks.bib\nnocite: '@*'\n---\n# Ada\n\n## Papers\n")
    (home / "note.md").write_text("---\nbibliography: other.bib\n---\nAs [@slow] says.\n")
    (home / "profile.toml").write_text('name = "Ada Byron"')
    assert [s.path for s in read_profile(tmp_path, "ada").sources] == ["cv.tex", "note.md", "other.bib", "page.qmd"]
    (home / "profile.toml").write_text('name = "Ada Byron"\ndocuments = [{path = "cv.tex"}, {path = "refs.bib"}]')
    assert [s.path for s in read_profile(tmp_path, "ada").sources] == ["cv.tex", "refs.bib"]


PAGES = {
    "pandoc": (
        "cv.qmd",
        "---\nbibliography: refs.bib\nnocite: |\n  @*\n---\n# About\nSee [@slow, p. 3; @beams], as @times says; write to me@slow.org.\n"
        "\n# Papers\n\n::: {#refs}\n:::\n\n# Skills\n\n- Trees\n",
        ["See (Okonjo and Müller, 2020; Okonjo et al., 2022), as van der Berg (1999) says; write to me@slow.org.", "Papers", SLOW, TOLD, BEAMS, ROOTS, TIMES],
        4,
    ),
    "MyST": (
        "cv.md",
        "# About\nTrees {cite:p}`slow`, {cite:t}`times`, {cite}`10.1234/ABC`, {cite}`10.5555/unknown`.\n\n# Papers\n```{bibliography}\n"
        ':filter: author % "Okonjo" and keywords % "forest"\n```\n',
        ["Trees (Okonjo and Müller, 2020), van der Berg (1999), (Okonjo and Müller, 2020), 10.5555/unknown.", "Papers", SLOW, TOLD],
        1,
    ),
    "cited only": (
        "note.md",
        "---\nbibliography: [refs.bib]\n---\n# Notes\nAs [-@times] and [@unknown] say.\n",
        ["As (1999) and say.", "References", TIMES],
        0,
    ),
    "references of its own": (
        "cv.md",
        "---\nnocite: '@snow'\nreferences:\n- {id: snow, type: article-journal, title: Snow of the far North, author: [{family: Okonjo, given: Mira}],\n"
        "   container-title: Snow Letters, issued: {year: 2019}}\n---\n# Ada\nHello.\n\n## Papers\n",
        ["Hello.", "Papers", "Mira Okonjo. Snow of the far North. Snow Letters, 2019."],
        1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_citations_of_markdown_show_who_and_when_and_the_list_states_its_works(tmp_path: Path, name: str) -> None:
    path, text, expected, count = PAGES[name]
    found = document(tmp_path, path, text)
    assert shown(found)[1:][: len(expected)] == expected
    assert len(titles(found)) == count


def test_csl_and_code_are_told_apart(tmp_path: Path) -> None:
    csl = '[{"id": "snow", "title": "Snow of the far North", "author": [{"family": "Okonjo", "given": "Mira"}], "issued": {"date-parts": [[2019]]}}]'
    text = "---\nbibliography: own.json\n---\nAs @snow.\n\n```\n@snow\n```\n"
    found = document(tmp_path, "note.md", text, own_json=csl)
    assert shown(found)[:2] == ["As Okonjo (2019).", "@snow"]


ENCODED = {
    "latin1": ("latin-1", "\\usepackage[latin1]{inputenc}"),
    "ansinew": ("cp1252", "\\usepackage[ansinew]{inputenc}"),
    "applemac": ("mac_roman", "\\usepackage[applemac]{inputenc}"),
    "a remark for the editor": ("latin-1", "% !TeX encoding = ISO-8859-1\n"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_latex_is_read_in_the_encoding_that_it_declares_and_so_is_what_it_takes_in(tmp_path: Path, name: str) -> None:
    encoding, declared = ENCODED[name]
    (tmp_path / "sub").mkdir()
    texts = {
        "cv.tex": f"{declared}\\documentclass{{article}}\\begin{{document}}Äpfel \\input part \\include{{two}}\n\\import{{sub/}}{{three}}"
        "\\section{Papers}\\nocite{*}\\bibliography{refs}\\end{document}",
        "part.tex": "Größe",
        "two.tex": "\\documentclass[cv]{subfiles}\\begin{document}Zwölf\\end{document}",
        "sub/three.tex": "Süd \\input{deep}",
        "sub/deep.tex": "Öl",
        "refs.bib": "@article{a, author = {Müller, Jörg}, title = {Die Größe der Bäume}, journal = {Blätter}, year = 2001}",
    }
    for path, text in texts.items():
        (tmp_path / path).write_bytes(text.encode(encoding))
    found = read(tmp_path, Source("cv.tex", "CV"))
    assert shown(found) == [
        "Äpfel Größe",
        "Zwölf",
        "Süd Öl",
        "Papers",
        "Jörg Müller. Die Größe der Bäume. Blätter, 2001.",
    ]
