"""The files that a LaTeX source is made of: what it inputs, found inside the profile's folder and nowhere else."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.decode import decode

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_INPUT = re.compile(
    r"\\(?:input|include|subfile|InputIfFileExists|makerubric)\s*(?:\{(?P<braced>[^{}]+)\}|(?P<bare>[\w./-]+))"
    r"|\\(?:sub)?(?:import|includefrom|inputfrom)\*?\s*\{(?P<folder>[^{}]*)\}\s*\{(?P<name>[^{}]+)\}"
)
_BODY = re.compile(r"\\begin\s*\{document\}(?P<body>.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)


def inputs_of(folder: Path, path: Path) -> tuple[Path, ...]:
    """The files below ``folder`` that the LaTeX file ``path`` names to be read in its place; none where it cannot be read."""
    try:
        text = _COMMENT.sub(r"\1", decode(path))
    except SourceUnreadable:
        return ()
    found: dict[Path, None] = {}
    for match in _INPUT.finditer(text):
        with suppress(SourceUnreadable):
            part = find(folder, path.parent, _named(match), ".tex")
            found |= {part: None} if part is not None else {}
    return tuple(found)


def has_body(path: Path) -> bool:
    """Whether the LaTeX file ``path`` begins a document of its own."""
    try:
        return _BODY.search(_COMMENT.sub(r"\1", decode(path))) is not None
    except SourceUnreadable:
        return False


def body_of(text: str) -> str:
    """What an inputted file adds: the document inside it where it is one by itself, or else all of it."""
    match = _BODY.search(_COMMENT.sub(r"\1", text))
    return match["body"] if match else text


def find(folder: Path, beside: Path, name: str, suffix: str) -> Path | None:
    """The file called ``name``, with or without ``suffix``, beside the document or in the profile's ``folder``.

    Raises:
        SourceUnreadable: the name leads out of the profile's folder.
    """
    name = name.strip().strip('"')
    if not name or "\0" in name or len(name) > 200:
        return None
    outside = False
    for candidate in _candidates(folder, beside, name, suffix):
        if not candidate.resolve().is_relative_to(folder.resolve()):
            outside = True
        elif candidate.is_file():
            return candidate
    if outside:
        raise SourceUnreadable(
            f"{beside}: {name!r} lies outside the profile's folder; copy it into {folder} and name it there"
        )
    return None


def _candidates(folder: Path, beside: Path, name: str, suffix: str) -> Iterator[Path]:
    for home in dict.fromkeys([beside, folder]):
        if not name.endswith(suffix):
            yield home / f"{name}{suffix}"
        yield home / name


def _named(match: re.Match[str]) -> str:
    return match["folder"] + "/" + match["name"] if match["name"] else match["braced"] or match["bare"]
