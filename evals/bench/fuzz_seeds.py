"""Whole files of every format that a reader takes, for the fuzzer to spoil: what lies in the repository, and small ones made here."""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ingest.readers import is_readable

_TOP = Path(__file__).resolve().parents[2]
_FOLDERS = ("data/profiles", "tests/profiles")
_MAX = 3_000
"""Bytes of a seed; of longer files the beginning."""

_LINES = ("Ada Byron", "ada@example.org +44 20 7946 0000", "Education", "Thread University, London, Ph.D., 2019 - 2023", "Publications",
          "A. Byron, B. Li. On Looms. In Journal of Looms, 2021.", "Skills", "weaving, counting, French")  # fmt: skip
_TEX = r"""\documentclass[11pt]{moderncv}
\usepackage{xcolor}
\newcommand{\entry}[3]{\textbf{#1} \hfill #2 \\ \emph{#3}}
\name{Ada}{Byron}
\begin{document}
\makecvtitle
\section{Education}
\cventry{2019--2023}{Ph.D.}{Thread University}{London}{}{On \emph{looms} \& $x^2$}
\section*{Publications}
\begin{itemize}
\item A. Byron, B. Li. \textit{On Looms}. \textcolor{white}{hidden} 2021.
\item {\'E}va {\fontsize{1}{1}\selectfont tiny} \ifx\a\b yes\else no\fi
\end{itemize}
\begin{tabular}{ll} 2020 & Prize \\ 2021 & Grant \end{tabular}
\entry{Weaver}{2020}{Loom Works}
\bibliography{papers}
\end{document}
"""
_BIB = """@string{jl = "Journal of Looms"}
@article{b21, title={On {L}ooms}, author={Byron, Ada and Li, Bo and others}, journal=jl, year=2021, doi={10.1/x}}
@inproceedings{b22, title="Counting", author="Ada Byron", crossref={p22}}
@proceedings{p22, title={Proc. of Counting}, year={2022}}
@comment{nothing}
"""
_RIS = "TY  - JOUR\nTI  - On Looms\nAU  - Byron, Ada\nPY  - 2021\nJO  - Looms\nER  - \n"
_JSON = """{"basics": {"name": "Ada Byron", "email": "ada@example.org", "profiles": [{"network": "GitHub", "url": "https://x.example/a"}]},
"work": [{"name": "Loom Works", "position": "Weaver", "startDate": "2020-01", "endDate": null, "highlights": ["Wove"]}],
"education": [{"institution": "Thread University", "studyType": "PhD", "startDate": "2019", "endDate": "2023"}],
"publications": [{"name": "On Looms", "publisher": "Looms", "releaseDate": "2021-05-03"}], "skills": [{"name": "Weaving", "keywords": ["a"]}]}
"""
_CSL = '[{"type": "article-journal", "title": "On Looms", "author": [{"family": "Byron", "given": "Ada"}], "issued": {"date-parts": [[2021, 5]]}}]'
_YAML = """cv:
  name: Ada Byron
  email: ada@example.org
  sections:
    education:
      - institution: Thread University
        area: Looms
        degree: PhD
        start_date: 2019-09
        end_date: present
    publications:
      - title: On Looms
        authors: [Ada Byron, Bo Li]
        date: 2021
        doi: 10.1/x
    skills: &s
      - label: Languages
        details: French
    more: *s
"""
_CSV = 'Title,Authors,Year,Venue\n"On Looms","Byron, A.; Li, B.",2021,Looms\nCounting,Ada Byron,2022,"Proc. ""C"""\n'
_XML = """<?xml version="1.0"?><dblpperson name="Ada Byron" pid="1/2" n="1"><person key="p"><author pid="1/2">Ada Byron</author></person>
<r><article key="j/b"><author>Ada Byron</author><author>Bo Li</author>
<title>On Looms.</title><year>2021</year><journal>Looms</journal></article></r></dblpperson>
"""
_HTML = """<!doctype html><html><head><style>.x{display:none} p.y{color:#fff}</style>
<script type="application/ld+json">{"@type": "Person", "name": "Ada Byron", "alumniOf": "Thread University"}</script></head>
<body><nav><ul><li><a href="a.html">A</a><li><a href="b.html">B</a></ul></nav><h1>Ada Byron</h1><p class="x">hidden</p><p class=y>white</p>
<h2>Publications</h2><ol><li>A. Byron. <i>On Looms</i>. 2021.<li>Counting, 2022</ol><table><tr><th>Year<th>Prize<tr><td>2020<td>Best</table>
<footer><a href="mailto:ada@example.org">write</a></footer></body></html>
"""
_MD = """---
title: Ada Byron
publications:
  - {title: On Looms, year: 2021}
---
# Ada Byron {.x}

::: {.content-hidden}
hidden
:::

## Education

Thread University
:   Ph.D., 2019 - 2023

| Year | Prize |
|------|-------|
| 2020 | Best  |

- A. Byron, *On Looms*[^1], [@b21]. <span style="display:none">x</span>

```{note} A note
:class: tip
```

[^1]: Equal contribution.
"""
_FRONT = "---\nlayout: publication\ntitle: On Looms\nauthors: [Ada Byron]\ndate: 2021-05-03\nvenue: Looms\n---\n\nAn abstract.\n"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def seeds() -> dict[str, list[bytes]]:
    """Whole files by ending; every reader has at least one."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for folder in _FOLDERS:
        for path in sorted((_TOP / folder).rglob("*")):
            if path.is_file() and is_readable(path):
                found[path.suffix.lower()].append(path.read_bytes()[:_MAX])
    texts = {
        ".tex": [_TEX],
        ".bib": [_BIB],
        ".ris": [_RIS],
        ".json": [_JSON, _CSL],
        ".yaml": [_YAML],
        ".csv": [_CSV],
        ".xml": [_XML],
    }
    texts |= {".html": [_HTML], ".md": [_MD, _FRONT], ".txt": ["\n".join(_LINES), "\n\n".join(_LINES)]}
    for ending, made in texts.items():
        found[ending] += [text.encode() for text in made]
    found[".pdf"] += [pdf([_LINES], packed=False), pdf([_LINES, _LINES], packed=True)]
    found[".docx"] += [_docx(zipfile.ZIP_STORED), _docx(zipfile.ZIP_DEFLATED)]
    return dict(found)


def pdf(pages: Sequence[Sequence[str]], *, packed: bool) -> bytes:
    """A PDF with these lines on each of its pages; the eighth line is white."""
    how = b"/Filter/FlateDecode" if packed else b""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F {18 if n == 0 else 10} Tf {'1 1 1' if n == 7 else '0 0 0'} rg 1 0 0 1 60 {800 - 16 * n} Tm ({line}) Tj ET"
            for n, line in enumerate(lines)
        ).encode()
        content = zlib.compress(drawn) if packed else drawn
        bodies += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (5 + 2 * number),
            b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), how, content),
        ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = f"0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(bodies) + 1}/Root 1 0 R>>"
    return out + f"xref\n{size}\nstartxref\n{len(out)}\n%%EOF\n".encode()


def _docx(how: int) -> bytes:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{"Heading1" if len(line) < 15 else "Body"}"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>'
        for line in _LINES
    )
    cells = "".join(
        f"<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("2020", "Prize")
    )
    row = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    styles = f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{paragraphs}{row}</w:body></w:document>'
        )
        archive.writestr("word/styles.xml", styles)
    return out.getvalue()
