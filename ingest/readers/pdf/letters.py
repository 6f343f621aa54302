"""What a glyph says as text: ligatures undone, accents put onto their letters, pictures left out."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.readers.pdf.sheet import Glyph

_ICONS = re.compile(r"awesome|marvo|academicons|webdings|icons?\b|fontello|ionicon|simpleicons", re.IGNORECASE)
"""Fonts of pictures: an envelope before an address."""
_ORNAMENTS = re.compile(r"wingdings|dingbat|symbol", re.IGNORECASE)
"""Fonts whose unnamed characters are bullets."""
_ACCENTS = {
    "`": "\u0300", "´": "\u0301", "\u02c6": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304", "˘": "\u0306",
    "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
_LIGATURES = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff]")


def shown(glyph: Glyph) -> str:
    """The character; a blank for a picture, a bullet for an ornament without a name."""
    char, font = glyph.char, glyph.ink.face.font
    category = unicodedata.category(char)
    if _ICONS.search(font):
        return " "
    if category == "Co" or (_ORNAMENTS.search(font) and (glyph.unmapped or char == "§")):
        return "•" if _ORNAMENTS.search(font) or "\uf080" <= char <= "\uf0ff" else " "
    if category in {"Cc", "Cf", "Cs"}:
        return "" if category == "Cf" else " "
    return unicodedata.normalize("NFKC", char) if _LIGATURES.match(char) else char


def is_ornament(glyph: Glyph) -> bool:
    """Whether a glyph says nothing by itself: a picture of an icon font, a bullet, a sign or an accent with a name."""
    font = glyph.ink.face.font
    if _ICONS.search(font) or _ORNAMENTS.search(font):
        return True
    return not glyph.unmapped and unicodedata.category(glyph.char)[0] in "PSZM"


def composed(text: str, glyphs: Sequence[Glyph]) -> str:
    """``text`` with accents that are printed over a letter put onto it."""
    if not any(g.char in _ACCENTS for g in glyphs):
        return unicodedata.normalize("NFC", text)
    chars = list(text)
    places = [i for i, c in enumerate(chars) if c != " "]
    if len(places) != len(glyphs):
        return unicodedata.normalize("NFC", text)
    for (place, glyph), (beside, letter) in zip(
        zip(places, glyphs, strict=True), zip(places[1:], glyphs[1:], strict=True), strict=False
    ):
        over = min(glyph.box.right, letter.box.right) - max(glyph.box.left, letter.box.left)
        if glyph.char in _ACCENTS and letter.char.isalpha() and over > 0.4 * glyph.box.width:
            base = _DOTLESS.get(letter.char, letter.char)
            chars[beside] = unicodedata.normalize("NFC", base + _ACCENTS[glyph.char])
            for index in range(place, beside):
                chars[index] = ""
    return "".join(chars)
