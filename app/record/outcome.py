"""What became of an award or a grant, as its entry or the heading above it prints it: what was only nominated or applied for counts by itself."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from ingest.dates import MONTH
from ingest.domain import BlockKind, Document, Fact, Honour, Item, Record, Span
from ingest.extract.rows import labels_in
from ingest.extract.words import fold, has_word, pattern_of


class Outcome(StrEnum):
    """Where an application ended; without any word of it, it is taken for gained."""

    GAINED = "gained"
    LOST = "lost"
    OPEN = "open"


_QUOTED = re.compile(r"“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|»[^«\n]*«|《[^》\n]*》|(?<!\w)\"[^\"\n]*\"")
"""What a title in quotation marks says is no outcome."""
_ENDS = r"\t\n;,.:—–()\[\]·|。；，：（）"
_BEFORE = re.compile(rf"[^{_ENDS}]*$")
_BEHIND = re.compile(rf"[^{_ENDS}]*")
_CJK = re.compile(r"[\u3400-\u9fff]")
_BESIDE = re.compile(rf"(?:{pattern_of('beside_outcome')}|(?:{MONTH})\b|\d\S*|[$€£¥]\S*)\.?$")
_OWN_CHOICE = re.compile(
    r"\b(?:declined|turned (?:it )?down)\s+(?:in favou?r|to|for|because|on account|owing|by me|so as|due)\b"
)
_APPLIED = re.compile(
    r"\b(?:appl(?:ied|ication)\w*|(?:re)?submi\w+|proposal|interview\w*|rank\w*|shortlist\w*|beantrag\w*|antrag\w*|candidat\w*|demand\w*|solicit\w*|domand\w*|pedid\w*)\b|申请"
)
_OF_OTHERS = re.compile(r"(?<![\d,.])(?!(?:19|20)\d\d\b)\d{1,3}\s+\w+")
"""How many applied, how many were awarded: "ranked 9th, 7 awarded"."""
_EITHER = re.compile(r"[/&|]|\b(?:and|or|und|oder|et|ou|y|o|e)\b|[和或及、]")
_REFUSE = {"refuse", "refuses"}
"""English for what is thrown away; the French word has its accent."""


def is_won(record: Record, honour: Honour) -> bool:
    """Whether an award was won or came in a place, and not only nominated, shortlisted, or told as not won."""
    document = record.document(honour.span.document)
    entry = _without("named_so", _QUOTED.sub(" ", fold(document.quote(honour.span))))
    told = _without("not_won", entry)
    if has_word("won", told):
        return True
    if told != entry or has_word("nominated", told):
        return False
    heading = _heading(document, honour.span)
    rest = _without("nominated", fold(heading))
    if rest != fold(heading) and not has_word("award", rest):
        return False
    told_of = _told(document.quote(honour.span)) if _APPLIED.search(entry) else None
    return (told_of or _headed(heading) or Outcome.GAINED) is Outcome.GAINED


def of_grant(record: Record, grant: Item) -> Outcome:
    """What became of a grant, in its entry's own words before those of the heading or label above it."""
    document = record.document(grant.span.document)
    return _told(document.quote(grant.span)) or _headed(_heading(document, grant.span)) or Outcome.GAINED


def asked_for(question: str) -> Outcome | None:
    """The outcome that a question asks for by itself: "Which of her grants were rejected?"; none where it asks for all."""
    outcome = _headed(question.strip(" ?？.!。"))
    return None if outcome is Outcome.OPEN and re.search(r"\bapplied\b", fold(question)) else outcome


def was_gained(record: Record, fact: Fact) -> bool:
    """Whether a fact counts among its kind: an award that was won, a grant that was awarded, and anything else."""
    if isinstance(fact, Honour):
        return not fact.is_award or is_won(record, fact)
    return not isinstance(fact, Item) or fact.kind != "grant" or of_grant(record, fact) is Outcome.GAINED


def _told(entry: str) -> Outcome | None:
    """The outcome that an entry tells last; what was awarded stays so, though it was not taken up."""
    text = _blanked(_OF_OTHERS, fold(_blanked(_QUOTED, entry)))
    told = {m.end(): (outcome, m) for outcome, m in _outcomes(text) if _is_apart(text, m, entry)}
    bare = list(text)
    for _, match in told.values():
        bare[match.start() : match.end()] = " " * len(match[0])
    left = "".join(bare)
    if any(_is_apart(left, m, entry) for m in _pattern("was_awarded").finditer(left)):
        return Outcome.GAINED
    if not told:
        return None
    outcome, match = told[max(told)]
    is_own = match[0].startswith("declined") and not _APPLIED.search(text)
    return Outcome.GAINED if _OWN_CHOICE.search(text) or is_own else outcome


def _headed(heading: str) -> Outcome | None:
    """The outcome that a heading names for all below it; one that names what was awarded too says it of none."""
    text = fold(heading)
    told = {m.end(): outcome for outcome, m in _outcomes(text) if _is_beside(text[m.end() :])}
    if not told or _pattern("was_awarded").search(_without("not_awarded", text)):
        return None
    is_either = len(set(told.values())) > 1 and _EITHER.search(text[min(told) : max(told)])
    return Outcome.OPEN if is_either else told[max(told)]


def _outcomes(text: str) -> Iterator[tuple[Outcome, re.Match[str]]]:
    for kind, outcome in (("not_decided", Outcome.OPEN), ("not_awarded", Outcome.LOST)):
        for match in _pattern(kind).finditer(text):
            yield outcome, match


def _is_apart(text: str, match: re.Match[str], entry: str) -> bool:
    """Whether a word for an outcome stands by itself in its part of the entry, as no word of a title does: "Rejected Goods", "Lives Pending"."""
    if _CJK.search(match[0]):
        return True
    if match[0] in _REFUSE and entry[match.start() : match.end()].lower() in _REFUSE:
        return False
    before, behind = _BEFORE.search(text[: match.start()]), _BEHIND.match(text[match.end() :])
    lead, rest = before[0].split() if before else [], behind[0].split() if behind else []
    if not _is_beside(text[match.end() :]):
        return False
    is_first = not re.search(r"[^\W\d_]", text[: match.start()].removesuffix(before[0] if before else ""))
    if is_first and not lead and rest:
        return all(re.match(rf"\d|(?:{MONTH})\b", word) for word in rest)
    return not (is_first and lead) or " " in match[0] or _BESIDE.match(lead[-1]) is not None


def _is_beside(behind: str) -> bool:
    """Whether nothing of the same part stands behind a word for an outcome, or a word that goes with one."""
    found = _BEHIND.match(behind)
    words = found[0].split() if found else []
    return not words or _CJK.search(words[0]) is not None or _BESIDE.match(words[0]) is not None


def _heading(document: Document, span: Span) -> str:
    """What stands right above an entry for all of its list: the label of the list, or the innermost heading."""
    labels, label = labels_in(document), ""
    path: tuple[str, ...] = ()
    for number, block in enumerate(document.blocks):
        if block.span.start > span.start:
            break
        label = label if block.path == path and block.kind is BlockKind.ITEM else ""
        path = block.path
        label = document.quote(block.span) if number in labels else label
    return label or (path[-1] if path else "")


def _blanked(what: re.Pattern[str], text: str) -> str:
    return what.sub(lambda m: " " * len(m[0]), text)


def _without(kind: str, text: str) -> str:
    return _pattern(kind).sub(" ", text)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(pattern_of(kind))
