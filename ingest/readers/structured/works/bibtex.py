"""BibTeX and BibLaTeX: one publication an entry, in the order of the file."""

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import ResolveStringReferencesMiddleware
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Block, Entry, ImplicitComment, ParsingFailedBlock

from ingest.readers.structured.keys import folded, is_url
from ingest.readers.structured.load import Row, visible
from ingest.readers.structured.markup import latex_text
from ingest.readers.structured.works.records import turned, work_of
from ingest.readers.structured.works.work import Reference, Work

_FIELD = re.compile(r"[,\s]\s*([A-Za-z_][\w:-]*)\s*=\s*(?=[{\"\w])")
_ENTRY = re.compile(r"@\s*(\w+)\s*[{(]\s*([^,\s{}\"=]*)\s*,?")
_NO_ENTRY = {"comment", "string", "preamble"}
_OTHERS = "others"
_VENUES = ("journal", "journaltitle", "booktitle", "venue", "eventtitle", "school", "institution", "maintitle")

# The parser logs every broken block; what was lost of it is salvaged below.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def works_in(text: str) -> tuple[Work, ...]:
    """The publications of a bibliography; a broken entry is read as far as its fields can be told apart.

    A proceedings volume that others only refer to (``crossref``) is no publication of its own.
    """
    return tuple(reference.work for reference in references_in(text))


def references_in(text: str) -> tuple[Reference, ...]:
    """The publications of a bibliography with their keys, as ``works_in`` reads them."""
    blocks = _parsed(text).blocks
    entries = [
        entry for block, after in zip(blocks, [*blocks, None][1:], strict=True) for entry in _entry(block, after)
    ]
    by_key = {key.lower(): fields for key, _, fields in entries if key}
    parents = {f["crossref"].lower() for _, _, f in entries if "crossref" in f}
    found = []
    for key, kind, fields in entries:
        if key.lower() in parents and "author" not in fields:
            continue
        parent = by_key.get(fields.get("crossref", "").lower(), {})
        work = work_of(_row(kind, _with_parent(fields, parent)))
        if work is not None:
            keywords = re.split(r"\s*[;,]\s*", fields.get("keywords", "").strip())
            found.append(Reference(key, kind, tuple(filter(None, keywords)), work))
    return tuple(found)


def has_entries(text: str) -> bool:
    """Whether ``text`` has an entry with a title."""
    return (
        any(m[1].lower() not in _NO_ENTRY for m in _ENTRY.finditer(text))
        and re.search(r"(?i)\btitle\s*=", text) is not None
    )


def _parsed(text: str) -> Library:
    return parse_string(text, parse_stack=[ResolveStringReferencesMiddleware(allow_inplace_modification=True)])


def _entry(block: Block, after: Block | None) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Key, type and raw fields of a block that is an entry, whole or broken; the rest of a broken one is a comment to the parser."""
    whole = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
    if isinstance(whole, Entry):
        fields: dict[str, str] = {}
        for field in whole.fields:
            for name, value in _pairs(field.key, str(field.value)):
                fields.setdefault(name, value)
        yield whole.key, whole.entry_type.lower(), fields
    elif isinstance(block, ParsingFailedBlock) and block.raw:
        raw = block.raw + ((after.raw or "") if isinstance(after, ImplicitComment) else "")
        head = _ENTRY.match(raw)
        if head and head[1].lower() not in _NO_ENTRY:
            yield head[2], head[1].lower(), dict(_salvaged(raw[head.end() :]))


def _pairs(key: str, value: str) -> Iterator[tuple[str, str]]:
    """A field and its value without enclosing braces; a forgotten comma had joined it with the next ones."""
    name = folded(key)
    end = _closing(value)
    if end is not None and end < len(value) - 1 and (joined := _FIELD.match(value[end + 1 :])):
        yield name, visible(value[1:end])
        yield from _pairs(joined[1], value[end + 1 + joined.end() :].strip())
        return
    enclosed = end is not None and end == len(value) - 1
    yield name, visible(value[1:-1] if enclosed else value)


def _closing(value: str) -> int | None:
    """Where the brace or quote that opens ``value`` is closed."""
    if value[:1] not in {"{", '"'}:
        return None
    depth = 0
    for number, char in enumerate(value):
        if char == "\\":
            continue
        escaped = number > 0 and value[number - 1] == "\\"
        depth += 0 if escaped else (char == "{") - (char == "}")
        if number and not escaped and depth == 0 and char == ("}" if value[0] == "{" else '"'):
            return number
    return None


def _salvaged(raw: str) -> Iterator[tuple[str, str]]:
    """The fields of a broken entry, each up to where the next begins."""
    found = list(_FIELD.finditer("," + raw))
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(raw) + 1
        yield folded(match[1]), visible(("," + raw)[match.end() : end].strip(' \n\t{}",'))


def _with_parent(fields: Mapping[str, str], parent: Mapping[str, str]) -> dict[str, str]:
    """``fields`` with what they inherit from the entry that they refer to; never its authors."""
    inherited = {
        k: v
        for k, v in parent.items()
        if k not in {"title", "booktitle", "author", "editor", "abstract", "note", "crossref"}
    }
    volume = parent.get("booktitle") or parent.get("title")
    return {**inherited, **({"booktitle": volume} if volume else {}), **fields}


def _row(kind: str, fields: Mapping[str, str]) -> Row:
    """The fields as readable text under the names that every export shares."""
    names = _people(fields.get("author", ""))
    row: Row = {
        "title": ": ".join(latex_text(fields[k]).rstrip(":") for k in ("title", "subtitle") if fields.get(k)),
        "authors": list(names),
        "type": f"{fields.get('type', '')} {kind}" if kind in {"thesis", "online"} else kind,
    }
    venue = next((latex_text(fields[k]) for k in _VENUES if fields.get(k)), "")
    how = latex_text(fields.get("howpublished", ""))
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    if not venue and archive and "eprint" in fields:
        row["type"], venue = "preprint", latex_text(archive)
    venue = venue or (how if how and not is_url(how) else "") or latex_text(fields.get("publisher", ""))
    row |= {
        "venue": venue,
        "abstract": latex_text(fields.get("abstract", "")),
        "keywords": latex_text(fields.get("keywords", "")),
    }
    row["notes"] = [latex_text(fields[k]) for k in ("note", "addendum", "award", "awards", "pubstate") if fields.get(k)]
    for key in ("volume", "number", "issue", "pages", "year", "month", "day", "date"):
        row[key] = latex_text(fields.get(key, ""))
    for key in ("doi", "url", "eprint", "arxiv"):
        row[key] = fields.get(key, "").replace("\\", "").strip()
    return {k: v for k, v in row.items() if v}


def _people(text: str) -> list[str]:
    """The names of an author field, given name first; "et al." where it ends in "and others"."""
    people = []
    for name in split_multiple_persons_names(" ".join(text.split())):
        if name.strip().lower() == _OTHERS:
            people.append("et al.")
            continue
        try:
            parts = parse_single_name_into_parts(name).merge_first_name_first
        except InvalidNameError:
            parts = turned(name.strip(" ,"))
        people.append(latex_text(parts))
    return people
