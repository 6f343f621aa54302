"""``vivavoce eval``: run the fixed questions, or compare a run with a baseline."""

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.assistant import finished
from app.errors import ConfigurationError
from app.library import Library
from app.settings import Settings, load_settings
from app.shell.terminal import open_console, progress_bars, write_json
from app.start import open_assistant, open_embedder
from evals.case import Kind
from evals.report import compare, show, show_changes, to_json
from evals.run import Outcome, evaluate
from evals.stamp import stamp
from evals.suite import Skipped, Suite, open_suite, outside_questions, own_questions, read_questions, stage
from ingest.build import Progress
from ingest.embed import Embedder

if TYPE_CHECKING:
    from evals.judge import Judge
    from evals.overheard import Overheard

LOCAL = "local"
"""What ``--model`` calls the model of the extra of that name."""
BASELINE = Path(__file__).parent / "baseline.json"

cli = typer.Typer(name="vivavoce eval", add_completion=False, pretty_exceptions_enable=False)


def run(arguments: list[str]) -> int:
    """The exit code of ``vivavoce eval ARGUMENTS``; errors pass through to the caller."""
    code = cli(arguments, prog_name="vivavoce eval", standalone_mode=False)
    return code if isinstance(code, int) else 0


@cli.callback(invoke_without_command=True)
def door(context: typer.Context) -> None:
    """Measure the assistant on fixed questions; offline, no model judges."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


@cli.command("run")
def run_questions(
    slugs: Annotated[
        list[str] | None, typer.Argument(metavar="[PROFILE]...", help="Default: all with questions.")
    ] = None,
    profiles: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder of outside profiles, each with its questions.yaml.")
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to keep indexes; the next run reuses them."),
    ] = None,
    kinds: Annotated[list[Kind] | None, typer.Option("--kind", help="Only these kinds; may be given again.")] = None,
    peer: Annotated[bool, typer.Option("--peer", help="Ask plain llama-index the same, for comparison.")] = False,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Answer with this language model, at OPENAI_BASE_URL; 'local' is the extra's."
        ),
    ] = None,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="With --model: show its sentences unchecked, to see what gets through.")
    ] = False,
    judge: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Have this other model judge as well, at VIVAVOCE_JUDGE_URL; it decides nothing."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the run as JSON.")] = None,
) -> None:
    """Ask every fixed question and judge the answers."""
    result = measure(slugs or [], profiles, index, kinds or [], peer, model, judge, unverified)
    if save:
        save.parent.mkdir(parents=True, exist_ok=True)
        save.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        write_json(result)
    else:
        show(open_console(), result)
        if "overheard" in result:
            from evals.overheard import show_overheard

            show_overheard(open_console(), result["overheard"])


@cli.command()
def diff(
    run_file: Annotated[Path, typer.Argument(metavar="RUN", help="A run that --save wrote.")],
    baseline: Annotated[Path, typer.Argument(metavar="[BASELINE]", help="Default: the committed one.")] = BASELINE,
) -> None:
    """Compare a run with a baseline; exit 1 where any metric of any row fell."""
    changes = compare(_read_run(run_file), _read_run(baseline))
    show_changes(open_console(), changes)
    if any(change.is_fall for change in changes):
        raise typer.Exit(1)


@cli.command("match")
def match_jobs(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Measure the recruiter's desk on labelled job descriptions; exit 1 where it misses a bar."""
    from evals.match.report import run_match, show_match

    result = run_match(open_embedder(load_settings()))
    if as_json:
        write_json(result)
    else:
        show_match(open_console(), result)
    if not result["bars"]["reached"]:
        raise typer.Exit(1)


@cli.command()
def groundedness(
    benchmarks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder with attributionbench/ and summedits/, measured as well."),
    ] = None,
    parts: Annotated[
        list[str] | None,
        typer.Option("--part", metavar="PART", help="Only this part of the sentences; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the verifier of model-written sentences on labelled ones: what it lets pass and what it strips."""
    from evals.groundedness.report import run_groundedness, show_groundedness
    from evals.groundedness.rows import ALL

    unknown = sorted({*(parts or ())} - {*ALL})
    if unknown:
        raise typer.BadParameter(f"no part {', '.join(unknown)}; there are {', '.join(ALL)}", param_hint="--part")
    result = run_groundedness(open_embedder(load_settings()), benchmarks, tuple(parts or ALL))
    if as_json:
        write_json(result)
    else:
        show_groundedness(open_console(), result)


def measure(
    slugs: list[str],
    profiles: Path | None,
    index: Path | None,
    kinds: list[Kind],
    peer: bool = False,
    model: str | None = None,
    judge: str | None = None,
    unverified: bool = False,
) -> dict[str, Any]:
    """One run as JSON: of the project's own profiles, or of those in the folder ``profiles``; ``peer`` is asked as well.

    Without ``model`` the answers are offline, whatever is configured, so that runs compare. ``judge`` names a model that judges them too,
    ``unverified`` shows what ``model`` writes as it comes.

    Raises:
        QuestionsInvalid, ConfigurationError: the questions or the settings.
        EmbedderUnusable: the embedding model.
    """
    if unverified and model is None:
        raise ConfigurationError("--unverified is about a model's sentences; name one with --model")
    questions = outside_questions(profiles) if profiles else own_questions()
    cases = read_questions(questions, slugs, kinds)
    now = datetime.now(UTC)
    with ExitStack() as stack:
        settings = _settings(index, model, stack)
        judging = _open_judge(settings, judge) if judge else None
        progress = stack.enter_context(progress_bars())
        folder, indexes = settings.profiles_folder, settings.index_folder
        skipped: tuple[Skipped, ...] = ()
        if profiles:
            temporary = Path(stack.enter_context(TemporaryDirectory(prefix="vivavoce-eval-")))
            folder, indexes = temporary / "profiles", index or temporary / "index"
            skipped = stage(profiles, cases, folder)
        settings.spent_file.parent.mkdir(parents=True, exist_ok=True)
        library = Library(folder, indexes, open_embedder(settings))
        suite = open_suite(library, cases, now, progress, skipped)
        overheard = _overhear(settings, library, unverified) if model else None
        assistant = overheard or open_assistant(settings, library)
        stack.callback(assistant.close)
        outcomes = evaluate(suite, lambda slug, turns: finished(assistant.ask(slug, turns)), progress)
        beside = _ask_peer(suite, library.embedder, progress) if peer else None
        if judging:
            stack.callback(judging.line.model.close)
        judged = judging.judge(suite, outcomes, progress) if judging else None
    used = {slug: questions[slug] for slug in cases}
    result = to_json(suite, outcomes, stamp(settings, library.embedder.id, used, now), beside, judged)
    return result | {"overheard": overheard.to_json(suite, outcomes)} if overheard else result


def _settings(index: Path | None, model: str | None, stack: ExitStack) -> Settings:
    """Those of the run; a local model's server lives as long as ``stack``."""
    if model == LOCAL:
        from app.model.local import local_model  # httpx comes with it

        return stack.enter_context(local_model(load_settings(index=index)))
    settings = load_settings(index=index, model=model, offline=model is None)
    if model and not settings.asks_a_model:
        raise ConfigurationError(
            f"--model {model}: no endpoint is configured; set OPENAI_BASE_URL or OPENAI_API_KEY, or name {LOCAL!r}"
        )
    return settings


def _overhear(settings: Settings, library: Library, unverified: bool) -> "Overheard":
    from evals.overheard import Overheard  # the model writer comes with it

    return Overheard(settings, library, believes=unverified)


def _ask_peer(suite: Suite, embedder: Embedder, progress: Progress) -> tuple[Outcome, ...]:
    from evals.peer import open_peer  # llama-index and Chroma come with it

    with open_peer(suite.records, embedder, progress) as ask:
        return evaluate(suite, ask, progress)


def _open_judge(settings: Settings, name: str) -> "Judge":
    from evals.judge import open_judge  # the client of the openai wire comes with it

    return open_judge(settings, name)


def _read_run(path: Path) -> dict[str, Any]:
    try:
        run: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{path}: cannot be read as a run: {error}; make one with 'eval run --save'"
        ) from error
    if not {"overall", "profiles", "kinds"} <= run.keys():
        raise ConfigurationError(f"{path}: is not a run; make one with 'vivavoce eval run --save {path}'")
    return run
