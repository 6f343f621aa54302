"""One invented person's CV in every format that is read: each yields the facts that its twins do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.domain import Source
from ingest.extract import facts_in
from ingest.readers import read
from tests.ingest.twins import data, latex, paged, plain
from tests.ingest.twins.person import Told, expected, told

PAGES: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "Markdown": ("cv.md", plain.markdown),
    "Jekyll": ("_pages/cv.md", plain.jekyll),
    "Hugo": ("content/cv.md", plain.hugo),
    "Quarto": ("cv.qmd", plain.quarto),
    "MyST": ("cv.md", plain.myst),
    "plain text": ("cv.txt", plain.text),
    "HTML": ("cv.html", plain.html),
    "Word": ("cv.docx", paged.docx),
    "LaTeX": ("cv.tex", latex.article),
    "moderncv": ("cv.tex", latex.moderncv),
    "Awesome-CV": ("cv.tex", latex.awesome),
    "AltaCV": ("cv.tex", latex.altacv),
    "Deedy": ("cv.tex", latex.deedy),
    "sb2nov": ("cv.tex", latex.sb2nov),
    "europecv": ("cv.tex", latex.europecv),
    "JSON Resume": ("resume.json", data.json_resume),
    "RenderCV": ("cv.yaml", data.rendercv),
    "al-folio": ("cv.yml", data.alfolio),
    "online-cv": ("data.yml", data.online_cv),
    "ORCID": ("record.json", data.orcid),
    "BibTeX": ("papers.bib", data.bibtex),
    "RIS": ("papers.ris", data.ris),
    "CSL": ("papers.json", data.csl),
    "OpenAlex": ("works.json", data.openalex),
    "Semantic Scholar": ("works.json", data.semantic_scholar),
    "DBLP": ("person.xml", data.dblp),
    **{f"PDF of {p.stem}": ("cv.pdf", p.read_bytes) for p in sorted(paged.HERE.glob("*.pdf"))},
}


_WORKS_ONLY = frozenset(expected()) - {"publication"}
LACKS: dict[str, tuple[frozenset[str], str]] = {
    "online-cv": (frozenset({"award", "service", "teaching", "talk", "grant"}), "its template has no lists for them"),
    "ORCID": (frozenset({"teaching", "talk", "skill", "language"}), "the record has no lists for them"),
    **dict.fromkeys(
        ["BibTeX", "RIS", "CSL", "OpenAlex", "Semantic Scholar", "DBLP"], (_WORKS_ONLY, "it lists works only")
    ),
}
"""The kinds of facts that a format has no place for, and why."""


def _without_authors(wanted: Told) -> Told:
    return wanted | {"publication": {(title, (), True, *rest) for title, _, _, *rest in wanted["publication"]}}


def _with_record(wanted: Told) -> Told:
    return _without_authors(wanted) | {"contact": wanted["contact"] | {("link", data.RECORD)}}


def _with_commas(wanted: Told) -> Told:
    return wanted | {"degree": {(str(title).replace(" in ", ", "), *rest) for title, *rest in wanted["degree"]}}


def _with_levels(wanted: Told) -> Told:
    return wanted | {"skill": {(f"{skill} (90%)",) for (skill,) in wanted["skill"]}}


OTHERWISE: dict[str, tuple[Callable[[Told], Told], str]] = {
    "ORCID": (_with_record, "the summary of a work names no authors; the record is a link of its own"),
    "RenderCV": (_with_commas, "it holds a degree and its subject apart"),
    "online-cv": (_with_levels, "it grades every skill"),
}
"""What a format can only say otherwise, and why."""


@pytest.mark.parametrize("name", PAGES)
def test_every_format_yields_the_facts_of_its_twins(tmp_path: Path, name: str) -> None:
    path, written = PAGES[name]
    held = written()
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(held if isinstance(held, bytes) else held.encode())
    if not path.endswith(".bib"):
        (tmp_path / "papers.bib").write_text(data.bibtex(), encoding="utf-8")
    found = told(facts_in(read(tmp_path, Source(path, "CV"))))
    wanted = OTHERWISE[name][0](expected()) if name in OTHERWISE else expected()
    lacking = LACKS[name][0] if name in LACKS else frozenset[str]()
    for kind in sorted({*wanted, *found}):
        assert found.get(kind, set()) == (set() if kind in lacking else wanted.get(kind, set())), kind
