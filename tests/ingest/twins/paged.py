"""The twin in Word, as python-docx writes it, and the script that makes the PDF twins beside this file.

``python -m tests.ingest.twins.paged`` sets the LaTeX twins with pdflatex and prints the HTML twin with Chromium, whichever of them are there.
"""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.shared import Pt

from tests.ingest.twins import latex, plain
from tests.ingest.twins.person import DEGREES, EMAIL, INTERESTS, LANGUAGES, NAME, PAPERS, POSTS, SITE, SKILLS, Post

HERE = Path(__file__).parent
SET = {"article": latex.article, "moderncv": latex.moderncv}
"""The LaTeX twins whose classes Debian's TeX Live holds."""
_NO_ICONS = "\\newcommand{\\faIcon}[2][]{}\\newcommand{\\faEnvelope}[1][]{}\\newcommand{\\faGlobeAmericas}{}\\newcommand{\\faCircle}[1][]{\\textbullet}\n"
"""In place of a package of pictures that is larger than all the rest together."""


def docx() -> bytes:
    """A CV in Word: styles for headings, a table for the posts, tabs before the dates."""
    document = Document()
    document.add_heading(NAME, 0)
    document.add_paragraph(f"{EMAIL} | {SITE}")
    document.add_heading("Experience", 1)
    table = document.add_table(rows=0, cols=2)
    for post in POSTS:
        left, right = table.add_row().cells
        left.text, right.text = plain.span(post), f"{post.title}, {post.organisation}, {post.place}"
    document.add_heading("Education", 1)
    for degree in DEGREES:
        _line(document, degree)
    document.add_heading("Publications", 1)
    for paper in PAPERS:
        before, name, after = plain.cited(paper).partition(NAME)
        line = document.add_paragraph(before, style="List Number")
        line.add_run(name).bold = True
        line.add_run(after)
    for heading, listed in plain.LISTS:
        document.add_heading(heading, 1)
        for title, year in listed:
            document.add_paragraph(f"{title}, {year}", style="List Bullet")
    document.add_heading("Skills", 1)
    document.add_paragraph(", ".join(SKILLS))
    document.add_heading("Languages", 1)
    document.add_paragraph(", ".join(f"{name} ({level})" for name, level in LANGUAGES))
    document.add_heading("Research interests", 1)
    for topic in INTERESTS:
        document.add_paragraph(topic, style="List Bullet")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _line(document: object, post: Post) -> None:
    line = document.add_paragraph()  # type: ignore[attr-defined]
    line.add_run(post.title).bold = True
    line.add_run(f", {post.organisation}\t{plain.span(post)}").font.size = Pt(11)


def make(folder: Path) -> None:
    """Writes the PDF twins into ``folder``."""
    for name, written in SET.items() if shutil.which("pdflatex") else ():
        with tempfile.TemporaryDirectory() as scratch:
            Path(scratch, f"{name}.tex").write_text(written(), encoding="utf-8")
            Path(scratch, "fontawesome5.sty").write_text(_NO_ICONS)
            for _ in range(2):
                subprocess.run(
                    ["pdflatex", "-interaction=nonstopmode", f"{name}.tex"],
                    cwd=scratch,
                    check=False,
                    capture_output=True,
                )
            shutil.copy(Path(scratch, f"{name}.pdf"), folder / f"{name}.pdf")
    if browser := shutil.which("chromium"):
        with tempfile.TemporaryDirectory() as scratch:
            page = Path(scratch, "page.html")
            page.write_text(plain.html(), encoding="utf-8")
            target = f"--print-to-pdf={folder / 'chromium.pdf'}"
            subprocess.run(
                [browser, "--headless", "--no-sandbox", "--no-pdf-header-footer", target, page.as_uri()],
                check=True,
                capture_output=True,
            )


if __name__ == "__main__":
    make(HERE)
