"""The verb ``deploy``: prints what stands around a server that others reach."""

from typing import Annotated

import typer

from app.deploy.files import Kind, written
from app.deploy.place import Place


def deploy(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="caddy, nginx, systemd or space (Hugging Face).")],
    host: Annotated[str, typer.Option(metavar="NAME", help="Name under which visitors reach the server.")],
    port: Annotated[int, typer.Option(help="Port on which the server listens behind the proxy.")] = 7860,
    user: Annotated[
        str | None, typer.Option(metavar="NAME", help="systemd: account that runs it; default: one made for it.")
    ] = None,
    folder: Annotated[
        str, typer.Option(metavar="DIR", help="systemd: where the project lies, with .venv.")
    ] = "/srv/vivavoce",
    certificates: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="nginx: folder of fullchain.pem and privkey.pem; default: certbot's."),
    ] = None,
    profile: Annotated[str | None, typer.Option(metavar="PROFILE", help="space: whose record it shows.")] = None,
) -> None:
    """Print the configuration of a proxy, of a system service or of a Hugging Face Space; changes nothing.

    For instance: vivavoce deploy caddy --host cv.example.org > /etc/caddy/Caddyfile
    """
    typer.echo(written(kind, Place(host, port, user, folder, certificates, profile)), nl=False)
