"""The verbs ``keys add``, ``keys list`` and ``keys revoke``: who may ask over the API and MCP with a program."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.shell.opening import settings_of
from app.shell.options import AsJson, Data, Index, Profiles

if TYPE_CHECKING:
    from app.access.keys import Key, Keys

keys = typer.Typer(help="Make, list and revoke the keys with which programs ask over HTTP.")

_Profiles = Annotated[
    list[str] | None, typer.Option("--profile", metavar="PROFILE", help="The only one it is for; may be repeated.")
]


@keys.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose or what for, to tell it from others.")],
    profile: _Profiles = None,
    as_json: AsJson = False,
    data: Data = None,
    profiles: Profiles = None,
    index: Index = None,
) -> None:
    """Make a key and print it. It is shown this once; only its hash is kept."""
    from app.access.keys import KeyRefused
    from app.access.start import open_keys
    from app.fault import unknown_profile
    from app.shell.terminal import write_json
    from ingest.profile import list_slugs

    settings = settings_of(data, profiles, index)
    known = list_slugs(settings.profiles_folder)
    for slug in profile or ():
        if slug not in known:
            raise KeyRefused(f"{unknown_profile(slug, known)}; 'vivavoce list' names them")
    key, text = open_keys(settings).add(name, profile)
    if as_json:
        write_json({**key.to_json(), "key": text})
        return
    typer.echo(text)
    typer.echo(
        f"Key {key.id} ({name}), {_scope(key)}. It is not shown again; send it as 'Authorization: Bearer'.", err=True
    )


@keys.command("list")
def list_keys(as_json: AsJson = False, data: Data = None, index: Index = None) -> None:
    """Show every key there was: name, when it was made, last used and revoked."""
    from app.shell.terminal import write_json

    found = _keys(data, index).all()
    if as_json:
        write_json([key.to_json() for key in found])
        return
    for key in found:
        used = f"last used {key.used}" if key.used else "never used"
        state = f"revoked {key.revoked}" if key.revoked else used
        typer.echo(f"{key.id}  {key.created}  {state:<21}  {_scope(key)}  {key.name}")
    if not found:
        typer.echo("There are no keys. Make one with 'vivavoce keys add NAME'.", err=True)


@keys.command("revoke")
def revoke(
    which: Annotated[str, typer.Argument(metavar="KEY", help="Its id or name; see 'keys list'.")],
    as_json: AsJson = False,
    data: Data = None,
    index: Index = None,
) -> None:
    """End a key for good; a running server refuses it from its next request on."""
    from app.shell.terminal import write_json

    key = _keys(data, index).revoke(which)
    if as_json:
        write_json(key.to_json())
    else:
        typer.echo(f"Key {key.id} ({key.name}) is revoked.")


def _keys(data: Data, index: Index) -> "Keys":
    from app.access.start import open_keys

    return open_keys(settings_of(data, None, index))


def _scope(key: "Key") -> str:
    return "for " + ", ".join(sorted(key.profiles)) if key.profiles is not None else "for every profile"
