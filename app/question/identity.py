"""Where a question names the profile's person."""

import re
from collections.abc import Iterator

from ingest.domain import Profile
from ingest.sentences import is_cjk


def self_pattern(profile: Profile) -> re.Pattern[str]:
    """Where a question names the profile's person: the name, an alias, the surname alone, with or without a possessive."""
    names = [n for n in profile.names if is_cjk(n) or " " in n]
    parts = sorted({*names, *_lone_names(profile)}, key=len, reverse=True)
    latin = "|".join([*(re.escape(p) for p in parts if not is_cjk(p)), *_short_forms(profile)])
    cjk = "|".join(re.escape(p) for p in parts if is_cjk(p))
    return re.compile(
        "|".join(
            p
            for p in (
                rf"(?<![^\W\u3040-\u9fff])(?:(?:dr|prof|professor|mr|ms|mrs)\.?\s+)?(?:{latin})(?![^\W\u3040-\u9fff])",
                cjk,
            )
            if p
        ),
        re.IGNORECASE,
    )


def _short_forms(profile: Profile) -> Iterator[str]:
    """The surname behind a short form of the first name: "Dan Brewer-Lockhart" for Daniel."""
    words = profile.name.split()
    if len(words) > 1 and len(words[0]) > 3 and not is_cjk(profile.name):
        yield rf"{re.escape(words[0][:3])}\w*\s+(?:\S+\s+)?{re.escape(words[-1])}"


def _lone_names(profile: Profile) -> set[str]:
    words = [w for w in profile.name.split() if len(w) > 2 and w[0].isupper()]
    return {words[0], words[-1]} if len(words) > 1 else set(words)
