"""Many spans, of which it is asked for one after another whether any covers it or lies in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from ingest.facts import Span


class Spans:
    """Spans of any documents; what is asked takes the logarithm of their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        by_document: dict[str, list[tuple[int, int]]] = {}
        for span in spans:
            by_document.setdefault(span.document, []).append((span.start, span.end))
        self._starts: dict[str, list[int]] = {}
        self._latest: dict[str, list[int]] = {}
        """The last end among a span and all that begin before it."""
        self._soonest: dict[str, list[int]] = {}
        """The first end among a span and all that begin after it."""
        for document, places in by_document.items():
            places.sort()
            ends = [end for _, end in places]
            self._starts[document] = [start for start, _ in places]
            self._latest[document] = list(accumulate(ends, max))
            self._soonest[document] = list(accumulate(reversed(ends), min))[::-1]

    def cover(self, span: Span) -> bool:
        """Whether ``span`` lies inside one of these."""
        before = bisect_right(self._starts.get(span.document, ()), span.start)
        return before > 0 and self._latest[span.document][before - 1] >= span.end

    def are_in(self, span: Span) -> bool:
        """Whether one of these lies inside ``span``."""
        starts = self._starts.get(span.document, ())
        after = bisect_left(starts, span.start)
        return after < len(starts) and self._soonest[span.document][after] <= span.end
