"""A key is shown once and kept as a hash; it works until it is revoked, for the profiles that it is for."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.access.keys import Key, KeyRefused, Keys

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


@pytest.fixture
def days() -> list[date]:
    """Today is the last of them."""
    return [MONDAY]


@pytest.fixture
def keys(tmp_path: Path, days: list[date]) -> Keys:
    return Keys(tmp_path / "index" / ".keys.sqlite3", lambda: days[-1])


def test_a_key_is_found_by_its_text_and_by_nothing_else(keys: Keys) -> None:
    key, text = keys.add("homepage")
    found = keys.find(text)
    assert found is not None
    assert found.id == key.id
    for wrong in ("", text[:-1], text + "A", text.lower(), text.removeprefix("vvk_"), key.id, "vvk_" + "A" * 43):
        assert keys.find(wrong) is None


def test_the_file_holds_no_key_and_is_its_owners_alone(keys: Keys, tmp_path: Path) -> None:
    _, text = keys.add("homepage")
    keys.find(text)
    (file,) = (tmp_path / "index").iterdir()
    assert text.removeprefix("vvk_").encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_keys_are_never_the_same(keys: Keys) -> None:
    texts = {keys.add(f"key {n}")[1] for n in range(20)}
    assert len(texts) == 20
    assert {len(text) for text in texts} == {47}


def test_a_revoked_key_does_not_work_and_frees_its_name(keys: Keys, days: list[date]) -> None:
    key, text = keys.add("homepage")
    days.append(TUESDAY)
    assert keys.revoke("homepage") == Key(key.id, "homepage", None, MONDAY, None, TUESDAY)
    assert keys.find(text) is None
    with pytest.raises(KeyRefused, match="no key 'homepage' that works"):
        keys.revoke("homepage")
    _, other = keys.add("homepage")
    assert keys.find(other) is not None
    assert len(keys.all()) == 2


def test_a_key_remembers_the_day_and_not_the_time_of_its_last_use(keys: Keys, days: list[date]) -> None:
    _, text = keys.add("homepage")
    assert [key.used for key in keys.all()] == [None]
    keys.find(text)
    assert [key.used for key in keys.all()] == [MONDAY]
    days.append(TUESDAY)
    keys.find(text)
    assert [key.used for key in keys.all()] == [TUESDAY]


def test_a_key_may_be_for_some_profiles_only(keys: Keys) -> None:
    _, text = keys.add("hers", ["mira-okonjo"])
    found = keys.find(text)
    assert found is not None
    assert found.profiles == frozenset({"mira-okonjo"})
    assert found.to_json() | {"id": ""} == {
        "id": "",
        "name": "hers",
        "profiles": ["mira-okonjo"],
        "created": "2026-01-05",
        "last_used": None,
        "revoked": None,
    }


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\x00b", "x" * 81, " x"])
def test_a_name_is_one_line(keys: Keys, name: str) -> None:
    with pytest.raises(KeyRefused, match="is no name for a key"):
        keys.add(name)


def test_a_name_is_given_once(keys: Keys) -> None:
    keys.add("homepage")
    with pytest.raises(KeyRefused, match="already"):
        keys.add("homepage")


def test_where_there_are_no_keys_none_is_found_and_no_file_is_made(keys: Keys, tmp_path: Path) -> None:
    assert keys.all() == ()
    assert keys.find("vvk_" + "A" * 43) is None
    assert not (tmp_path / "index").exists()


def test_a_key_works_where_its_use_cannot_be_written_down(keys: Keys, tmp_path: Path) -> None:
    _, text = keys.add("homepage")
    with closing(sqlite3.connect(tmp_path / "index" / ".keys.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert keys.find(text) is not None
    assert [key.used for key in keys.all()] == [None]


def test_many_at_once_find_the_same_key(keys: Keys) -> None:
    key, text = keys.add("homepage")
    with ThreadPoolExecutor(8) as pool:
        assert {found.id if found else None for found in pool.map(keys.find, [text] * 64)} == {key.id}
