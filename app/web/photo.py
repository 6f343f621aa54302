"""The photo of a person: the file that ``profile.toml`` names, told by what it holds, never by what it is called."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app.library import Library
from ingest.domain import Profile

MAX_BYTES = 2_000_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class PhotoNotFound(LookupError):
    """There is no photo that can be shown."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture, and what it is."""

    content: bytes
    media_type: str
    digest: str
    """SHA-256 of the content."""


def photo_address(profile: Profile) -> str | None:
    """Where the page finds the photo, relative to its own address; ``None`` where the owner gives none."""
    return f"v1/profiles/{quote(profile.slug, safe='')}/photo" if profile.photo else None


def photo_of(library: Library, slug: str) -> Photo:
    """The photo of ``slug``.

    Raises:
        ProfileNotFound, ProfileInvalid: see ``Library.profile``.
        PhotoNotFound: none is given, or it is no PNG, JPEG or WebP of at most 2 MB inside the profile's folder.
    """
    profile = library.profile(slug)
    if not profile.photo:
        raise PhotoNotFound(f"{slug!r} gives no photo")
    folder = (library.profiles / slug).resolve()
    path = (folder / profile.photo).resolve()
    try:
        if not path.is_relative_to(folder) or path.stat().st_size > MAX_BYTES:
            raise PhotoNotFound(f"the photo of {slug!r} cannot be shown")
        content = path.read_bytes()
    except OSError as error:
        raise PhotoNotFound(f"the photo of {slug!r} cannot be read") from error
    return Photo(content, _media_type(content, path), hashlib.sha256(content).hexdigest())


def _media_type(content: bytes, path: Path) -> str:
    for magic, media_type in _KINDS.items():
        if content.startswith(magic):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    raise PhotoNotFound(f"{path.name!r} is no PNG, JPEG or WebP")
