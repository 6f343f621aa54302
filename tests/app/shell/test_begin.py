"""``init``: a profile is made whole or not at all, from what the owner has, and asks only what it can answer."""

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.assistant import Assistant, finished
from app.cli import run
from app.domain import Turn
from app.library import Library
from app.shell.begin import Beginning, Begun
from ingest.build import Progress
from ingest.embed import MiniLM
from ingest.errors import OwnerError
from ingest.profile import list_slugs, read_profile
from tests.conftest import INVENTED, NOON, TOP

CV = """# Ada Byron

ada.byron@example.org | https://ada.example | Phone: +44 20 7946 0018

## Experience

Analytical Society, London 2019 – Present

Researcher

## Education

University of Harbourton 2012 – 2016

PhD in Mathematics
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Library:
    """Folders that all tests of this file make their profiles in."""
    folder = tmp_path_factory.mktemp("begin")
    return Library(folder / "profiles", folder / "index", minilm)


@pytest.fixture
def beginning(library: Library) -> Beginning:
    return Beginning(library, NOON, Progress())


@pytest.fixture
def cv(tmp_path: Path) -> Path:
    path = tmp_path / "my files" / "cv.md"
    path.parent.mkdir()
    path.write_text(CV, encoding="utf-8")
    return path


def nothing_left(library: Library) -> Iterator[str]:
    """What was built aside and forgotten."""
    for folder in (library.profiles, library.index):
        yield from (p.name for p in folder.glob(".init-*"))


@pytest.fixture(scope="module")
def made(library: Library) -> Begun:
    """A profile of an invented person's CV."""
    return Beginning(library, NOON, Progress()).begin("mira", [str(INVENTED / "mira-okonjo" / "cv.md")])


def test_a_profile_is_made_and_answers_every_question_that_it_suggests(library: Library, made: Begun) -> None:
    profile = read_profile(library.profiles, "mira")
    assert (profile.name, [s.path for s in profile.sources]) == ("Mira Okonjo", ["cv.md"])
    assert len(profile.questions) >= 3
    assert profile.questions == made.questions
    assistant = Assistant(library, 500, 1)
    for question in profile.questions:
        assert finished(assistant.ask("mira", [Turn("user", question)])).status == "grounded", question


def test_its_index_is_fresh_and_the_report_tells_what_was_understood(library: Library, made: Begun) -> None:
    assert library.open("mira").record.profile == read_profile(library.profiles, "mira")
    assert made.report is not None
    assert made.report.embedded >= made.report.passages > 0
    assert made.report.files[0].facts["publication"] == 3
    assert list(nothing_left(library)) == []


def test_what_is_private_stays_out_of_the_proposal(library: Library, beginning: Beginning, cv: Path) -> None:
    begun = beginning.begin("private", [str(cv)])
    assert begun.profile_toml is not None
    assert "7946" not in begun.profile_toml
    assert "█" not in begun.profile_toml.replace("(shown as █)", "")
    assert "phone numbers (cv.md)" in begun.profile_toml
    assert tomllib.loads(begun.profile_toml)["links"] == ["https://ada.example"]


def test_a_dry_run_writes_nothing(library: Library, cv: Path) -> None:
    begun = Beginning(library, NOON, Progress(), is_dry=True).begin("dry", [str(cv)])
    assert begun.profile_toml is not None
    assert begun.questions
    assert begun.report is None
    assert not (library.profiles / "dry").exists()
    assert not (library.index / "dry").exists()
    assert list(nothing_left(library)) == []


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(beginning: Beginning, library: Library, cv: Path) -> None:
    (cv.parent / "scan.pdf").write_bytes(b"no pdf at all")
    begun = beginning.begin("partly", [str(cv.parent), "https://ada.example"])
    assert [r.name for r in begun.refused] == ["https://ada.example", str(cv.parent / "scan.pdf")]
    assert sorted(p.name for p in (library.profiles / "partly").iterdir()) == ["cv.md", "profile.toml"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe not text", b"no name at all, nor anything else\n"])
def test_where_nothing_comes_of_it_nothing_is_made(
    beginning: Beginning, library: Library, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "cv.md").write_bytes(content)
    with pytest.raises(OwnerError):
        beginning.begin("nothing", [str(tmp_path / "cv.md")])
    assert not (library.profiles / "nothing").exists()
    assert not (library.index / "nothing").exists()
    assert list(nothing_left(library)) == []


def test_without_a_name_it_tells_whom_it_saw_and_asks(beginning: Beginning, tmp_path: Path) -> None:
    work = "@article{a, author = {Quill, Tamsin and Marsh, Odo}, title = {On looms that count}, year = 2020}"
    (tmp_path / "papers.bib").write_text(work)
    with pytest.raises(OwnerError, match=r'(?s)(?=.*Quill)(?=.*Marsh).*--name "First Last"'):
        beginning.begin("unnamed", [str(tmp_path / "papers.bib")])


def test_a_profile_is_never_overwritten(beginning: Beginning, library: Library, made: Begun, cv: Path) -> None:
    before = (library.profiles / "mira" / "profile.toml").read_bytes()
    with pytest.raises(OwnerError, match=r"--add"):
        beginning.begin("mira", [str(cv)])
    with pytest.raises(OwnerError, match=r"--add"):
        beginning.begin("mira", [])
    assert (library.profiles / "mira" / "profile.toml").read_bytes() == before


def test_what_lies_in_the_folder_already_is_begun_with(beginning: Beginning, library: Library, cv: Path) -> None:
    home = library.profiles / "here"
    home.mkdir(parents=True)
    (home / "cv.md").write_text(CV, encoding="utf-8")
    with pytest.raises(OwnerError, match="without --from"):
        beginning.begin("here", [str(cv)])
    beginning.begin("here", [])
    assert read_profile(library.profiles, "here").name == "Ada Byron"
    assert sorted(p.name for p in home.iterdir()) == ["cv.md", "profile.toml"]


def test_without_files_it_says_what_to_give(beginning: Beginning) -> None:
    with pytest.raises(OwnerError, match=r"vivavoce init nobody --from"):
        beginning.begin("nobody", [])


def test_files_are_added_without_touching_what_the_owner_wrote(
    beginning: Beginning, library: Library, tmp_path: Path
) -> None:
    home = library.profiles / "grown"
    home.mkdir(parents=True)
    (home / "cv.md").write_text(CV, encoding="utf-8")
    written = '# mine\nname = "Ada Byron"  # yes\n[[documents]]\npath = "cv.md"\n[privacy]\nshare = ["email"]\n'
    (home / "profile.toml").write_text(written)
    (tmp_path / "cv.md").write_text("# Ada Byron\n\n## Awards\n\n- Loom Medal, 2021\n")
    begun = beginning.add("grown", [str(tmp_path / "cv.md")])
    assert [c.path for c in begun.copied] == ["cv-2.md"]
    assert (home / "cv.md").read_text(encoding="utf-8") == CV
    assert (home / "profile.toml").read_text().startswith(written)
    assert [s.path for s in library.open("grown").record.profile.sources] == ["cv.md", "cv-2.md"]


def test_a_profile_that_reads_all_files_is_left_as_it_is_when_some_are_added(
    beginning: Beginning, library: Library, tmp_path: Path
) -> None:
    home = library.profiles / "open"
    home.mkdir(parents=True)
    (home / "cv.md").write_text(CV, encoding="utf-8")
    (home / "profile.toml").write_text('name = "Ada Byron"\n')
    (tmp_path / "talks.md").write_text("# Talks\n\n- On looms, Harbourton, 2021\n")
    beginning.add("open", [str(tmp_path / "talks.md")])
    assert (home / "profile.toml").read_text() == 'name = "Ada Byron"\n'
    assert [s.path for s in library.open("open").record.profile.sources] == ["cv.md", "talks.md"]


# The shell door


def options(library: Library) -> list[str]:
    return ["--profiles", str(library.profiles), "--index", str(library.index)]


def test_several_paths_follow_one_option(library: Library, cv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = cv.parent / "papers.bib"
    bib.write_text("@article{a, author = {Byron, Ada}, title = {On looms that count}, journal = {Looms}, year = 2020}")
    assert run(["init", "several", "--from", str(cv), str(bib), "--json", *options(library)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [c["path"] for c in told["copied"]] == ["cv.md", "papers.bib"]
    assert (told["name"], told["name_is_sure"]) == ("Ada Byron", True)
    assert told["next"][0].startswith("./viva ask several ")
    assert told["report"]["files"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Ada Byron", "--from", "cv.md"], "vivavoce init ada-byron"),
        (["ada", "--from", "https://ada.example"], "nothing is fetched"),
        (["ada", "--name", " ", "--from", "cv.md"], "--name"),
        (["ada", "--add", "--from", "cv.md"], "no profile 'ada'"),
    ],
)
def test_wrong_use_is_one_line_with_the_next_step(
    library: Library, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert run(["init", *words, *options(library)]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_the_verb_works_in_a_process_of_its_own(library: Library, made: Begun, cv: Path) -> None:
    done = shell("init", "own", "--from", str(cv), "--name", "Augusta Ada Byron", *options(library))
    out, err = done.communicate(timeout=120)
    assert done.returncode == 0, err
    assert "name: Augusta Ada Byron (given with --name)" in out
    assert './viva ask own "' in out
    assert read_profile(library.profiles, "own").name == "Augusta Ada Byron"


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [1.0, 4.0])
def test_a_kill_leaves_nothing_half_made(library: Library, made: Begun, cv: Path, after_s: float) -> None:
    slug = f"killed-{int(after_s)}"
    doomed = shell("init", slug, "--from", str(cv), *options(library))
    time.sleep(after_s)
    os.killpg(doomed.pid, signal.SIGKILL)
    doomed.communicate()
    whole = slug in list_slugs(library.profiles)
    assert whole == (library.profiles / slug).exists()
    if not whole:
        Beginning(library, NOON, Progress()).begin(slug, [str(cv)])
    assert read_profile(library.profiles, slug).name == "Ada Byron"
    Beginning(library, NOON, Progress()).add(slug, [str(INVENTED / "ravi-menon" / "resume.md")])
    assert list(nothing_left(library)) == []


def shell(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=TOP,
        start_new_session=True,
    )
