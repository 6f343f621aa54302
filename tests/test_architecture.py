"""The house rules that a reader cannot see in one file: who imports whom, who owns a library, where settings live."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "app", "prompts", "evals")
FOLDERS = {".ci", "app", "data", "evals", "ingest", "prompts", "tests"}
MAY_IMPORT = {
    "ingest": {"ingest"},
    "app": {"app", "ingest", "prompts"},
    "prompts": {"prompts"},
    "evals": {"app", "evals", "ingest", "prompts"},
}
# The peer is somebody else's engine that we measure beside ours, so evals/peer.py holds a Chroma of its own.
OWNERS = {
    "bibtexparser": {"ingest/readers/structured/works/bibtex.py"},
    "bm25s": {"ingest/lexical.py"},
    "chromadb": {"ingest/index.py", "evals/peer.py"},
    "cyclonedx": {"app/deploy/bom.py"},
    "gradio": {"app/web/page/", "evals/bench/page.py"},
    "llama_index": {
        "ingest/index.py",
        "ingest/passages.py",
        "app/retriever.py",
        "app/answer/model.py",
        "evals/bench/prompt_tokens.py",
        "evals/peer.py",
    },
    "mcp": {"app/mcp/"},
    "onnxruntime": {"ingest/embed.py", "evals/bench/speed.py"},
    "PIL": {"ingest/readers/pdf/picture.py"},
    "pylatexenc": {"ingest/readers/tex/grammar.py", "ingest/readers/structured/markup.py"},
    "opentelemetry": {"app/observe/"},
    "prometheus_client": {"app/observe/"},
    "redis": {"app/limits/shared.py"},
    "pypdf": {"ingest/readers/pdf/guard.py"},
    "pypdfium2": {"ingest/readers/pdf/engine.py", "evals/bench/reading.py"},
    "selectolax": {"ingest/readers/web/dom.py"},
    "Stemmer": {"ingest/lexical.py", "app/language/lexicon.py"},
    "structlog": {"app/observe/"},
    "tinycss2": {"ingest/readers/web/style.py"},
    "tokenizers": {"ingest/embed.py", "evals/bench/speed.py"},
}
SWITCHES = {
    "app/settings.py": None,
    "app/web/page/__init__.py": re.compile(r"(?:GRADIO|HF)_\w+"),
    "ingest/embed.py": re.compile("TOKENIZERS_PARALLELISM"),
    "ingest/passages.py": re.compile("TIKTOKEN_CACHE_DIR"),
}
"""Which files may touch the environment, and which variables: the libraries there read nothing else. ``None``: any."""


@dataclass(frozen=True, slots=True)
class Module:
    """One file of ours, parsed."""

    name: str
    """Its path below the top folder."""
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name.partition("/")[0]


def modules(*packages: str) -> list[Module]:
    paths = sorted(p for package in packages for p in (TOP / package).rglob("*.py"))
    return [Module(p.relative_to(TOP).as_posix(), ast.parse(p.read_bytes())) for p in paths]


OURS = modules(*PACKAGES)
ALL = [*OURS, *modules("tests")]


def imports(module: Module) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it, inside functions too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno}: imports are written out from the top folder"
            yield node.module or ""


def environment_uses(module: Module) -> Iterator[tuple[int, str | None]]:
    """Lines that touch the environment and the variable they name, where they spell it out."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb" | "getenv" | "putenv"):
                yield node.lineno, _variable(module.tree, node)
            case ast.ImportFrom(module="os", names=names):
                assert not {a.name for a in names} & {"environ", "getenv"}, f"{module.name}: import os itself"


def _variable(tree: ast.Module, use: ast.Attribute) -> str | None:
    """The string literal that ``os.environ[...]``, ``os.environ.get(...)`` or ``os.getenv(...)`` is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and node.value is use:
            argument: ast.expr | None = node.slice
        elif isinstance(node, ast.Call) and (
            node.func is use or (isinstance(node.func, ast.Attribute) and node.func.value is use)
        ):
            argument = node.args[0] if node.args else None
        else:
            continue
        return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
    return None


@pytest.mark.parametrize("module", OURS, ids=lambda m: m.name)
def test_imports_run_one_way(module: Module) -> None:
    ours = {name.partition(".")[0] for name in imports(module)} & {*PACKAGES, "tests"}
    assert ours <= MAY_IMPORT[module.package]


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library: str) -> None:
    users = {m.name for m in OURS if any(n == library or n.startswith(f"{library}.") for n in imports(m))}
    assert users, f"nothing imports {library}: take it out of this table and of pyproject.toml"
    assert {user for user in users if not user.startswith(tuple(OWNERS[library]))} == set()


def test_only_the_model_writer_and_the_embedder_speak_to_a_model_server() -> None:
    users = {m.name for m in OURS if any(n.partition(".")[0] == "openai" for n in imports(m))}
    assert users <= {"ingest/embed.py", "app/answer/model.py"}


def test_nobody_touches_the_global_settings_of_llama_index() -> None:
    taken = [(m.name, a.name) for m in OURS for a in _from_llama_index(m) if a.name in {"Settings", "ServiceContext"}]
    assert taken == []


def _from_llama_index(module: Module) -> Iterator[ast.alias]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("llama_index"):
            yield from node.names


@pytest.mark.parametrize("module", OURS, ids=lambda m: m.name)
def test_the_environment_is_read_where_settings_are_built(module: Module) -> None:
    uses = list(environment_uses(module))
    if module.name not in SWITCHES:
        assert uses == []
    allowed = SWITCHES.get(module.name)
    if allowed is not None:
        assert [use for use in uses if use[1] is None or not allowed.fullmatch(use[1])] == []


@pytest.mark.parametrize("module", OURS, ids=lambda m: m.name)
def test_no_module_holds_a_settings_object(module: Module) -> None:
    for statement in module.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            assert not names & {"Settings", "load_settings"}, f"{module.name}:{statement.lineno}"


@pytest.mark.parametrize("module", ALL, ids=lambda m: m.name)
def test_nothing_is_mocked(module: Module) -> None:
    assert not {n for n in imports(module) if n.split(".")[0] == "mock" or n.startswith("unittest")}


@pytest.mark.parametrize("module", OURS, ids=lambda m: m.name)
def test_a_module_says_what_lives_in_it(module: Module) -> None:
    assert ast.get_docstring(module.tree)


@pytest.mark.parametrize("module", OURS, ids=lambda m: m.name)
def test_no_file_grows_beyond_300_lines_and_no_function_beyond_50(module: Module) -> None:
    assert len((TOP / module.name).read_text(encoding="utf-8").splitlines()) <= 300
    functions = [n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if f.end_lineno is not None and f.end_lineno - f.lineno >= 50] == []


def test_the_top_level_is_fixed() -> None:
    """Of what git keeps or would keep; caches and environments are ignored by ``.gitignore``."""
    ignored = {line.strip("/") for line in (TOP / ".gitignore").read_text().splitlines() if line.endswith("/")}
    folders = {p.name for p in TOP.iterdir() if p.is_dir() and p.name != ".git"} - ignored
    assert {f for f in folders if not f.endswith(".egg-info")} <= FOLDERS
