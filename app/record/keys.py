"""The name by which a bibliography calls each publication: ``haug2023wnt``."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from app.record.names import surname
from app.record.works import Work
from ingest.domain import Profile, Span
from ingest.extract.words import fold
from ingest.lexical import STOP_WORDS

_SUFFIX = 4


def keys_of(works: Sequence[Work], profile: Profile) -> dict[Span, str]:
    """A key for each work, all different, of a-z, 0-9 and hyphens: first author, year, first telling word of the title.

    Works that would share a key get digits from their titles, all of them, so that no key depends on the order of the list.
    """
    plain = {work.paper.span: _plain(work, profile) for work in works}
    count = Counter(plain.values())
    keys: dict[Span, str] = {}
    taken: set[str] = set()
    for work in works:
        key = plain[work.paper.span]
        if count[key] > 1 or not re.search(r"[a-z]", key):
            key = f"{key}-{_digits(work)}"
        more = 2
        unique = key
        while unique in taken:  # the same title twice
            unique, more = f"{key}-{more}", more + 1
        taken.add(unique)
        keys[work.paper.span] = unique
    return keys


def _plain(work: Work, profile: Profile) -> str:
    author = work.paper.authors[0] if work.paper.authors and not work.paper.beside else profile.name
    words = re.findall(r"[a-z0-9]+", fold(work.paper.title))
    telling = next((word for word in words if word not in STOP_WORDS and len(word) > 1), "")
    return f"{_ascii(surname(author))}{work.year or 'nd'}{telling}"


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", fold(text))


def _digits(work: Work) -> str:
    text = "\x1f".join([fold(work.paper.title), *map(fold, work.paper.authors)])
    return hashlib.sha256(text.encode()).hexdigest()[:_SUFFIX]
