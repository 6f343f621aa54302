"""Saved pages as a person would see them: their lists and tables, without hidden text and the furniture of a site."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import BlockKind, Contact, Degree, Document, Honour, Interest, Position, Publication, Section, Source
from ingest.errors import SourceUnreadable
from ingest.extract import facts_in
from ingest.readers import html, is_source

NINETIES = """<HTML><HEAD><TITLE>Edda Brannigan's Home Page</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF" TEXT="#000000">
<TABLE BORDER=0 WIDTH="100%"><TR><TD WIDTH=150 BGCOLOR="#000066" VALIGN=top>
<A HREF="index.html"><FONT COLOR="white">Home</FONT></A><BR><A HREF="research.html"><FONT COLOR="white">Research</FONT></A><BR>
<A HREF="teach.html"><font color=white>Teaching</font></A>
<TD VALIGN=top><H1>Edda Brannigan</H1>
<P>Professor of Geophysics<BR>University of Eldermoor<BR><A HREF="mailto:edda@eldermoor.example">edda@eldermoor.example</A>
<H2>Education</H2>
<TABLE><TR><TD>1988&nbsp;&nbsp;<TD><B>Ph.D.</B>, Geophysics, University of Harrowgate
<TR><TD>1984<TD>B.Sc., Physics, University of Harrowgate</TABLE>
<H2>Employment</H2>
<TABLE><TR><TD>1999-present<TD>Professor, University of Eldermoor<UL><LI>Head of the seismic array<LI>Directed the marine survey</UL>
<TR><TD>1990-1999<TD>Lecturer, Saltmarsh College</TABLE>
<H2>Publications</H2>
<OL><LI>E. Brannigan and T. Oyelaran. <I>Slow waves under ice</I>. Journal of Polar Geophysics, 1998.
<LI>E. Brannigan. <I>Noise &lt; signal</I>. Quiet Letters, 1991.
</OL>
<HR><I>Last modified: 3 March 2001</I>
<p><a href="index.html">Home</a> | <a href="research.html">Research</a> | <a href="teach.html">Teaching</a></p>
</TABLE></BODY></HTML>"""
GENERATED = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ilse Marwick</title></head><body>
<div id="cookie-banner"><p>We use cookies.</p><button>Fine</button></div><a class="skip-link" href="#main">Skip to content</a>
<header class="navbar"><nav><ul><li><a href="/">about</a></li><li><a href="/cv/">cv</a></li></ul></nav></header>
<main id="main"><article><header><h1><span>Dr. </span><span>Ilse Marwick</span></h1></header>
<p><span>I am an assistant pro</span><span>fessor at the </span><a href="https://tarn.example"><span>University of Tarn</span></a><span>.</span></p>
<h2>Appointments</h2>
<dl><dt>2019&ndash;2024</dt><dd>Assistant Professor, University of Tarn</dd><dt>2016&ndash;19</dt><dd>Fellow, Saltmarsh College</dd></dl>
<h2>Awards</h2>
<table>
<thead><tr><th>Year</th><th>Award</th></tr></thead><tbody><tr><td>2021</td><td>Peat Medal</td></tr>
<tr><td>2018</td><td>Bog Prize</td></tr></tbody></table>
<h2>Research interests</h2><ul><li><p>Soil carbon</p></li><li>Peat</li></ul>
</article></main>
<aside><h3>Latest posts</h3><ul><li><a href="/b/1">On bogs</a> (May 2024)</li><li><a href="/b/2">On fens</a> (June 2024)</li></ul></aside>
<form action="/search"><label>Search</label><input name="q"></form>
<footer><p>Write to ilse@tarn.example, Room 12</p><p>&copy; 2024 Ilse Marwick. Powered by a generator.</p></footer>
<script>var canary = 1;</script></body></html>"""
STATED = """<p>Ilse Marwick, Assistant Professor, University of Tarn.</p>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Person", "name": "Ilse Marwick", "jobTitle": "Assistant Professor", "worksFor": {"@type": "Organization", "name": "University of Tarn"},
 "alumniOf": [{"name": "Harrow College"}], "award": "Peat Medal 2020", "knowsLanguage": ["en", "Dutch"], "email": "mailto:ilse@tarn.example",
 "sameAs": ["https://orcid.example/0000"]},
{"@type": "ScholarlyArticle", "headline": "Peat in winter and in spring", "author": [{"name": "Ilse Marwick"}, {"name": "Bo Lind"}],
 "datePublished": "2021-04-01", "isPartOf": {"name": "Journal of Bogs"}}]}</script>"""


def document_of(folder: Path, page: str | bytes, name: str = "page.html") -> Document:
    (folder / name).write_bytes(page if isinstance(page, bytes) else page.encode("utf-8"))
    return html.read(folder, Source(name, "page"))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, document.quote(b.span)) for b in document.blocks]


def test_a_page_laid_out_by_tables_is_read_without_its_menus(tmp_path: Path) -> None:
    document = document_of(tmp_path, NINETIES)
    assert shown(document) == [
        ("heading", "Edda Brannigan"),
        ("paragraph", "Professor of Geophysics\nUniversity of Eldermoor\nedda@eldermoor.example"),
        ("heading", "Education"),
        ("row", "1988 Ph.D., Geophysics, University of Harrowgate"),
        ("row", "1984\tB.Sc., Physics, University of Harrowgate"),
        ("heading", "Employment"),
        ("row", "1999-present\tProfessor, University of Eldermoor"),
        ("item", "Head of the seismic array"),
        ("item", "Directed the marine survey"),
        ("row", "1990-1999\tLecturer, Saltmarsh College"),
        ("heading", "Publications"),
        ("item", "E. Brannigan and T. Oyelaran. Slow waves under ice. Journal of Polar Geophysics, 1998."),
        ("item", "E. Brannigan. Noise < signal. Quiet Letters, 1991."),
        ("paragraph", "Last modified: 3 March 2001"),
    ]
    facts = facts_in(document)
    assert [f.role for f in facts if isinstance(f, Position)] == ["Professor", "Lecturer"]
    assert [f.institution for f in facts if isinstance(f, Degree)] == ["University of Harrowgate"] * 2
    assert [f.title for f in facts if isinstance(f, Publication)] == ["Slow waves under ice", "Noise < signal"]


def test_a_generated_page_is_read_without_the_furniture_of_its_site(tmp_path: Path) -> None:
    document = document_of(tmp_path, GENERATED)
    assert shown(document) == [
        ("heading", "Dr. Ilse Marwick"),
        ("paragraph", "I am an assistant professor at the University of Tarn."),
        ("heading", "Appointments"),
        ("item", "2019–2024\tAssistant Professor, University of Tarn"),
        ("item", "2016–19\tFellow, Saltmarsh College"),
        ("heading", "Awards"),
        ("row", "Year\tAward"),
        ("row", "2021\tPeat Medal"),
        ("row", "2018\tBog Prize"),
        ("heading", "Research interests"),
        ("item", "Soil carbon"),
        ("item", "Peat"),
        ("paragraph", "Write to ilse@tarn.example, Room 12"),
    ]
    facts = facts_in(document)
    assert [f.title for f in facts if isinstance(f, Honour)] == ["Peat Medal", "Bog Prize"]
    assert [f.topic for f in facts if isinstance(f, Interest)] == ["Soil carbon", "Peat"]
    assert [f.value for f in facts if isinstance(f, Contact)] == ["ilse@tarn.example"]


def test_what_a_page_states_but_does_not_show_stands_behind_it(tmp_path: Path) -> None:
    document = document_of(tmp_path, STATED)
    assert [(b.section, document.quote(b.span)) for b in document.blocks if b.kind is BlockKind.ITEM] == [
        (Section.EDUCATION, "Harrow College"),
        (Section.AWARDS, "Peat Medal 2020"),
        (Section.LANGUAGES, "Dutch"),
        (Section.PUBLICATIONS, "Ilse Marwick, Bo Lind. Peat in winter and in spring. Journal of Bogs, 2021-04-01."),
        (Section.CONTACT, "ilse@tarn.example"),
        (Section.CONTACT, "https://orcid.example/0000"),
    ]
    assert document.text.count("Assistant Professor") == 1


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>canary</p>",
        "<p style='display:none'>canary</p>",
        "<p style='DISPLAY : none !important'>canary</p>",
        "<div style='visibility:hidden'><p>canary</p></div>",
        "<p style='position:absolute;left:-9999px'>canary</p>",
        "<p style='text-indent:-100em'>canary</p>",
        "<p style='position:absolute;clip:rect(0,0,0,0)'>canary</p>",
        "<p style='clip-path:inset(50%)'>canary</p>",
        "<p style='width:1px;height:1px;overflow:hidden'>canary</p>",
        "<p style='transform:scale(0)'>canary</p>",
        "<p style='font-size:1px'>canary</p>",
        "<div style='font-size:0'><span>canary</span></div>",
        "<p style='opacity:0'>canary</p>",
        "<p style='color:white'>canary</p>",
        "<p style='color:#fefefe'>canary</p>",
        "<p style='color:transparent'>canary</p>",
        "<p style='color:rgb(51,51,51);background:#333'>canary</p>",
        "<div style='background:#123456'><b style='color:#123456'>canary</b></div>",
        "<font color='#FFFFFF'>canary</font>",
        "<p class='sr-only'>canary</p>",
        "<p class='visually-hidden'>canary</p>",
        "<p class='quiet'>canary</p>",
        "<p class='note'><span class='deep'>canary</span></p>",
        "<p id='gone'>canary</p>",
        "<p class='screen'>canary</p>",
        "<p class='linked'>canary</p>",
        "<!-- canary -->",
        "<script>canary</script>",
        "<script type='text/plain'>canary</script>",
        "<template><p>canary</p></template>",
        "<noscript>canary</noscript>",
        "<textarea>canary</textarea>",
        "<select><option>canary</select>",
        "<iframe>canary</iframe>",
        "<svg><text>canary</text></svg>",
        "<dialog>canary</dialog>",
        "<img alt='canary' title='canary'>",
        "<input type=hidden value=canary>",
        "<title>canary</title>",
    ],
)
def test_what_a_browser_hides_is_not_read(tmp_path: Path, hidden: str) -> None:
    (tmp_path / "site.css").write_text(".linked { display: none }", encoding="utf-8")
    style = """<link rel="stylesheet" href="site.css"><style>/* a */ .quiet { display: none } p.note > .deep { font-size: 0 }
    #gone, .x::before { position: absolute; left: -999em } @media screen { .screen { display: none } }</style>"""
    document = document_of(
        tmp_path, f"<html><head>{style}</head><body><p>Before.</p>{hidden}<p>After.</p></body></html>"
    )
    assert [text for _, text in shown(document)] == ["Before.", "After."]


@pytest.mark.parametrize(
    "seen",
    [
        "<p aria-hidden='true'>seen</p>",
        "<div style='font-size:0'><p style='font-size:16px'>seen</p></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>seen</p></div>",
        "<div style='background:#000'><p style='color:#fff'>seen</p></div>",
        "<div style='background-image:url(a.png)'><p style='color:#fff'>seen</p></div>",
        "<table bgcolor='#000066'><tr><td><font color=white>seen</font></td></tr></table>",
        "<p class='tab shown'>seen</p>",
        "<p class='printed'>seen</p>",
        "<p class='small'>seen</p>",
        "<p class='d-none d-md-block'>seen</p>",
        "<details><summary>seen</summary></details>",
        "<p style='left:-3px;opacity:.9;font-size:9pt'>seen</p>",
        "<p style='background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent'>seen</p>",
        "<p>s&#8203;een</p>",
    ],
)
def test_what_a_browser_shows_is_read(tmp_path: Path, seen: str) -> None:
    style = """<style>.tab { display: none } .tab.shown { display: block } @media print { .printed { display: none } }
    @media (max-width: 600px) { .small { display: none } }</style>"""
    document = document_of(tmp_path, f"{style}<p>Before.</p>{seen}<p>After.</p>")
    assert [text for _, text in shown(document)] == ["Before.", "seen", "After."]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<meta charset=iso-8859-1><p>Caf\xe9 \x96 Universit\xe4t", "Café – Universität"),
        (
            "<meta http-equiv='Content-Type' content='text/html; charset=gb2312'><p>刘乾 教授".encode("gb18030"),
            "刘乾 教授",
        ),
        ("<meta charset=shift_jis><p>教授".encode("cp932"), "教授"),
        ("<p>Łódź".encode("utf-16"), "Łódź"),
        (b"<p>Caf\xe9", "Café"),
        (b"<meta charset=latin1><p>Gr\xf6\xdfe", "Größe"),
        (b"<meta charset=rot13><p>Gr\xc3\xb6\xc3\x9fe", "Größe"),
        (b"\xef\xbb\xbf<p>Gr\xc3\xb6\xc3\x9fe", "Größe"),
        (b"<p>A&amp;B&nbsp;&eacute;&#x2013;&lt;b&gt;", "A&B é–<b>"),
    ],
)
def test_a_page_is_decoded_as_it_declares(tmp_path: Path, page: bytes, text: str) -> None:
    assert document_of(tmp_path, page).text == text


@pytest.mark.parametrize(
    "page",
    [
        b"%PDF-1.7 \n1 0 obj",
        b"PK\x03\x04abc",
        bytes(range(32)) * 40,
        b"<div>" * 5000 + b"x",
        b"<p " + b"a='1' b " * 2000 + b">",
    ],
)
def test_what_is_no_page_is_refused(tmp_path: Path, page: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        document_of(tmp_path, page)


def test_style_sheets_outside_of_the_profile_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "outside.css").write_text("p { display: none }", encoding="utf-8")
    folder = tmp_path / "profile"
    folder.mkdir()
    links = "".join(
        f'<link rel=stylesheet href="{h}">'
        for h in ("../outside.css", "https://x.example/a.css", "//x.example/a.css", "a%00.css")
    )
    assert document_of(folder, f"{links}<p>Text.</p>").text == "Text."


def test_templates_are_no_sources(tmp_path: Path) -> None:
    for name, text in (
        ("a.html", "<p>{{ page.title }}</p>"),
        ("b.html", "---\nlayout: x\n---\n"),
        ("c.html", "<p>Text.</p>"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [p.name for p in sorted(tmp_path.iterdir()) if is_source(p)] == ["c.html"]


TAGS = """<div> </div> <p> <b> </i> <table> <tr> <td> </table> <ul> <li> </ul> <dl> <dt> <dd> </dl> <br> <h1> </h2> <a/href=x> <style> </style>
<!-- --> <script> <svg> <form> <select> <p/style='display:none'> <p/hidden> </p> &amp; &#0; &#xD800; <![CDATA[ <?php .x{color:red} {display:none}"""
MARKUP = st.lists(st.one_of(st.sampled_from(TAGS.split()), st.text(max_size=6)), max_size=40)


@settings(max_examples=200)
@given(MARKUP)
def test_no_page_stops_the_reader(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("page")
    try:
        document = document_of(folder, "".join(parts).encode("utf-8", errors="surrogatepass"))
    except SourceUnreadable:
        return
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(document.text)
        last = block.span.end
    covered = {i for b in document.blocks for i in range(b.span.start, b.span.end)}
    assert [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()] == []


@settings(max_examples=100)
@given(MARKUP)
def test_nothing_around_hidden_text_brings_it_to_light(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    body = "".join(parts).replace("<", "&lt;")
    page = f"<p>{body}</p><div style='display:none'><p>ca{body}</p>n4ry<table><tr><td>n4ry</table></div><p>{body}</p>"
    try:
        document = document_of(tmp_path_factory.mktemp("page"), page.encode("utf-8", errors="replace"))
    except SourceUnreadable:
        return
    assert "n4ry" not in document.text
