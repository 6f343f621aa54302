"""The commands that bring in other text: inputted files, classes and packages of the profile's own, and what known classes define."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from ingest.errors import SourceUnreadable
from ingest.readers.decode import decode
from ingest.readers.tex.files import body_of, encoding_of, find
from ingest.readers.tex.grammar import LINE, tokens
from ingest.readers.tex.gullet import END_OF_FILE, Gullet, text_of

_DEEPEST = 20
"""Files that may input one another."""
_LARGEST = 10 * 1024 * 1024


def load_class(gullet: Gullet, name: str) -> None:
    """Puts in front of ``gullet`` what the class or package ``name`` defines, where we know it; else its file in the profile."""
    known = next((text for names, text in _classes() if any(fnmatchcase(name, pattern) for pattern in names)), None)
    if known is not None:
        gullet.push(tokens(known, at_is_letter=True))
        return
    for suffix in (".cls", ".sty"):
        path = find(gullet.folder, gullet.main.parent, name, suffix)
        if path is not None and path.suffix == suffix:
            _open(gullet, path, tokens(_text(path, gullet.encoding), at_is_letter=True))
            return


def _input(gullet: Gullet) -> None:
    name = text_of(gullet.argument()) if gullet.has_group() else _bare_name(gullet)
    _read(gullet, gullet.main.parent, name)


def _include(gullet: Gullet) -> None:
    """A file on pages of its own."""
    name = text_of(gullet.argument())
    gullet.push(["\\par"])
    _read(gullet, gullet.main.parent, name)
    gullet.push(["\\par"])


def _input_if_there(gullet: Gullet) -> None:
    name, then, otherwise = text_of(gullet.argument()), gullet.argument(), gullet.argument()
    found = find(gullet.folder, gullet.main.parent, name, ".tex") is not None
    gullet.push(then if found else otherwise)
    _read(gullet, gullet.main.parent, name)


def _import(gullet: Gullet) -> None:
    gullet.star()
    folder, name = text_of(gullet.argument()), text_of(gullet.argument())
    for home in (gullet.open_files[-1].parent, gullet.main.parent):
        if find(gullet.folder, home / folder, name, ".tex") is not None:
            _read(gullet, home / folder, name)
            return


def _bare_name(gullet: Gullet) -> str:
    gullet.skip_spaces()
    taken: list[str] = []
    while (token := gullet.peek()) is not None and not token.isspace() and token[0] not in "\\{}":
        taken.append(token)
        gullet.next()
    return text_of(taken)


def _read(gullet: Gullet, beside: Path, name: str) -> None:
    path = find(gullet.folder, beside, name, ".tex") or find(gullet.folder, gullet.open_files[-1].parent, name, ".tex")
    if path is not None and path.suffix in {".tex", ".sty", ".cls", ".ltx", ".bbl", ""}:
        text = _text(path, gullet.encoding)
        text = body_of(text) if gullet.began else text
        _open(gullet, path, tokens(text, at_is_letter=path.suffix in {".sty", ".cls"}))
    elif path is None and gullet.began:
        gullet.missing.append(name)  # In the preamble it is one of TeX's own.


def _open(gullet: Gullet, path: Path, found: list[str]) -> None:
    resolved = path.resolve()
    if resolved in {p.resolve() for p in gullet.open_files} or len(gullet.open_files) > _DEEPEST:
        raise SourceUnreadable(
            f"{gullet.main}: {path.name!r} inputs itself, or files input one another {_DEEPEST} deep; take one \\input out"
        )
    gullet.open_files.append(path)
    gullet.push([*found, LINE, END_OF_FILE])


def _text(path: Path, encoding: str | None) -> str:
    if path.stat().st_size > _LARGEST:
        raise SourceUnreadable(f"{path}: more than {_LARGEST} bytes; shorten or split it")
    return decode(path, encoding_of(path) or encoding)


def _class(gullet: Gullet) -> None:
    gullet.options |= _listed(gullet.optional())
    name = text_of(gullet.argument()).rpartition("/")[2]
    gullet.optional()
    load_class(gullet, name)


def _package(gullet: Gullet) -> None:
    options = _listed(gullet.optional())
    names = _listed(gullet.argument())
    gullet.optional()
    if names & {"babel", "biblatex"}:
        gullet.options |= options
    for name in sorted(names):
        load_class(gullet, name.rpartition("/")[2])


def _listed(found: list[str] | None) -> set[str]:
    return {name.strip() for name in text_of(found or []).split(",") if name.strip()}


def _end_of_file(gullet: Gullet) -> None:
    if len(gullet.open_files) > 1:
        gullet.open_files.pop()


def _end_input(gullet: Gullet) -> None:
    gullet.until([END_OF_FILE])
    _end_of_file(gullet)


@cache
def _classes() -> list[tuple[list[str], str]]:
    data = yaml.safe_load(resources.files("ingest.readers.tex").joinpath("classes.yaml").read_text(encoding="utf-8"))
    return [(entry["classes"], entry["macros"]) for entry in data]


LOADS: dict[str, Callable[[Gullet], None]] = {
    **dict.fromkeys(["\\input", "\\makerubric"], _input),
    **dict.fromkeys(["\\include", "\\subfile"], _include),
    "\\InputIfFileExists": _input_if_there,
    **dict.fromkeys(["\\import", "\\subimport", "\\inputfrom", "\\subinputfrom", "\\includefrom"], _import),
    **dict.fromkeys(["\\documentclass", "\\LoadClass", "\\LoadClassWithOptions", "\\documentstyle"], _class),
    **dict.fromkeys(["\\usepackage", "\\RequirePackage", "\\RequirePackageWithOptions"], _package),
    END_OF_FILE: _end_of_file,
    "\\endinput": _end_input,
}
