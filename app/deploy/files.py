"""The configurations that an owner puts beside a server, filled in."""

from pathlib import Path
from string import Template
from typing import Literal

from app.deploy.place import Place
from app.errors import ConfigurationError

Kind = Literal["caddy", "nginx", "systemd", "space"]
FILES: dict[Kind, str] = {
    "caddy": "Caddyfile",
    "nginx": "nginx.conf",
    "systemd": "vivavoce.service",
    "space": "space.md",
}
"""Beside this module, with ``@@{name}`` where a value of ``Place.values`` goes."""


class _Open(Template):
    """Placeholders that none of these formats uses for itself."""

    delimiter = "@@"


def written(kind: Kind, place: Place) -> str:
    """The file of ``kind`` for ``place``, ready to be put where its first lines say.

    Raises:
        ConfigurationError: something is left open that this file needs.
    """
    if kind == "space" and place.profile is None:
        raise ConfigurationError("a Space shows one record; say whose with --profile")
    return _Open(Path(__file__).with_name(FILES[kind]).read_text(encoding="utf-8")).substitute(place.values)
