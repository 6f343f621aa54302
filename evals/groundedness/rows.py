"""The labelled sentences: read from the YAML files beside this one, their evidence found verbatim in the records."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from app.answer.support import Shown
from app.errors import ConfigurationError
from ingest.build import Progress, read_record
from ingest.domain import Block, BlockKind, Record, Span
from ingest.profile import read_profile

PARTS = ("calibration", "heldout", "last", "wide")
"""What the looks of the verifier were made and tuned on."""
SPOKEN = ("model", "model_more", "spoken")
"""What a language model wrote to our own prompts, and others that are wrong in one thing; ``spoken`` to prompts with ready sentences."""
LEARNED = ("fresh", "written", *SPOKEN)
"""Written by those who had not read the verifier; later their failures were read, and the trees are grown on them."""
UNSEEN = ("closing", "spoken_unseen", "spoken_later")
"""About people from whom no tree has learned; the failures of the two spoken ones were read and rules were mended on them, each on more than its row."""
ALL = (*PARTS, *LEARNED, *UNSEEN)
TOP = Path(__file__).resolve().parents[2]
HOMES = (TOP / "data" / "profiles", TOP / "tests" / "profiles", Path(__file__).resolve().parent / "people")
"""Where the seeds and the invented people are; all are part of a checkout only."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: a megabyte takes a second."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its marks, the evidence that it was written over, and whether that supports it."""

    part: str
    profile: str
    kind: str
    """``supported``, or what was done to it."""
    language: str
    sentence: str
    shown: tuple[Shown, ...]
    supported: bool
    computed: tuple[str, ...] = ()
    """What the program had worked out and showed beside the evidence: counts, durations."""


def people_of(parts: Iterable[str] = ALL) -> frozenset[str]:
    """The profiles that the rows of ``parts`` are about."""
    return frozenset(scene["profile"] for part in parts for scene in _scenes(part))


def read_records(parts: Iterable[str] = ALL, homes: Iterable[Path] = HOMES) -> dict[str, Record]:
    """The records of the people that the rows of ``parts`` are about, read without an index.

    Raises:
        ConfigurationError: somebody is missing, as where this is no checkout.
    """
    wanted = people_of(parts)
    found: dict[str, Record] = {}
    for home in homes:
        for folder in sorted(home.iterdir()) if home.is_dir() else ():
            if folder.name in wanted:
                found[folder.name] = read_record(folder, read_profile(home, folder.name), Progress())
    if wanted - found.keys():
        raise ConfigurationError(
            f"no profile {', '.join(sorted(wanted - found.keys()))}; run this in a checkout of the project"
        )
    return found


def read_rows(records: Mapping[str, Record], parts: Iterable[str] = PARTS) -> Iterator[Row]:
    """The rows written by hand, in order.

    Raises:
        ValueError: a quote of the evidence is not in the documents of its profile.
    """
    for part in parts:
        for scene in _scenes(part):
            record = records[scene["profile"]]
            shown = tuple(s for n, entry in enumerate(scene["shown"], 1) for s in _shown_of(n, entry, record))
            computed = tuple(scene.get("computed", ()))
            for line in scene.get("supported", "").splitlines():
                language, sentence = _language(line)
                yield Row(part, scene["profile"], "supported", language, sentence, shown, True, computed)
            for line in scene.get("corrupted", "").splitlines():
                language, rest = _language(line)
                kind, _, sentence = rest.partition(": ")
                yield Row(part, scene["profile"], kind, language, sentence, shown, False, computed)


@cache
def _scenes(part: str) -> tuple[dict[str, Any], ...]:
    file = resources.files(__name__.rpartition(".")[0]).joinpath(f"{part}.yaml")
    return tuple(yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)) if file.is_file() else ()


def _language(line: str) -> tuple[str, str]:
    match = re.match(r"(\w\w)\| ", line)
    return (match[1], line[match.end() :]) if match else ("en", line)


def _shown_of(n: int, entry: str | dict[str, Any], record: Record) -> Iterator[Shown]:
    """The evidence under one number: a quote, or as a prompt had it, with what the program computed."""
    if isinstance(entry, str):
        yield _shown(n, entry, record)
        return
    spans = [Span(document, start, end) for document, start, end in entry["at"]]
    if "says" in entry:
        yield Shown(n, spans[0], entry["says"], (), is_computed=True, rows=tuple(entry["rows"]))
    for span in spans:
        document = record.document(span.document)
        text = document.quote(span)
        yield Shown(n, span, text, _path(document.blocks, span))


def _shown(n: int, quote: str, record: Record) -> Shown:
    """The evidence that runs from the beginning to the end of ``quote``, whatever the white space."""
    start, _, end = quote.partition(" … ")
    words = [r"\s+".join(map(re.escape, part.split())) for part in (start, end) if part]
    pattern = re.compile(r"[\s\S]*?".join(words))
    for document in record.documents:
        match = pattern.search(document.text)
        if match:
            span = Span(document.id, match.start(), match.end())
            return Shown(n, span, match[0], _path(document.blocks, span))
    raise ValueError(f"{record.profile.slug}: {quote!r} is in none of its documents")


def _path(blocks: tuple[Block, ...], span: Span) -> tuple[str, ...]:
    at = next((b for b in blocks if b.kind is not BlockKind.HEADING and b.span.start <= span.start < b.span.end), None)
    return at.path if at else ()
