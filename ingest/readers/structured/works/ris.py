"""RIS, the exchange format of reference managers: one publication a record."""

import re
from collections.abc import Iterator

from ingest.readers.structured.load import Row, Value, visible
from ingest.readers.structured.works.records import work_of
from ingest.readers.structured.works.work import Work

_TAG = re.compile(r"^\s*([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_MEANING = {
    "TI": "title", "T1": "title", "CT": "title", "AU": "authors", "A1": "authors", "JO": "journal", "JF": "journal", "JA": "journal",
    "T2": "venue", "BT": "venue", "J2": "venue", "C3": "venue", "PB": "publisher", "PY": "year", "Y1": "year", "DA": "date", "VL": "volume",
    "IS": "number", "SP": "start", "EP": "end", "AB": "abstract", "N2": "abstract", "KW": "keywords", "N1": "notes", "DO": "doi",
    "UR": "url", "L2": "url",
}  # fmt: skip
_KINDS = {
    "CHAP": "chapter",
    "BOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "UNPB": "preprint",
    "DATA": "dataset",
    "COMP": "software",
    "PAT": "patent",
}
_SEVERAL = {"authors", "keywords", "notes", "url"}


def works_in(text: str) -> tuple[Work, ...]:
    """The publications of an export; a record without its end mark ends where the next begins. Editors are no authors."""
    return tuple(work for row in _records(text) if (work := work_of(row)) is not None)


def has_records(text: str) -> bool:
    """Whether ``text`` begins with a record."""
    first = next((line for line in text.split("\n") if _TAG.match(line)), "")
    return re.match(r"\s*TY  ?-", first) is not None


def _records(text: str) -> Iterator[Row]:
    held: dict[str, list[str]] = {}
    last = ""
    for line in text.split("\n"):
        match = _TAG.match(line)
        if match is None:
            if last and line.strip():
                held[last][-1] = f"{held[last][-1]} {line.strip()}".strip()
            continue
        tag, value = match[1], visible(match[2] or "").strip()
        if tag in {"TY", "ER"} and held:
            yield _row(held)
            held, last = {}, ""
        if tag != "ER":
            name = _MEANING.get(tag, tag)
            held.setdefault(name, []).append(value)
            last = name
    if held:
        yield _row(held)


def _row(held: dict[str, list[str]]) -> Row:
    row: Row = {}
    for name, values in held.items():
        filled: list[Value] = [v for v in values if v]
        if filled:
            row[name] = filled if name in _SEVERAL else filled[0]
    row["type"] = _KINDS.get(held.get("TY", [""])[0], "")
    pages = [str(row[k]) for k in ("start", "end") if k in row]
    year = str(row.get("year", "")).strip("/")
    dated = str(row.get("date", "")).strip("/")
    extra: Row = {"pages": "–".join(pages), "date": re.sub(r"/+", "-", dated if dated[:4].isdigit() else year)}
    return {k: v for k, v in {**row, **extra}.items() if v}
