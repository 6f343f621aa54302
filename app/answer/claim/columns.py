"""The cells of a table under the names of their columns: "Saltpan Park | 14 ha | £6.2m" under "Project | Area | Budget"."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.answer.claim.implied import Statement
from ingest.domain import Record, Span

if TYPE_CHECKING:
    from app.answer.support import Shown

_LEAST = 3
"""Cells of a row."""
_NAME = 4
"""Words in the name of a column, at most."""
_FROM = r"(?:,?\s*\b(?:and|und|et|y|e)\b)?,?\s*(?:\b(?:it|its|has|had|with|hat|hatte|mit|a|avait|avec|tiene|con|ha|tem|com)\b\s*)?"
_ARTICLE = (
    r"(?:\b(?:an?|the|its|eine?|einen|einem|der|die|das|den|dem|une?|le|la|les|una?|el|los|las|il|lo|gli|o|os|as)\s+)?"
)
_TO = r"(?:\s*:|\s+(?:is|was|of|ist|war|von|est|était|de|es|era|fue|di|è|é|foi))?\s+"


def labelled(pieces: Sequence["Shown"], record: Record) -> Iterator[Statement]:
    """Each of ``pieces`` that is a row of a table, with the name of its column before each cell but the first."""
    for piece in pieces:
        cells = [cell.strip() for cell in piece.text.split("\t")]
        if piece.is_computed or len(cells) < _LEAST or "\n" in piece.text:
            continue
        names = _names(piece.span, len(cells), record)
        told = [f"{name}: {cell}" for name, cell in zip(names[1:], cells[1:], strict=False) if name and cell]
        if told:
            yield Statement("\n".join((cells[0], *told)), "cells")


def _names(row: Span, cells: int, record: Record) -> list[str]:
    """The names of the columns of the table in which a row stands: its first line, where that has no numbers."""
    above = record.document(row.document).text[: row.start].split("\n")[:-1]
    first = None
    for line in reversed(above):
        if line.count("\t") + 1 != cells:
            break
        first = line
    names = [name.strip() for name in first.split("\t")] if first else []
    is_header = all(len(name.split()) <= _NAME and not re.search(r"\d", name) for name in names)
    return names if is_header else []


def under_names(text: str, statements: Sequence[Statement]) -> tuple[str, list[Statement]]:
    """A claim with the names of columns before what it says is in them, "has an area of 14 ha" as "area: 14 ha", and the rows with these names."""
    rows = [[line.partition(": ") for line in s.text.split("\n")] for s in statements if s.kind == "cells"]
    used = set()
    for name in sorted({name for row in rows for name, colon, _ in row if colon}, key=len, reverse=True):
        text, times = re.subn(
            rf"{_FROM}\s*{_ARTICLE}\b{re.escape(name)}\b{_TO}", f", {name}: ", text, flags=re.IGNORECASE
        )
        used |= {name} if times else set()
    told = ("\n".join("".join(cell) if cell[0] in used else cell[2] or cell[0] for cell in row) for row in rows)
    return text, [Statement(row, "cells") for row in told] if used else []
