"""Whether a record states money that was raised: how much, in which part, and from how far up."""

import re
from collections.abc import Sequence

from app.match.amount import ABOVE, AMOUNT, reaches
from app.match.shelf import Line
from app.match.words import has, pattern

_NATIONAL = re.compile(r"\b(?:national|nationwide|federal|nationale\w*|nacional)\b|国家", re.IGNORECASE)


def without_amounts(text: str) -> str:
    """``text`` without its sums of money, the words for more and the words for who leads."""
    for name in ("joined_grant", "led_grant", "project_money", "coordinated"):
        text = pattern(name).sub(" ", text)
    return _NATIONAL.sub(" ", ABOVE.sub(" ", AMOUNT.sub(" ", text)))


def raised(asked: str, lines: Sequence[Line]) -> list[Line]:
    """The lines that reach the sum, the part and the level that ``asked`` names, in the same currency."""
    return [
        line for line in lines if reaches(line.text, asked) and _leads(line.text, asked) and _is_of(line.text, asked)
    ]


def _leads(text: str, asked: str) -> bool:
    """Whether they lead it, where that is asked for: "co-investigator (PI: somebody else)" does not."""
    return not has("led_grant", asked) or (has("led_grant", text) and not has("joined_grant", text))


def _is_of(text: str, asked: str) -> bool:
    return _NATIONAL.search(asked) is None or _NATIONAL.search(text) is not None
