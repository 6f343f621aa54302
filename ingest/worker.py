"""The process in which sources are read: takes one request a line, answers each with one frame, and dies of what nobody foresaw."""

import json
import os
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from ingest.domain import Source
from ingest.errors import SourceUnreadable
from ingest.extract import facts_in
from ingest.frame import Frame, Kind, send
from ingest.limits import Limits, allow_more_time, confine
from ingest.pages import dump_pages, render_pages
from ingest.private import withholding
from ingest.readers import is_source, parts_of, read
from ingest.reading import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    MAX_FACTS,
    Reading,
    Unbelievable,
    dump_facts,
    dump_reading,
    load_document,
)

_PDF = "ingest.readers.pdf"
_TOO_DEEP = "is nested too deeply to be a CV; export it anew, or take it out of profile.toml"


def main(arguments: Sequence[str]) -> None:
    """Reads until its input ends. ``arguments``: bytes of memory, seconds a file, and ``pdf`` where PDFs are expected."""
    answers = _take_output()
    sys.excepthook = partial(_last_words, answers)
    memory, seconds, expected = arguments
    limits = Limits(int(memory), int(seconds))
    if expected:
        import_module(_PDF)
    sys.dont_write_bytecode = True
    send(answers, Frame(Kind.ANSWER, json.dumps(confine(limits)).encode()))
    for line in sys.stdin.buffer:
        allow_more_time(limits)
        answer = _answered(json.loads(line), limits)
        send(answers, answer)
        if answer.kind is Kind.ENDED:
            return


def _answered(request: dict[str, Any], limits: Limits) -> Frame:
    try:
        return Frame(Kind.ANSWER, _ANSWERS[request["do"]](request))
    except (SourceUnreadable, Unbelievable) as error:
        return Frame(Kind.REFUSED, str(error).encode(errors="replace"))
    except RecursionError:
        return Frame(Kind.REFUSED, _TOO_DEEP.encode())
    except MemoryError:
        told = f"needs more than {limits.memory_bytes // 1024**2} MB of memory to read, as no CV does; split it, or export it anew"
        return Frame(Kind.ENDED, told.encode())


def _look(request: dict[str, Any]) -> bytes:
    folder, path = Path(request["folder"]), Path(request["path"])
    found = is_source(path)
    parts = [str(part.resolve()) for part in parts_of(folder, path)] if found else []
    return json.dumps({"is_source": found, "parts": parts}).encode()


def _read(request: dict[str, Any]) -> bytes:
    document = read(Path(request["folder"]), Source(request["path"], request["title"], request["url"]))
    _check(len(document.text), "characters of text", MAX_CHARACTERS)
    _check(len(document.blocks), "lines and paragraphs", MAX_BLOCKS)
    document, withheld = withholding(document, request["share"])
    facts = facts_in(document)
    _check(len(facts), "entries", MAX_FACTS)
    return dump_reading(Reading(document, facts, withheld))


def _facts(request: dict[str, Any]) -> bytes:
    facts = facts_in(load_document(json.dumps(request["document"]).encode()))
    _check(len(facts), "entries", MAX_FACTS)
    return dump_facts(facts)


def _check(count: int, what: str, most: int) -> None:
    if count > most:
        raise SourceUnreadable(
            f"holds {count} {what}, at most {most} are read; split it, or give the part that matters"
        )


def _pages(request: dict[str, Any]) -> bytes:
    document = load_document(json.dumps(request["document"]).encode())
    return dump_pages(render_pages(Path(request["folder"]), document))


_ANSWERS = {"look": _look, "read": _read, "facts": _facts, "pages": _pages}


def _take_output() -> BinaryIO:
    """Standard output for the answers alone; whatever else is written there or to standard error goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return answers


def _last_words(
    answers: BinaryIO, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Says what this process dies of: the error, and the last place of ours that it went through."""
    ours = [f for f in traceback.extract_tb(trace) if f"{os.sep}ingest{os.sep}" in f.filename]
    place = f" in {Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else ""
    send(answers, Frame(Kind.BROKEN, f"{kind.__name__}{place}".encode()))
