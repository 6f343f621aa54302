"""Reads sources in a process of its own, so that no file can stop, fill or take over the one that ingests."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from ingest.domain import Document, Fact, Source
from ingest.errors import ReadersUnusable, SourceUnreadable, TookTooLong
from ingest.frame import Frame, Kind, receive
from ingest.limits import Limits
from ingest.pages import load_pages
from ingest.reading import Reading, Unbelievable, dump_document, load_facts, load_reading

_START = "import sys; here = sys.argv[4:]; sys.path[:] = here; from ingest.worker import main; main(sys.argv[1:4])"
_START_S = 120
_CPU_SPENT = -getattr(signal, "SIGXCPU", 0) or None
_LONGEST_REASON = 600
_MEND = "export it anew, or give the text as Markdown (.md)"


class Child:
    """Reads files one after the other; its process starts with the first and anew after each that brought it down.

    What comes back is JSON and checked: a process that a file took over can tell lies about that file, and nothing else.
    """

    def __init__(self, limits: Limits | None = None, *, expects_pdf: bool = True) -> None:
        """``expects_pdf``: whether to import what reads PDF before the limits hold, which takes a while."""
        self.limits = limits or Limits()
        self.bounds: tuple[str, ...] = ()
        """By which means the process is bounded; empty before the first file."""
        self._expects_pdf = expects_pdf
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, where there is one."""
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()
            self._process.wait()
            self._process = None

    def look(self, folder: Path, path: Path) -> tuple[bool, tuple[Path, ...]]:
        """Whether the file at ``path`` is a source that nobody named, and which files below ``folder`` it takes in.

        One that cannot be looked at is a source: its owner is to hear of it.
        """
        try:
            found = json.loads(self._ask(path, {"do": "look", "folder": str(folder), "path": str(path)}))
            return bool(found["is_source"]), tuple(Path(str(part)) for part in found["parts"])
        except (SourceUnreadable, ValueError, KeyError, TypeError):
            return True, ()

    def read(self, folder: Path, source: Source, share: Collection[str]) -> Reading:
        """The document that ``source`` names inside ``folder``, private data masked, with its facts.

        Raises:
            SourceUnreadable: see ``ingest.readers.read``; too much memory or time; or the process ended over it.
            ReadersUnusable: the process cannot be started.
        """
        named = {"path": source.path, "title": source.title, "url": source.url}
        body = self._ask(folder / source.path, {"do": "read", "folder": str(folder), **named, "share": sorted(share)})
        try:
            return load_reading(body, source)
        except Unbelievable as error:
            self.close()
            raise SourceUnreadable(f"{folder / source.path}: {error}; {_MEND}") from error

    def facts(self, folder: Path, document: Document) -> tuple[Fact, ...]:
        """The facts of ``document``, whose sections were told apart anew; raises as ``read``."""
        path = folder / document.id
        bare = json.loads(dump_document(replace(document, strips=(), sizes=())))
        body = self._ask(path, {"do": "facts", "document": bare})
        try:
            return load_facts(body, document)
        except Unbelievable as error:
            self.close()
            raise SourceUnreadable(f"{path}: {error}; {_MEND}") from error

    def pages(self, folder: Path, document: Document) -> tuple[bytes, ...]:
        """See ``ingest.pages.render_pages``; raises as ``read``."""
        path = folder / document.id
        bare = json.loads(dump_document(replace(document, blocks=(), facts=())))
        body = self._ask(path, {"do": "pages", "folder": str(folder), "document": bare})
        try:
            return load_pages(body, document)
        except Unbelievable as error:
            self.close()
            raise SourceUnreadable(f"{path}: {error}; {_MEND}") from error

    def _ask(self, path: Path, request: dict[str, Any]) -> bytes:
        """What the process answers to ``request`` about the file at ``path``."""
        process = self._started()
        with _Clock(process, self.limits.seconds + 1) as clock:
            frame = _exchange(process, json.dumps(request).encode() + b"\n")
        if frame is not None and frame.kind is Kind.ANSWER:
            return frame.body
        if frame is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
            code = process.returncode
        if frame is None or frame.kind is not Kind.REFUSED:
            self.close()
        if frame is None and (clock.has_rung or code == _CPU_SPENT):
            raise TookTooLong(f"{path}: takes longer than {self.limits.seconds} s to read, as no CV does; {_MEND}")
        if frame is None:
            raise SourceUnreadable(f"{path}: {_why_ended(code, self.limits)}; {_MEND}")
        told = _one_line(frame.body)
        if frame.kind is Kind.BROKEN:
            raise SourceUnreadable(
                f"{path}: brought its reader down ({told}), a mistake of Vivavoce's; please report it, and {_MEND}"
            )
        raise SourceUnreadable(told if str(path) in told else f"{path}: {told}")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            here = [str(Path(p).resolve()) if p in {"", "."} else p for p in sys.path]
            given = [str(self.limits.memory_bytes), str(self.limits.seconds), "pdf" if self._expects_pdf else ""]
            command = [sys.executable, "-I", "-c", _START, *given, *here]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            with _Clock(self._process, _START_S):
                hello = _exchange(self._process, b"")
            if hello is None or hello.kind is not Kind.ANSWER:
                self.close()
                raise ReadersUnusable("the process that reads sources does not start; see what it says above")
            self.bounds = tuple(map(str, json.loads(hello.body)))
        return self._process


class _Clock:
    """Kills a process that is still at it when the time is up."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self.has_rung = False

    def __enter__(self) -> "_Clock":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()

    def _ring(self) -> None:
        self.has_rung = True
        self._process.kill()


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> Frame | None:
    """The answer to ``request``; ``None`` where the process ended over it or answers what is no frame."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(request)
        process.stdin.flush()
        return receive(process.stdout)
    except OSError:
        return None


def _why_ended(code: int | None, limits: Limits) -> str:
    names = {s.value: s.name for s in signal.Signals}
    name = names.get(-code, str(-code)) if code is not None and code < 0 else ""
    how = f" ({name})" if name else "" if code in {None, 0} else f" (code {code})"
    return f"brought its reader down{how}: it is broken, made to break readers, or needs more than {limits.memory_bytes // 1024**2} MB of memory"


def _one_line(told: bytes) -> str:
    """What a process says of itself, fit to be shown."""
    text = " ".join(told.decode("utf-8", errors="replace").split())
    return "".join(c if c.isprintable() else "\ufffd" for c in text)[:_LONGEST_REASON]
