"""What ``vivavoce init`` did, for a shell and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from app.shell.begin import Begun
from app.shell.terminal import show_report


def to_json(begun: Begun) -> dict[str, Any]:
    """``begun`` as one JSON object."""
    return {
        "profile": begun.slug,
        "folder": str(begun.folder),
        "dry_run": begun.report is None,
        "name": begun.person.name if begun.person else None,
        "name_from": begun.person.where if begun.person else None,
        "name_is_sure": begun.person.is_sure if begun.person else None,
        "copied": [{"from": str(one.origin), "path": one.path} for one in begun.copied],
        "refused": [asdict(one) for one in begun.refused],
        "left_out": begun.left_out,
        "profile_toml": begun.profile_toml,
        "questions": list(begun.questions),
        "by_hand": begun.by_hand,
        "report": asdict(begun.report) if begun.report else None,
        "next": next_steps(begun),
    }


def next_steps(begun: Begun) -> list[str]:
    """The commands that come next."""
    question = begun.questions[0] if begun.questions else "What does the record say?"
    return [f'./viva ask {begun.slug} "{question}"', "./viva serve"]


def show_begun(console: Console, begun: Begun) -> None:
    """What was copied, whose it is, what the ingest understood, and what comes next; for a dry run the proposed ``profile.toml``."""
    is_dry = begun.report is None
    console.print(
        Text.assemble((str(begun.folder), "bold"), "  (dry run: nothing is written)" if is_dry else ""), soft_wrap=True
    )
    for one in begun.copied:
        console.print(f"  {one.path}  ← {one.origin}", soft_wrap=True)
    for reason, count in begun.left_out.items():
        console.print(Text(f"  left out: {count} × {reason}", style="dim"), soft_wrap=True)
    for line in _about_name(begun):
        console.print(Text(line, style="yellow"), soft_wrap=True)
    if is_dry and begun.profile_toml:
        console.print()
        console.print(begun.profile_toml, soft_wrap=True)
    if begun.by_hand:
        console.print(
            f"profile.toml lists its documents; for these to be read, add to it:\n\n{begun.by_hand}", soft_wrap=True
        )
    if begun.report:
        console.print()
        show_report(console, begun.report)
        console.print()
        if begun.profile_toml:
            console.print(f"Look through {begun.folder / 'profile.toml'}, then:", soft_wrap=True)
        for step in next_steps(begun):
            console.print(Text(f"  {step}", style="green"), soft_wrap=True)


def _about_name(begun: Begun) -> Iterator[str]:
    person = begun.person
    if person is None:
        return
    if person.is_sure:
        yield f"  name: {person.name} ({person.where})"
    else:
        others = f", or {', '.join(person.others)}" if person.others else ""
        yield f"  name: {person.name}{others}? ({person.where}) Please check it in profile.toml, or give it with --name."
