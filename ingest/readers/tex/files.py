"""The files that a LaTeX source is made of: what it inputs, found inside the profile's folder and nowhere else."""

import codecs
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
_LISTED = re.compile(
    r"\\(?:no)?bibliography[a-z]*\s*\{(?P<names>[^{}\\]+)\}|\\(?:putbib|begin\s*\{refsection\}|newrefsection)\s*\[(?P<part>[^\[\]]+)\]"
    r"|\\add(?:bibresource|globalbib|sectionbib)\s*(?:\[[^\]]*\])?\s*\{(?P<one>[^{}]+)\}"
)
_EMBEDDED = r"\\begin\s*\{filecontents\*?\}\s*(?:\[[^\]]*\])?\s*\{%s(?:\.bib)?\}\n?(?P<held>.*?)\\end\s*\{filecontents"
_ENCODING = re.compile(
    rb"^[^%\n]*?\\(?:usepackage\s*\[(?P<option>[\w-]+)\]\s*\{inputenc\}|inputencoding\s*\{(?P<name>[\w-]+)\})"
    rb"|^%[ \t!-]*(?:TEX )?[ \t]*(?:en)?coding[ \t]*[:=][ \t]*(?P<magic>[\w -]+)",
    re.MULTILINE | re.IGNORECASE,
)
_ENCODINGS = {
    **{
        "latin1": "iso8859-1",
        "latin2": "iso8859-2",
        "latin3": "iso8859-3",
        "latin4": "iso8859-4",
        "latin5": "iso8859-9",
        "latin9": "iso8859-15",
    },
    **{
        "latin10": "iso8859-16",
        "ansinew": "cp1252",
        "applemac": "mac_roman",
        "macce": "mac_latin2",
        "cp437de": "cp437",
        "macosroman": "mac_roman",
    },
    **{
        "isolatin": "iso8859-1",
        "isolatin9": "iso8859-15",
        "windowslatin1": "cp1252",
        "westernmacroman": "mac_roman",
        "koi8r": "koi8-r",
    },
}
"""What inputenc and editors call the encodings of Python."""
_BODY = re.compile(r"\\begin\s*\{document\}(?P<body>.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)


def inputs_of(folder: Path, path: Path) -> tuple[Path, ...]:
    """The files below ``folder`` that the LaTeX file ``path`` names to be read in its place; none where it cannot be read."""
    try:
        text = _COMMENT.sub(r"\1", decode(path, encoding_of(path)))
    except SourceUnreadable:
        return ()
    found: dict[Path, None] = {}
    for match in _INPUT.finditer(text):
        with suppress(SourceUnreadable):
            part = find(folder, path.parent, _named(match), ".tex")
            found |= {part: None} if part is not None else {}
    return tuple(found)


def bibliographies_of(folder: Path, path: Path) -> tuple[Path, ...]:
    """The ``.bib`` files below ``folder`` that the LaTeX file ``path`` takes its references from; none where it cannot be read."""
    try:
        text = _COMMENT.sub(r"\1", decode(path, encoding_of(path)))
    except SourceUnreadable:
        return ()
    found: dict[Path, None] = {}
    for match in _LISTED.finditer(text):
        for name in (match["names"] or match["part"] or match["one"]).split(","):
            with suppress(SourceUnreadable):
                part = find(folder, path.parent, name, ".bib")
                found |= {part: None} if part is not None and part.suffix == ".bib" else {}
    return tuple(found)


def embedded(path: Path, name: str) -> str | None:
    """The file called ``name`` that the LaTeX file ``path`` holds in an environment ``filecontents``."""
    pattern = _EMBEDDED % re.escape(name.removesuffix(".bib"))
    found = re.search(pattern, decode(path, encoding_of(path)), re.DOTALL)
    return found["held"] if found else None


def ready_made(folder: Path, path: Path) -> Path | None:
    """The bibliography that BibTeX has made for the LaTeX file ``path``, beside it; BibLaTeX's are for its own eyes only."""
    with suppress(SourceUnreadable):
        made = find(folder, path.parent, f"{path.stem}.bbl", ".bbl")
        if made is not None and "\\begin{thebibliography}" in decode(made, encoding_of(path)):
            return made
    return None


def encoding_of(path: Path) -> str | None:
    """The encoding that the LaTeX file ``path`` declares, by Python's name; ``None`` where it declares none that we know."""
    try:
        match = _ENCODING.search(path.read_bytes())
    except OSError:
        return None
    if match is None:
        return None
    name = next(given for given in match.groups() if given).decode("ascii", "replace").strip().lower()
    known = _ENCODINGS.get(re.sub(r"[\W_]", "", name), name)
    try:
        return codecs.lookup(known).name
    except LookupError:
        return None


def has_body(path: Path) -> bool:
    """Whether the LaTeX file ``path`` begins a document of its own."""
    try:
        return _BODY.search(_COMMENT.sub(r"\1", decode(path, encoding_of(path)))) is not None
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
