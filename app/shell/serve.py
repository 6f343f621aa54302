"""The verb ``serve``; what is heavy is imported when it runs."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.errors import ConfigurationError
from app.shell.opening import all_slugs, complain, settings_of, with_local_model
from app.shell.options import Data, Index, LocalModel, Profiles
from ingest.errors import IndexUnusable


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
    local_model: LocalModel = False,
) -> None:
    """Open the page and the API; indexes are brought up to date first."""
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
