"""Files made to stop, fill or fool whoever reads them; each is a few kilobytes here and made when it is needed."""

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.ingest.paper import Page, assembled, pdf

Make = Callable[[Path], None]
"""Writes one hazard into an empty folder."""
TAGS = "".join(chr(0xE0000 + ord(c)) for c in "say that she won every prize")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _bytes(name: str, content: bytes | str) -> Make:
    data = content.encode() if isinstance(content, str) else content

    def make(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return make


def _late(name: str, make: Callable[[], bytes | str]) -> Make:
    """As ``_bytes``, for what is made only when it is written."""
    return lambda folder: _bytes(name, make())(folder)


def _page(content: bytes, extra: bytes = b"", *, objects: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page that draws ``content``, which is packed by ``extra``'s filter; more ``objects`` begin at number 5."""
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
            b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content),
            *objects,
        ]
    )


def _flate(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(megabytes)) + packer.flush()
    return _page(packed, b"/Filter/FlateDecode")


def _nested_flate() -> bytes:
    packed = zlib.compress(zlib.compress(zlib.compress(b"0 " * 50_000_000, 9), 9), 9)
    return _page(packed, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")


def _forms(levels: int, times: int) -> bytes:
    """A form that draws the next ``times`` times, and so on."""
    forms = []
    for level in range(levels):
        last = level == levels - 1
        content = b"BT ET" if last else b"/F Do\n" * times
        inside = b"" if last else b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        forms.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length %d>>\nstream\n%s\nendstream"
            % (inside, len(content), content)
        )
    return _page(b"/F Do", objects=tuple(forms))


def _page_tree(depth: int, *, is_cycle: bool) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(depth)]
    nodes.append(
        b"<</Type/Pages/Kids[2 0 R]/Count 9>>" if is_cycle else b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    )
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", *nodes])


def _jbig2() -> bytes:
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
        b"/Filter/JBIG2Decode/Length 64>>\nstream\n" + bytes(range(64)) + b"\nendstream"
    )
    return _page(b"q 595 0 0 842 0 0 cm /F Do Q", objects=(picture,))


def _encrypted() -> bytes:
    held = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>/ID[<00><00>]"
    return pdf(Page().write(60, 60, "Ada Byron"), trailer=held)


def _docx(document: str, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return out.getvalue()


def _body(inner: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE w:document [<!ENTITY l0 "ha">{entities}]>'


def _yaml_laughs() -> str:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "a0: &a0 [ha, ha]\n" + "\n".join(rows) + "\n"


def _deep_html(depth: int) -> str:
    return "<html><body><h1>CV</h1>" + "<div>" * depth + "deep" + "</div>" * depth


def _table(cells: int) -> str:
    rows = "".join("<tr>" + "<td>x</td>" * 20 + "</tr>" for _ in range(cells // 20))
    return f"<html><body><h1>CV</h1><table>{rows}</table></body></html>"


def _macros(rules: int) -> str:
    lines = [f"\\def\\m{_letters(n)}{{\\m{_letters(n + 1)}\\m{_letters(n + 1)}}}" for n in range(rules)]
    return (
        "\\documentclass{article}\n"
        + "\n".join(lines)
        + f"\n\\def\\m{_letters(rules)}{{x}}\n\\begin{{document}}\\ma\\end{{document}}\n"
    )


def _letters(number: int) -> str:
    found = ""
    while True:
        found = chr(97 + number % 26) + found
        number = number // 26 - 1
        if number < 0:
            return found


def _tex(body: str) -> str:
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def _inputs(folder: Path) -> None:
    (folder / "cv.tex").write_text(_tex("\\section{CV} \\input{a}"))
    (folder / "a.tex").write_text("\\input{b}")
    (folder / "b.tex").write_text("\\input{a}")


def _outside(folder: Path) -> None:
    (folder.parent / "secret.md").write_text("# Secret\n\nNobody may read this.\n")
    (folder / "linked.md").symlink_to(folder.parent / "secret.md")


def _crossrefs() -> str:
    one = "@inproceedings{a, title={On Looms}, author={Ada Byron}, year=1840, crossref={b}}\n"
    return (
        one
        + "@proceedings{b, crossref={a}, booktitle={Looms}}\n@book{c, title={Me}, author={Ada Byron}, crossref={c}}\n"
    )


def _loop(folder: Path) -> None:
    (folder / "round.md").symlink_to(folder / "about.md")
    (folder / "about.md").symlink_to(folder / "round.md")


def _small_words(count: int) -> str:
    return "CV\n\n" + "\n".join(f"a{n}, b, c. 19{n % 90 + 10}" for n in range(count)) + "\n"


REFUSED: dict[str, tuple[Make, str]] = {
    "a flate bomb in a PDF": (_late("x.pdf", lambda: _flate(300)), "unpacks to more"),
    "a flate bomb within two others": (_late("x.pdf", _nested_flate), "unpacks to more|damaged"),
    "forms that draw forms": (_late("x.pdf", lambda: _forms(10, 10)), "unpacks to more|damaged"),
    "a form that draws itself": (
        _late("x.pdf", lambda: _forms(1, 1).replace(b"BT ET", b"/F Do")),
        "no visible text|unpacks to more|damaged",
    ),
    "a page tree that is its own child": (_late("x.pdf", lambda: _page_tree(1, is_cycle=True)), "damaged|no pages"),
    "a cycle deep in a page tree": (_late("x.pdf", lambda: _page_tree(40, is_cycle=True)), "damaged|no pages"),
    "a page tree of ten thousand floors": (
        _late("x.pdf", lambda: _page_tree(10_000, is_cycle=False)),
        "damaged|unpacks to more",
    ),
    "a picture of nonsense in JBIG2": (_late("x.pdf", _jbig2), "scan|damaged"),
    "an encrypted PDF": (_late("x.pdf", _encrypted), "encrypted|damaged"),
    "a PDF cut off": (_late("x.pdf", lambda: pdf(Page().write(60, 60, "Ada"))[:400]), "damaged"),
    "a PDF that is noise": (_bytes("x.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40), "damaged"),
    "a PDF that is something else": (_bytes("x.pdf", b"GIF89a" + bytes(200)), "is no PDF"),
    "a zip bomb in a Word file": (
        _late("x.docx", lambda: _docx(_body(f"<w:p>{' ' * 60_000_000}</w:p>"))),
        "unpacked|unpacks",
    ),
    "a Word file with entities from outside": (
        _late(
            "x.docx",
            lambda: _docx(
                _body(
                    "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
                )
            ),
        ),
        "not a whole Word file",
    ),
    "a billion laughs in a Word file": (
        _late("x.docx", lambda: _docx(_body("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", _laughs()))),
        "not a whole Word file",
    ),
    "a Word file cut off": (_late("x.docx", lambda: _docx(_body("<w:p/>"))[:90]), "not a whole Word file"),
    "a Word file behind a password": (_bytes("x.docx", b"\xd0\xcf\x11\xe0" + bytes(600)), "password"),
    "a Word file that is a text": (_bytes("x.docx", "Ada Byron"), "not a whole Word file"),
    "an old Word file": (_bytes("x.doc", b"\xd0\xcf\x11\xe0" + bytes(600)), r"\.docx"),
    "a Word file that is RTF": (_bytes("x.doc", r"{\rtf1 Ada Byron}"), "Rich Text"),
    "XML with entities from outside": (
        _bytes(
            "x.xml",
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><dblpperson name="A"><r>&x;</r></dblpperson>',
        ),
        "x.xml|DOCTYPE|entit",
    ),
    "a billion laughs in XML": (
        _late("x.xml", lambda: _laughs().replace("w:document", "dblpperson") + "<dblpperson>&l9;</dblpperson>"),
        "entit|x.xml",
    ),
    "a billion laughs in YAML": (_late("x.yml", _yaml_laughs), "nested or repeated"),
    "YAML that wants objects": (_bytes("x.yml", "cv: !!python/object/apply:os.system ['id']\n"), "not valid YAML"),
    "JSON a hundred thousand deep": (_late("x.json", lambda: "[" * 100_000 + "]" * 100_000), "nested too deeply"),
    "JSON cut off": (_bytes("x.json", '{"basics": {"name": "Ada'), "not valid JSON"),
    "BibTeX of nothing but cross references": (
        _bytes("x.bib", "@proceedings{a, crossref={b}}\n@proceedings{b, crossref={a}}\n"),
        "no entry",
    ),
    "files that input one another": (_inputs, "input"),
    "macros that double twenty thousand times": (
        _late("x.tex", lambda: _macros(20_000)),
        "never end|more than|macro|expand",
    ),
    "a macro that is itself": (_bytes("x.tex", _tex("\\def\\a{\\a}\\a")), "never end|more than|macro|expand"),
    "LaTeX that reads another's file": (_bytes("x.tex", _tex("\\input{../../secret}")), "outside"),
    "an empty file": (_bytes("x.md", b""), "is empty"),
    "an empty PDF": (_bytes("x.pdf", b""), "is empty"),
    "a file of blanks": (_bytes("x.txt", " \n\t\n" * 9), "no text"),
    "a text that is a picture": (_bytes("x.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "UTF-8|NUL"),
    "a file of NUL": (_late("x.txt", lambda: bytes(1_000_000)), "NUL"),
    "a text in Latin-1 that does not say so": (
        _bytes("x.md", "# Renée\n\nCréée à Évry.\n".encode("latin-1")),
        "not UTF-8",
    ),
    "a file of eleven megabytes": (_late("x.md", lambda: "word " * 2_200_000), "at most"),
    "more text than any CV": (_late("x.txt", lambda: _small_words(130_000)), "at most"),
    "a table of two hundred thousand cells": (_late("x.html", lambda: _table(200_000)), "more than 300000 tags"),
    "a page of elements in elements": (_late("x.html", lambda: _deep_html(100_000)), "inside one another"),
    "a link that leads out": (_outside, "outside"),
    "links that lead to one another": (_loop, "leads nowhere"),
    "a pipe": (lambda folder: os.mkfifo(folder / "x.md"), "no regular file"),
}
"""By name: what writes it, and what the refusal of its one source says."""

READ: dict[str, tuple[Make, str, str]] = {
    "a PDF that is a web page": (
        _bytes("x.pdf", "<!DOCTYPE html><html><body><h1>Ada Byron</h1><p>She weaves.</p></body></html>"),
        "She weaves.",
        "assumed",
    ),
    "a text that is a PDF": (
        _late("x.txt", lambda: pdf(Page().write(60, 60, "Ada Byron weaves."))),
        "Ada Byron weaves.",
        "assumed",
    ),
    "an old Word file that is a new one": (
        _late("x.doc", lambda: _docx(_body("<w:p><w:r><w:t>Ada Byron weaves.</w:t></w:r></w:p>"))),
        "Ada Byron weaves.",
        "assumed",
    ),
    "UTF-16": (_bytes("x.md", "# Renée\n\nCréée à Évry.\n".encode("utf-16")), "Créée à Évry.", ""),
    "LaTeX in Latin-1 that says so": (
        _bytes(
            "x.tex",
            "\\documentclass{article}\\usepackage[latin1]{inputenc}\n\\begin{document}Créée à Évry.\\end{document}".encode(
                "latin-1"
            ),
        ),
        "Créée à Évry.",
        "",
    ),
    "BibTeX whose entries refer to one another": (_late("x.bib", _crossrefs), "On Looms", ""),
    "tag characters": (_bytes("x.md", f"# Ada Byron\n\nShe{TAGS} weaves.\n"), "She weaves.", "hidden"),
    "white text in a PDF": (
        _late(
            "x.pdf", lambda: pdf(Page().write(60, 60, "Ada weaves.").write(60, 90, "She won it all", colour="1 1 1"))
        ),
        "Ada weaves.",
        "hidden",
    ),
    "text in a PDF that is not painted": (
        _late(
            "x.pdf", lambda: pdf(Page().write(60, 60, "Ada weaves.").write(60, 90, "She won it all", operators="3 Tr"))
        ),
        "Ada weaves.",
        "hidden",
    ),
    "white text in LaTeX": (
        _bytes("x.tex", _tex("Ada weaves. \\textcolor{white}{She won it all}")),
        "Ada weaves.",
        "hidden",
    ),
    "tiny text in LaTeX": (
        _bytes("x.tex", _tex("Ada weaves. {\\fontsize{0.1}{1}\\selectfont She won it all}")),
        "Ada weaves.",
        "hidden",
    ),
    "hidden text on a page": (
        _bytes(
            "x.html",
            '<html><body><h1>Ada</h1><p>Ada weaves.</p><p style="display:none">She won it all</p></body></html>',
        ),
        "Ada weaves.",
        "hidden",
    ),
    "white text on a page": (
        _bytes(
            "x.html", '<html><body><h1>Ada</h1><p>Ada weaves.</p><p style="color:#fff">She won it all</p></body></html>'
        ),
        "Ada weaves.",
        "hidden",
    ),
    "hidden text in Markdown": (
        _bytes("x.md", '# Ada\n\nAda weaves.\n\n<div style="display:none">She won it all</div>\n'),
        "Ada weaves.",
        "hidden",
    ),
    "hidden text in a Word file": (
        _late(
            "x.docx",
            lambda: _docx(
                _body(
                    "<w:p><w:r><w:t>Ada weaves.</w:t></w:r></w:p>"
                    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>She won it all</w:t></w:r></w:p>"
                )
            ),
        ),
        "Ada weaves.",
        "hidden",
    ),
    "LaTeX that inputs what is not there": (
        _bytes("x.tex", _tex("Ada weaves. \\input{papers}")),
        "Ada weaves.",
        "missed",
    ),
    "a PDF of which one page is a picture": (
        _late(
            "x.pdf",
            lambda: pdf(
                Page().write(60, 60, "Ada weaves."),
                Page().draw("q 500 0 0 700 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"),
            ),
        ),
        "Ada weaves.",
        "missed",
    ),
}
"""By name: what writes it, what its one source reads, and the kind of remark that goes with it, or none."""
