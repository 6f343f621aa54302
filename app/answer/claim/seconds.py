"""Who of several is the first supervisor, who the second, and who only examined."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.unit import Unit

_NAME = r"(?:(?:Prof|Dr|PD|Assoc|Asst)\.?(?:in)?\s+)*(?P<name>[A-ZÀ-Þ](?:\.|[\w'’-]+)(?:\s+(?:van|von|de|der|da|del|di)|\s+[A-ZÀ-Þ](?:\.|[\w'’-]+))*)"
_SECOND = r"(?P<second>(?i:\bco[- ]?|\bsecond(?:ary)?\s+|\bzweit|\bko-?|\bco-?di|\bcor))?"
_LABEL = (
    r"(?P<label>(?i:supervis\w*|advis\w*|betreu\w*|direct(?:or\w*|ed|rice|eur)|dirig\w*|encadr\w*|relat(?:ore|rice)))"
)
_LABELLED = re.compile(
    rf"{_SECOND}{_LABEL}\s*(?::|(?i:was|were|is|by|von|par|da|por|war|ist)\b)?\s*(?i:the\s+)?{_NAME}"
)
_BETWEEN = r"(?:[^.;:]|(?<=Dr|Ph)\.|(?<=rer|pol|nat|med)\.|(?<=phil|Prof)\.){1,150}?"
_WAS = r"(?i:was|were|is|lag bei|liegt bei|war|ist|était|est|fue|era|è|foi)"
_SAID = re.compile(rf"{_SECOND}{_LABEL}\b{_BETWEEN}\s{_WAS}\s+(?i:the\s+)?{_NAME}")
"""The same with what it is of between: "The supervisor of her PhD at Northlab University was …"."""
_EXAMINED = re.compile(
    r"(?i:\b(?:(?:external|internal|second|third)\s+)?examiner\w*|\b(?:zweit|dritt)gutacht\w*|\bsecond reader|\brapporteu\w*|\bopponent\w*|\bcontrorelat\w*"
    rf"|\bexaminat(?:eur|rice)\w*|\bexaminador\w*)\s*(?::|(?i:was|were|is|war|ist)\b)?\s*(?i:the\s+)?{_NAME}"
)
_FIRST, _OTHER, _EXAMINER = "first", "second", "examiner"


def swaps_supervisors(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` makes a supervisor of whom the entries call a co-supervisor or an examiner, or the other way round."""
    said = _ranks(text) | _ranks(text, _SAID)
    return bool(said) and any(
        name in printed and printed[name].isdisjoint(ranks)
        for unit in units
        for printed in [_ranks(unit.text)]
        for name, ranks in said.items()
    )


def _ranks(text: str, pattern: re.Pattern[str] = _LABELLED) -> dict[str, set[str]]:
    """For the last name of each supervisor and examiner that ``text`` names behind a label, what the label makes of them."""
    found: dict[str, set[str]] = {}
    for match in pattern.finditer(text):
        found.setdefault(_last(match), set()).add(_OTHER if match["second"] else _FIRST)
    for match in _EXAMINED.finditer(text):
        found.setdefault(_last(match), set()).add(_EXAMINER)
    return found


def _last(match: re.Match[str]) -> str:
    return fold(match["name"].split()[-1])
