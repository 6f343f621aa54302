"""The short names that profiles have on disk and in addresses."""

import re
import unicodedata
from pathlib import Path

from ingest.errors import OwnerError

_SLUG = re.compile(r"[a-z\d]+(?:-[a-z\d]+)*")
_LONGEST = 60


def check_slug(slug: str) -> None:
    """Returns if ``slug`` may name a profile.

    Raises:
        OwnerError: it may not; the message proposes one that may.
    """
    if _SLUG.fullmatch(slug) and len(slug) <= _LONGEST:
        return
    is_path = "/" in slug or Path(slug).suffix != ""
    better = _proposed(Path(slug).stem if is_path else slug) or "my-name"
    what = (
        "is a path; the profile's name comes first"
        if is_path
        else "cannot name a profile: a-z, 0-9 and single hyphens can"
    )
    raise OwnerError(f"{slug!r} {what}; for instance: vivavoce init {better} --from …")


def _proposed(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z\d]+", "-", plain.lower()).strip("-")[:_LONGEST].strip("-")
