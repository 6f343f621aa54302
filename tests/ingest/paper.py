"""Draws small PDFs by hand, so that a test says exactly what stands where on a page."""

from dataclasses import dataclass, field

FONTS = {
    "plain": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "bold": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    "slanted": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Oblique/Encoding/WinAnsiEncoding>>",
    "song": "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>",
    "nameless": "<</Type/Font/Subtype/Type1/BaseFont/Nameless/Encoding<</Type/Encoding/Differences[32/"
    + "/".join(f"q{n}" for n in range(32, 127))
    + "]>>>>",
}
"""What ``Page.write`` can set type in; ``nameless`` does not say which characters its shapes are."""
HEIGHT, WIDTH = 842, 595


@dataclass(slots=True)
class Page:
    """One A4 page; places are points from the left and from the top."""

    drawn: list[str] = field(default_factory=list)

    def write(
        self,
        left: float,
        down: float,
        text: str,
        size: float = 10,
        font: str = "plain",
        colour: str = "0 0 0",
        operators: str = "",
    ) -> "Page":
        """Sets ``text`` with its baseline ``down`` points below the top; ``operators`` come before it: ``3 Tr``, ``2 Tc``."""
        coded = text.encode("utf-16-be") if font == "song" else text.encode("cp1252")
        self.drawn.append(
            f"q BT {colour} rg {operators} /{font} {size} Tf 1 0 0 1 {left} {HEIGHT - down} Tm <{coded.hex()}> Tj ET Q"
        )
        return self

    def draw(self, operators: str) -> "Page":
        """Adds drawing operators as they are, in the PDF's own coordinates."""
        self.drawn.append(operators)
        return self

    def rule(self, down: float, left: float = 60, right: float = 535) -> "Page":
        """A level line across the page."""
        return self.draw(f"0 0 0 RG 0.6 w {left} {HEIGHT - down} m {right} {HEIGHT - down} l S")

    def column(self, left: float, down: float, texts: list[str], leading: float = 13, size: float = 10) -> "Page":
        """Lines of running text one below the other."""
        for number, text in enumerate(texts):
            self.write(left, down + number * leading, text, size)
        return self


def pdf(*pages: Page, trailer: str = "") -> bytes:
    """A whole file of ``pages``."""
    fonts = "".join(f"/{name} {font}" for name, font in FONTS.items())
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    for number, page in enumerate(pages):
        content = "\n".join(page.drawn)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {4 + 2 * number} 0 R/Resources<</Font<<{fonts}>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    return assembled([o.encode("latin-1") for o in objects], trailer)


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    """A file of numbered objects, the first the catalogue."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out
        + head.encode()
        + f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
