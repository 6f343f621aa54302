"""The verb ``sbom``: what is installed with this project, for those who keep account of it."""

from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from app.errors import ConfigurationError

_PINS = Path(__file__).parent.parent.parent / "requirements.txt"
"""Of a clone; a wheel has none."""


def sbom(
    requirements: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Pins with hashes; default: the project's requirements.txt.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; default: standard output.")
    ] = None,
) -> None:
    """Write the software bill of materials: every pinned package with version, licence and hashes, as CycloneDX 1.6 JSON."""
    if find_spec("cyclonedx") is None:
        raise ConfigurationError(
            "the package cyclonedx-python-lib is missing, which writes the format; install it, or run './viva sbom' in a clone"
        )
    from app.deploy.bom import OURS, bill, read_pins

    pins = requirements or _PINS
    try:
        read = read_pins(pins.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"{pins} is not there; name the pins with --requirements FILE") from None
    except ValueError as error:
        raise ConfigurationError(f"{pins}: {error}; make the pins as the comment in pyproject.toml says") from error
    try:
        ours = version(OURS)
    except PackageNotFoundError:
        ours = "0+source"
    written = bill(read, ours, datetime.now(UTC))
    if output is None:
        typer.echo(written, nl=False)
    else:
        output.write_text(written, encoding="utf-8")
        typer.echo(f"{len(read)} packages written to {output}", err=True)
