"""Takes a demand apart that asks for several things: "PhD in NLP and 3+ years in industry" is two, "PyTorch or JAX" is one."""

import re
from collections.abc import Iterator

from app.match.terms import is_telling
from app.match.words import has, level, names, pattern, tongues_in, years_in
from ingest.sentences import is_cjk

OR = re.compile(r"\s+(?:and/or|or|oder|bzw\.|ou|o|oppure)\s+|\s*(?:/(?=\s*[^\W\d_])|或者?|或是)\s*", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(\w{3,})innen\s+und\s+\1\w*|\b(?:bachelor\S*|master\S*|undergraduate|graduate|ph\.?d|doctoral|written|spoken|oral|verbal|read|speak|local|national|"
    r"research and development|r&d)\s+"
    r"(?:and|und|et|y)\s+\S+|\b(?:both|between)\b[^,;]*?\band\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:\s*(?:,|，)?\s*(?:ideally|preferably|including|such as|like|e\.g\.|especially|particularly|in particular|notably|or|with|for|as|"
    r"at least|using|etc|which|who|that|where|so that|to|of|from|by|insbesondere|"
    r"not|but not|rather than|instead of|nicht|statt|pas|et non|no solo|for (?:example|instance)|zum Beispiel|beispielsweise|par exemple|"
    r"idealerweise|wie|z\.\s?B\.|vorzugsweise|einschließlich|dont|comme|notamment|idéalement|de préférence|como|incluyendo|等))\b",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    r"\s*(?:of|for|from|by|other|others|related|similar|more|beyond|such|above|equivalent|so on|anderen?|autres?|otr[ao]s)\b",
    re.IGNORECASE,
)
"""What behind "and" belongs to what stands before it."""
_ALSO = re.compile(
    r"\s*(?:ideally|preferably|idealerweise|vorzugsweise|idéalement|de préférence|idealmente|最好)?\s*(?:also|auch|aussi|también|还|也)?\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*[;；]\s*")


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The offsets of each single demand between ``start`` and ``end``, in order."""
    at = start
    for match in [*_ENDS.finditer(text, start, end), None]:
        stop = match.start() if match else end
        yield from _conjuncts(text, at, stop)
        at = match.end() if match else end


def _conjuncts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    said = text[start:end]
    cuts = [] if has("publication", said) and not _is_typed_elsewhere(said) else _cuts(said)
    elements: list[list[int]] = []
    at = 0
    for a, b in [*cuts, (len(said), len(said))]:
        elements.append([at, a])
        at = b
    merged: list[list[int]] = []
    for number, element in enumerate(elements):
        if merged and (
            not _stands_alone(said[slice(*merged[-1])])
            or (number == len(elements) - 1 and not _stands_alone(said[slice(*element)]))
        ):
            merged[-1][1] = element[1]
        else:
            merged.append(element)
    for a, b in merged:
        yield start + a, start + b


def _is_typed_elsewhere(said: str) -> bool:
    """Whether, beside publications, a degree or years are asked for."""
    return has("degree", said) or years_in(said) is not None


def _cuts(said: str) -> list[tuple[int, int]]:
    """Where the conjunctions of a list stand that joins things which are all asked for."""
    closed = [m.span() for m in re.finditer(r"\([^()]*\)|（[^（）]*）|\"[^\"]*\"|“[^”]*”", said)]
    closed += [m.span() for m in _TOGETHER.finditer(said)]
    found = []
    for match in pattern("conjunct").finditer(said):
        inside = any(a < match.end() and match.start() < b for a, b in closed)
        goes_on = _GOES_ON if _is_comma(said, match.span()) else _BELONGS
        before, also = said[: match.start()], _ALSO.match(said, match.end())
        if not inside and tongues_in(before) and also and tongues_in(said[also.end() :]):
            after = said[also.end() :]
            if _is_comma(said, match.span()) or also[0].strip() or (level(before) is None) == (level(after) is None):
                found.append((match.start(), also.end()))
            continue  # one word tells the level of both: "fluent English and German"
        if inside or goes_on.match(said, match.end()) or (not match[0].strip() and not is_cjk(said)):
            continue
        found.append(match.span())
    ors = [m.start() for m in OR.finditer(said) if not any(a <= m.start() < b for a, b in closed)]
    return [cut for cut in found if not (_is_comma(said, cut) and _in_choice(said, cut, found, ors))]


def _is_comma(said: str, cut: tuple[int, int]) -> bool:
    return said[slice(*cut)].strip() in {",", "，", "、"}


def _in_choice(said: str, cut: tuple[int, int], cuts: list[tuple[int, int]], ors: list[int]) -> bool:
    """Whether a comma stands in a list that ends in "or" before the next "and"."""
    ands = [a for a, b in cuts if a > cut[0] and not _is_comma(said, (a, b))]
    reach = min(ands, default=len(said))
    return any(cut[0] < at < reach for at in ors)


def _stands_alone(said: str) -> bool:
    """Whether a part of a list is a demand by itself."""
    if any(
        has(name, said)
        for name in (
            "degree",
            "publication",
            "supervision",
            "teaching",
            "grant",
            "patent",
            "condition",
            "soft",
            *names("protected_"),
        )
    ):
        return True
    return years_in(said) is not None or is_telling(said)
