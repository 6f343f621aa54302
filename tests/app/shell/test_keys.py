"""The verb ``keys``: a key is printed once, listed without itself, and revoked by id or name."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    (tmp_path / "profiles" / "mira-okonjo").mkdir(parents=True)
    (tmp_path / "profiles" / "mira-okonjo" / "profile.toml").write_text('name = "Mira Okonjo"\n')
    return ["--index", str(tmp_path / "index")]


def added(capsys: pytest.CaptureFixture[str], folders: list[str], *more: str) -> dict[str, Any]:
    profiles = ["--profiles", str(Path(folders[1]).parent / "profiles")]
    assert run(["keys", "add", "homepage", *folders, *profiles, *more, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def listed(capsys: pytest.CaptureFixture[str], folders: list[str]) -> list[dict[str, Any]]:
    assert run(["keys", "list", *folders, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_standard_output_holds_the_key_alone_so_that_it_can_be_piped(
    capsys: pytest.CaptureFixture[str], folders: list[str]
) -> None:
    assert run(["keys", "add", "homepage", *folders]) == 0
    said = capsys.readouterr()
    assert said.out.strip().startswith("vvk_")
    assert len(said.out.split()) == 1
    assert "not shown again" in said.err
    assert said.out.strip() not in said.err


def test_a_list_tells_of_every_key_and_shows_none(capsys: pytest.CaptureFixture[str], folders: list[str]) -> None:
    made = added(capsys, folders, "--profile", "mira-okonjo")
    text = made.pop("key")
    assert listed(capsys, folders) == [made]
    assert made["profiles"] == ["mira-okonjo"]
    assert run(["keys", "list", *folders]) == 0
    said = capsys.readouterr()
    assert text not in said.out + said.err
    assert "never used  " in said.out
    assert said.out.rstrip().endswith("for mira-okonjo  homepage")


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_key_is_revoked_by_its_id_or_name_and_once(
    capsys: pytest.CaptureFixture[str], folders: list[str], by: str
) -> None:
    made = added(capsys, folders)
    assert run(["keys", "revoke", made[by], *folders]) == 0
    assert made["id"] in capsys.readouterr().out
    assert listed(capsys, folders)[0]["revoked"] is not None
    assert run(["keys", "revoke", made[by], *folders]) == 2
    assert "'vivavoce keys list' names them" in capsys.readouterr().err


def test_a_key_is_not_made_for_a_profile_that_is_not_there(
    capsys: pytest.CaptureFixture[str], folders: list[str]
) -> None:
    profiles = ["--profiles", str(Path(folders[1]).parent / "profiles")]
    assert run(["keys", "add", "homepage", "--profile", "mira-okonja", *folders, *profiles]) == 2
    assert "did you mean: mira-okonjo" in capsys.readouterr().err
    assert listed(capsys, folders) == []


def test_no_keys_is_an_empty_list(capsys: pytest.CaptureFixture[str], folders: list[str]) -> None:
    assert listed(capsys, folders) == []
    assert run(["keys", "list", *folders]) == 0
    assert "keys add NAME" in capsys.readouterr().err


def test_without_a_verb_it_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys"]) == 2
    assert "vivavoce keys --help" in capsys.readouterr().err
