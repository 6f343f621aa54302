"""The verb ``match``: a job description held against one record; what is heavy is imported when it runs."""

import sys
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import ConfigurationError
from app.shell.opening import ingest_if_never, settings_of
from app.shell.options import AsJson, Data, Index, Profiles, Slug

if TYPE_CHECKING:
    from app.match.domain import Report

EPILOG = "Nothing of the job description is kept. What the documents do not state is not stated, never “no”; nobody is scored, ranked or recommended."


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def match(
    slug: Slug,
    job: Annotated[
        str, typer.Argument(metavar="JOBFILE", help="A job description (.txt .md .pdf .docx); - reads standard input.")
    ],
    form: Annotated[Format, typer.Option("--format", help="How to write the report.")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this file.")] = None,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Show what of a job description a record states, with the evidence and what is worth asking."""
    import json

    from app.match.paper import to_html, to_markdown
    from app.match.start import open_desk
    from app.start import open_library

    settings = settings_of(data, profiles, index)
    text = _job_text(job)
    library = open_library(settings)
    library.profile(slug)
    ingest_if_never(library, slug)
    with closing(open_desk(settings, library)) as desk:
        report = desk.match(slug, text)
    if as_json:
        told = json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n"
    elif form is Format.TEXT and out is None:
        _show(report)
        return
    else:
        told = to_html(report) if form is Format.HTML else to_markdown(report)
    if out is None:
        sys.stdout.write(told)
    elif out.is_dir():
        raise ConfigurationError(f"{out} is a folder; give --out the name of a file")
    else:
        out.write_text(told, encoding="utf-8")


def _job_text(job: str) -> str:
    """The text of a file, or of standard input up to what is read of a file."""
    from app.match.desk import JobRefused
    from app.match.source import MAX_BYTES, read_job

    if job == "-":
        given = sys.stdin.buffer.read(MAX_BYTES + 1)
        if given[:4] == b"%PDF" or given[:2] == b"PK":
            return read_job("job.pdf" if given[:4] == b"%PDF" else "job.docx", given)
        return read_job("job.md", given)
    path = Path(job)
    if not path.is_file():
        raise JobRefused(
            f"{job}: no such file; give a job description as .txt, .md, .pdf or .docx, or - for standard input"
        )
    with path.open("rb") as file:
        return read_job(path.name, file.read(MAX_BYTES + 1))


def _show(report: "Report") -> None:
    """The report for a terminal: a line a requirement, its evidence below it, then what is worth asking."""
    from rich.text import Text

    from app.answer.phrase import say
    from app.match.paper import ATTRIBUTES, VERDICTS, grouped
    from app.shell.terminal import open_console, show_sources

    console = open_console()
    style = {"stated": "green", "related": "yellow", "not stated": "dim"}
    console.print(Text(report.summary, style="bold"), soft_wrap=True)
    for heading, findings in grouped(report):
        console.print(Text(f"\n{say(report.language, heading)}", style="bold"))
        for f in findings:
            console.print(
                Text.assemble(
                    (f"{say(report.language, VERDICTS[f.verdict]):<12}", style[f.verdict]),
                    " ",
                    _plain(f.requirement.text),
                ),
                soft_wrap=True,
            )
            if f.citations or f.verdict != "not stated":
                console.print(Text(f"{'':<13}{f.why}", style="dim"), soft_wrap=True)
    if report.protected:
        console.print(Text(f"\n{say(report.language, 'match_never')}", style="bold"))
    for p in report.protected:
        console.print(Text(f"{say(report.language, ATTRIBUTES[p.attribute])}: {_plain(p.text)}"), soft_wrap=True)
    questions = [f.question for f in report.findings if f.question]
    if questions:
        console.print(Text(f"\n{say(report.language, 'match_worth_asking')}", style="bold"))
    for question in questions:
        console.print(Text(f"• {_plain(question)}"), soft_wrap=True)
    if report.citations:
        console.print(Text(f"\n{say(report.language, 'match_sources')}", style="bold"))
        show_sources(console, report.citations)
    console.print(Text("\n" + " ".join((report.notice, *report.remarks)), style="dim"), soft_wrap=True)


def _plain(text: str) -> str:
    """A stranger's words without what would steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
