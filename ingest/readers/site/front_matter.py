"""The front matter of a page: YAML between ``---``, TOML between ``+++``, or JSON; and the body behind it."""

import json
import re
import tomllib
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.structured.load import Row, load_json, load_yaml

_YAML = re.compile(r"\A\s{0,3}---[ \t]*\n(?P<held>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<held>.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"^(\w[\w-]*):[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
_MAX_FRONT = 200_000
"""Characters; longer front matter is left out."""
_HERE = Path("front matter")


def front_matter_of(text: str) -> tuple[Row, str]:
    """What the front matter states and the text behind it; broken YAML comes down to its lines ``key: value``, broken TOML to nothing."""
    for pattern, load in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(text)
        if match:
            return load(match["held"]) if len(match["held"]) <= _MAX_FRONT else {}, text[match.end() :]
    return {}, text


def is_published(front: Row) -> bool:
    """Whether the site shows the page: neither a draft nor taken back."""
    return str(front.get("draft", "")).lower() != "true" and str(front.get("published", "")).lower() != "false"


def _yaml(held: str) -> Row:
    try:
        tree = load_yaml(held, _HERE)
    except SourceUnreadable:
        tree = {
            key: re.sub(r"^([\"'])(.*)\1$", r"\2", value)
            for key, value in _LINE.findall(held)
            if value[0] not in "[{|>&*"
        }
    return tree if isinstance(tree, dict) else {}


def _toml(held: str) -> Row:
    try:
        tree = load_json(json.dumps(tomllib.loads(held), default=str), _HERE)
    except (tomllib.TOMLDecodeError, SourceUnreadable, RecursionError, ValueError):
        return {}
    return tree if isinstance(tree, dict) else {}
