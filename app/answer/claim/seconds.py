"""Who of two supervisors is the first and who the second."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.unit import Unit

_NAME = r"(?:(?:Prof|Dr|PD|Assoc|Asst)\.?(?:in)?\s+)*(?P<name>[A-ZÀ-Þ](?:\.|[\w'’-]+)(?:\s+(?:van|von|de|der|da|del|di)|\s+[A-ZÀ-Þ](?:\.|[\w'’-]+))*)"
_LABELLED = re.compile(
    r"(?P<second>(?i:\bco[- ]?|\bsecond(?:ary)?\s+|\bzweit|\bko-?|\bco-?di|\bcor))?"
    r"(?P<label>(?i:supervis\w*|advis\w*|betreu\w*|direct(?:or\w*|ed|rice|eur)|dirig\w*|encadr\w*|relat(?:ore|rice)))"
    rf"\s*(?::|(?i:was|were|is|by|von|par|da|por|war|ist)\b)?\s*(?i:the\s+)?{_NAME}"
)


def swaps_supervisors(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` makes a supervisor of whom the entries call a co-supervisor, or the other way round."""
    said = _ranks(text)
    return bool(said) and any(
        name in printed and printed[name].isdisjoint(ranks)
        for unit in units
        for printed in [_ranks(unit.text)]
        for name, ranks in said.items()
    )


def _ranks(text: str) -> dict[str, set[bool]]:
    """For the last name of each supervisor that ``text`` names behind a label, whether the label makes them the second."""
    found: dict[str, set[bool]] = {}
    for match in _LABELLED.finditer(text):
        last = fold(match["name"].split()[-1])
        found.setdefault(last, set()).add(match["second"] is not None)
    return found
