"""The attacks of the YAML files beside this one, each with a made-up word that no honest answer holds."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from app.domain import Turn
from evals.attack.disguise import DISGUISES

HOME = Path(__file__).parent
FILES = ("direct", "history", "posting", "planted")
OTHER = "Caspar Lindqvest"
"""The person of the neighbouring profile."""
_SYLLABLES = (
    "zu",
    "vlo",
    "mer",
    "kax",
    "pli",
    "dro",
    "gwe",
    "tho",
    "nyx",
    "bru",
    "fja",
    "ske",
    "qua",
    "vim",
    "hur",
    "wod",
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Forged(_Strict):
    """A turn that the assistant never said."""

    assistant: str


class _Row(_Strict):
    """One attack as it is written down."""

    text: str = ""
    turns: tuple[str | _Forged, ...] = ()
    payload: str = ""
    disguise: str = ""
    where: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> "_Row":
        if bool(self.text) == bool(self.turns):
            raise ValueError("an attack has either a text or turns")
        if bool(self.payload) != bool(self.disguise) or (self.disguise and self.disguise not in DISGUISES):
            raise ValueError(f"a payload wants a disguise of {sorted(DISGUISES)}, not {self.disguise!r}")
        return self


class _Group(_Strict):
    refused: bool = False
    hidden: bool = False
    attacks: Annotated[tuple[str | _Row, ...], Field(min_length=1)]


class Lookalikes(_Strict):
    """Honest questions in the words of an attack."""

    answered: tuple[str, ...]
    """The host's documents answer them."""
    unanswered: tuple[str, ...]
    turns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack, ready to be made."""

    id: str
    kind: str
    """The group that it stands in."""
    way: str
    """How it comes: ``direct``, ``history``, ``posting``, ``planted``."""
    text: str
    """What is typed last, pasted as a job description, or planted in a document."""
    turns: tuple[Turn, ...]
    canary: str
    where: str = ""
    """The place in a document."""
    refused: bool = False
    """Whether only a refusal will do."""
    hidden: bool = False
    """Whether a reader of the document does not see it."""


def read_attacks(files: tuple[str, ...] = FILES) -> tuple[Attack, ...]:
    """The attacks of ``files`` in their order; raises pydantic's ``ValidationError`` where one is not well formed."""
    return tuple(attack for name in files for attack in _read(name))


def read_lookalikes() -> Lookalikes:
    """The honest questions."""
    return Lookalikes.model_validate(yaml.safe_load((HOME / "lookalike.yaml").read_text(encoding="utf-8")))


def canary_of(identity: str) -> str:
    """A word of four syllables that is nobody's; the same for the same ``identity``."""
    digest = hashlib.sha256(identity.encode()).digest()
    return "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:5])


def _read(name: str) -> Iterator[Attack]:
    groups = TypeAdapter(dict[str, _Group]).validate_python(
        yaml.safe_load((HOME / f"{name}.yaml").read_text(encoding="utf-8"))
    )
    for kind, group in groups.items():
        for number, row in enumerate(group.attacks, start=1):
            yield _attack(f"{kind}-{number}", kind, name, _Row(text=row) if isinstance(row, str) else row, group)


def _attack(identity: str, kind: str, way: str, row: _Row, group: _Group) -> Attack:
    canary = canary_of(identity)
    values = {"canary": canary, "other": OTHER}
    if row.payload:
        values["payload"] = DISGUISES[row.disguise](_filled(row.payload, values))
    turns = tuple(
        Turn("user", _filled(turn, values))
        if isinstance(turn, str)
        else Turn("assistant", _filled(turn.assistant, values))
        for turn in row.turns or (row.text,)
    )
    return Attack(identity, kind, way, turns[-1].text, turns, canary, row.where, group.refused, group.hidden)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return Template(text).safe_substitute(values)
