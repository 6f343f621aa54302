"""Which file is served as a photo, and as what."""

from pathlib import Path

import pytest

from app.library import Library
from app.web.photo import MAX_BYTES, PhotoNotFound, photo_address, photo_of
from ingest.profile import read_card
from tests.app.web.scripted import SameName

PNG = b"\x89PNG\r\n\x1a\n rest"


def library(tmp_path: Path, photo: str, **files: bytes) -> Library:
    folder = tmp_path / "profiles" / "ana-b"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(f"name = 'Ana B'\nphoto = '{photo}'\n" if photo else "name = 'Ana B'\n")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return Library(tmp_path / "profiles", tmp_path / "index", SameName())


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0 rest", "image/jpeg"), (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp")],
)
def test_what_the_file_holds_decides_what_it_is_served_as(tmp_path: Path, content: bytes, media_type: str) -> None:
    photo = photo_of(library(tmp_path, "me", me=content), "ana-b")
    assert (photo.content, photo.media_type) == (content, media_type)


@pytest.mark.parametrize(
    ("photo", "content"),
    [
        ("", PNG),
        ("other", PNG),
        ("../ana-b.png", PNG),
        ("me", b"<svg onload='alert(1)'/>"),
        ("me", b"GIF89a"),
        ("me", PNG + b"x" * MAX_BYTES),
        ("me", b""),
    ],
    ids=["none", "missing", "outside", "svg", "gif", "too large", "empty"],
)
def test_nothing_else_is_served(tmp_path: Path, photo: str, content: bytes) -> None:
    found = library(tmp_path, photo, me=content)
    (tmp_path / "profiles" / "ana-b.png").write_bytes(PNG)
    with pytest.raises(PhotoNotFound):
        photo_of(found, "ana-b")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    found = library(tmp_path, "me")
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "profiles" / "ana-b" / "me").symlink_to(tmp_path / "secret.png")
    with pytest.raises(PhotoNotFound):
        photo_of(found, "ana-b")


def test_the_address_is_there_only_with_a_photo(tmp_path: Path) -> None:
    assert photo_address(read_card(library(tmp_path / "a", "").profiles, "ana-b")) is None
    assert photo_address(read_card(library(tmp_path / "b", "me").profiles, "ana-b")) == "v1/profiles/ana-b/photo"
