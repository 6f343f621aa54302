"""Printed names of authors as bibliographies want them."""

import re

from ingest.sentences import is_cjk

_INITIALS_LAST = re.compile(r"(?P<family>.*[a-z].*)\s(?P<given>[A-Z]{1,3})")


def family_and_given(name: str) -> tuple[str, str] | None:
    """The two parts of a name whose spelling tells them apart, "Haug, L." and "Haug L"; ``None`` for "Lina Haug"."""
    family, comma, given = name.partition(",")
    if comma:
        return (family.strip(), given.strip()) if family.strip() and given.strip() else None
    match = _INITIALS_LAST.fullmatch(name.strip())
    return (match["family"], match["given"]) if match else None


def surname(name: str) -> str:
    """What a name is filed under."""
    parts = family_and_given(name)
    if parts is not None:
        return parts[0]
    return name if is_cjk(name) else (name.split() or [""])[-1]
