"""The shell door: verbs become calls, errors one line and an exit code; what is heavy is imported by its verb."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain import Turn
from app.errors import AskError, ConfigurationError
from app.init import EPILOG, init
from app.options import AsJson, Data, Index, Profiles, Slug
from ingest.errors import IndexMissing, IndexUnusable, IngestError, IngestRunning

if TYPE_CHECKING:
    from app.library import Library
    from app.settings import Settings

NAME = "vivavoce"

cli = typer.Typer(name=NAME, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """The command ``vivavoce``: runs one verb and ends the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of one call: 0 done, 1 failed or regressed, 2 wrong use or configuration, 130 interrupted."""
    try:
        code = cli(arguments, prog_name=NAME, standalone_mode=False)
    except IngestRunning as error:
        return _complain(str(error), 1)
    except (IngestError, AskError) as error:
        return _complain(str(error), 2)
    except typer.TyperException as error:
        context: typer.Context | None = getattr(error, "ctx", None)
        where = context.command_path if context else NAME
        message = " ".join(error.format_message().split())
        return _complain(f"{message}{'' if message[-1:] in '.?' else '.'} See '{where} --help'.", 2)
    except OSError as error:
        return _complain(f"{error.filename or 'a file'}: {error.strerror or error}; check that it may be used", 2)
    return code if isinstance(code, int) else 0


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"{NAME}: {message}\n")
    return code


def _print_version(asked: bool) -> None:
    if asked:
        with suppress(PackageNotFoundError):
            typer.echo(f"{NAME} {version(NAME)}")
            raise typer.Exit
        typer.echo(f"{NAME} (not installed)")
        raise typer.Exit


@cli.callback(invoke_without_command=True)
def door(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask a researcher's record; every sentence answers with its source."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


@cli.command()
def ingest(
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[PROFILE]...", help="Default: every profile.")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Compute everything anew.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a document cannot be read.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Read the documents of profiles and bring their indexes up to date; one that cannot be read does not stop the others."""
    from dataclasses import asdict

    from app.start import open_library, refresh_all
    from app.terminal import open_console, progress_bars, show_report, tell_refusals, write_json

    library = open_library(_settings(data, profiles, index))
    with progress_bars() as bars:
        done = refresh_all(library, slugs or _all_slugs(library), datetime.now(UTC), bars, rebuild)
    if as_json:
        write_json([asdict(report) for report in done.reports])
    for report in done.reports:
        if not as_json:
            show_report(open_console(), report)
        tell_refusals(report)
    for _, error in done.failures[:-1]:
        _complain(str(error), 2)
    if done.failures:
        raise done.failures[-1][1]
    if strict and any(report.refused for report in done.reports):
        raise typer.Exit(1)


cli.command(epilog=EPILOG)(init)


@cli.command("list")
def list_profiles(as_json: AsJson = False, data: Data = None, profiles: Profiles = None, index: Index = None) -> None:
    """Show the profiles, what was understood of them, and whether their indexes answer."""
    from app.shelf import shelves
    from app.start import open_library
    from app.terminal import open_console, show_shelves, write_json

    library = open_library(_settings(data, profiles, index))
    found = shelves(library)
    if as_json:
        write_json([shelf.to_json() for shelf in found])
    elif _all_slugs(library):
        show_shelves(open_console(), found)


@cli.command()
def ask(
    slug: Slug,
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Ask one question and print the answer with its sources."""
    from app.assistant import finished
    from app.start import open_assistant, open_library
    from app.terminal import open_console, show_sources, speak, write_json

    settings = _settings(data, profiles, index)
    library = open_library(settings)
    _ingest_if_never(library, slug)
    events = open_assistant(settings, library).ask(slug, [Turn("user", question)])
    if as_json:
        write_json(finished(events).to_json())
        return
    console = open_console()
    answer = speak(console, events)
    if answer.citations:
        console.print()
        show_sources(console, answer.citations)


@cli.command()
def chat(slug: Slug, data: Data = None, profiles: Profiles = None, index: Index = None) -> None:
    """Talk over several turns; /help lists the commands."""
    from app.repl import Repl
    from app.start import open_assistant, open_library
    from app.terminal import open_console

    settings = _settings(data, profiles, index)
    library = open_library(settings)
    _ingest_if_never(library, slug)
    Repl(open_assistant(settings, library), slug, open_console()).run()


@cli.command()
def search(
    slug: Slug,
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 5,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Print the passages that fit a query best."""
    from app.retrieve import search as find
    from app.start import open_library
    from app.terminal import found, open_console, show_found, write_json

    if not query.strip():
        raise typer.BadParameter("the query is empty; write what to look for", param_hint="QUERY")
    library = open_library(_settings(data, profiles, index))
    _ingest_if_never(library, slug)
    opened = library.open(slug)
    evidence = find(opened, library.embedder, query, limit)
    if as_json:
        write_json(found(opened.record, evidence))
    else:
        show_found(open_console(), opened.record, evidence)


@cli.command()
def doctor(
    slug: Annotated[str | None, typer.Argument(metavar="[PROFILE]", help="Whose record.")] = None,
    model: Annotated[bool, typer.Option("--model", help="Check the language model and the embedder instead.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where there are errors or warnings.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
) -> None:
    """Tell a profile's owner what is missing, contradicts itself or was not understood; changes nothing."""
    from app.checkup import check_up, show_findings, to_json
    from app.terminal import open_console, write_json

    if model:
        from app.model.check import check_embedder, check_model

        checks = [check(_settings(data, profiles, None)) for check in (check_model, check_embedder)]
        typer.echo("\n".join(c.line for c in checks))
        raise typer.Exit(not all(c.is_fine for c in checks))
    if slug is None:
        raise typer.BadParameter("name a profile, or --model", param_hint="PROFILE")
    record, findings = check_up(_settings(data, profiles, None).profiles_folder, slug)
    if as_json:
        write_json(to_json(record, findings))
    else:
        show_findings(open_console(), record, findings)
    if strict and any(f.severity != "note" for f in findings):
        raise typer.Exit(1)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Open the page and the API; indexes are brought up to date first."""
    from app.model.check import tell_at_start
    from app.start import open_assistant, open_library, refresh_all
    from app.terminal import progress_bars, tell_refusals
    from app.web.server import serve as open_server

    settings = _settings(data, profiles, index, host=host, port=port)
    library = open_library(settings)
    with progress_bars() as bars:
        done = refresh_all(library, _all_slugs(library), datetime.now(UTC), bars)
    usable = len(done.reports)
    for report in done.reports:
        tell_refusals(report)
    for slug, error in done.failures:
        with suppress(IndexUnusable):
            library.open(slug)
            usable += 1
        _complain(str(error), 2)
    if not usable:
        raise ConfigurationError(f"nothing in {library.profiles} can be served; mend what is said above and run again")
    tell_at_start(settings, lambda line: _complain(line, 0))
    open_server(settings, open_assistant(settings, library))


# Imports run evals → app → ingest, so this door may not import evals: it hands the words over by name.
@cli.command(
    "eval",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "allow_interspersed_args": False},
)
def evaluate(context: typer.Context) -> None:
    """Run the fixed questions, or compare a run with a baseline; see 'vivavoce eval --help'."""
    run_eval: Callable[[list[str]], int] = import_module("evals.cli").run
    raise typer.Exit(run_eval(context.args))


def _settings(
    data: Path | None, profiles: Path | None, index: Path | None, host: str | None = None, port: int | None = None
) -> "Settings":
    from app.settings import load_settings

    return load_settings(data=data, profiles=profiles, index=index, host=host, port=port)


def _all_slugs(library: "Library") -> tuple[str, ...]:
    slugs = library.slugs()
    if not slugs:
        raise ConfigurationError(
            f"no profiles in {library.profiles}; make NAME/profile.toml there and put a CV beside it"
        )
    return slugs


def _ingest_if_never(library: "Library", slug: str) -> None:
    """Makes the first index of a profile, so that the first question needs no other command."""
    from app.start import refresh
    from app.terminal import progress_bars, tell_refusals

    try:
        library.open(slug)
    except IndexMissing:
        with progress_bars(slug) as bars:
            report = refresh(library, slug, datetime.now(UTC), bars)
        tell_refusals(report)
