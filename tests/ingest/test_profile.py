"""Profiles on disk."""

from pathlib import Path

import pytest

from ingest.domain import Source
from ingest.errors import ProfileInvalid, ProfileNotFound
from ingest.profile import list_slugs, read_profile


def write(folder: Path, toml: str, *files: str, slug: str = "ada") -> Path:
    home = folder / slug
    home.mkdir(parents=True)
    (home / "profile.toml").write_text(toml, encoding="utf-8")
    for name in files:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("text")
    return folder


def test_a_profile_says_who_it_is(tmp_path: Path) -> None:
    toml = 'name = "Ada Byron"\naliases = ["A. Byron", "阿达"]\nlanguages = ["en", "zh"]\ngreeting = "Hi"\nquestions = ["Who?"]'
    profile = read_profile(write(tmp_path, toml), "ada")
    assert profile.names == ("Ada Byron", "A. Byron", "阿达")
    assert (profile.languages, profile.greeting, profile.questions) == (("en", "zh"), "Hi", ("Who?",))
    assert profile.share == ("email", "links")


def test_named_documents_keep_their_order_and_titles(tmp_path: Path) -> None:
    toml = 'name = "Ada"\n[[documents]]\npath = "papers.txt"\nurl = "https://a.ex"\n[[documents]]\npath = "cv.md"\ntitle = "Vita"'
    profile = read_profile(write(tmp_path, toml, "other.md"), "ada")
    assert profile.sources == (Source("papers.txt", "papers", "https://a.ex"), Source("cv.md", "Vita"))


def test_without_named_documents_every_readable_file_is_one(tmp_path: Path) -> None:
    files = ("cv.md", "sub/list_of_talks.txt", "photo.png", "questions.yaml", "LICENSE")
    profile = read_profile(write(tmp_path, 'name = "Ada"', *files), "ada")
    assert profile.sources == (Source("cv.md", "CV"), Source("sub/list_of_talks.txt", "list of talks"))


def test_a_link_out_of_the_folder_is_named_so_that_its_refusal_is_told_and_one_inside_is_no_second_document(
    tmp_path: Path,
) -> None:
    write(tmp_path, 'name = "Ada"', "cv.md")
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "ada" / "more.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "ada" / "same.md").symlink_to(tmp_path / "ada" / "cv.md")
    assert [s.path for s in read_profile(tmp_path, "ada").sources] == ["cv.md", "more.md"]


def test_slugs_are_the_folders_with_a_profile(tmp_path: Path) -> None:
    write(tmp_path, 'name = "B"', slug="b")
    write(tmp_path, 'name = "A"', slug="a")
    (tmp_path / "empty").mkdir()
    assert list_slugs(tmp_path) == ("a", "b")
    assert list_slugs(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("slug", ["adda", "ADA", "../ada", "", "a/b", "ada/", "."])
def test_a_slug_that_is_none_is_not_found_and_never_a_path(tmp_path: Path, slug: str) -> None:
    write(tmp_path / "profiles", 'name = "Ada"')
    with pytest.raises(ProfileNotFound, match=r"(did you mean|there are): ada"):
        read_profile(tmp_path / "profiles", slug)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", "name: field required"),
        ('name = ""', "line 1: name"),
        ('name = "A"\ncolour = "red"', "line 2: unknown key 'colour'"),
        ('name = "A"\n[embed]\norigin = []', "line 3: unknown key 'embed.origin'"),
        ('name = "A"\n[[documents]]\ntitle = "CV"', "documents.0.path"),
        ('name = "A', "not valid TOML"),
    ],
)
def test_a_malformed_file_says_line_and_key(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(ProfileInvalid) as caught:
        read_profile(write(tmp_path, toml), "ada")
    assert str(tmp_path / "ada" / "profile.toml") in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
