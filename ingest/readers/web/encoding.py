"""The characters of a saved page, by the encoding that it declares."""

import codecs
import re
from pathlib import Path

from ingest.errors import SourceUnreadable

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_WINDOW = 4096
"""Bytes in which a page must declare its encoding; the standard says 1,024, and saved pages put more before it."""
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")
_OTHERS = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
"""How files begin that are no page."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CODECS = {
    "utf-8": "utf-8",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
} | {
    name: name
    for name in (
        "gb18030", "big5", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949", "koi8-r", "koi8-u", "iso8859-2", "iso8859-3",
        "iso8859-4", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-13", "iso8859-15", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
        "cp1257",
    )
}  # fmt: skip
"""The codecs that pages are read with, by Python's name of what they declare; the latin ones as browsers take them (WHATWG Encoding, §4.2)."""


def decode_page(path: Path) -> str:
    """The text of a page: by its byte-order mark, by what it declares, as UTF-8, or else as browsers read old pages, in windows-1252.

    Raises:
        SourceUnreadable: the file cannot be opened, or is not text.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(f"{path}: {error.strerror or error}; check that it may be read") from error
    text = _decoded(raw)
    if raw.startswith(_OTHERS) or len(_CONTROLS.findall(text)) > len(text) // 200:
        raise SourceUnreadable(
            f"{path}: not the text of a page; save it as HTML again, or give it the ending of its format"
        )
    return _CONTROLS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str:
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(codec, errors="replace")
    for codec in (_declared(raw), "utf-8"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", errors="replace")


def _declared(raw: bytes) -> str:
    match = _DECLARED.search(raw[:_WINDOW])
    label = (match[1] or match[2]).decode("ascii", errors="replace") if match else "utf-8"
    try:
        return _CODECS.get(codecs.lookup(label).name, "utf-8")
    except LookupError:
        return "utf-8"
