"""The labelled job descriptions: read from the YAML files beside this one, every label found in its text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from app.match.domain import Verdict
from ingest.domain import Record

PARTS = ("tuned", "heldout", "fresh", "third", "blind")
"""The rules were made on the first; the others were written later, each measured once before anything was mended on it."""


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1)]
    verdict: Literal["stated", "related", "not stated"]
    gold: tuple[str, ...] = ()


class _Labelled(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    job: str
    profile: str
    requirements: tuple[_Label, ...]
    protected: tuple[str, ...] = ()


_FILE = TypeAdapter(tuple[_Labelled, ...])


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one requirement: characters ``start`` to ``end`` of the job description."""

    text: str
    start: int
    end: int
    verdict: Verdict
    gold: tuple[str, ...]
    """Quotes of the record of which any shows it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job description for one profile, with its labels."""

    part: str
    name: str
    profile: str
    text: str
    labels: tuple[Label, ...]
    protected: tuple[str, ...]


def read_jobs(parts: tuple[str, ...] = PARTS) -> Iterator[Job]:
    """The labelled job descriptions, in order.

    Raises:
        ValueError: a label is not in its job description, or a stated one has no gold quote.
    """
    here = resources.files(__name__.rpartition(".")[0])
    for part in parts:
        for row in _FILE.validate_python(yaml.safe_load(here.joinpath(f"{part}.yaml").read_text(encoding="utf-8"))):
            text = here.joinpath("jobs", row.job).read_text(encoding="utf-8")
            labels = tuple(_label(label, text, row.job) for label in row.requirements)
            yield Job(part, row.job, row.profile, text, labels, row.protected)


def _label(label: _Label, text: str, job: str) -> Label:
    start = text.find(label.text)
    if start < 0:
        raise ValueError(f"{job}: {label.text!r} is not in it")
    if (label.verdict == "stated") != bool(label.gold):
        raise ValueError(f"{job}: {label.text!r} is {label.verdict!r} with {len(label.gold)} gold quotes")
    return Label(label.text, start, start + len(label.text), label.verdict, label.gold)


def missing_gold(jobs: tuple[Job, ...], records: Mapping[str, Record]) -> list[str]:
    """The gold quotes that stand in no document of their profile."""
    texts = {slug: plain(" ".join(d.text for d in record.documents)) for slug, record in records.items()}
    return [
        quote for job in jobs for label in job.labels for quote in label.gold if plain(quote) not in texts[job.profile]
    ]


def plain(text: str) -> str:
    """``text`` on one line in small letters, without the stars of Markdown."""
    return " ".join(text.replace("**", "").split()).lower()
