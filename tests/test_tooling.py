"""The house itself: the pins, the launcher and what may stand in a committed file."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

TOP = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)
PIN_FILES = ["requirements.txt", "requirements-dev.txt", "requirements-local.txt"]


def read_pins(name: str) -> dict[str, set[str]]:
    """The versions that a file pins, by canonical name; several where they differ by platform or Python."""
    pins: dict[str, set[str]] = {}
    for pin in PIN.finditer((TOP / name).read_text()):
        pins.setdefault(canonicalize_name(pin["name"]), set()).add(pin["version"])
    return pins


PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
FLOORS = PROJECT["tool"]["uv"]["constraint-dependencies"]
DIRECT = [("requirements.txt", line) for line in RUNTIME + FLOORS]
DIRECT += [("requirements-dev.txt", line) for line in RUNTIME + FLOORS + PROJECT["dependency-groups"]["dev"]]
DIRECT += [
    ("requirements-local.txt", line) for line in RUNTIME + FLOORS + PROJECT["project"]["optional-dependencies"]["local"]
]


# The pins


@pytest.mark.parametrize("name", PIN_FILES)
def test_every_line_of_the_pins_is_a_version_with_a_hash(name: str) -> None:
    text = (TOP / name).read_text()
    pins = list(PIN.finditer(text))
    assert len(pins) > 100
    assert [pin["name"] for pin in pins if "--hash=sha256:" not in pin["rest"]] == []
    left_over = [line for line in PIN.sub("", text).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert left_over == []


@pytest.mark.parametrize("name", PIN_FILES)
def test_the_pins_name_no_index_and_no_address(name: str) -> None:
    assert re.findall(r"\S*://\S*|--(?:index-url|extra-index-url|find-links)\S*| @ \S*", (TOP / name).read_text()) == []


@pytest.mark.parametrize(("name", "line"), DIRECT, ids=[f"{name}-{line}" for name, line in DIRECT])
def test_a_direct_dependency_is_pinned_within_its_range(name: str, line: str) -> None:
    wanted = Requirement(line)
    versions = read_pins(name).get(canonicalize_name(wanted.name), set())
    assert versions, f"{wanted.name} is not pinned: make the pins again, the commands are in pyproject.toml"
    assert [version for version in versions if Version(version) not in wanted.specifier] == []


def test_development_runs_with_the_very_versions_that_users_get() -> None:
    runtime, development = read_pins("requirements.txt"), read_pins("requirements-dev.txt")
    assert {name: development.get(name) for name in runtime} == runtime


# The launcher, with a stand-in for uv that installs nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """What the launcher said and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Clone:
    """A copy of the launcher and its pins in a folder of its own, with only the named tools on PATH."""

    folder: Path
    tools: Path

    def environment(self, **more: str) -> dict[str, str]:
        return {"PATH": str(self.tools), "VIVA_PYTHON": sys.executable, "HOME": str(self.folder), **more}

    def run(self, *arguments: str, cwd: Path | None = None, viva: Path | None = None, **more: str) -> Answer:
        command = [str(viva or self.folder / "viva"), *arguments]
        environment = self.environment(**more)
        done = subprocess.run(command, cwd=cwd or self.folder, env=environment, capture_output=True, text=True)
        return Answer(done.returncode, done.stdout, done.stderr)

    def installs(self) -> list[str]:
        """What uv was asked for since the clone was made: `venv`, or the last argument of an install."""
        log = self.folder / "uv.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return ["venv" if first == "venv" else Path(last).name for first, last in (line.split("|") for line in lines)]

    def tool(self, name: str, script: str) -> None:
        path = self.tools / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)


# `uv venv … DIR` makes DIR/bin with a Python that is the one of these tests; `--editable` adds the project's command.
UV = r"""
for last; do :; done
echo "$1|$last" >>"$HOME/uv.log"
[ ! -e "$HOME/uv.slow" ] || sleep 0.5
[ ! -e "$HOME/uv.broken" ] || [ "$1" = venv ] || exit 1
case "$*" in
venv*)
    mkdir -p "$last/bin"
    printf '#!/bin/sh\nexec "{python}" "$@"\n' >"$last/bin/python"
    for tool in ruff mypy; do
        printf '#!/bin/sh\n[ ! -e "$HOME/%s.broken" ]\n' "$tool" >"$last/bin/$tool"
    done ;;
*--editable*)
    printf '#!/bin/sh\necho "$VIVAVOCE_DATA" "$@"\n' >"$last/.venv/bin/vivavoce" ;;
esac
chmod +x "$last"/bin/* "$last"/.venv/bin/* 2>/dev/null || true
"""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    folder, tools = tmp_path / "a clone", tmp_path / "tools"
    folder.mkdir()
    tools.mkdir()
    for name in ["viva", "pyproject.toml", *PIN_FILES]:
        shutil.copy(TOP / name, folder / name)
    for name in ["cat", "chmod", "dirname", "id", "ls", "mkdir", "readlink", "rm", "sed", "sh", "sleep", "tail"]:
        (tools / name).symlink_to(shutil.which(name) or name)
    made = Clone(folder, tools)
    made.tool("uv", UV.replace("{python}", sys.executable))
    return made


@pytest.mark.parametrize(
    ("script", "said"), [("echo 3.9.18", "is 3.9.18"), ("echo 2.7.18", "is 2.7.18"), ("exit 1", "not a Python")]
)
def test_an_old_or_broken_python_is_refused_with_the_next_step(clone: Clone, script: str, said: str) -> None:
    clone.tool("old-python", script)
    answer = clone.run("list", VIVA_PYTHON=str(clone.tools / "old-python"))
    assert (answer.code, answer.out, clone.installs()) == (2, "", [])
    assert answer.err.count("\n") == 1
    assert said in answer.err
    assert answer.err.endswith("set it to Python 3.11 or newer, or unset it\n")


def test_a_machine_with_only_an_old_python_is_told_what_to_install(clone: Clone) -> None:
    clone.tool("python3", "echo 3.10.12")
    answer = clone.run("list", VIVA_PYTHON="")
    assert answer.code == 2
    assert "python3 is 3.10.12" in answer.err
    assert "apt-get install python3" in answer.err


def test_it_works_from_any_folder_and_through_a_symlink_and_is_quiet_the_second_time(clone: Clone) -> None:
    elsewhere = clone.folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "v").symlink_to("../a clone/viva")
    first = clone.run("ask", "two words", cwd=elsewhere, viva=elsewhere / "v")
    assert (first.code, first.out) == (0, f"{clone.folder}/data ask two words\n")
    assert "once" in first.err
    assert clone.run("list", cwd=elsewhere) == Answer(0, f"{clone.folder}/data list\n", "")
    assert clone.run("list", VIVAVOCE_DATA="mine").out == "mine list\n"
    assert clone.run("--env", cwd=elsewhere).out == f"{clone.folder}/.venv\n"
    assert clone.installs() == ["venv", "requirements.txt", "a clone"]


def test_new_pins_make_the_environment_again_and_a_new_pyproject_only_installs_the_project(clone: Clone) -> None:
    clone.run("--env")
    leftover = clone.folder / ".venv" / "leftover"
    leftover.touch()
    with (clone.folder / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    clone.run("--env")
    assert clone.installs()[3:] == ["a clone"]
    assert leftover.exists()
    with (clone.folder / "requirements-dev.txt").open("a") as file:
        file.write("# changed\n")
    clone.run("--env")
    assert clone.installs()[4:] == ["venv", "requirements.txt", "a clone"]
    assert not leftover.exists()


def test_an_interrupted_install_is_never_taken_for_a_whole_one(clone: Clone) -> None:
    (clone.folder / "uv.broken").touch()
    answer = clone.run("list")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.endswith("then run viva again\n")
    (clone.folder / "uv.broken").unlink()
    assert clone.run("list").code == 0
    assert clone.installs() == ["venv", "requirements.txt", "venv", "requirements.txt", "a clone"]


def test_two_at_once_make_one_environment(clone: Clone) -> None:
    (clone.folder / "uv.slow").touch()
    command, environment = [str(clone.folder / "viva"), "list"], clone.environment()
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [out for out, _ in said] == [f"{clone.folder}/data list\n".encode()] * 2
    assert sum(b"waiting for it" in err for _, err in said) == 1
    assert clone.installs() == ["venv", "requirements.txt", "a clone"]


def test_a_folder_that_it_did_not_make_is_left_alone(clone: Clone) -> None:
    precious = clone.folder / "mine" / "thesis.txt"
    precious.parent.mkdir()
    precious.touch()
    answer = clone.run("list", VIVA_VENV="mine")
    assert answer.code == 2
    assert answer.err.endswith("remove it, or set VIVA_VENV to another folder\n")
    assert precious.exists()


# `viva test`


def write_tests(clone: Clone) -> None:
    (clone.folder / "tests").mkdir()
    (clone.folder / "tests" / "test_three.py").write_text(
        "import pytest\n\n"
        "def test_plain(): pass\n\n"
        "@pytest.mark.browser\n@pytest.mark.parametrize('n', [1, 2])\ndef test_page(n): pass\n"
    )


def test_the_whole_check_runs_every_step_and_names_those_that_fail(clone: Clone) -> None:
    write_tests(clone)
    clone.tool("chromium", "exit 0")
    passed = clone.run("test")
    assert passed.code == 0
    assert re.search(r"^3 passed in ", passed.out, re.MULTILINE)
    assert passed.out.endswith("\nviva test: all checks passed\n")
    (clone.folder / "ruff.broken").touch()
    failed = clone.run("test", "-k", "plain")
    assert failed.code == 1
    assert re.search(r"^1 passed in ", failed.out, re.MULTILINE)
    assert failed.out.endswith("\nviva test: FAILED: ruff check, ruff format\n")
    assert clone.installs() == ["venv", "requirements-dev.txt", "a clone"]


def test_without_chromium_the_browser_tests_are_counted_as_not_run(clone: Clone) -> None:
    write_tests(clone)
    answer = clone.run("test")
    assert answer.code == 0
    assert re.search(r"^1 passed in ", answer.out, re.MULTILINE)
    assert answer.out.splitlines()[-1].startswith("viva test: 2 browser tests NOT RUN: no Chromium found (install ")


def test_root_on_debian_gets_chromium_installed_for_the_browser_tests(clone: Clone) -> None:
    write_tests(clone)
    clone.tool("id", "echo 0")
    clone.tool("apt-get", 'echo "$@" >>"$HOME/apt.log"; [ "$2" = update ] || cp "$0" "${0%/*}/chromium"')
    (clone.tools / "cp").symlink_to(shutil.which("cp") or "cp")
    answer = clone.run("test")
    assert re.search(r"^3 passed in ", answer.out, re.MULTILINE)
    asked = (clone.folder / "apt.log").read_text().splitlines()
    assert asked == ["-qq update", "-qq install -y --no-install-recommends chromium fonts-noto-cjk"]


def test_a_chromium_that_is_not_there_is_an_error_and_not_a_skip(clone: Clone) -> None:
    answer = clone.run("test", VIVAVOCE_CHROMIUM="nowhere/chromium")
    assert answer.code == 2
    assert answer.err.endswith("set it to Chromium's path, or unset it\n")


# What is committed


def committed() -> list[Path]:
    """Files that git has or would take, without the people's own documents."""
    if not (TOP / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout
    files = [TOP / name for name in listed.split("\0") if name]
    documents = TOP / "data" / "profiles"
    return [file for file in files if file.is_file() and (file.suffix == ".toml" or documents not in file.parents)]


# As regular expressions, which do not match themselves. A link in prose may lead to a registry's page.
REGISTRY = re.compile(r"(?<!\]\(https:\/\/)\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org)")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:root|work|home|Users|opt)/[\w.]")


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_committed_file_names(pattern: re.Pattern[str]) -> None:
    files = committed()
    assert TOP / "viva" in files
    found = {str(file.relative_to(TOP)): pattern.findall(file.read_text(errors="replace")) for file in files}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_lock_file_that_holds_addresses_is_committed() -> None:
    assert [file.name for file in committed() if file.name in {"uv.lock", "poetry.lock", "package-lock.json"}] == []


@pytest.mark.parametrize("name", ["viva", ".ci/run"])
def test_a_script_can_be_run(name: str) -> None:
    assert os.access(TOP / name, os.X_OK)
