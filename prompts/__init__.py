"""Every sentence that is meant for a model, and the example questions of the router: data, read by name and versioned by hash."""

import hashlib
from functools import cache
from importlib import resources
from string import Template
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: five times as fast on the glossaries."""


@cache
def load_examples(name: str) -> Any:
    """The parsed YAML file ``name`` of this folder."""
    return yaml.load(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"), Loader=_LOADER)  # a safe one


def fill(file: str, /, **values: str) -> str:
    """The prompt file ``file`` with its ``$placeholders`` filled; what is filled in is not looked at again.

    Raises:
        KeyError: a placeholder without a value.
        ValueError: a value without a placeholder.
    """
    template = _template(file)
    surplus = values.keys() - set(template.get_identifiers())
    if surplus:
        raise ValueError(f"{file} has no place for {', '.join(sorted(surplus))}")
    return template.substitute(values).strip()


@cache
def _template(name: str) -> Template:
    return Template(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))


@cache
def prompt_hash(*names: str) -> str:
    """One short hash of the prompt files ``names``, for the record of an answer."""
    hashes = prompt_hashes()
    return hashlib.sha256("".join(hashes[name] for name in names).encode()).hexdigest()[:16]


def joined_hash(*hashes: str) -> str:
    """One short hash of several of ``prompt_hash``, in the order of the calls that they were sent in."""
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]


def prompt_hashes() -> dict[str, str]:
    """SHA-256 of every prompt, example and dictionary file by name."""
    files = (f for f in resources.files(__name__).iterdir() if f.name.endswith((".md", ".yaml", ".tsv")))
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(files, key=lambda f: f.name)}
