"""Bytes on disk to the characters that a person would see."""

import re
from pathlib import Path

from ingest.errors import SourceUnreadable

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")


def decode(path: Path) -> str:
    """The text of ``path``: UTF-8, line ends as ``\\n``, without characters that show nothing (zero-width, bidi and tag characters).

    Raises:
        SourceUnreadable: the file cannot be opened or is not UTF-8 text.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceUnreadable(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8 text") from error
    except OSError as error:
        raise SourceUnreadable(f"{path}: {error.strerror or error}; check that it may be read") from error
    if "\0" in text:
        raise SourceUnreadable(f"{path}: holds NUL bytes, so it is not text; export it as Markdown or plain text")
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
