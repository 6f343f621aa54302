"""The verb ``serve``; what is heavy is imported when it runs."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import ConfigurationError
from app.shell.opening import all_slugs, complain, settings_of, with_local_model
from app.shell.options import Data, Index, LocalModel, Profiles
from ingest.errors import IndexUnusable

if TYPE_CHECKING:
    from app.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
    local_model: LocalModel = False,
    print_embed: Annotated[
        bool, typer.Option("--print-embed", help="Print the lines that show the chat on another page, and exit.")
    ] = False,
    profile: Annotated[str | None, typer.Option(metavar="PROFILE", help="Whose lines, with --print-embed.")] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Address at which visitors reach this server, with --print-embed.")
    ] = None,
) -> None:
    """Open the page and the API; indexes are brought up to date first."""
    if print_embed:
        _print_embed(settings_of(data, profiles, index, host=host, port=port), profile, base_url)
        return
    from app.model.check import tell_at_start
    from app.shell.terminal import progress_bars, tell_refusals
    from app.start import open_assistant, open_helper, open_library, refresh_all
    from app.web.server import serve as open_server

    with with_local_model(settings_of(data, profiles, index, host=host, port=port), local_model) as settings:
        library = open_library(settings)
        with open_helper(settings) as helper, progress_bars() as bars:
            done = refresh_all(library, all_slugs(library), datetime.now(UTC), bars, helper=helper)
        usable = len(done.reports)
        for report in done.reports:
            tell_refusals(report)
        for slug, error in done.failures:
            with suppress(IndexUnusable):
                library.open(slug)
                usable += 1
            complain(str(error), 2)
        if not usable:
            raise ConfigurationError(
                f"nothing in {library.profiles} can be served; mend what is said above and run again"
            )
        tell_at_start(settings, lambda line: complain(line, 0))
        open_server(settings, open_assistant(settings, library))


def _print_embed(settings: "Settings", slug: str | None, base_url: str | None) -> None:
    from app.widget.line import Line, base_address, told
    from ingest.profile import list_slugs, read_card

    slugs = list_slugs(settings.profiles_folder)
    if slug is None and len(slugs) != 1:
        there = f"there are {', '.join(slugs)}" if slugs else f"there are none in {settings.profiles_folder}"
        raise typer.BadParameter(f"name one profile; {there}", param_hint="--profile")
    found = read_card(settings.profiles_folder, slug or slugs[0])
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    base = base_address(base_url or f"http://{host}:{settings.port}")
    typer.echo(told(Line(base, found.slug, found.name), found.origins), nl=False)
