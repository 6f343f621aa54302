"""Tables of posts whose header says what their columns hold: which cell is the role, which the employer, and since when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.dates import find_dates, find_period
from ingest.domain import BlockKind, Document, Period
from ingest.extract.heads import is_employer, is_town, pieces_of
from ingest.extract.interruptions import is_interruption
from ingest.extract.posts import Post, has_role, named_in
from ingest.extract.words import fold, has_word, pattern_of

_KINDS = ("role", "employer", "place", "since", "until")
_EMPTY = re.compile(r"\W*")


@dataclass(frozen=True, slots=True)
class Row:
    """What the cells of a row say under the header of their table; ``None`` where it has no such column."""

    role: str | None
    employer: str | None
    place: str | None
    since: str | None

    @property
    def period(self) -> Period | None:
        """The open period of a cell under "Since": "2021" begins what lasts; ``None`` where the cell has no date."""
        found = find_period(self.since or "")
        dates = [date for date, _, _ in find_dates(self.since or "") if date.year is not None]
        if found or len(dates) != 1:
            return found.period if found else None
        return Period(dates[0], None, current=True)

    def post(self, found: Post) -> Post:
        """Role and employer out of their own cells; ``found``, which was read without the header, where it has no columns for them."""
        where = self.employer if self.employer is not None else self.place
        if self.role is None or where is None or not (has_role(self.role) or not has_word("degree", self.role)):
            return found
        pieces = pieces_of(self.role)
        groups = [piece for piece in pieces[1:] if has_word("group", piece)]
        role = ", ".join(piece for piece in pieces if piece not in groups) or None
        if self.employer is None and not _names_employer(where):
            return Post(role, None, ", ".join(groups) or None, where or None)
        named = named_in(pieces_of(where))
        group = ", ".join([*groups, *([named.group] if named.group else [])]) or None
        return Post(role, named.organisation, group, named.place or (self.place if self.employer else None))


def rows_of_posts(document: Document) -> dict[int, Row]:
    """The rows below each such header, by where they begin: "Position | Place | Since" over "Weaver | Loom Works, Lin | 2021"."""
    return {start: row for number in range(len(document.blocks)) for start, row in _rows_below(document, number)}


def _rows_below(document: Document, number: int) -> Iterator[tuple[int, Row]]:
    header = document.blocks[number]
    columns = _columns(document.quote(header.span).split("\t"))
    if "role" not in columns or not columns.keys() & {"employer", "place", "since"}:
        return
    width = document.quote(header.span).count("\t")
    for block in takewhile(lambda b: b.kind is BlockKind.ROW, document.blocks[number + 1 :]):
        cells = document.quote(block.span).split("\t")
        if len(cells) != width + 1:
            return
        told = {kind: "" if _EMPTY.fullmatch(cells[at]) else cells[at].strip() for kind, at in columns.items()}
        since = told.get("since") if "until" not in told else None
        if told["role"] and not is_interruption([told["role"]]):
            yield block.span.start, Row(told["role"], told.get("employer"), told.get("place"), since)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Which cell of a header names which column, by its whole text; none where two name the same."""
    found = [(kind, at) for at, cell in enumerate(cells) for kind in _KINDS if _names(kind, cell)]
    kinds = [kind for kind, _ in found]
    return dict(found) if len(set(kinds)) == len(kinds) else {}


def _names(kind: str, cell: str) -> bool:
    parts = [part.strip() for part in re.split(r"\s*/\s*", fold(cell.replace("’", "'")))]
    return all(re.fullmatch(pattern_of(f"column_{kind}"), part) for part in parts)


def _names_employer(cell: str) -> bool:
    """Whether a cell under "Place" names more than a town: "Loom Works, Harbourtown", "Faculty of Yarn"."""
    pieces = pieces_of(cell)
    return len(pieces) > 1 or any(is_employer(p) or has_word("group", p) or not is_town(p) for p in pieces)
