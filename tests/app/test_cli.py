"""The shell door: what it prints, how it ends, and that whatever goes wrong is one line with the next step."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import run
from ingest.generation import current, spare_of
from tests.conftest import TOP, Desk
from tests.ingest.embedders import Other

HEAVY = ("chromadb", "llama_index", "gradio", "onnxruntime", "openai")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> "Shell":
    return Shell(capsys)


class Shell:
    """Runs verbs in this process and keeps what they printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = ""
        self.err = ""

    def __call__(self, *words: str) -> int:
        code = run(list(words))
        self.out, self.err = self._capsys.readouterr()
        return code

    def fails(self, *words: str, code: int = 2) -> str:
        """The one line on standard error of a verb that must fail, without its ``vivavoce: ``."""
        assert self(*words) == code, self.err
        assert self.err.startswith("vivavoce: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.removeprefix("vivavoce: ").rstrip("\n")


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``vivavoce`` in a process of its own, with the network forbidden."""
    code = (
        "import sys; from tests.offline import forbid_network; forbid_network(); "
        "from app.cli import run; code = run(sys.argv[1:]); "
        f"print(sorted(set(sys.modules) & {set(HEAVY)!r}), file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, *words]
    environ = {**os.environ, "PYTHONPATH": str(TOP), **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=TOP, env=environ, timeout=120)


# Help


@pytest.mark.parametrize("words", [("--help",), ("ask", "--help"), ("serve", "--help"), ("--version",), ("ask",)])
def test_help_imports_nothing_heavy(words: tuple[str, ...]) -> None:
    assert process(*words).stderr.splitlines()[-1] == "[]"


def test_help_comes_within_a_second() -> None:
    clock = "import time; started = time.perf_counter()"
    code = f"{clock}; from app.cli import run; run(['ask', '--help']); print(time.perf_counter() - started)"
    command = [sys.executable, "-c", code]
    times = []
    for _ in range(3):
        ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TOP)
        times.append(float(ended.stdout.splitlines()[-1]))
    assert min(times) < 1


def test_every_verb_is_listed(say: Shell) -> None:
    assert say("--help") == 0
    assert [verb for verb in ["ingest", "list", "ask", "chat", "search", "serve", "eval"] if verb not in say.out] == []


def test_no_verb_shows_the_help_and_counts_as_wrong_use(say: Shell) -> None:
    assert say() == 2
    assert "Usage" in say.out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("aks",), "No such command 'aks'. Did you mean 'ask'? See 'vivavoce --help'."),
        (("ask",), "Missing argument 'PROFILE'. See 'vivavoce ask --help'."),
        (("ask", "x"), "Missing argument 'QUESTION'. See 'vivavoce ask --help'."),
        (("ask", "x", "y", "--jsn"), "No such option: --jsn"),
        (("eval", "rnu"), "No such command 'rnu'"),
    ],
)
def test_wrong_use_is_one_line_that_names_the_help(say: Shell, words: tuple[str, ...], line: str) -> None:
    said = say.fails(*words)
    assert said.startswith(line)
    assert said.endswith("--help'.")


# Answers


def test_ask_prints_the_answer_and_its_numbered_sources(say: Shell, indexed: Desk) -> None:
    assert say("ask", "mira-okonjo", "Where does she work now, and since when?", *indexed.options) == 0
    answer, sources = say.out.split("\n\n", 1)
    assert "Harbour Institute of Acoustics" in answer
    assert "March 2021" in answer
    assert sources.startswith("[1] cv.md, Experience: “Harbour Institute of Acoustics, Lisbon 2021.3")
    assert "\x1b" not in say.out


def test_ask_as_json_gives_the_contract_and_every_quote_stands_at_its_span(say: Shell, indexed: Desk) -> None:
    assert say("ask", "mira-okonjo", "Where does she work now?", "--json", *indexed.options) == 0
    answer = json.loads(say.out)
    assert answer["status"] == "grounded"
    assert answer["profile"] == "mira-okonjo"
    text = json.loads((current(indexed.index / "mira-okonjo") / "record.json").read_bytes())["documents"][0]["text"]
    assert answer["citations"]
    for citation in answer["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_first_question_ingests_by_itself(say: Shell, desk: Desk) -> None:
    assert say("ask", "teo-lindqvist", "What is SoftClasp?", *desk.options) == 0
    assert "gripper" in say.out
    assert say.err == ""


def test_search_prints_the_passages_best_first(say: Shell, indexed: Desk) -> None:
    assert say("search", "mira-okonjo", "whale calls", "--limit", "2", "--json", *indexed.options) == 0
    found = json.loads(say.out)
    assert len(found) == 2
    assert found[0]["score"] >= found[1]["score"]
    assert "Whale song" in found[0]["quote"]
    assert say("search", "mira-okonjo", "whale calls", "--limit", "1", *indexed.options) == 0
    assert say.out.count("\n") == 1


def test_list_says_what_was_understood_and_whether_the_index_answers(say: Shell, indexed: Desk) -> None:
    indexed.write(
        "teo-lindqvist", "papers.txt", "ROMay 4, 2024\nA NewcomerTeo Lindqvist\nText.\nROMay 5, 2024\nTwoA. B\nText."
    )
    indexed.write("third", "profile.toml", 'name = "Third Person"')
    indexed.write("third", "cv.md", "# Third")
    indexed.write("fourth", "profile.toml", "name = ")
    assert say("list", "--json", *indexed.options) == 0
    states = {shelf["slug"]: (shelf["state"], shelf["name"]) for shelf in json.loads(say.out)}
    assert states == {
        "fourth": ("invalid", None),
        "mira-okonjo": ("ready", "Mira Okonjo"),
        "teo-lindqvist": ("outdated", "Teo Lindqvist"),
        "third": ("missing", "Third Person"),
    }
    assert say("list", *indexed.options) == 0
    assert "3 publications" in say.out
    assert "run 'vivavoce ingest teo-lindqvist'" in say.out


def test_ingest_reports_every_file_and_does_nothing_twice(say: Shell, desk: Desk) -> None:
    assert say("ingest", *desk.options) == 0
    assert "  cv.md  1,227 characters, " in say.out
    assert "3 publications" in say.out
    assert say.err == ""
    assert say("ingest", "--json", *desk.options) == 0
    assert [(r["profile"], r["changed"]) for r in json.loads(say.out)] == [
        ("mira-okonjo", False),
        ("teo-lindqvist", False),
    ]


def test_one_broken_profile_does_not_keep_the_others_from_their_index(say: Shell, desk: Desk) -> None:
    desk.write("mira-okonjo", "cv.md", b"\xff\xfe")
    assert "not UTF-8" in say.fails("ingest", *desk.options)
    assert "teo-lindqvist" in say.out


def test_chat_keeps_the_turns_and_ends_politely(indexed: Desk) -> None:
    lines = "Where does she work now?\n/sources\nAnd before that?\n/unknown\n\n/clear\n/sources\n/quit\nnever read\n"
    command = [sys.executable, "-m", "app", "chat", "mira-okonjo", *indexed.options]
    ended = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, cwd=TOP, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert "Mira Okonjo" in ended.stdout
    assert "[1] cv.md" in ended.stdout
    assert "Northlight Labs" in ended.stdout.split("And before that?")[-1]
    assert "Nothing is cited yet." in ended.stdout
    assert "never read" not in ended.stdout


def test_chat_ends_with_its_input(indexed: Desk) -> None:
    command = [sys.executable, "-m", "app", "chat", "mira-okonjo", *indexed.options]
    ended = subprocess.run(
        command, input="x" * 600 + "\n", capture_output=True, text=True, check=False, cwd=TOP, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    assert "600 characters" in ended.stdout


# Bad input


def test_an_unknown_profile_names_the_near_ones(say: Shell, indexed: Desk) -> None:
    said = say.fails("ask", "mira-okonja", "Where?", *indexed.options)
    assert said.startswith("no profile 'mira-okonja'")
    assert said.endswith("did you mean: mira-okonjo?")


def test_a_folder_without_profiles_says_what_to_make(say: Shell, tmp_path: Path) -> None:
    for verb in ("list", "ingest"):
        said = say.fails(verb, "--data", str(tmp_path))
        assert said.startswith("no profiles in")
        assert said.endswith("put a CV beside it")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "holds no text"),
        (b"<!-- nothing -->", "holds no text"),
        ("# Renée".encode("latin-1"), "not UTF-8 at byte 5"),
        (b"# A\0B", "NUL bytes"),
    ],
)
def test_a_source_that_is_no_text_leaves_the_old_index_answering(
    say: Shell, indexed: Desk, content: bytes, says: str
) -> None:
    path = indexed.write("mira-okonjo", "cv.md", content)
    said = say.fails("ingest", "mira-okonjo", *indexed.options)
    assert said.startswith(str(path))
    assert says in said
    assert say("ask", "mira-okonjo", "Where does she work now?", *indexed.options) == 0
    assert "Harbour Institute" in say.out


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda path: path.unlink(), "no such file"),
        (lambda path: (path.unlink(), path.mkdir()), "no regular file"),
        (lambda path: path.write_bytes(b"# A\n" * 3_000_000), "at most"),
    ],
    ids=["missing", "a folder", "huge"],
)
def test_a_source_that_cannot_be_read_says_what_to_do(say: Shell, indexed: Desk, prepare: object, says: str) -> None:
    assert callable(prepare)
    prepare(indexed.profiles / "mira-okonjo" / "cv.md")
    assert says in say.fails("ingest", "mira-okonjo", *indexed.options)


def test_a_source_of_an_unknown_format_says_what_to_export(say: Shell, indexed: Desk) -> None:
    indexed.write("mira-okonjo", "profile.toml", 'name = "Mira"\n[[documents]]\npath = "cv.xyz"')
    indexed.write("mira-okonjo", "cv.xyz", "text")
    assert "no reader for '.xyz'; export it as" in say.fails("ingest", "mira-okonjo", *indexed.options)


def test_a_source_outside_the_profile_is_not_read(say: Shell, indexed: Desk) -> None:
    indexed.write("mira-okonjo", "profile.toml", 'name = "Mira"\n[[documents]]\npath = "../teo-lindqvist/papers.txt"')
    assert "outside the profile's folder" in say.fails("ingest", "mira-okonjo", *indexed.options)


def test_a_profile_without_documents_says_what_to_put_there(say: Shell, desk: Desk) -> None:
    desk.write("empty", "profile.toml", 'name = "Nobody Yet"')
    said = say.fails("ask", "empty", "Where?", *desk.options)
    assert "no documents; put a CV" in said


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("name = ", "profile.toml: not valid TOML"),
        ('nmae = "Mira"', "unknown key 'nmae'"),
        ('name = "Mira"\naliases = "M."', "line 2: aliases"),
        ('name = "Mira"\n\n[privacy]\nshare = ["shoe size"]', "line 4: privacy.share"),
        ("aliases = []", "name: field required"),
        (b'name = "Ren\xe9e"', "not UTF-8 at byte"),
    ],
)
def test_a_malformed_profile_says_file_line_and_key(say: Shell, desk: Desk, toml: str | bytes, says: str) -> None:
    path = desk.write("mira-okonjo", "profile.toml", toml)
    said = say.fails("ingest", "mira-okonjo", *desk.options)
    assert said.startswith(str(path))
    assert says in said


@pytest.mark.parametrize(
    ("question", "says"),
    [("", "the question is empty"), (" \n ", "the question is empty"), ("x" * 501, "at most 500 are read")],
)
def test_a_question_that_is_empty_or_too_long_is_refused(say: Shell, indexed: Desk, question: str, says: str) -> None:
    assert says in say.fails("ask", "mira-okonjo", question, *indexed.options)


def test_a_limit_out_of_bounds_is_refused(say: Shell, indexed: Desk) -> None:
    assert "--limit" in say.fails("search", "mira-okonjo", "whales", "--limit", "0", *indexed.options)


def test_an_empty_query_is_refused(say: Shell, indexed: Desk) -> None:
    assert "the query is empty" in say.fails("search", "mira-okonjo", " ", *indexed.options)


def test_an_index_of_another_embedder_names_the_command_that_mends_it(say: Shell, indexed: Desk) -> None:
    Desk(indexed.profiles, indexed.index, Other()).ingest("mira-okonjo")
    said = say.fails("ask", "mira-okonjo", "Where does she work now?", *indexed.options)
    assert "was made by the embedder 'other/3'" in said
    assert said.endswith("run 'vivavoce ingest mira-okonjo'")
    assert say("ingest", "mira-okonjo", *indexed.options) == 0
    assert say("ask", "mira-okonjo", "Where does she work now?", *indexed.options) == 0


def test_an_index_of_another_version_names_the_command_that_mends_it(say: Shell, indexed: Desk) -> None:
    manifest = current(indexed.index / "mira-okonjo") / "MANIFEST.json"
    manifest.write_text(manifest.read_text().replace('"schema": 1', '"schema": 999'))
    shutil.rmtree(spare_of(manifest.parent))
    said = say.fails("ask", "mira-okonjo", "Where does she work now?", *indexed.options)
    assert said.endswith("run 'vivavoce ingest mira-okonjo'")
    assert say("ingest", "mira-okonjo", *indexed.options) == 0


def test_a_damaged_index_names_the_command_that_mends_it(say: Shell, indexed: Desk) -> None:
    generation = current(indexed.index / "mira-okonjo")
    (generation / "record.json").write_bytes(b"{}")
    assert say("ask", "mira-okonjo", "Where does she work now?", *indexed.options) == 0  # its spare copy answers
    shutil.rmtree(spare_of(generation))
    said = say.fails("ask", "mira-okonjo", "Where does she work now?", *indexed.options)
    assert said.endswith("run 'vivavoce ingest mira-okonjo --rebuild'")
    assert say("ingest", "mira-okonjo", "--rebuild", *indexed.options) == 0
    assert say("ask", "mira-okonjo", "Where does she work now?", *indexed.options) == 0


def test_after_an_interrupted_ingest_the_old_index_answers(say: Shell, indexed: Desk) -> None:
    folder = indexed.index / "mira-okonjo"
    (folder / ".building-4711" / "chroma").mkdir(parents=True)
    (folder / ".building-4711" / "chroma" / "chroma.sqlite3").write_bytes(b"half")
    (folder / "gen-00002").mkdir()
    (folder / "CURRENT.new").write_text("gen-00002")
    assert say("ask", "mira-okonjo", "Where does she work now?", *indexed.options) == 0
    assert "Harbour Institute" in say.out
    indexed.write(
        "mira-okonjo", "cv.md", "# Mira Okonjo\n\n## Experience\n\n**Tide Works**, Porto 2025.1 – Present\n\nDirector"
    )
    assert say("ingest", "mira-okonjo", *indexed.options) == 0
    assert sorted(p.name for p in folder.glob("gen-*")) == [current(folder).name, f"{current(folder).name}.spare"]
    assert not list(folder.glob(".building-*"))
    assert say("ask", "mira-okonjo", "Where does she work now?", *indexed.options) == 0
    assert "Tide Works" in say.out


def test_a_second_ingest_at_once_is_told_to_wait(say: Shell, indexed: Desk) -> None:
    from ingest.generation import writer

    with writer(indexed.index / "mira-okonjo"):
        code = [sys.executable, "-m", "app", "ingest", "mira-okonjo", *indexed.options]
        ended = subprocess.run(code, capture_output=True, text=True, check=False, cwd=TOP, timeout=120)
    assert ended.returncode == os.EX_TEMPFAIL == 75
    assert f"pid {os.getpid()}, since " in ended.stderr
    assert ended.stderr.endswith("wait for it to end and try again\n")


def test_an_unknown_setting_is_named(say: Shell, indexed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_PROT", "7861")
    assert "'VIVAVOCE_PROT'" in say.fails("list", *indexed.options)


def test_a_setting_out_of_bounds_is_named(say: Shell, indexed: Desk) -> None:
    said = say.fails("serve", "--port", "0", *indexed.options)
    assert said.startswith("setting 'port'")


def test_an_index_folder_that_cannot_be_written_says_so(say: Shell, desk: Desk) -> None:
    desk.index.write_text("a file where the folder should be")
    assert str(desk.index) in say.fails("ingest", "mira-okonjo", *desk.options)


def test_a_reader_that_goes_away_is_no_error(indexed: Desk) -> None:
    command = [sys.executable, "-m", "app", "search", "mira-okonjo", "whales", *indexed.options]
    ended = subprocess.run(
        f"{shlex.join(command)} | true", shell=True, capture_output=True, text=True, check=False, cwd=TOP
    )
    assert ended.stderr == ""
