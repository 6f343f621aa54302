"""What a file is by its first bytes, where its ending says otherwise."""

import re
import zipfile
from pathlib import Path

_HEAD = 1024
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,400}?-->\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = {".pdf": "a PDF", ".html": "a web page", ".docx": "a Word file (.docx)", ".rtf": "a Rich Text file (RTF)"}
_PAGES = {".html", ".htm", ".xhtml", ".md", ".markdown", ".qmd", ".myst"}
"""Endings of what may be, or begin with, a page's own markup."""


def true_ending(path: Path) -> str:
    """The ending that tells what the regular file at ``path`` is: its own, unless it plainly begins like another format."""
    own = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"PK\x03\x04") and _is_word(path):
        return ".docx"
    return ".html" if own not in _PAGES and _PAGE.match(head) else own


def name_of(ending: str) -> str:
    """What to call a format that ``true_ending`` found."""
    return _NAMES.get(ending, f"a {ending} file")


def _is_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith("word/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
