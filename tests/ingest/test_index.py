"""The index over real Chroma: what is written is read back, what changed is noticed before Chroma opens, unchanged vectors stay."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import MiniLM
from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, SourceUnreadable
from ingest.generation import current, spare_of
from ingest.index import Index, dump_record, open_index
from tests.conftest import Desk
from tests.ingest.embedders import Other

SLUG = "mira-okonjo"


def opened(desk: Desk, slug: str = SLUG, exact_limit: int = 20_000) -> Index:
    return open_index(desk.index / slug, desk.embedder.id, exact_limit)


def best(index: Index, minilm: MiniLM, query: str) -> str:
    return index.record.passages[int(np.argmax(index.dense(minilm.embed([query])[0])))].text


def files(desk: Desk) -> dict[str, bytes]:
    generation = current(desk.index / SLUG)
    return {p.relative_to(generation).as_posix(): p.read_bytes() for p in generation.rglob("*") if p.is_file()}


def test_a_question_finds_its_passage(ingested: Desk, minilm: MiniLM) -> None:
    assert "Whale song" in best(opened(ingested), minilm, "telling animals apart by their voice")
    assert "SoftClasp" in best(opened(ingested, "teo-lindqvist"), minilm, "a gripper for strawberries")


def test_the_vectors_are_those_of_the_embedder(ingested: Desk, minilm: MiniLM) -> None:
    from ingest.passages import embedding_text

    index = opened(ingested)
    expected = minilm.embed([embedding_text(p) for p in index.record.passages])
    assert np.allclose(index.vectors, expected, atol=1e-6)
    assert index.sentence_vectors.shape == (len(index.record.sentences), 384)


def test_chromas_own_search_agrees_on_the_nearest(ingested: Desk, minilm: MiniLM) -> None:
    exact, approximate = opened(ingested), opened(ingested, exact_limit=0)
    assert approximate.approximate is not None
    for query in ("whales", "supervisor of her thesis", "prizes"):
        vector = minilm.embed([query])[0]
        assert int(np.argmax(exact.dense(vector))) == int(np.argmax(approximate.dense(vector)))


def test_an_ingest_without_changes_leaves_every_file_alone(indexed: Desk) -> None:
    before = files(indexed)
    report = indexed.ingest(SLUG)
    assert (report.changed, report.embedded) == (False, 0)
    assert files(indexed) == before


def test_only_what_changed_is_embedded_again(indexed: Desk) -> None:
    cv = (indexed.profiles / SLUG / "cv.md").read_text(encoding="utf-8")
    before = opened(indexed)
    indexed.write(SLUG, "cv.md", cv.replace("Golden Hydrophone Prize", "Silver Hydrophone Prize"))
    report = indexed.ingest(SLUG)
    assert report.changed
    assert 0 < report.embedded < len(before.record.passages) / 2
    after = opened(indexed)
    kept = {p.id: row for p, row in zip(before.record.passages, before.vectors, strict=True)}
    shared = [(row, kept[p.id]) for p, row in zip(after.record.passages, after.vectors, strict=True) if p.id in kept]
    assert len(shared) > len(before.record.passages) / 2
    assert all(np.array_equal(a, b) for a, b in shared)


def test_what_left_the_disk_leaves_no_trace_in_the_index(indexed: Desk) -> None:
    cv = (indexed.profiles / SLUG / "cv.md").read_text(encoding="utf-8")
    assert any(b"Golden Hydrophone" in content for content in files(indexed).values())
    indexed.write(SLUG, "cv.md", cv.replace("Golden Hydrophone Prize\t2023\n", ""))
    indexed.ingest(SLUG)
    assert not [name for name, content in files(indexed).items() if b"Golden Hydrophone" in content]


def test_hnsw_files_that_hold_nothing_are_not_kept(indexed: Desk) -> None:
    """Chroma fills them with uninitialised memory of the process: deleted text, other people's, keys."""
    assert [p.name for p in (current(indexed.index / SLUG) / "chroma").iterdir()] == ["chroma.sqlite3"]


def test_a_rebuild_embeds_everything_and_gives_the_same_record(indexed: Desk) -> None:
    before = opened(indexed)
    report = indexed.ingest(SLUG, rebuild=True)
    after = opened(indexed)
    assert report.changed
    assert report.embedded >= len(before.record.passages)
    assert after.record == before.record
    assert np.array_equal(after.vectors, before.vectors)


def test_equal_records_are_equal_bytes_and_come_back_equal(ingested: Desk) -> None:
    first, second = opened(ingested), opened(ingested)
    assert first.record == second.record
    assert dump_record(first.record) == dump_record(second.record)


def test_an_index_that_is_open_outlives_the_next_ingest(indexed: Desk, minilm: MiniLM) -> None:
    held = opened(indexed)
    indexed.write(SLUG, "cv.md", "# Mira Okonjo\n\n## Research Interests\n\n- Tides: How they turn.")
    indexed.ingest(SLUG)
    assert "Whale song" in best(held, minilm, "telling animals apart by their voice")
    assert "Tides" in best(opened(indexed), minilm, "telling animals apart by their voice")


def test_a_failed_ingest_leaves_the_old_index_answering(indexed: Desk, minilm: MiniLM) -> None:
    before = files(indexed)
    indexed.write(SLUG, "cv.md", b"\xff")
    with pytest.raises(SourceUnreadable):
        indexed.ingest(SLUG)
    assert files(indexed) == before
    assert "Whale song" in best(opened(indexed), minilm, "telling animals apart by their voice")


def test_reading_changes_no_file(indexed: Desk) -> None:
    before = files(indexed)
    opened(indexed)
    opened(indexed, exact_limit=0)
    assert files(indexed) == before


def test_a_folder_that_may_only_be_read_is_enough(indexed: Desk, minilm: MiniLM) -> None:
    generation = current(indexed.index / SLUG)
    for path in [*generation.rglob("*"), generation]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    assert best(opened(indexed), minilm, "whales")


def test_a_profile_that_was_never_ingested_has_no_index(desk: Desk) -> None:
    with pytest.raises(IndexMissing):
        opened(desk)


def test_another_embedder_is_a_mismatch_and_its_vectors_are_not_reused(indexed: Desk) -> None:
    with pytest.raises(IndexMismatch, match=r"all-MiniLM-L6-v2-int8/384.*configured one is 'other/3'"):
        open_index(indexed.index / SLUG, "other/3")
    report = Desk(indexed.profiles, indexed.index, Other()).ingest(SLUG)
    assert report.embedded >= report.passages


def every_file(desk: Desk) -> list[str]:
    return sorted(files(desk).keys() - {"MANIFEST.json"})


def test_a_flipped_byte_in_any_file_is_found_before_chroma_opens(indexed: Desk) -> None:
    generation = current(indexed.index / SLUG)
    shutil.rmtree(spare_of(generation))
    names = every_file(indexed)
    assert any(name.startswith("chroma/") for name in names)
    for name in names:
        path = generation / name
        whole = path.read_bytes()
        if not whole:
            continue
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(IndexDamaged, match="differs from its manifest"):
            opened(indexed)
        path.write_bytes(whole)
    opened(indexed)


def test_damage_is_found_without_chroma(indexed: Desk) -> None:
    """In a process of its own, which never gets to import Chroma."""

    path = current(indexed.index / SLUG) / "chroma" / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[:-1])
    shutil.rmtree(spare_of(current(indexed.index / SLUG)))
    code = (
        "import sys; from pathlib import Path; from ingest.errors import IndexDamaged; from ingest.index import open_index\n"
        "try: open_index(Path(sys.argv[1]), sys.argv[2])\n"
        "except IndexDamaged: print('chromadb' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(indexed.index / SLUG), indexed.embedder.id]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ended.stdout == "False\n", ended.stderr


@pytest.mark.parametrize("change", ["delete", "add"])
def test_a_missing_or_added_file_is_damage(indexed: Desk, change: str) -> None:
    generation = current(indexed.index / SLUG)
    shutil.rmtree(spare_of(generation))
    if change == "delete":
        (generation / "record.json").unlink()
    else:
        (generation / "chroma" / "journal").write_bytes(b"")
    with pytest.raises(IndexDamaged):
        opened(indexed)


def test_a_damaged_index_is_mended_by_an_ordinary_ingest(indexed: Desk, minilm: MiniLM) -> None:
    (current(indexed.index / SLUG) / "record.json").write_bytes(b"{}")
    assert indexed.ingest(SLUG).changed
    assert "Whale song" in best(opened(indexed), minilm, "telling animals apart by their voice")


def test_no_private_copy_is_left_behind(indexed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "copies"))
    (tmp_path / "copies").mkdir()
    opened(indexed)
    assert list((tmp_path / "copies").iterdir()) == []
