"""From settings to the keys, tokens, proxies and names of a server."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from app.access.address import Proxies
from app.access.hosts import Names
from app.access.keys import Keys
from app.access.secret import Secret, secret_of
from app.access.session import Tokens
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What it takes to know who calls."""

    keys: Keys
    tokens: Tokens
    proxies: Proxies
    names: Names
    secret: Secret


def open_keys(settings: Settings) -> Keys:
    """The keys that are kept beside the indexes."""
    return Keys(settings.keys_file, lambda: datetime.now(UTC).date())


def open_door(settings: Settings) -> Doorkeeper:
    """As ``settings`` have it; the secret is made where there is none yet."""
    secret = secret_of(settings)
    tokens = Tokens(secret, settings.session_s, time.time)
    return Doorkeeper(open_keys(settings), tokens, Proxies(settings.proxies), Names(settings), secret)
