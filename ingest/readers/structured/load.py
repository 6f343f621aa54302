"""JSON and YAML as trees of text: every scalar as its author printed it, within bounds that no file can blow up."""

import json
import re
import unicodedata
from pathlib import Path
from typing import TypeAlias

import yaml

from ingest.errors import SourceUnreadable

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Row: TypeAlias = dict[str, Value]

MAX_YAML = 2 * 1024 * 1024
"""Characters; a YAML parser takes seconds for each million."""
_MAX_DEPTH = 40
_MAX_NODES = 1_000_000
_MAX_CHARACTERS = 40 * 1024 * 1024
"""Of a tree with its aliases written out."""
_JOINERS = {"\u200c", "\u200d"}


class _Loader(yaml.SafeLoader):
    """YAML whose plain scalars stay text: ``2024-05``, ``no`` and ``12:30`` are what the author printed."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # the type that PyYAML declares
        "<": [("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"))]
    }


def load_json(text: str, path: Path) -> Value:
    """The tree that ``text`` holds; ``null`` and empty values are left out.

    Raises:
        SourceUnreadable: not JSON, or nested or repeated beyond reason; the message names the line.
    """
    try:
        tree = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise SourceUnreadable(
            f"{path}, line {error.lineno}: not valid JSON: {error.msg}; mend that line and run again"
        ) from error
    except RecursionError as error:
        raise SourceUnreadable(f"{path}: nested too deeply to be a CV; take it out of profile.toml") from error
    return _Tree(path).bare(tree)


def load_yaml(text: str, path: Path) -> Value:
    """The tree that ``text`` holds; empty values are left out, several documents make a list.

    Raises:
        SourceUnreadable: not YAML, too long, or nested or repeated beyond reason; the message names the line.
    """
    if len(text) > MAX_YAML:
        raise SourceUnreadable(f"{path}: {len(text)} characters of YAML, at most {MAX_YAML} are read; split it")
    try:
        documents = list(yaml.load_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        raise SourceUnreadable(f"{where}: not valid YAML: {what}; mend that line and run again") from error
    except (RecursionError, ValueError, TypeError) as error:
        raise SourceUnreadable(
            f"{path}: not valid YAML: {type(error).__name__}; take it out of profile.toml"
        ) from error
    trees = [_Tree(path).bare(d) for d in documents if d is not None]
    return trees[0] if len(trees) == 1 else trees


def visible(text: str) -> str:
    """``text`` without control, format and private characters that an escape may have brought in; line ends as ``\\n``."""
    text = re.sub(r"\r\n?|[\u2028\u2029\u0085]", "\n", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c for c in text if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


class _Tree:
    """Copies one parsed tree, counting what it visits."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._nodes = 0
        self._characters = 0

    def bare(self, node: object, depth: int = 0) -> Value:
        """``node`` with text for scalars and without what is empty."""
        self._nodes += 1
        if depth > _MAX_DEPTH or self._nodes > _MAX_NODES or self._characters > _MAX_CHARACTERS:
            raise SourceUnreadable(
                f"{self._path}: nested or repeated beyond what a CV holds; write its aliases out or take it out of profile.toml"
            )
        if isinstance(node, dict):
            pairs = ((visible(str(k)).strip(), self.bare(v, depth + 1)) for k, v in node.items())
            return {k: v for k, v in pairs if v}
        if isinstance(node, list | tuple | set):
            return [v for v in (self.bare(item, depth + 1) for item in node) if v]
        if node is None:
            return ""
        text = str(node).lower() if isinstance(node, bool) else visible(str(node)).strip()
        self._characters += len(text)
        return "" if text.lower() in {"null", "~"} else text
