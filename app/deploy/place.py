"""Where somebody hosts a server, checked so that nothing in it could be read as another line of a configuration."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.errors import ConfigurationError

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
_PATH = re.compile(r"(?:/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)+")
"""Nothing that a proxy, systemd or a shell would read as more than a letter."""
_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_HOMES = ("/home", "/root", "/run/user")


@dataclass(frozen=True, slots=True)
class Place:
    """One installation, as its owner names it."""

    host: str
    """The name under which visitors reach it."""
    port: int = 7860
    """Where it listens behind the proxy."""
    user: str | None = None
    """Who runs it; ``None``: an account that the system makes for it."""
    folder: str = "/srv/vivavoce"
    """Where the project lies."""
    certificates: str | None = None
    """Folder with ``fullchain.pem`` and ``privkey.pem``; ``None``: where certbot puts them."""
    profile: str | None = None
    """Whose record a Space shows."""

    def __post_init__(self) -> None:
        """Raises ``ConfigurationError`` for what is no name, port, account or path."""
        labels = self.host.split(".")
        if len(self.host) > 253 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdecimal():
            raise ConfigurationError(
                f"--host {self.host!r} is no host name; write it as cv.example.org, in small letters and without scheme "
                "or port (a name with other letters in its xn-- form)"
            )
        if not 1 <= self.port <= 65535:
            raise ConfigurationError(f"--port {self.port} is no port; write a number from 1 to 65535")
        if self.user is not None and not _USER.fullmatch(self.user):
            raise ConfigurationError(
                f"--user {self.user!r} is no account; write it as the system does, such as vivavoce"
            )
        if self.profile is not None and not _SLUG.fullmatch(self.profile):
            raise ConfigurationError(f"--profile {self.profile!r} is no profile; see 'vivavoce list' for their names")
        for option, path in (("--folder", self.folder), ("--certificates", self.certificates)):
            if path is not None and (not _PATH.fullmatch(path) or ".." in PurePosixPath(path).parts):
                raise ConfigurationError(
                    f"{option} {path!r} cannot be used; write a path from the root, of letters, digits and . _ + -"
                )

    @property
    def values(self) -> dict[str, str]:
        """What the files leave open, by the names they use."""
        return {
            "host": self.host,
            "port": str(self.port),
            "folder": self.folder,
            "certificates": self.certificates or f"/etc/letsencrypt/live/{self.host}",
            "profile": self.profile or "",
            # A home is not to be seen, unless the project lies in one.
            "home": "read-only" if self.folder.startswith(_HOMES) else "yes",
            **self._identity,
        }

    @property
    def _identity(self) -> dict[str, str]:
        set_up = "VIVAVOCE_DATA=/var/lib/vivavoce"
        profiles = f"VIVAVOCE_PROFILES={self.folder}/data/profiles"
        command = f"{self.folder}/.venv/bin/vivavoce list"
        if self.user is not None:
            return {
                "identity": f"User={self.user}",
                "reader": self.user,
                "other_verb": f"sudo -u {self.user} env {set_up} {profiles} {command}",
            }
        account = "-p DynamicUser=yes -p User=vivavoce -p StateDirectory=vivavoce -p UMask=0077"
        return {
            "identity": "DynamicUser=yes\nUser=vivavoce",
            "reader": "everybody",
            "other_verb": f"systemd-run --pipe --wait {account} -E {set_up} -E {profiles} {command}",
        }
