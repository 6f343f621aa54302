"""Sentences before they are numbered: citations stand inside them as marks that carry their span."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain import Reason, Status
from ingest.domain import Span

_MARK = re.compile("\ue000([^\ue000\ue001]*)\ue002(\\d+)\ue002(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence; ``is_plain`` where it says nothing that a source could support: a greeting, a refusal, a remark on the sources."""

    text: str
    is_item: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """What a writer makes of a question."""

    drafts: tuple[Draft, ...]
    status: Status = "grounded"
    reason: Reason | None = None
    is_open: bool = False
    """Of a refusal: nothing was found, while another entry may still tell; else the record is known not to say it."""


def mark(*spans: Span) -> str:
    """The marks that cite ``spans``, each once."""
    return "".join(f"\ue000{s.document}\ue002{s.start}\ue002{s.end}\ue001" for s in dict.fromkeys(spans))


def marks(spans: Iterable[Span]) -> str:
    """``mark`` for any number of spans."""
    return mark(*spans)


def spans_in(text: str) -> tuple[Span, ...]:
    """The spans that ``text`` cites, in order."""
    return tuple(Span(m[1], int(m[2]), int(m[3])) for m in _MARK.finditer(text))


def numbered(text: str, numbers: dict[Span, int]) -> str:
    """``text`` with every mark as ``[n]``, four or more in a row as ``[1]–[4]``; a blank goes before the first of a group."""

    def group(match: re.Match[str]) -> str:
        found = sorted({numbers[span] for span in spans_in(match[0])})
        runs: list[list[int]] = []
        for n in found:
            if runs and runs[-1][-1] == n - 1:
                runs[-1].append(n)
            else:
                runs.append([n])
        shown = "".join(f"[{r[0]}]–[{r[-1]}]" if len(r) > 3 else "".join(f"[{n}]" for n in r) for r in runs)
        before = text[match.start() - 1 : match.start()]
        return shown if not before or before in " \n(“" else f" {shown}"

    return re.sub(f"(?:{_MARK.pattern})+", group, text)


def said_once(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """``drafts`` with what two sources say in the same words said once, and both cited."""
    kept: dict[str, Draft] = {}
    for draft in drafts:
        words = without_marks(draft.text)
        first = kept.get(words)
        if first is None or draft.is_plain or draft.is_item or not spans_in(first.text):
            kept[words if first is None else draft.text] = draft
            continue
        last = list(_MARK.finditer(first.text))[-1].end()
        more = marks(s for s in spans_in(draft.text) if s not in spans_in(first.text))
        kept[words] = replace(first, text=first.text[:last] + more + first.text[last:])
    return tuple(kept.values())


def split_at_marks(text: str) -> list[str]:
    """``text`` in the pieces that its citations end."""
    return _MARK.split(text)[:: _MARK.groups + 1]


def without_marks(text: str) -> str:
    """``text`` as it reads without citations."""
    return _MARK.sub("", text)
