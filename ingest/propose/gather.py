"""Which files become a profile's sources: those that a reader takes, out of files and folders anywhere on this machine; nothing is fetched."""

import hashlib
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.child import Child
from ingest.profile import FILE_NAME, is_about_folder
from ingest.propose.stated import SETTINGS
from ingest.readers import MAX_BYTES, is_readable

MAX_FILES = 500
MAX_TOTAL = 50 * 1024 * 1024
"""Bytes of all sources together."""
_MAX_SEEN = 20_000
"""Files and folders that are looked at before a folder is taken for the wrong one."""
_HELPERS = {".cls", ".sty", ".ltx", ".bbl", ".css"}
"""What readers of other files take in: classes and packages of LaTeX, style sheets that hide text."""
_SKIPPED = {
    "node_modules", "bower_components", "vendor", "__pycache__", "venv", "env", "site-packages", "_site", "_freeze", "_sass", "_layouts",
    "_includes", "layouts", "themes", "target", "dist",
}  # fmt: skip
"""Folders of programs, templates and things built from the rest."""
_ADDRESS = re.compile(r"[a-z][a-z\d+.-]+://|www\.|git@", re.IGNORECASE)
_NAMED_INSIDE = re.compile(
    r"\\(?:bibliography|addbibresource|documentclass|usepackage|RequirePackage|LoadClass)\s*(?:\[[^\]]*\])?\s*\{([^{}]+)\}"
    r"|<link\b[^<>]*href=[\"']?([^\"'\s>]+\.css)"
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A file and its path inside the profile, with forward slashes."""

    origin: Path
    path: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What was asked for and is not taken, and why; the reason ends with the next step."""

    name: str
    reason: str


@dataclass(slots=True)
class Gathered:
    """What is to be copied, and what is not."""

    copies: list[Copy] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """How many files of folders were passed over, by the reason."""
    settings: list[Path] = field(default_factory=list)
    """Settings files of homepages, which may name their owner."""
    total: int = 0
    """Bytes to copy."""
    _taken: dict[str, str] = field(default_factory=dict)
    """SHA-256 by path."""

    def add(self, origin: Path, path: str) -> None:
        """Takes ``origin`` as ``path``, or says why not; the same bytes are not taken twice."""
        size = origin.stat().st_size
        if size > MAX_BYTES:
            self.refuse(str(origin), f"{size:,} bytes, at most {MAX_BYTES:,} are read; shorten or split it")
        elif size == 0:
            self.refuse(str(origin), "is empty; put the document's text into it")
        elif len(self.copies) >= MAX_FILES or self.total + size > MAX_TOTAL:
            self.left_out[f"beyond {MAX_FILES} files or {MAX_TOTAL // 1024**2} MB; give the folders that matter"] += 1
        else:
            digest = hashlib.sha256(origin.read_bytes()).hexdigest()
            if digest in self._taken.values() and origin.suffix.lower() not in _HELPERS:
                self.left_out["the same as another one"] += 1
                return
            path = self._free(path)
            self._taken[path] = digest
            self.copies.append(Copy(origin, path))
            self.total += size

    def refuse(self, name: str, reason: str) -> None:
        """Notes what is not taken."""
        self.refused.append(Refused(name, reason))

    def has(self, path: str) -> bool:
        """Whether something else is taken as ``path`` already."""
        return path in self._taken

    def keep(self, origin: Path, path: str) -> None:
        """Leaves ``path`` to ``origin``, which lies there already."""
        self._taken[path] = (
            hashlib.sha256(origin.read_bytes()).hexdigest() if origin.stat().st_size <= MAX_BYTES else ""
        )

    def _free(self, path: str) -> str:
        pure, number = Path(path), 2
        while path in self._taken:
            path, number = pure.with_name(f"{pure.stem}-{number}{pure.suffix}").as_posix(), number + 1
        return path


def gather(sources: Sequence[str], child: Child, profile: Path | None = None) -> Gathered:
    """The files that ``sources``, paths of files and folders, come to; what lies in the folder ``profile`` already is not overwritten.

    Of a folder, only what a reader takes, at its path inside it; nothing hidden, no links, nothing that programs or templates are made of.
    """
    found = Gathered()
    for kept in (p for p in profile.rglob("*") if p.is_file()) if profile is not None else ():
        found.keep(kept, kept.relative_to(profile or kept).as_posix())
    for source in dict.fromkeys(sources):
        try:
            _add(found, source, child)
        except OSError as error:
            found.refuse(source, f"{error.strerror or error}; check that it may be read")
    return found


def _add(found: Gathered, source: str, child: Child) -> None:
    path = Path(source).expanduser()
    if _ADDRESS.match(source):
        found.refuse(source, "is an address on the web, and nothing is fetched; save the page and give the file")
    elif path.is_dir():
        _add_folder(found, path, child)
    elif not path.exists():
        found.refuse(source, "is not there; mend the path")
    elif not path.is_file():
        found.refuse(source, "is no file and no folder; give a document")
    elif not is_readable(path):
        ending = repr(path.suffix) if path.suffix else "files without an ending"
        found.refuse(source, f"no reader takes {ending}; export it as PDF, Markdown (.md) or plain text (.txt)")
    else:
        _add_file(found, path, child)


def copy(gathered: Gathered, folder: Path) -> list[Refused]:
    """Copies what was gathered below ``folder``; what cannot be read any more is returned."""
    failed: list[Refused] = []
    for one in gathered.copies:
        target = folder / one.path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(one.origin, target)
        except OSError as error:
            failed.append(Refused(str(one.origin), f"{error.strerror or error}; check that it may be read"))
    return failed


def _add_file(found: Gathered, path: Path, child: Child) -> None:
    """A document that was named, with the files beside it that its reader takes in."""
    home = path.parent
    with_parts = [path, *_parts(path, child)] if path.suffix.lower() in {".tex", ".html", ".htm", ".xhtml"} else [path]
    for part in with_parts:
        try:
            found.add(part, part.relative_to(home).as_posix())
        except OSError as error:
            found.refuse(str(part), f"{error.strerror or error}; check that it may be read")


def _parts(path: Path, child: Child) -> list[Path]:
    """What a LaTeX file inputs and names, or a page links as its style sheets, as far as it lies beside it; links are not followed."""
    home = path.parent
    found: dict[Path, None] = {}
    waiting = [path]
    while waiting and len(found) < MAX_FILES:
        current = waiting.pop()
        inputs = [
            home / p.relative_to(home.resolve())
            for p in child.look(home, current)[1]
            if p.is_relative_to(home.resolve())
        ]
        text = current.read_bytes()[:MAX_BYTES].decode("utf-8", errors="replace") if current.is_file() else ""
        names = (n for match in _NAMED_INSIDE.finditer(text) for n in (match[1] or match[2]).split(","))
        beside = (home / f"{name.strip()}{end}" for name in names for end in ("", ".bib", ".cls", ".sty"))
        for part in (*inputs, *beside):
            if part not in found and part != path and _is_inside(home, part):
                found[part] = None
                waiting += [part] if part.suffix in {".tex", ".cls", ".sty"} else []
    return list(found)


def _is_inside(home: Path, part: Path) -> bool:
    suffixes = {".tex", ".bib", *_HELPERS}
    if part.suffix.lower() not in suffixes or ".." in part.parts or "\0" in str(part) or len(part.name) > 200:
        return False
    return part.is_file() and not part.is_symlink() and part.resolve().is_relative_to(home.resolve())


def _add_folder(found: Gathered, folder: Path, child: Child) -> None:
    """The sources below a folder, at their paths inside it; under its name where one of those is taken already."""
    paths: list[Path] = []
    for number, path in enumerate(_walk(folder)):
        if number >= _MAX_SEEN:
            found.refuse(
                str(folder), f"holds more than {_MAX_SEEN:,} files; give the folder of the documents themselves"
            )
            return
        inside = path.relative_to(folder).as_posix()
        if inside in SETTINGS:
            found.settings.append(path)
        if path.suffix.lower() in _HELPERS:
            paths.append(path)
        elif not is_readable(path):
            found.left_out[
                f"{path.suffix.lower()} files, which no reader takes" if path.suffix else "files without an ending"
            ] += 1
        elif is_about_folder(inside):
            found.left_out["files about the folder itself"] += 1
        elif not child.look(folder, path)[0] and not _is_part(path):
            found.left_out[f"{path.suffix.lower()} files without a CV or list of works in them"] += 1
        else:
            paths.append(path)
    documents = {p.suffix.lower() for p in paths} - _HELPERS
    wanted = {".css"} if documents & {".html", ".htm", ".xhtml"} else set()
    wanted |= _HELPERS - {".css"} if ".tex" in documents else set()
    paths = [p for p in paths if p.suffix.lower() not in _HELPERS or p.suffix.lower() in wanted]
    if not documents:
        found.refuse(
            str(folder), "holds nothing that a reader takes; give a CV (.pdf, .md, .tex, …) or a list of papers"
        )
    below = f"{folder.resolve().name}/" if any(found.has(p.relative_to(folder).as_posix()) for p in paths) else ""
    for path in paths:
        try:
            found.add(path, below + path.relative_to(folder).as_posix())
        except OSError as error:
            found.refuse(str(path), f"{error.strerror or error}; check that it may be read")


def _is_part(path: Path) -> bool:
    """Whether a file may be taken in by another though it shows nothing by itself: macros of LaTeX."""
    return path.suffix.lower() == ".tex"


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below ``folder`` in order: nothing hidden, no links, no folders of programs."""
    for home, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and f not in _SKIPPED and not Path(home, f).is_symlink()
        )
        for name in sorted(names):
            path = Path(home, name)
            if not name.startswith(".") and name != FILE_NAME and _is_plain(path):
                yield path


def _is_plain(path: Path) -> bool:
    """Whether there is a file at ``path``, no link and nothing else; what cannot be looked at is none."""
    with suppress(OSError):
        return path.is_file() and not path.is_symlink()
    return False
