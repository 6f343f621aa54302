"""The formats that a list of publications can be had in."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.record.bibtex import to_bibtex
from app.record.csl import to_csl
from app.record.rows import to_csv, to_json
from app.record.terms import FormatName
from app.record.works import Work
from ingest.domain import Record

Writer = Callable[[Record, Sequence[Work], Sequence[Work]], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write publications down."""

    suffix: str
    media_type: str
    write: Writer
    """Of a record: the chosen works, and all of them."""


def _json(record: Record, works: Sequence[Work], everything: Sequence[Work]) -> str:
    return json.dumps(to_json(record, works, everything), ensure_ascii=False, indent=2) + "\n"


def _csl(record: Record, works: Sequence[Work], everything: Sequence[Work]) -> str:
    return json.dumps(to_csl(record, works, everything), ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[FormatName, Format] = {
    "bibtex": Format("bib", "application/x-bibtex; charset=utf-8", to_bibtex),
    "csv": Format("csv", "text/csv; charset=utf-8; header=present", to_csv),
    "csl-json": Format("csl.json", "application/vnd.citationstyles.csl+json", _csl),
    "json": Format("json", "application/json", _json),
}
