"""Ways in which an index on disk can go bad, each done to a whole generation; and a record of the size that Chroma keeps files of its own for."""

import hashlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.serving import command, environment
from ingest.build import Progress, ingest
from ingest.embed import MiniLM, Vectors, unit
from ingest.generation import current, pointer_of, spare_of

SLUG = "ines-varga"
QUESTION = "What are her research interests?"
_ENTRIES = 1_100
"""From 1,000 vectors on Chroma writes an HNSW segment."""
_PAGE = 4096
INGEST_S = 300.0
"""The longest that any may take."""


class Hashed:
    """Vectors out of a hash of each text, under the name of the installed model: an index of a thousand texts in a second.

    Such an index answers by words alone, which is all that is asked of it here.
    """

    id = MiniLM.id

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``ingest.embed.Embedder``."""
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little") for text in texts]
        if progress:
            progress(len(texts))
        rows = [np.random.default_rng(seed).standard_normal(384) for seed in seeds]
        return unit(np.asarray(rows, dtype=np.float32).reshape(-1, 384))


def cv(version: int, entries: int = _ENTRIES) -> str:
    """A CV that says which version it is; the rest stays the same."""
    papers = "\n".join(
        f"- Ines Varga, Tom Adler, Study {n} of the sea. In Journal of Water (JW-2019)" for n in range(entries)
    )
    return f"# Ines Varga\n\n## Research Interests\n\n- Version {version}: what the sea says.\n\n## Publications\n\n{papers}\n"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One profile, and generations of its index that were made beforehand and can be published in an instant."""

    profiles: Path
    index: Path
    made: Path
    """A folder for each version."""

    @classmethod
    def prepared(cls, folder: Path, versions: int = 2, entries: int = _ENTRIES) -> "Shelf":
        """Ingests as many versions; the first is the one that is published."""
        shelf = cls(folder / "profiles", folder / "index", folder / "made")
        home = shelf.profiles / SLUG
        home.mkdir(parents=True)
        (home / "profile.toml").write_text('name = "Ines Varga"\n', encoding="utf-8")
        for version in range(1, versions + 1):
            (home / "cv.md").write_text(cv(version, entries), encoding="utf-8")
            ingest(shelf.profiles, shelf.index, SLUG, Hashed(), datetime.now(UTC), Progress())
            shutil.copytree(current(shelf.index / SLUG), shelf.made / str(version))
        # Where the server starts, it finds nothing to do.
        shelf.publish(versions, versions + 1)
        return shelf

    @property
    def ingest_command(self) -> list[str]:
        """The command line of an ingest."""
        return command("ingest", self.profiles, self.index)

    def ingested(self, version: int, entries: int = 40) -> float:
        """Seconds that an undisturbed ingest of ``version`` takes, in a process of its own."""
        (self.profiles / SLUG / "cv.md").write_text(cv(version, entries), encoding="utf-8")
        started = time.monotonic()
        subprocess.run(self.ingest_command, env=environment({}), check=True, capture_output=True, timeout=INGEST_S)
        return time.monotonic() - started

    def publish(self, version: int, number: int, spoil: "Corruption | None" = None, both: bool = False) -> None:
        """Publishes ``version`` as generation ``number``, as an ingest does, its first copy or ``both`` spoilt before the pointer moves."""
        home = self.index / SLUG
        generation = home / f"gen-{number:05d}"
        for copy in (generation, spare_of(generation)):
            shutil.copytree(self.made / str(version), copy)
            if spoil is not None and (both or copy == generation):
                spoil(copy)
        pointer = pointer_of(home)
        temporary = pointer.with_suffix(".new")
        temporary.write_text(generation.name, encoding="ascii")
        if spoil in {pointer_gone, pointer_astray, pointer_of_rubbish}:
            spoil(temporary)
        if temporary.exists():
            temporary.replace(pointer)
        else:
            pointer.unlink(missing_ok=True)
        for old in home.glob("gen-*"):
            if old not in {generation, spare_of(generation)}:
                shutil.rmtree(old)


Corruption = Callable[[Path], None]


def truncated_vectors(generation: Path) -> None:
    """``data_level0.bin`` of the HNSW segment loses its second half."""
    _cut(_segment_file(generation, "data_level0.bin"), 0.5)


def flipped_vectors(generation: Path) -> None:
    """64 bytes in the middle of ``data_level0.bin`` are others: Chroma dies of it with SIGSEGV."""
    path = _segment_file(generation, "data_level0.bin")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(byte ^ 0xFF for byte in data[middle : middle + 64])
    path.write_bytes(data)


def segment_gone(generation: Path) -> None:
    """The folder of the HNSW segment is missing."""
    shutil.rmtree(_segment_file(generation, "data_level0.bin").parent)


def metadata_gone(generation: Path) -> None:
    """``index_metadata.pickle`` is missing: Chroma answers from what is left."""
    _segment_file(generation, "index_metadata.pickle").unlink()


def flipped_page(generation: Path) -> None:
    """One page of ``chroma.sqlite3`` is another: Chroma does not notice."""
    path = generation / "chroma" / "chroma.sqlite3"
    data = bytearray(path.read_bytes())
    start = len(data) // 2 // _PAGE * _PAGE
    data[start : start + _PAGE] = bytes(byte ^ 0x55 for byte in data[start : start + _PAGE])
    path.write_bytes(data)


def truncated_database(generation: Path) -> None:
    """``chroma.sqlite3`` loses its last third."""
    _cut(generation / "chroma" / "chroma.sqlite3", 0.66)


def empty_record(generation: Path) -> None:
    """``record.json`` is empty."""
    (generation / "record.json").write_bytes(b"")


def manifest_gone(generation: Path) -> None:
    """There is no manifest."""
    (generation / "MANIFEST.json").unlink()


def wrong_hash(generation: Path) -> None:
    """The manifest has another hash for one file."""
    _change_manifest(generation, lambda m: m["files"].update({"record.json": "0" * 64}))


def wrong_embedder(generation: Path) -> None:
    """The manifest names an embedder of another dimension."""
    _change_manifest(generation, lambda m: m.update(embedder="text-embedding-3-small/1536", seal=""))


def foreign_generation(generation: Path) -> None:
    """A whole generation of somebody else lies in its place."""
    record = generation / "record.json"
    record.write_bytes(record.read_bytes().replace(SLUG.encode(), b"ines-other"))
    digest = hashlib.sha256(record.read_bytes()).hexdigest()
    _change_manifest(generation, lambda m: m.update(files={**m["files"], "record.json": digest}, seal=""))


def added_file(generation: Path) -> None:
    """A journal lies beside the database, which SQLite would play back."""
    (generation / "chroma" / "chroma.sqlite3-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))


def pointer_gone(path: Path) -> None:
    """``CURRENT`` is missing."""
    _only_pointer(path, lambda: path.unlink())


def pointer_astray(path: Path) -> None:
    """``CURRENT`` names a generation that there is not."""
    _only_pointer(path, lambda: path.write_text("gen-99999", encoding="ascii"))


def pointer_of_rubbish(path: Path) -> None:
    """``CURRENT`` holds bytes that are no text."""
    _only_pointer(path, lambda: path.write_bytes(b"\xff\x00\xfegen"))


OF_A_GENERATION: Sequence[Corruption] = (
    truncated_vectors, flipped_vectors, segment_gone, metadata_gone, flipped_page, truncated_database, empty_record, manifest_gone, wrong_hash,
    wrong_embedder, foreign_generation, added_file,
)  # fmt: skip
OF_THE_POINTER: Sequence[Corruption] = (pointer_gone, pointer_astray, pointer_of_rubbish)
CORRUPTIONS: Mapping[str, Corruption] = {c.__name__.replace("_", " "): c for c in (*OF_A_GENERATION, *OF_THE_POINTER)}


def _only_pointer(path: Path, act: Callable[[], object]) -> None:
    if path.is_file():
        act()


def _segment_file(generation: Path, name: str) -> Path:
    return sorted((generation / "chroma").glob(f"*/{name}"))[0]


def _cut(path: Path, keep: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])


def _change_manifest(generation: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = generation / "MANIFEST.json"
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")
