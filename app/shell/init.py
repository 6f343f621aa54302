"""The verb ``init``: its arguments, and how what it did is told; what is heavy is imported when it runs."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.shell.options import AsJson, Data, Index, Profiles

EPILOG = (
    "The profile's name comes first. Files and folders may follow one --from or several. Of a folder, what a reader takes is copied, at its "
    "path inside. Without any, init begins with what lies in PROFILES/NAME already. An existing profile is never overwritten."
)


def init(
    slug: Annotated[str, typer.Argument(metavar="NAME", help="A short name for the profile: a-z, 0-9 and hyphens.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Further files and folders.")] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="FILE…", help="CVs, lists of papers, the folder of a homepage."),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The person's name, if it is not found.")] = None,
    add: Annotated[bool, typer.Option("--add", help="Copy the files into a profile that is there.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done; write nothing.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Make a profile from your files: copies them, proposes profile.toml from what they say, and ingests them.

    For instance: vivavoce init my-name --from ~/cv.pdf ~/papers.bib ~/homepage/
    """
    from app.settings import load_settings
    from app.shell.begin import Beginning
    from app.shell.begun import show_begun, to_json
    from app.shell.terminal import open_console, progress_bars, write_json
    from app.start import open_library

    if name is not None and not (name.strip() and name.isprintable() and len(name) <= 200):
        raise typer.BadParameter("give the person's name as it is to be printed", param_hint="--name")
    library = open_library(load_settings(data=data, profiles=profiles, index=index))
    given = [*(sources or []), *(more or [])]
    with progress_bars(slug) as bars:
        beginning = Beginning(library, datetime.now(UTC), bars, dry_run)
        begun = beginning.add(slug, given) if add else beginning.begin(slug, given, name and " ".join(name.split()))
    if as_json:
        write_json(to_json(begun))
    else:
        show_begun(open_console(), begun)
    for refused in begun.refused:
        typer.echo(f"vivavoce: {refused.name}: {refused.reason}", err=True)
