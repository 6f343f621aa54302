"""What SECURITY.md promises: every advisory is held by a test, every threat has tests that exist, and no review is overdue."""

import ast
import random
import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from app.retrieve import search_vector
from ingest.embed import MiniLM
from ingest.generation import current
from ingest.index import open_index
from tests.conftest import TOP, Desk
from tests.test_architecture import OURS, imports
from tests.test_tooling import FLOORS, PIN_FILES, RUNTIME, read_pins

SECURITY = (TOP / "SECURITY.md").read_text(encoding="utf-8")
ADVISORY = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|[\w.-]+#\d+")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
OWASP = {f"LLM{n:02}" for n in range(1, 11)}
ASVS = {
    "1.2.1", "1.2.2", "1.3.1", "1.3.5", "1.3.6", "1.5.1", "2.3.3", "2.4.1", "3.2.2", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6",
    "3.5.1", "3.5.2", "3.5.3", "3.5.5", "4.1.3", "5.1.1", "5.2.1", "5.2.2", "5.2.3", "5.3.2", "13.2.4", "13.2.5", "13.4.2", "13.4.5", "14.1", "14.2",
    "15.1.1", "15.1.3", "15.2.1", "15.2.2", "15.3.2", "15.3.4", "16.2.5", "16.4.1", "16.5.1", "16.5.2", "16.5.3",
}  # fmt: skip
"""Of OWASP ASVS 5.0.0, what a service without accounts that reads files of its owner and answers the public is asked for."""


def table(heading: str) -> list[list[str]]:
    """The rows of the table below a heading, without its head."""
    section = SECURITY.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


REGISTER = table("Advisories")
THREATS = table("Threats, controls, tests")


def overdue(rows: list[list[str]], day: date) -> list[str]:
    """The advisories that somebody should have looked at again before ``day``."""
    return [row[0] for row in rows if date.fromisoformat(row[-2]) < day]


def names_in(file: str) -> set[str]:
    path = TOP / file
    if not path.is_file():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef)}


# The tables


@pytest.mark.parametrize("row", REGISTER + THREATS, ids=lambda row: row[0][:40])
def test_every_row_names_tests_and_all_of_them_are_there(row: list[str]) -> None:
    named = NAMED.findall(row[-1])
    assert named, "a row that no test holds is a wish"
    assert len(named) == row[-1].count("::")
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_the_register_says_what_each_advisory_is_about() -> None:
    assert len(REGISTER) >= 10
    for row in REGISTER:
        number, package, affected, reach, _, _ = row
        assert ADVISORY.search(number), row
        assert {*re.findall(r"[\w-]+", package)} & {*read_pins("requirements.txt")}, (
            f"{package} is not installed: take the row out"
        )
        assert affected
        assert len(reach.split()) > 4


def test_no_advisory_waits_to_be_looked_at_again() -> None:
    assert overdue(REGISTER, datetime.now(UTC).date()) == []


def test_a_waiver_that_ran_out_is_seen() -> None:
    last = max(date.fromisoformat(row[-2]) for row in REGISTER)
    assert len(overdue(REGISTER, last + timedelta(days=1))) == len(REGISTER)
    assert overdue(REGISTER, min(date.fromisoformat(row[-2]) for row in REGISTER)) == []


@pytest.mark.parametrize("expected", [OWASP, ASVS], ids=["OWASP LLM 2025", "ASVS 5.0.0"])
def test_every_threat_of_the_lists_has_a_row(expected: set[str]) -> None:
    told = {number for row in THREATS for number in re.findall(r"LLM\d\d|\d+(?:\.\d+)+", row[0])}
    assert expected - told == set()
    assert told <= OWASP | ASVS


# What the rows of the register say


@pytest.mark.parametrize(
    ("package", "floor"),
    [("nltk", "3.10.3"), ("gradio", "6.31"), ("pypdf", "7"), ("llama-index-core", "0.12.45"), ("pillow", "12")],
)
def test_no_version_with_the_hole_can_be_installed(package: str, floor: str) -> None:
    wanted = [Requirement(line) for line in RUNTIME + FLOORS]
    lowest = [
        spec.version
        for r in wanted
        if canonicalize_name(r.name) == package
        for spec in r.specifier
        if spec.operator == ">="
    ]
    assert lowest, f"nothing in pyproject.toml keeps {package} above {floor}"
    assert min(map(Version, lowest)) >= Version(floor)
    for name in PIN_FILES:
        assert all(Version(version) >= Version(floor) for version in read_pins(name)[package])


def test_nltk_gets_the_copies_that_it_wants() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["link-mode"] == "copy"
    assert "--link-mode copy" in (TOP / "viva").read_text(encoding="utf-8")


def test_nothing_of_ours_uses_what_the_advisories_are_about() -> None:
    """Chroma's server, Gradio's loading of other apps, readers and stores of llama-index that take paths."""
    taken = {(m.name, name) for m in OURS for name in imports(m)}
    unwanted = (
        "chromadb.server",
        "chromadb.utils.embedding_functions",
        "llama_index.readers",
        "llama_index.core.readers",
        "llama_index.core.storage",
    )
    assert {(module, name) for module, name in taken if name.startswith(unwanted)} == set()
    calls = [
        (m.name, node.lineno)
        for m in OURS
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith((".persist", "gr.load", "gradio.load"))
    ]
    assert calls == []
    assert [name for name in read_pins("requirements.txt") if name.startswith("llama-index-readers")] == []


def test_the_server_of_chroma_is_not_loaded_by_an_answer(ingested: Desk) -> None:
    script = (
        "import sys; from app.cli import run; code = run(sys.argv[1:]); unwanted = ('chromadb.server', 'sentence_transformers', 'torch'); "
        "sys.exit(code or ' '.join(m for m in sys.modules if m.startswith(unwanted)) or None)"
    )
    answered = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, "ask", "mira-okonjo", "Where does she work?", *ingested.options],
        cwd=TOP, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (answered.returncode, answered.stderr) == (0, "")
    assert "[1]" in answered.stdout


def test_the_index_names_no_embedding_function(ingested: Desk, tmp_path: Path) -> None:
    """Chroma's client builds the one that a store names, whatever that runs."""
    script = (
        "import sys, json, chromadb; client = chromadb.PersistentClient(sys.argv[1]); "
        "opened = [client.get_collection(c.name, embedding_function=None) for c in client.list_collections()]; "
        "print(json.dumps({c.name: (c.configuration_json or {}).get('embedding_function') for c in opened}))"
    )
    copied = tmp_path / "copy"
    _copy(current(ingested.index / "mira-okonjo") / "chroma", copied)
    opened = [sys.executable, "-W", "ignore", "-c", script, str(copied)]
    told = subprocess.run(opened, capture_output=True, text=True, timeout=120, check=True)
    assert '"passages": null' in told.stdout
    assert set(re.findall(r": (\w+)", told.stdout)) == {"null"}


def _copy(folder: Path, to: Path) -> None:
    to.mkdir()
    for path in folder.rglob("*"):
        target = to / path.relative_to(folder)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


# What the rows on threats say and no other test does


ON_THE_WAY = (
    "app/answer/",
    "app/question/",
    "app/language/",
    "app/record/",
    "app/match/",
    "app/api/",
    "app/mcp/",
    "app/retrieve.py",
    "app/assistant.py",
)
SPEAKS_TO_THE_MODEL = {"app/answer/model.py"}


def test_nothing_on_the_way_to_an_answer_runs_a_program_or_opens_an_address() -> None:
    network = {"socket", "urllib.request", "httpx", "requests", "aiohttp", "ftplib", "smtplib"}
    unwanted = network | {"subprocess", "pickle", "marshal", "shelve", "ctypes", "webbrowser"}
    on_the_way = [m for m in OURS if m.name.startswith(ON_THE_WAY) and m.name not in SPEAKS_TO_THE_MODEL]
    assert len(on_the_way) > 50
    assert {(m.name, name) for m in on_the_way for name in imports(m) if name in unwanted} == set()
    calls = {
        (m.name, node.func.id)
        for m in on_the_way
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "compile", "__import__"}
    }
    assert calls == set()


@pytest.mark.parametrize(("asked", "other"), [("mira-okonjo", "teo-lindqvist"), ("teo-lindqvist", "mira-okonjo")])
def test_a_search_in_one_record_finds_nothing_of_another(
    ingested: Desk, minilm: MiniLM, asked: str, other: str
) -> None:
    """A thousand questions, each made of words of somebody else's documents."""
    mine, theirs = (open_index(ingested.index / slug, ingested.embedder.id) for slug in (asked, other))
    words = sorted({word for passage in theirs.record.passages for word in re.findall(r"\w{3,}", passage.text)})
    own = {document.text for document in mine.record.documents}
    foreign = {word for word in words if not any(word in text for text in own)}
    assert len(foreign) > 50
    draw = random.Random(7)
    queries = [" ".join(draw.sample(words, draw.randint(1, 6))) for _ in range(1000)]
    for query, vector in zip(queries, minilm.embed(queries), strict=True):
        for evidence in search_vector(mine, vector, query, 5):
            quote = mine.record.quote(evidence.span)
            assert any(quote in text for text in own)
            assert foreign.isdisjoint(re.findall(r"\w{3,}", quote))


def test_no_script_of_ours_listens_to_messages_of_other_windows() -> None:
    scripts = [p for p in (TOP / "app").rglob("*") if p.suffix in {".js", ".mjs", ".html"}]
    assert len(scripts) >= 2
    listens = re.compile(r"""addEventListener\(\s*["'`]message|onmessage|postMessage""")
    assert [p.name for p in scripts if listens.search(p.read_text(encoding="utf-8"))] == []


def test_no_address_out_of_a_document_or_a_question_is_opened() -> None:
    """Only what the owner configured is connected to: the model, the embedder, Redis, a collector."""
    clients = {"httpx", "requests", "aiohttp", "urllib.request", "http.client", "urllib3", "websockets", "redis"}
    users = {m.name for m in OURS if m.package in {"app", "ingest"} and clients & {*imports(m)}}
    by_the_owner = {
        "app/answer/model.py",
        "app/model/bounded.py",
        "app/model/check.py",
        "app/model/local.py",
        "ingest/embed.py",
    }
    assert users <= by_the_owner | {"app/deploy/health.py", "app/limits/shared.py"}
