"""Finds what a job description asks for: by its headings where it has some, else by the words that ask; company, benefits and law left out."""

import re
from collections.abc import Iterator

from app.language.gloss import language_of
from app.match.domain import Importance, Posting, Protected, Requirement
from app.match.posting import Part, Piece, Shape, pieces
from app.match.split import split
from app.match.words import has, names, pattern
from app.question.orders import addresses_machine
from ingest.sentences import is_cjk

MOST = 80
"""Requirements that are looked at; a job description has some ten to thirty."""
_LONGEST = 400
_FRAGMENTS = re.compile(r"\s*[,;·•|、，；]\s*")
_LEAD = re.compile(
    r"^(?:(?:the |an? )?(?:ideal |successful |suitable )?(?:candidates?|applicants?)|you|they|we|she or he|he or she|sie|du|vous|usted|您|你)?\s*"
    r"(?:(?:also |already |further |ideally )*(?:must |should |will |would |need to |needs to |can |may )?(?:also )?)?"
    r"(?:(?:have|has|hold|holds|bring|possess|expect|require|need|want|are looking for|are seeking|seek|love to see|like to see|"
    r"verfügen über|haben|bringen|besitzen|avez|possédez)\b\s*)?",
    re.IGNORECASE,
)
_PARTS = {Part.REQUIRED: Importance.REQUIRED, Part.PREFERRED: Importance.PREFERRED, Part.DUTIES: Importance.DUTY}


def read_posting(text: str) -> Posting:
    """The requirements of ``text`` in its order, and what of it is never evaluated."""
    found: list[Requirement] = []
    protected: list[Protected] = []
    every = list(pieces(text))
    for piece in every:
        if piece.part is Part.IGNORED or has("blurb", text[piece.start : piece.end]):
            protected += [_protected(text, start, end, name) for name, start, end in _demands(text, piece)]
            continue
        for start, end in _asked(text, piece, every):
            if has("waived", text[start:end]):
                continue
            attribute = _attribute(text[start:end])
            if attribute:
                protected.append(_protected(text, start, end, attribute))
            elif requirement := _requirement(text, start, end, piece):
                found.append(requirement)
    kept = list({" ".join(r.text.lower().split()): r for r in reversed(found)}.values())[::-1]
    language = _language(text, kept)
    return Posting(text, language, tuple(kept[:MOST]), tuple(protected), max(0, len(kept) - MOST))


def _asked(text: str, piece: Piece, every: list[Piece]) -> Iterator[tuple[int, int]]:
    """The separate demands of one piece."""
    said = text[piece.start : piece.end]
    if len(said.split()) > 120:
        return
    if piece.shape is Shape.SENTENCE and _is_listing(said, piece, every):
        at = piece.start
        for match in [*_FRAGMENTS.finditer(said), None]:
            stop = piece.start + (match.start() if match else len(said))
            yield at, stop
            at = piece.start + match.end() if match else stop
        return
    if piece.part is Part.UNKNOWN and not has("asks", said) and _attribute(said) is None:
        return
    yield from split(text, piece.start, piece.end)


def _is_listing(said: str, piece: Piece, every: list[Piece]) -> bool:
    """Whether a line without a section is a bare list: "Go, 5+ years, Kafka, fluent English"."""
    parts = [p for p in _FRAGMENTS.split(said.strip(" .。")) if p]
    if piece.part is not Part.UNKNOWN or len(parts) < 4 or len(every) > 3:
        return False
    return all(len(p.split()) <= 5 and (len(p) <= 16 or not is_cjk(p)) for p in parts)


def _requirement(text: str, start: int, end: int, piece: Piece) -> Requirement | None:
    start, end = _trimmed(text, start, end)
    lead = _LEAD.match(text[start:end]) if piece.shape is Shape.SENTENCE else None
    if lead and lead.end() < end - start:
        start, end = _trimmed(text, start + lead.end(), end)
    words = " ".join(text[start:end].replace("**", "").split())
    if not re.search(r"[^\W_]", words) or len(words) > _LONGEST or addresses_machine(_around(text, start, end)):
        return None
    importance = _PARTS.get(piece.part, Importance.REQUIRED)
    if piece.is_preferred or (importance is Importance.REQUIRED and has("preferred", text[piece.start : piece.end])):
        importance = Importance.PREFERRED
    return Requirement(words, start, end, importance)


def _around(text: str, start: int, end: int) -> str:
    """The sentence or line that ``text[start:end]`` stands in."""
    first = max(text.rfind(stop, 0, start) for stop in ".!?\n。！？") + 1
    after = [at for stop in ".!?\n。！？" if (at := text.find(stop, end)) >= 0]
    return text[first : min(after, default=len(text))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n.,;:*_-–—|。，；、！!":
        start += 1
    while start < end and text[end - 1] in " \t\r\n.,;:*_|。，；、！!":
        end -= 1
    return start, end


def _attribute(words: str) -> str | None:
    """Of which protected attribute ``words`` speak."""
    for name in names("protected_"):
        if has(name, words):
            return name.removeprefix("protected_")
    return None


def _demands(text: str, piece: Piece) -> Iterator[tuple[str, int, int]]:
    """What a piece that asks nothing else still demands of an applicant's person: a photo, a date of birth."""
    said = text[piece.start : piece.end]
    if re.search(
        r"\b(?:send|attach|include|submit|state|bring|indicate|provide|senden|beifügen|joindre|indiquer|adjunt)\w*\b|请(?:附|提供|注明)|注明",
        said,
        re.IGNORECASE,
    ):
        for name in names("protected_"):
            for match in [pattern(name).search(said)]:
                if match:
                    yield name.removeprefix("protected_"), piece.start + match.start(), piece.start + match.end()


def _protected(text: str, start: int, end: int, attribute: str) -> Protected:
    start, end = _trimmed(text, start, end)
    return Protected(" ".join(text[start:end].split())[:_LONGEST], start, end, attribute)


def _language(text: str, found: list[Requirement]) -> str:
    """The language that most requirements are in, of those that tell one."""
    counted: dict[str, int] = {}
    for said in [r.text for r in found] or [text[:2000]]:
        code = language_of(said)
        counted[code] = counted.get(code, 0) + len(said)
    others = {k: v for k, v in counted.items() if k != "en"}
    best = max(others, key=lambda k: others[k], default="en")
    if others.get(best, 0) >= 0.4 * sum(counted.values()):
        return best
    # Short items may tell no language each by itself.
    return language_of(" ".join(r.text for r in found)[:800]) if found else "en"
