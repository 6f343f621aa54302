"""Citations whose list of authors leaves some out in its midst: ``A. Byron, …, B. Li (19 authors). Title. Venue, 2020``."""

import re

from ingest.authors import Author, name_list
from ingest.imprint import Citation, title_and_rest, with_imprint

_LEFT_OUT = re.compile(r"\s*,?\s*(?:…|\.{3})\s*,?\s*|\s*,?\s*\[(?:…|\.{3})\]\s*,?\s*")
_COUNTED = re.compile(r"\s*[(\[]\d+ (?:authors?|others|Autor\w*|auteurs|autor\w*|autori)[)\]]$")
_ENDS = re.compile(r"(?<!\.\.)(?<!…)[.:]\s+(?=[^\W_a-z\"“«„]|[\"“«„])")
_LONGEST = 400


def parse_elided(flat: str) -> Citation | None:
    """The parts of such a citation; ``None`` where no list of names with a gap leads it."""
    if not _LEFT_OUT.search(flat[:_LONGEST]):
        return None
    for end in _ENDS.finditer(flat[:_LONGEST]):
        authors = _authors(_COUNTED.sub("", flat[: end.start()]))
        if authors:
            title, rest = title_and_rest(flat[end.end() :])
            return with_imprint(authors, False, title.strip(' ,"“”«»„'), rest, flat)
    return None


def _authors(people: str) -> tuple[Author, ...]:
    """The names of a list with a gap; none where it has no gap or is no list of names."""
    pieces = [piece.strip(" ,;&") for piece in _LEFT_OUT.split(people)]
    lists = [name_list(piece) for piece in pieces if piece]
    found = [author for names in lists if names for author in names[0]]
    is_list = len(pieces) > 1 and all(lists) and all(re.search(r"[^\W\d_]{2}", author.name) for author in found)
    return tuple(found) if is_list else ()
