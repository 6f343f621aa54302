"""The parts of a ``.docx`` package as trees, measured before they are unpacked."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.errors import SourceUnreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/wordprocessingml/main")
_MAX_MEMBERS = 2000
_MAX_BYTES = 50 * 1024 * 1024
_MAX_PART = 10 * 1024 * 1024
_MAX_RATIO = 200
_MAX_DEPTH = 300
_OLE = b"\xd0\xcf\x11\xe0"
_HELP = "save it in Word as .docx again, or export it as PDF"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that hold text and what it looks like; ``None`` for those that a file does not have."""

    document: Element
    styles: Element | None
    footnotes: Element | None


def open_package(path: Path) -> Package:
    """The package at ``path``.

    Raises:
        SourceUnreadable: not a Word file, protected, broken, or larger unpacked than any CV.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) == _OLE:
                raise SourceUnreadable(f"{path}: an old .doc, or protected by a password; save it as an open .docx")
        with zipfile.ZipFile(path) as archive:
            _measure(archive, path)
            main = _main_part(archive)
            folder = main.rpartition("/")[0]
            return Package(
                document=_tree(archive, main),
                styles=_optional(archive, f"{folder}/styles.xml"),
                footnotes=_optional(archive, f"{folder}/footnotes.xml"),
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise SourceUnreadable(f"{path}: not a whole Word file ({type(error).__name__}); {_HELP}") from error
    except ElementTree.ParseError as error:
        raise SourceUnreadable(f"{path}: its text is broken at line {error.position[0]}; {_HELP}") from error


def _measure(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    size = sum(m.file_size for m in members)
    if len(members) > _MAX_MEMBERS or size > _MAX_BYTES:
        raise SourceUnreadable(
            f"{path}: {len(members)} parts of {size} bytes unpacked; shorten it or take its pictures out"
        )
    packed = sum(m.compress_size for m in members)
    if size > 1024 * 1024 and size > _MAX_RATIO * max(packed, 1):
        raise SourceUnreadable(f"{path}: unpacks to {size // max(packed, 1)} times its size, as no CV does; {_HELP}")


def _main_part(archive: zipfile.ZipFile) -> str:
    """Where the text is, by the package's own relations; else where Word puts it."""
    try:
        relations = _tree(archive, "_rels/.rels")
    except KeyError:
        return "word/document.xml"
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _optional(archive: zipfile.ZipFile, name: str) -> Element | None:
    return _tree(archive, name) if name in archive.namelist() else None


def _tree(archive: zipfile.ZipFile, name: str) -> Element:
    """One part; a part with a document type would define entities, which Office files never do."""
    with archive.open(name) as part:
        raw = part.read(_MAX_PART + 1)
    if len(raw) > _MAX_PART:
        raise ValueError(f"{name} is longer than {_MAX_PART} bytes")
    head = raw[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in raw:
        raise ValueError(f"{name} defines entities")
    tree = ElementTree.fromstring(_STRICT.sub(W[1:-1].encode(), raw))
    level = [tree]
    for _ in range(_MAX_DEPTH):
        level = [child for node in level for child in node]
        if not level:
            return tree
    raise ValueError(f"{name} is nested more than {_MAX_DEPTH} deep")
