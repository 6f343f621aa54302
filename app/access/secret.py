"""The secret of this installation: out of the settings, or made once and kept beside the indexes for its owner alone."""

import hashlib
import hmac
import logging
import os
import secrets
from pathlib import Path

from app.settings import Settings

_BYTES = 32
_LOG = logging.getLogger(__name__)


class Secret:
    """Keys for different purposes, of which none gives away another."""

    def __init__(self, value: bytes) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Secret(...)"

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes (HMAC-SHA256 as a key derivation, RFC 5869 without its salt)."""
        return hmac.digest(self._value, purpose.encode(), hashlib.sha256)


def secret_of(settings: Settings) -> Secret:
    """The secret that ``settings`` name, or the one that is kept.

    Where nothing can be kept, one for as long as this process runs: sessions then end with it, which is all they lose.
    """
    if settings.session_secret is not None:
        return Secret(settings.session_secret.get_secret_value().encode())
    try:
        return Secret(_kept(settings.secret_file))
    except OSError as error:
        _LOG.warning("%s: %s; sessions end with this process", settings.secret_file.name, error.strerror)
        return Secret(secrets.token_bytes(_BYTES))


def _kept(path: Path) -> bytes:
    """What ``path`` holds, written first where it is not there; two processes that begin at once get the same."""
    try:
        return _read(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, it takes nobody else's place.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink(missing_ok=True)
    return _read(path)


def _read(path: Path) -> bytes:
    held = path.read_bytes().strip()
    if len(held) < _BYTES:
        # Cut off by a full disk, or emptied: whoever could guess it could sign with it.
        path.unlink()
        raise FileNotFoundError(path)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return held
