"""Generations: switched by one rename, verified file by file, and whole after a writer dies at any step."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, IngestRunning
from ingest.generation import (
    SCHEMA,
    Manifest,
    current,
    hashes,
    keep_spare,
    publish,
    spare_of,
    stand_ins,
    verify,
    writer,
)
from tests.conftest import TOP

FILES = {"record.json": b"{}", "chroma/data.bin": b"\x00\x01", "bm25/index.json": b"[]"}


def manifest_of(folder: Path) -> Manifest:
    return Manifest(SCHEMA, "m/3", 0, "f", "2026-01-05T12:00:00+00:00", {}, {}, hashes(folder))


def build(folder: Path, files: dict[str, bytes]) -> Path:
    """One whole generation out of ``files``."""
    with writer(folder) as staging:
        for name, content in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(content)
        return publish(folder, staging, manifest_of(staging))


def test_a_folder_without_generations_is_missing_an_index(tmp_path: Path) -> None:
    for folder in (tmp_path / "ada", tmp_path / "no" / "ada"):
        with pytest.raises(IndexMissing, match="run 'vivavoce ingest ada'"):
            current(folder)


def test_a_published_generation_is_current_and_whole(tmp_path: Path) -> None:
    generation = build(tmp_path / "ada", FILES)
    assert current(tmp_path / "ada") == generation
    assert generation.name == "gen-00001"
    assert verify(generation).files == hashes(generation)


def test_the_next_one_takes_its_place_and_nothing_of_the_old_stays(tmp_path: Path) -> None:
    first = build(tmp_path / "ada", FILES)
    second = build(tmp_path / "ada", {**FILES, "record.json": b'{"new": 1}'})
    assert (current(tmp_path / "ada"), second.name) == (second, "gen-00002")
    assert not first.exists()
    assert sorted(p.name for p in (tmp_path / "ada").iterdir() if p.name != ".lock") == [
        "CURRENT",
        "gen-00002",
        "gen-00002.spare",
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_byte_is_noticed(tmp_path: Path, name: str) -> None:
    generation = build(tmp_path / "ada", FILES)
    content = bytearray((generation / name).read_bytes())
    content[0] ^= 1
    (generation / name).write_bytes(content)
    with pytest.raises(IndexDamaged, match=f"{name} differs.*run 'vivavoce ingest ada --rebuild'"):
        verify(generation)


@pytest.mark.parametrize("name", FILES)
def test_a_deleted_file_is_noticed(tmp_path: Path, name: str) -> None:
    generation = build(tmp_path / "ada", FILES)
    (generation / name).unlink()
    with pytest.raises(IndexDamaged, match=name):
        verify(generation)


@pytest.mark.parametrize("name", ["extra", "chroma/extra.bin"])
def test_an_added_file_is_noticed(tmp_path: Path, name: str) -> None:
    generation = build(tmp_path / "ada", FILES)
    (generation / name).write_bytes(b"")
    with pytest.raises(IndexDamaged, match=name):
        verify(generation)


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_any_change_to_any_byte_is_noticed(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    generation = build(tmp_path_factory.mktemp("any") / "ada", FILES)
    path = generation / data.draw(st.sampled_from(sorted(FILES)))
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with pytest.raises(IndexDamaged):
        verify(generation)


@pytest.mark.parametrize("keep", [0, 1, 40, -1])
def test_a_truncated_manifest_is_damage(tmp_path: Path, keep: int) -> None:
    generation = build(tmp_path / "ada", FILES)
    manifest = generation / "MANIFEST.json"
    manifest.write_bytes(manifest.read_bytes()[:keep])
    with pytest.raises(IndexDamaged, match=r"MANIFEST\.json cannot be read"):
        verify(generation)


def test_a_manifest_of_another_format_is_a_mismatch(tmp_path: Path) -> None:
    generation = build(tmp_path / "ada", FILES)
    manifest = generation / "MANIFEST.json"
    manifest.write_text(manifest.read_text().replace(f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}'))
    with pytest.raises(IndexMismatch, match=f"has format {SCHEMA + 1}, this version reads {SCHEMA}"):
        verify(generation)


def test_a_pointer_to_nothing_is_damage(tmp_path: Path) -> None:
    build(tmp_path / "ada", FILES)
    shutil.rmtree(current(tmp_path / "ada"))
    with pytest.raises(IndexDamaged):
        verify(current(tmp_path / "ada"))


@pytest.mark.parametrize("content", ["", "\n", "gen-99999", "../../elsewhere", "/etc"])
def test_a_pointer_that_was_tampered_with_never_answers(tmp_path: Path, content: str) -> None:
    build(tmp_path / "ada", FILES)
    (tmp_path / "ada" / "CURRENT").write_text(content)
    with pytest.raises((IndexDamaged, IndexMissing)):
        verify(current(tmp_path / "ada"))


def test_a_writer_that_fails_leaves_the_old_generation_and_no_rubbish(tmp_path: Path) -> None:
    first = build(tmp_path / "ada", FILES)
    with pytest.raises(ZeroDivisionError), writer(tmp_path / "ada") as staging:
        (staging / "half").write_bytes(bytes([1 // 0]))
    assert current(tmp_path / "ada") == first
    assert sorted(p.name for p in (tmp_path / "ada").iterdir() if p.name != ".lock") == [
        "CURRENT",
        "gen-00001",
        "gen-00001.spare",
    ]


STEPS = {
    "staging made": (".building-1/chroma/data.bin",),
    "renamed, pointer not written": ("gen-00002/record.json", "gen-00002/MANIFEST.json"),
    "new pointer half written": ("gen-00002/record.json", "CURRENT.new"),
}


@pytest.mark.parametrize("left", STEPS.values(), ids=STEPS.keys())
def test_what_a_killed_writer_leaves_neither_answers_nor_stays(tmp_path: Path, left: tuple[str, ...]) -> None:
    folder = tmp_path / "ada"
    first = build(folder, FILES)
    for name in left:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"gen-0")
    assert current(folder) == first
    verify(current(folder))
    latest = build(folder, FILES)
    assert current(folder) == latest
    verify(latest)
    names = sorted(p.name for p in folder.iterdir() if p.name != ".lock")
    assert names == ["CURRENT", latest.name, f"{latest.name}.spare"]


def test_two_writers_never_work_at_once(tmp_path: Path) -> None:
    with writer(tmp_path / "ada"):
        code = (
            "import sys; from pathlib import Path; from ingest.errors import IngestRunning; "
            "from ingest.generation import writer\n"
            "try:\n    with writer(Path(sys.argv[1])): pass\n"
            "except IngestRunning as error: print(error); sys.exit(7)"
        )
        command = [sys.executable, "-c", code, str(tmp_path / "ada")]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=TOP)
        assert ended.returncode == 7, ended.stderr
        assert f"pid {os.getpid()}" in ended.stdout
        with pytest.raises(IngestRunning, match="wait for it to end"), writer(tmp_path / "ada"):
            pass
    with writer(tmp_path / "ada"):
        pass


def test_the_lock_of_a_dead_writer_is_free(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from ingest.generation import writer\n"
        "with writer(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path / "ada")], check=False, cwd=TOP)
    assert ended.returncode == -9
    assert list((tmp_path / "ada").glob(".building-*"))
    generation = build(tmp_path / "ada", FILES)
    assert current(tmp_path / "ada") == generation
    assert not list((tmp_path / "ada").glob(".building-*"))


def test_a_changed_manifest_is_damage_also_where_every_file_is_as_it_says(tmp_path: Path) -> None:
    manifest = build(tmp_path / "ada", FILES) / "MANIFEST.json"
    manifest.write_text(manifest.read_text().replace('"embedder": "', '"embedder": "x'))
    with pytest.raises(IndexDamaged, match=r"its MANIFEST\.json was changed"):
        verify(current(tmp_path / "ada"))


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"gen-00001/../gen-00001", b"gen-1", b"GEN-00001", b"gen-00001.spare"]
)
def test_a_pointer_that_names_no_generation_is_damage(tmp_path: Path, content: bytes) -> None:
    build(tmp_path / "ada", FILES)
    (tmp_path / "ada" / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match="CURRENT"):
        current(tmp_path / "ada")
    assert stand_ins(tmp_path / "ada")[0].name == "gen-00001"


def test_a_spare_copy_is_whole_and_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    generation = build(tmp_path / "ada", FILES)
    spare = spare_of(generation)
    assert verify(spare) == verify(generation)
    assert spare_of(spare) == generation
    (spare / "record.json").unlink()
    with writer(tmp_path / "ada"):
        keep_spare(generation)
    assert verify(spare) == verify(generation)


def test_the_spare_of_the_current_generation_stands_in_before_anything_newer(tmp_path: Path) -> None:
    generation = build(tmp_path / "ada", FILES)
    shutil.copytree(generation, tmp_path / "ada" / "gen-00007")
    assert [p.name for p in stand_ins(tmp_path / "ada")] == ["gen-00001.spare", "gen-00007"]
