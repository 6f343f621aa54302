"""Cuts a stream of text into sentences, each as soon as it is known to be whole; citations behind a full stop still belong to it."""

import re
from collections.abc import Iterator

from ingest.sentences import sentence_spans

MARKS = r"\[\d+\](?:[–-]\[\d+\])?|[\[【]\d+(?:\s*[,;–-]\s*\d+)*[\]】]"
"""One citation as models write them: ``[1]``, ``[1]–[4]``, ``[1, 2]``, ``[1-4]``, ``【1】``."""
_MARK = re.compile(rf"\s*(?:{MARKS})")
_END = re.compile(r"[.!?。！？]+[\"”’」』)）]*")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_BULLET_BEGUN = re.compile(r"^(?:[-*•–]|\d{1,2}[.)]?)?$")
_LEAD = re.compile(r"[:：]$")
_MARKUP = re.compile(r"\*\*|__|`+|^#{1,6}\s+")
_GUILLEMETS = ("«", "»")
"""Of French; a German text has them the other way round."""
_BRACKETS = (("(", ")"), ("（", "）"), _GUILLEMETS, ("„", "“"))
"""Within them nothing ends: ``(21. August 2024)``, ``„Fremde Federn. Briefe“``."""
_QUOTES = ("“", "”")
"""As well, where no German quotation mark has the first for its end."""
_INITIAL = re.compile(r"[\u3040-\u9fff，、：；（]\s*[A-Z]\.$")
"""An initial in a Chinese sentence, whose stop ends nothing."""
_BRACKET = re.compile(r"\s*\([^()]*\)\s*(?P<next>\S)")
"""A bracket behind a full stop, and what tells whether the sentence goes on behind it: "Open College. (2015 – 2017); not completed"."""
_LONGEST = 1500
"""Characters after which what has no end is taken as it is."""


class Splitter:
    """Takes pieces of text, gives whole sentences; an item of a list is one sentence and keeps its bullet.

    A full stop between two words that stand so in ``printed``, what the model was shown, ends nothing before a citation: "Tech. University".
    """

    def __init__(self, printed: str = "") -> None:
        self._held = ""
        self._printed = " ".join(printed.split())

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that ``piece`` completes."""
        self._held = (self._held + piece).lstrip()
        while (end := self._whole()) is not None:
            sentence, self._held = self._held[:end].strip(), self._held[end:].lstrip()
            yield sentence

    def rest(self) -> Iterator[str]:
        """What is left when the stream has ended: the last sentences, or the beginning of one that was cut."""
        yield from self.feed(" \n")
        self._held = ""

    def _whole(self) -> int | None:
        """Where the first whole sentence of what is held ends."""
        line, newline, _ = self._held.partition("\n")
        if not self._held or (_BULLET_BEGUN.match(line) and not newline):
            return None
        end = None if _BULLET.match(line) else _first_end(line + newline, self._printed)
        if end is None and newline:
            return len(line) + 1
        return _LONGEST if end is None and len(line) > _LONGEST else end


def _first_end(line: str, printed: str) -> int | None:
    """Where the first sentence of ``line``, which may still grow, ends for certain."""
    for match in _END.finditer(line):
        end = match.end()
        pairs: tuple[tuple[str, str], ...] = _BRACKETS if "„" in line else (*_BRACKETS, _QUOTES)
        if -1 < line.find("»") < line.find("«") or ("»" in line and "«" not in line):
            pairs = (*(pair for pair in pairs if pair != _GUILLEMETS), _GUILLEMETS[::-1])
        if any(line.count(opens, 0, end) > line.count(closes, 0, end) for opens, closes in pairs):
            continue
        if _MARK.search(line, 0, match.start()) and line[: match.start()].rstrip()[-1] in "]】":
            return end
        after = end
        while mark := _MARK.match(line, after):
            after = mark.end()
        if after > end and line[after : after + 1] in {".", "。"}:
            after += 1  # A quotation that ends with a stop of its own: “…” [1].
        rest = line[after:]
        if not rest.strip() or rest.lstrip()[:1] in "[【":
            return None
        if _INITIAL.search(line, 0, end) or (after == end and _is_printed(line, end, printed)):
            continue
        if rest.lstrip()[:1] == "(":
            bracket = _BRACKET.match(rest)
            if bracket is None:
                return None
            if bracket["next"] in ",;:." or bracket["next"].islower():
                continue
        if line[match.start()] in "。！？" or _is_boundary(line[:end], rest, marked=after > end):
            return after
    return None


def _is_printed(line: str, end: int, printed: str) -> bool:
    """Whether the words around a full stop stand so in ``printed``, and the sentence has no citation yet."""
    if not printed or not line[end : end + 1].isspace() or _MARK.search(line, 0, end):
        return False
    return f"{line[:end].split()[-1]} {line[end:].split(maxsplit=1)[0]}" in printed


def _is_boundary(head: str, rest: str, marked: bool) -> bool:
    """Whether a full stop ends a sentence, as syntok judges it by the word that follows."""
    if not rest[0].isspace():
        return marked
    word = rest.split(maxsplit=1)[0]
    text = _MARK.sub("", head)
    spans = sentence_spans(f"{text} {word}")
    return len(spans) > 1 and spans[-1][0] > len(text)


def plain(sentence: str) -> tuple[str, bool]:
    """A sentence without markup, and whether it is an item of a list."""
    text = _MARKUP.sub("", sentence).strip()
    bare = _BULLET.sub("", text)
    return " ".join(bare.split()), bare != text


def announces(sentence: str) -> bool:
    """Whether a sentence only leads to a list."""
    return _LEAD.search(sentence) is not None
