"""Who supervised: the names behind "Supervisor:", "under the guidance of" and their kind, and the lines without them."""

import re
from collections.abc import Sequence

from ingest.extract.entries import Line
from ingest.extract.heads import PARTICLES, SENTENCE_END
from ingest.extract.words import fold, pattern_of

_ORNAMENT = re.compile(r"\s*[\u2190-\u21ff\u2300-\u23ff\u25a0-\u2bff\U0001f000-\U0001faff|•·⋄]\s*")
_CHAIRED = re.compile(r"(?:committee|jury|kommission|comit[eé])\s*[:：]\s*(?P<names>.+)$", re.IGNORECASE)
_UNNAMED = re.compile(r"^[^\W\d_]{4,}\s*[:：]\s*|\s*\([^()]*\)?$|\s*(?:教授|博士|老师|先生)$")
"""What a list of supervisors says besides the names: another label, a remark, a Chinese title."""
_SUPERVISOR = re.compile(rf"(?:\s*[&,;(]\s*)?(?:ph\.?d\.?\s+)?(?:{pattern_of('supervisor')})\s*[:：]\s*", re.IGNORECASE)
_BY = re.compile(
    r"[\s,;(]*\b(?:advised|supervised|mentored|co-?advised|co-?supervised) by\s+|[\s,;(]*\bunder (?:the )?(?:supervision|guidance|direction) of\s+"
    r"|[\s,;(]*\b(?:sous la (?:co-?)?direction d(?:e\s+|['’])|dirigid[oa] por\s+|bajo la direccion de\s+|betreut (?:von|durch)\s+|sob orientacao de\s+)",
    re.IGNORECASE,
)
"""What introduces a supervisor without a colon."""
_NAMES = re.compile(r"\s*(?:&|,|;|、|\band\b|\bund\b|\bet\b|\by\b)\s*")
_OTHERS = re.compile(
    r"[\s,;(.]*\b(?:(?:external|second|internal|thesis)\s+)?(?:examiners?|committee|opponents?|zweitgutachter(?:in)?|drittgutachter(?:in)?"
    r"|rapporteure?s?|rapporteuses?|tribunal|korreferent(?:in)?)\b.*$",
    re.IGNORECASE,
)
"""Who judged the work rather than supervised it."""
_CREDENTIAL = re.compile(
    r"(?:M\.?\s?D|Ph\.?\s?D|D\.?\s?Phil|Sc\.?\s?D|D\.?\s?Sc|M\.?\s?Sc|B\.?\s?Sc|M\.?\s?A|M\.?\s?S|MBA|MPH|MRCP|FRCP|FRS|DVM|R\.?N|J\.?\s?D|Jr|Sr|Esq|habil)\.?"
)


def without_supervisors(entry: Sequence[Line]) -> tuple[list[str], tuple[str, ...]]:
    """The lines of an entry's head without the part that names supervisors, and these, as printed and without the letters behind a name."""
    lines: list[str] = []
    names: list[str] = []
    for line in entry:
        folded = fold(line.text)
        match = _SUPERVISOR.search(folded) or _BY.search(folded) if len(folded) == len(line.text) else None
        chaired = _CHAIRED.search(line.text)
        if match:
            end = _end_of_names(line.text, match.end())
            names += _names_in(line.text[match.end() : end])
            kept = "\t".join(
                part.strip() for part in (line.text[: match.start()], line.text[end:].strip(" )）,;")) if part
            )
        elif chaired:
            members = [n for n in re.split(r"\s*[,;]\s*", chaired["names"]) if n]
            names += [
                re.split(r"\s*\(", n)[0] for n in members if re.search(r"\((?:co-)?(?:chair|advis)", n, re.IGNORECASE)
            ]
            kept = line.text[: chaired.start()]
        else:
            kept = line.text
        kept = re.sub(
            r"(?<![A-Z])(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)\.$", "", _ORNAMENT.sub("\t", kept).strip(" \t,;&，。；：")
        )
        if kept:
            lines.append(kept)
    return lines, tuple(names)


def _end_of_names(text: str, start: int) -> int:
    """Where a list of supervisors ends that stands in brackets or in a cell: the rest of the line tells of the entry itself."""
    is_open = 0
    for at in range(start, len(text)):
        is_open += (text[at] in "(（") - (text[at] in ")）")
        if text[at] == "\t" or is_open < 0:
            return at
    return len(text)


def _names_in(text: str) -> list[str]:
    """The names of a list, to the end of its sentence."""
    behind = re.split(SENTENCE_END, _ORNAMENT.split(text.strip(" .)，。"))[0])[0]
    named = [_UNNAMED.sub("", n).strip() for n in _NAMES.split(_OTHERS.sub("", behind)) if n]
    return [n for n in named if _is_person(n)]


def _is_person(name: str) -> bool:
    """Whether a piece of a list of supervisors is a name: no letters behind one, no number, no "an external from Bergen"."""
    if not name or _CREDENTIAL.fullmatch(name) or re.search(r"\d", name):
        return False
    return not name[0].islower() or (
        name.split()[0] in PARTICLES and name.split()[0] not in {"a", "an", "the", "and", "in"}
    )
