"""Bytes on disk to the characters that a person would see."""

import codecs
import re
from collections import Counter
from pathlib import Path

from ingest.domain import Remark
from ingest.errors import SourceUnreadable

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HARMLESS = "\u00ad\ufeff"
_TAGS = "that are tags, which no font shows"
_TURNING = "that turn the direction of the text"
_WIDTHLESS = "of no width"
INVISIBLE = frozenset({_TAGS, _TURNING, _WIDTHLESS})
"""How characters that show nothing are told of."""


def invisible_in(path: Path) -> tuple[Remark, ...]:
    """The characters of a text file that show nothing and that ``decode`` leaves out, but for soft hyphens and byte-order marks."""
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] in _UTF_16 else "utf-8", errors="ignore")
    found: Counter[str] = Counter()
    for sign in _INVISIBLE.findall(text):
        turns = "\u200e" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
        found[_TAGS if sign >= "\U000e0000" else _TURNING if turns else _WIDTHLESS] += sign not in _HARMLESS
    return tuple(Remark("hidden", how, count) for how, count in (+found).items())


def decode(path: Path, otherwise: str | None = None) -> str:
    """The text of ``path``, UTF-8 or UTF-16 with its mark: line ends as ``\\n``, without characters that show nothing (zero-width, bidi, tags).

    What is neither is read in the encoding ``otherwise``, where the format declares one.

    Raises:
        SourceUnreadable: the file cannot be opened or is not UTF-8 text.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] in _UTF_16 and len(data) >= 4 else "utf-8")
    except UnicodeDecodeError as error:
        if otherwise is None:
            raise SourceUnreadable(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8 text") from error
        text = data.decode(otherwise, errors="replace")
    except OSError as error:
        raise SourceUnreadable(f"{path}: {error.strerror or error}; check that it may be read") from error
    if "\0" in text:
        raise SourceUnreadable(f"{path}: holds NUL bytes, so it is not text; export it as Markdown or plain text")
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
