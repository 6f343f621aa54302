"""Several entries in one line: degrees a sentence each, and small posts between semicolons behind a label."""

import re
from itertools import pairwise

from ingest.dates import find_dates
from ingest.extract.openings import opens_degree
from ingest.extract.words import has_word
from ingest.sentences import sentence_spans

_LABEL = re.compile(r"[^:：;,.\d]{3,40}\s?[:：]\s+")
_BETWEEN = re.compile(r"\s*[;；]\s*(?![^(（]*[)）])")


def several_in(text: str) -> list[tuple[int, int]]:
    """Where each of several entries stands in ``text``; none where it holds but one."""
    return _degrees_in(text) or _posts_in(text)


def _degrees_in(text: str) -> list[tuple[int, int]]:
    """Sentences of which several open with a degree: "MA Looms, Port University, 2008. BA Yarn, …"."""
    spans = sentence_spans(text)
    begun = [start for start, end in spans if opens_degree(text[start:end])]
    if len(begun) < 2 or begun[0] != spans[0][0]:
        return []
    return [(start, start + len(text[start:end].rstrip())) for start, end in pairwise([*begun, len(text)])]


def _posts_in(text: str) -> list[tuple[int, int]]:
    """Dated posts behind what they are together: "Small posts: consultant for Lin Museum (2017); editor, Loom Notes (2021)"."""
    label = _LABEL.match(text)
    if label is None:
        return []
    cuts = [(m.start(), m.end()) for m in _BETWEEN.finditer(text, label.end())]
    edges = [label.end(), *(edge for cut in cuts for edge in cut), len(text)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    is_dated = all(any(d.year for d, _, _ in find_dates(text[a:b])) for a, b in parts)
    return parts if len(parts) > 1 and is_dated and has_word("role", text[slice(*parts[0])]) else []
