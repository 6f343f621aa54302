"""Ways in which the words of an attack are written so that a filter does not see them."""

import base64
import codecs
import urllib.parse
from collections.abc import Callable, Mapping

_LOOK_ALIKE = str.maketrans("aeopcxiyAEOPCXI", "аеорсхіуАЕОРСХІ")
_LEET = str.maketrans("aeiost", "431057")
_CODE = ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
_MORSE = dict(zip("abcdefghijklmnopqrstuvwxyz", _CODE.split(), strict=True))


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _tags(text: str) -> str:
    """As invisible characters of the block Tags."""
    return "".join(chr(0xE0000 + ord(c)) if ord(c) < 128 else c for c in text)


def _bold(text: str) -> str:
    """As mathematical letters."""
    upper, lower = 0x1D400, 0x1D41A
    return "".join(
        chr(upper + ord(c) - 65) if "A" <= c <= "Z" else chr(lower + ord(c) - 97) if "a" <= c <= "z" else c
        for c in text
    )


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "base64": _base64,
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "hex": lambda text: text.encode().hex(),
    "reversed": lambda text: text[::-1],
    "leet": lambda text: text.translate(_LEET),
    "zero_width": "\u200b".join,
    "soft_hyphen": "\u00ad".join,
    "combining": lambda text: "".join(f"{c}\u0301" if c.isalpha() else c for c in text),
    "bidi": lambda text: f"\u202e{text[::-1]}\u202c",
    "homoglyph": lambda text: text.translate(_LOOK_ALIKE),
    "full_width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "spaced": " ".join,
    "tags": _tags,
    "upside": lambda text: " ".join(word[::-1] for word in text.split()),
    "morse": lambda text: " ".join(_MORSE.get(c, "/") for c in text.lower()),
    "bold": _bold,
    "url": lambda text: urllib.parse.quote(text, safe=""),
}
