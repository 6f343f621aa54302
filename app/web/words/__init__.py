"""The page's own words in each language it speaks: ``*.yaml`` beside this file, joined."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal, get_args

import yaml

from app.answer.phrase import date_text
from ingest.domain import PartialDate

InterfaceLanguage = Literal["en", "zh"]
LANGUAGES: tuple[InterfaceLanguage, ...] = get_args(InterfaceLanguage)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language by key; plain text, to be escaped where they become markup."""

    language: InterfaceLanguage
    table: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words of ``key`` with ``$name`` replaced by the value of that name.

        Raises:
            KeyError: no such key, or a value that the words need was not given.
        """
        return Template(self.table[key]).substitute(values)

    def count(self, key: str, n: int, **values: object) -> str:
        """As ``self(key, n=n)``; the words of ``key_one`` where ``n`` is one and the language has them."""
        one = f"{key}_one"
        return self(one if n == 1 and one in self.table else key, n=n, **values)

    def day(self, day: date) -> str:
        """A day as people write it."""
        return date_text(self.language, PartialDate(day.year, day.month, day.day))


@cache
def words(language: InterfaceLanguage) -> Words:
    """The words of ``language``.

    Raises:
        ValueError: two files have the same key.
    """
    table: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        if path.name != f"{language}.yaml" and not path.name.endswith(f".{language}.yaml"):
            continue
        own = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        twice = sorted(own.keys() & table.keys())
        if twice:
            raise ValueError(f"{path.name}: {twice[0]!r} stands in another file too")
        table |= own
    return Words(language, table)
