"""Generations of an index on disk: built aside, verified, switched to by one atomic rename, and never changed afterwards.

``<index>/<slug>/gen-00012/`` holds one generation and its ``MANIFEST.json``; the file ``CURRENT`` beside it names the one that answers.
``gen-00012.spare/`` is a second copy of it, which answers where the first has been damaged. It is a copy, and not the generation before, because
what an owner has taken out must not come back.
"""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import filelock
from pydantic import TypeAdapter, ValidationError

from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexUnusable, IngestRunning
from ingest.room import see_room, writable

SCHEMA = 1
_MANIFEST = "MANIFEST.json"
_POINTER = "CURRENT"
_STAGING = ".building-"
_SPARE = ".spare"
_NAME = re.compile(r"gen-(\d{5,})")
_COPY = re.compile(rf"gen-(\d{{5,}})({re.escape(_SPARE)})?")


@dataclass(frozen=True, slots=True)
class Assisted:
    """Which facts of a generation a language model contributed, and by what."""

    model: str
    prompt: str
    """The hash of what it was told."""
    facts: tuple[str, ...]
    """The ids of the facts, which say where they stand: ``cv.md#120-188/position``."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is and the hash of every file in it."""

    schema: int
    embedder: str
    passages: int
    fingerprint: str
    created: str
    """UTC, ISO 8601."""
    sources: dict[str, str]
    """SHA-256 of every source file by its path in the profile."""
    versions: dict[str, str]
    files: dict[str, str]
    """SHA-256 of every file of the generation by its relative path."""
    materials: str = ""
    """The hash of all files that it was made from; see ``ingest.materials``."""
    method: str = ""
    """The hash of the code that made it."""
    assisted: Assisted | None = None
    """``None`` where every fact is the rules'."""
    seal: str = ""
    """The hash of all of the above, set by ``publish``; generations of earlier versions have none."""


_ADAPTER = TypeAdapter(Manifest)


def pointer_of(folder: Path) -> Path:
    """The file that names the generation that answers; each that is published brings another one."""
    return folder / _POINTER


def current(folder: Path) -> Path:
    """The generation that answers.

    Raises:
        IndexMissing: there is none yet.
        IndexDamaged: the pointer cannot be read or names none.
    """
    try:
        name = pointer_of(folder).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"no index for {folder.name!r}; run 'vivavoce ingest {folder.name}'") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(_damaged(folder / _POINTER, "it cannot be read")) from error
    if not _NAME.fullmatch(name):
        raise IndexDamaged(_damaged(folder / _POINTER, f"it says {name[:40]!r}"))
    return folder / name


def stand_ins(folder: Path) -> tuple[Path, ...]:
    """What may answer, if it is whole, where the current generation cannot: its spare copy, then whatever is newest."""
    try:
        named: Path | None = current(folder)
    except IndexUnusable:
        named = None
    number = _number(named) if named else -1
    found = [p for p in _copies(folder) if p != named]
    return tuple(sorted(found, key=lambda p: (_number(p) == number, _number(p), p.suffix != _SPARE), reverse=True))


def spare_of(generation: Path) -> Path:
    """Where the second copy of ``generation`` lies, or the first, of a spare."""
    return generation.with_suffix("" if generation.suffix == _SPARE else _SPARE)


def read_manifest(generation: Path) -> Manifest:
    """The manifest of ``generation``.

    Raises:
        IndexDamaged: it is missing or cannot be read.
        IndexMismatch: another version of Vivavoce wrote it.
    """
    try:
        manifest = _ADAPTER.validate_json((generation / _MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamaged(_damaged(generation, f"its {_MANIFEST} cannot be read")) from error
    if manifest.schema != SCHEMA:
        raise IndexMismatch(
            f"the index of {generation.parent.name!r} has format {manifest.schema}, this version reads {SCHEMA}; "
            f"run 'vivavoce ingest {generation.parent.name}'"
        )
    return manifest


def verify(generation: Path) -> Manifest:
    """The manifest of ``generation`` once every file has been found to match it.

    Raises:
        IndexDamaged: a file is missing, changed or too many.
        IndexMismatch: another version of Vivavoce wrote it.
    """
    manifest = read_manifest(generation)
    try:
        found = hashes(generation)
    except OSError as error:
        raise IndexDamaged(_damaged(generation, "a file of it cannot be read")) from error
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise IndexDamaged(_damaged(generation, f"{name} differs from its manifest"))
    if manifest.seal not in {"", _seal(manifest)}:
        raise IndexDamaged(_damaged(generation, f"its {_MANIFEST} was changed"))
    return manifest


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder`` but the manifest, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _MANIFEST
    }


@contextmanager
def writer(folder: Path) -> Iterator[Path]:
    """An empty folder to build the next generation in, while no other process writes; what a killed writer left is removed.

    Raises:
        IngestRunning: another process holds the lock.
        IndexUnwritable: the folder cannot be written to, or the disk is full.
    """
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / ".lock")
        note = folder / ".writer"
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise IngestRunning(
                f"another ingest of {folder.name!r} runs ({_who(note)}); wait for it to end and try again"
            ) from error
        try:
            note.write_text(f"pid {os.getpid()}, since {time.strftime('%H:%M:%S')}", encoding="utf-8")
            for left in folder.glob(f"{_STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            see_room(folder)
            staging = folder / f"{_STAGING}{os.getpid()}"
            staging.mkdir()
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        finally:
            with suppress(OSError):
                note.unlink(missing_ok=True)
            lock.release()


def _who(note: Path) -> str:
    """Which process writes, as it says itself."""
    with suppress(OSError, UnicodeDecodeError):
        return note.read_text(encoding="utf-8").strip() or "pid unknown"
    return "pid unknown"


def publish(folder: Path, staging: Path, manifest: Manifest) -> Path:
    """Makes ``staging`` the current generation of ``folder`` and deletes the older ones whole; safe against a kill at any instant.

    Everything is on disk before the pointer is replaced, and a deleted generation is never the one that the pointer names.
    """
    (staging / _MANIFEST).write_bytes(_ADAPTER.dump_json(replace(manifest, seal=_seal(manifest)), indent=1))
    _sync_all(staging)
    generation = folder / f"gen-{_next_number(folder):05d}"
    staging.rename(generation)
    _sync(folder)
    keep_spare(generation)
    pointer = folder / f"{_POINTER}.new"
    pointer.write_text(generation.name, encoding="ascii")
    _sync(pointer)
    pointer.replace(folder / _POINTER)
    _sync(folder)
    for old in folder.glob("gen-*"):
        if old not in {generation, spare_of(generation)}:
            shutil.rmtree(old, ignore_errors=True)
    return generation


def keep_spare(generation: Path) -> None:
    """Makes sure that there is a second copy of ``generation``, which is whole; only while nobody else writes."""
    spare = spare_of(generation)
    with suppress(IndexUnusable):
        verify(spare)
        return
    copy = generation.parent / f"{_STAGING}{spare.name}"
    for left in (spare, copy):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(generation, copy)
    _sync_all(copy)
    copy.rename(spare)
    _sync(generation.parent)


def _copies(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.iterdir() if _COPY.fullmatch(p.name)]
    except OSError:
        return []


def _number(generation: Path) -> int:
    found = _COPY.fullmatch(generation.name)
    return int(found[1]) if found else -1


def _next_number(folder: Path) -> int:
    return max(map(_number, _copies(folder)), default=0) + 1


def _seal(manifest: Manifest) -> str:
    return hashlib.sha256(_ADAPTER.dump_json(replace(manifest, seal=""))).hexdigest()


def _sync_all(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(generation: Path, why: str) -> str:
    slug = generation.parent.name
    return f"the index of {slug!r} ({generation.name}) is damaged: {why}; run 'vivavoce ingest {slug} --rebuild'"
