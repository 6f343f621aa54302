"""The verb ``export``: the publications of a record, or a part of them, in a format that other programs read."""

from pathlib import Path
from typing import Annotated

import typer

from app.record.terms import FormatName, Position, Status
from app.shell.opening import ingest_if_never, settings_of
from app.shell.options import AsJson, Data, Index, Profiles, Slug


def export(
    slug: Slug,
    form: Annotated[FormatName, typer.Option("--format", help="What to write.")] = "bibtex",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; default: standard output.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(metavar="YEARS", help="2024, 2019-2024, 2019-, -2019 or not_stated.")
    ] = None,
    venue: Annotated[str | None, typer.Option(metavar="NAME", help="Or not_stated.")] = None,
    position: Annotated[Position | None, typer.Option(help="The person's place among the authors.")] = None,
    status: Annotated[Status | None, typer.Option(help="As the source says.")] = None,
    co_author: Annotated[str | None, typer.Option("--co-author", metavar="NAME")] = None,
    text: Annotated[str, typer.Option("--text", metavar="WORDS", help="Words of the entry.")] = "",
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Write the publications as BibTeX, CSV, CSL-JSON or JSON: what the record states, and nothing else.

    For instance: vivavoce export qian-liu --format bibtex --year 2023- --output papers.bib
    """
    from app.record.export import FORMATS
    from app.record.works import Selection, selected, works_of, years_in
    from app.start import open_library

    try:
        years = years_in(year) if year else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--year") from error
    library = open_library(settings_of(data, profiles, index))
    ingest_if_never(library, slug)
    record = library.open(slug).record
    works = works_of(record)
    asked = Selection(years, venue, position, status, co_author, text)
    chosen = selected(record, works, asked)
    written = FORMATS["json" if as_json else form].write(record, chosen, works)
    if output is None:
        typer.echo(written, nl=False)
        return
    output.write_text(written, encoding="utf-8", newline="")
    typer.echo(f"{len(chosen)} of {len(works)} publications written to {output}", err=True)
