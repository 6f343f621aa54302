"""The shell door: verbs become calls, errors one line and an exit code; what is heavy is imported by its verb."""

import atexit
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from app.domain import Turn
from app.errors import AskError
from app.shell.deploy import deploy
from app.shell.export import export
from app.shell.init import EPILOG, init
from app.shell.keys import keys
from app.shell.match import EPILOG as MATCH_EPILOG
from app.shell.match import match
from app.shell.mcp import mcp
from app.shell.opening import NAME, all_slugs, complain, ingest_if_never, settings_of, with_local_model
from app.shell.options import AsJson, Data, Index, LocalModel, Profiles, Slug
from app.shell.sbom import sbom
from app.shell.serve import serve
from ingest.errors import IngestError, IngestRunning

cli = typer.Typer(name=NAME, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """The command ``vivavoce``: runs one verb and ends the process with its exit code."""
    codes: list[int] = []
    atexit.register(_leave, codes)  # What is registered first is called last.
    codes.append(run(sys.argv[1:]))
    sys.exit(codes[0])


def _leave(codes: Sequence[int]) -> None:
    """Ends the process with the code that was told, where threads are left that nobody waits for.

    The end of the interpreter unwinds them, and one that is inside of a C++ library, as while a question is embedded, takes the process
    down with an abort (CPython's C API, "Cautions regarding runtime finalization").
    """
    if codes and any(thread.daemon for thread in threading.enumerate()):
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(codes[0])


def run(arguments: list[str]) -> int:
    """The exit code of one call: 0 done, 1 failed or regressed, 2 wrong use or configuration, 75 try again later, 130 interrupted."""
    try:
        code = cli(arguments, prog_name=NAME, standalone_mode=False)
    except IngestRunning as error:
        return complain(str(error), os.EX_TEMPFAIL)
    except (IngestError, AskError) as error:
        return complain(str(error), 2)
    except typer.TyperException as error:
        context: typer.Context | None = getattr(error, "ctx", None)
        where = context.command_path if context else NAME
        message = " ".join(error.format_message().split())
        return complain(f"{message}{'' if message[-1:] in '.?' else '.'} See '{where} --help'.", 2)
    except OSError as error:
        return complain(f"{error.filename or 'a file'}: {error.strerror or error}; check that it may be used", 2)
    return code if isinstance(code, int) else 0


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
    with_model: Annotated[
        bool,
        typer.Option("--with-model", help="Ask the language model about entries that the rules do not understand."),
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Read the documents of profiles and bring their indexes up to date; one that cannot be read does not stop the others."""
    from dataclasses import asdict

    from app.shell.terminal import open_console, progress_bars, show_report, tell_refusals, write_json
    from app.start import open_helper, open_library, refresh_all

    settings = settings_of(data, profiles, index)
    library = open_library(settings)
    with open_helper(settings, with_model) as helper, progress_bars() as bars:
        done = refresh_all(library, slugs or all_slugs(library), datetime.now(UTC), bars, rebuild, helper)
    if as_json:
        write_json([asdict(report) for report in done.reports])
    for report in done.reports:
        if not as_json:
            show_report(open_console(), report)
        tell_refusals(report)
    for _, error in done.failures[:-1]:
        complain(str(error), 2)
    if done.failures:
        raise done.failures[-1][1]
    if strict and any(report.refused for report in done.reports):
        raise typer.Exit(1)


cli.command(epilog=EPILOG)(init)
cli.command(epilog=MATCH_EPILOG)(match)
cli.command()(export)


@cli.command("list")
def list_profiles(as_json: AsJson = False, data: Data = None, profiles: Profiles = None, index: Index = None) -> None:
    """Show the profiles, what was understood of them, and whether their indexes answer."""
    from app.shell.shelf import shelves
    from app.shell.terminal import open_console, show_shelves, write_json
    from app.start import open_library

    library = open_library(settings_of(data, profiles, index))
    found = shelves(library)
    if as_json:
        write_json([shelf.to_json() for shelf in found])
    elif all_slugs(library):
        show_shelves(open_console(), found)


@cli.command()
def ask(
    slug: Slug,
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
    local_model: LocalModel = False,
) -> None:
    """Ask one question and print the answer with its sources."""
    from app.assistant import finished
    from app.shell.terminal import open_console, show_sources, speak, write_json
    from app.start import open_assistant, open_library

    with with_local_model(settings_of(data, profiles, index), local_model) as settings:
        library = open_library(settings)
        ingest_if_never(library, slug)
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
def chat(
    slug: Slug, data: Data = None, profiles: Profiles = None, index: Index = None, local_model: LocalModel = False
) -> None:
    """Talk over several turns; /help lists the commands."""
    from app.shell.repl import Repl
    from app.shell.terminal import open_console
    from app.start import open_assistant, open_library

    with with_local_model(settings_of(data, profiles, index), local_model) as settings:
        library = open_library(settings)
        ingest_if_never(library, slug)
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
    from app.retrieve import search_vector as find
    from app.shell.terminal import found, open_console, show_found, write_json
    from app.start import open_library

    if not query.strip():
        raise typer.BadParameter("the query is empty; write what to look for", param_hint="QUERY")
    library = open_library(settings_of(data, profiles, index))
    ingest_if_never(library, slug)
    opened = library.open(slug)
    evidence = find(opened, library.vector(opened, query), query, limit)
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
    index: Index = None,
) -> None:
    """Tell a profile's owner what is missing, contradicts itself or was not understood; changes nothing."""
    from app.shell.checkup import check_up, show_findings, to_json
    from app.shell.terminal import open_console, write_json

    if model:
        from app.model.check import check_embedder, check_model

        checks = [check(settings_of(data, profiles, index)) for check in (check_model, check_embedder)]
        typer.echo("\n".join(c.line for c in checks))
        raise typer.Exit(not all(c.is_fine for c in checks))
    if slug is None:
        raise typer.BadParameter("name a profile, or --model", param_hint="PROFILE")
    settings = settings_of(data, profiles, index)
    record, findings = check_up(settings.profiles_folder, slug, settings.index_folder)
    if as_json:
        write_json(to_json(record, findings))
    else:
        show_findings(open_console(), record, findings)
    if strict and any(f.severity != "note" for f in findings):
        raise typer.Exit(1)


cli.command()(mcp)
cli.command()(serve)
cli.add_typer(keys, name="keys")
cli.command()(deploy)
cli.command()(sbom)


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
