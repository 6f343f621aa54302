"""The secret of an installation is made once, for its owner alone, and outlives the process."""

import multiprocessing
import stat
from pathlib import Path

import pytest

from app.access.secret import secret_of
from app.settings import Settings


def settings(folder: Path, **more: object) -> Settings:
    return Settings(index=folder / "index", **more)  # type: ignore[arg-type]


def made_in(folder: Path) -> bytes:
    return secret_of(settings(folder)).key("session")


def test_it_is_the_same_after_a_restart_and_readable_by_nobody_else(tmp_path: Path) -> None:
    first = made_in(tmp_path)
    assert made_in(tmp_path) == first
    file = settings(tmp_path).secret_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in file.parent.iterdir()] == [file.name]


def test_processes_that_begin_at_once_get_the_same(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(made_in, [tmp_path] * 8))) == 1


def test_one_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    first = made_in(tmp_path)
    file = settings(tmp_path).secret_file
    file.write_bytes(b"ab")
    second = made_in(tmp_path)
    assert second != first
    assert made_in(tmp_path) == second


def test_one_that_others_could_read_is_shut_to_them(tmp_path: Path) -> None:
    made_in(tmp_path)
    file = settings(tmp_path).secret_file
    file.chmod(0o644)
    made_in(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_nothing_can_be_kept_there_is_still_one(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder")
    assert len(made_in(tmp_path)) == 32
    assert made_in(tmp_path) != made_in(tmp_path)


def test_one_that_is_set_is_used_and_nothing_is_kept(tmp_path: Path) -> None:
    chosen = secret_of(settings(tmp_path, session_secret="s" * 32))
    assert chosen.key("session") == secret_of(settings(tmp_path, session_secret="s" * 32)).key("session")
    assert chosen.key("session") != chosen.key("counts")
    assert not (tmp_path / "index").exists()


def test_one_that_could_be_guessed_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 32"):
        settings(tmp_path, session_secret="hunter2")
