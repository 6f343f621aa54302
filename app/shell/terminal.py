"""How answers, sources and reports look in a shell; without colours where it is piped or ``NO_COLOR`` is set."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from app.domain import Answer, Citation, Event, Evidence, Finished, Sentence, Spoken
from app.shell.shelf import Shelf
from ingest.assisted.asking import Assistance
from ingest.build import FileReport, Outcome, Progress, Report
from ingest.domain import Record
from ingest.sentences import is_cjk

QUOTE_CELLS = 96
_PIPED_CELLS = 200
_SHOWN = 3
"""Headings without facts that a report quotes."""
_STAGES = {
    "read": "Reading",
    "draw": "Drawing pages",
    "ask": "Asking the model",
    "embed": "Embedding",
    "write": "Writing",
}


def open_console() -> Console:
    """Standard output; wide where it is no terminal, so that nothing is cut that another program reads."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else _PIPED_CELLS)


def write_json(value: Any) -> None:
    """``value`` on standard output, readable and without escapes."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


# Answers


class Voice:
    """Writes the sentences of one answer as they come: prose flows on, the items of a list stand alone."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._column = 0
        self._end = ""

    def say(self, sentence: Sentence) -> None:
        """Appends one sentence."""
        if sentence.is_item:
            self.stop()
            self._flow("•", indent=0)
        self._flow(sentence.text, indent=2 if sentence.is_item else 0)
        if sentence.is_item:
            self.stop()

    def stop(self) -> None:
        """Ends the line, where there is one."""
        if self._column:
            self._console.print()
        self._column, self._end = 0, ""

    def _flow(self, text: str, indent: int) -> None:
        """Writes ``text`` word by word, because rich can only wrap what it holds as a whole."""
        for word in text.split():
            if self._column and self._column + 1 + cell_len(word) > self._console.width:
                self._console.print()
                self._console.print(" " * indent, end="")
                self._column = indent
            elif self._column and not is_cjk(self._end):
                self._console.print(" ", end="")
                self._column += 1
            self._console.print(_with_marks(word), end="", soft_wrap=True)
            self._column += cell_len(word)
            self._end = word[-2:]


def speak(console: Console, events: Iterable[Event]) -> Answer:
    """Writes the sentences of ``events`` as they come and gives the whole answer back."""
    voice = Voice(console)
    for event in events:
        match event:
            case Spoken(sentence=sentence):
                voice.say(sentence)
            case Finished(answer=answer):
                voice.stop()
                return answer
    raise AssertionError("an answer ends with Finished")


def show_sources(console: Console, citations: Sequence[Citation]) -> None:
    """A numbered list: document, section, and what is quoted."""
    for citation in citations:
        place = ", ".join(part for part in (citation.document, citation.section) if part)
        page = f", page {citation.page}" if citation.page else ""
        line = Text.assemble(
            (f"[{citation.n}]", "cyan"), f" {place}{page}: ", (f"“{shortened(citation.quote)}”", "dim")
        )
        console.print(line, soft_wrap=True)


def shortened(quote: str, cells: int = QUOTE_CELLS) -> str:
    """``quote`` on one line, cut behind a word where it is wider than ``cells``."""
    flat = " ".join(quote.split())
    if cell_len(flat) <= cells:
        return flat
    while cell_len(flat) > cells - 2:
        flat = flat[:-1]
    head, _, tail = flat.rpartition(" ")
    return f"{head if head and cell_len(tail) < cells // 3 else flat} …"


def _with_marks(text: str) -> Text:
    styled = Text(text)
    styled.highlight_regex(r"\[\d+\]", "cyan")
    return styled


# Search, profiles, ingests


def found(record: Record, evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """What a search found, as JSON objects, best first."""
    return [
        {
            "score": round(e.score, 4),
            "document": e.span.document,
            "path": list(e.path),
            "start": e.span.start,
            "end": e.span.end,
            "quote": record.quote(e.span),
        }
        for e in evidence
    ]


def show_found(console: Console, record: Record, evidence: Sequence[Evidence]) -> None:
    """What a search found, best first: score, place, beginning of the text."""
    for e in evidence:
        place = ", ".join((e.span.document, *(shortened(p, 40) for p in e.path)))
        line = Text.assemble((f"{e.score:.3f}", "cyan"), f" {place}: ", (f"“{shortened(record.quote(e.span))}”", "dim"))
        console.print(line, soft_wrap=True)


def show_shelves(console: Console, shelves: Sequence[Shelf]) -> None:
    """A table of the profiles, and below it what to do about those whose index does not answer as it should."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Profile", "Name", "Documents", "Facts", "Index"):
        table.add_column(heading, overflow="fold")
    for s in shelves:
        state = Text(s.state, style="green" if s.state == "ready" else "yellow")
        state.append(f" {s.generation}" if s.generation else "", style="dim")
        facts = f"{counted(s.facts)} ({s.assisted} by a language model)" if s.assisted else counted(s.facts)
        table.add_row(s.slug, s.name or "?", ", ".join(s.documents) or "none", facts or "–", state)
    console.print(table)
    for s in shelves:
        if s.hint:
            console.print(Text(f"{s.slug}: {s.hint}", style="yellow"), soft_wrap=True)


def show_report(console: Console, report: Report) -> None:
    """What one ingest understood: a line a file, and below it what is not as it looks in the file; a clean file is one line."""
    done = f"{report.passages} passages, {report.embedded} embedded" if report.changed else "unchanged"
    console.print(Text.assemble((report.profile, "bold"), f"  {report.generation}, {done}"), soft_wrap=True)
    width = max((cell_len(_plain(file.path)) for file in report.files), default=0)
    for file in report.files:
        name = _plain(file.path)
        style = "red" if file.outcome is Outcome.REFUSED else "yellow" if file.outcome is Outcome.PARTLY_READ else ""
        head = Text.assemble("  ", (name, style), " " * (width - cell_len(name) + 2), _understood(file))
        console.print(head, soft_wrap=True)
        for label, text in _beside(file):
            console.print(Text.assemble("    ", (f"{label:<13}", "dim"), _plain(text)), soft_wrap=True)
    if report.assistance is not None:
        console.print(f"  {_plain(_assistance(report, report.assistance))}", soft_wrap=True)
    if report.limits and "memory" not in report.limits:
        console.print(Text("  This system bounds what reads files by time, not by memory.", "dim"), soft_wrap=True)


def tell_refusals(report: Report) -> None:
    """Says on standard error which sources could not be read, why, and what to do; a line each."""
    for file in report.refused:
        kept = "; until then, answers come from its last readable version" if file.is_kept else ""
        sys.stderr.write(_plain(f"vivavoce: {report.profile}/{file.path}: {' '.join(file.reasons)}{kept}") + "\n")


def _understood(file: FileReport) -> str:
    """How much a file holds, and which facts."""
    if file.outcome is Outcome.REFUSED and not file.is_kept:
        return "refused"
    pages = f"{file.pages} page{'' if file.pages == 1 else 's'}, " if file.pages else ""
    read = f"{pages}{file.characters:,} characters, {file.blocks} blocks, {file.passages} passages"
    dates = f"; {counted({'date': file.dates})}" if file.dates else ""
    refused = "refused, its last readable version answers: " if file.is_kept else ""
    return f"{refused}{read}; {counted(file.facts) or 'no facts'}{dates}"


def _assistance(report: Report, told: Assistance) -> str:
    """What a language model contributed, and why not more."""
    took = f" in {counted({'call': told.calls})}, {told.tokens:,} tokens" if told.calls else ""
    asked = f"{counted({'block': told.asked})} put to it{took}" if told.asked or told.calls else "nothing put to it now"
    drops = ", ".join(f"{reason} {count}" for reason, count in told.dropped.items())
    dropped = f"; {sum(told.dropped.values())} proposals dropped ({drops})" if drops else ""
    left = f"; {told.unasked} of {counted({'block': told.blocks})} without its answer" if told.unasked else ""
    why = f" because {told.failure}; the next ingest with it goes on" if told.unasked and told.failure else ""
    return f"Language model {told.model}: {counted({'fact': report.assisted})} of these; {asked}{dropped}{left}{why}"


def _beside(file: FileReport) -> Iterator[tuple[str, str]]:
    """What an owner should know of a file besides, each with its label."""
    if file.outcome is Outcome.PARTLY_READ:
        yield "partly read", "; ".join(file.reasons)
    if file.hidden:
        yield "hidden", ", ".join(f"{count:,} characters {how}" for how, count in file.hidden.items())
    if file.withheld:
        yield "withheld", ", ".join(f"{kind.replace('_', ' ')} ({count})" for kind, count in file.withheld.items())
    if file.repeated:
        entries = "entry tells" if file.repeated == 1 else "entries tell"
        yield "repeated", f"{file.repeated} {entries} again what another states"
    if file.assumed:
        yield "assumed", "; ".join(file.assumed)
    if file.not_understood:
        first, rest = file.not_understood[:_SHOWN], len(file.not_understood) - _SHOWN
        more = f" and {rest} more (see 'vivavoce doctor')" if rest > 0 else ""
        yield "without facts", ", ".join(f"“{quote}”" for quote in first) + more


def _plain(text: str) -> str:
    """``text`` of a stranger's file without what would steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def counted(facts: dict[str, int]) -> str:
    """``{"publication": 3, "position": 1}`` as ``3 publications, 1 position``."""
    return ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in facts.items())


class Bars(Progress):
    """One bar a stage."""

    def __init__(self, bars: RichProgress, name: str) -> None:
        self._bars = bars
        self._name = name
        self._task: TaskID | None = None

    def begin(self, stage: str, total: int) -> None:
        """Shows the bar of ``stage`` in place of the one before."""
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(f"{_STAGES.get(stage, stage)} {self._name}".rstrip(), total=total)

    def advance(self, steps: int = 1) -> None:
        """Moves the bar on."""
        if self._task is not None:
            self._bars.advance(self._task, steps)


@contextmanager
def progress_bars(name: str = "") -> Iterator[Bars]:
    """Bars on standard error that vanish when the work is done; silent where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield Bars(bars, name)
