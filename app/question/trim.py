"""What a question has beside what it asks: titles before the person's own name, how long its answer is wished for, and for whom."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.question.cue import cue

_TITLE = (
    r"(?:Prof(?:essor(?:in|a|e|essa)?|esseure?|\.?ssa)?|PD|Priv\.-Doz|Doctor(?:a)?|Docteure?|Dottor(?:e|essa)?|Doutora?|Dr|Dra|Dre|Pr|Pre|Dott|Mme|Mlle|Mr|Mrs|Ms|Miss|Mx"
    r"|Sr|Sra|Señora?|Sig|Signora|Frau|Herrn?|Madame|Monsieur|M(?=\.))"
)
_ARTICLE = r"(?:\b(?:the|la|le|el|il|lo|der|die|den|dem|o|a)\s+|\bl['’]\s?)"
_LEAST = 3
"""Letters of a word of a name by which a title may stand."""


def without_form(text: str) -> str:
    """A question without how long its answer is wished for, and for whom: "Who is she? In three sentences, please.", "Introduce her to a recruiter."."""
    bare = cue("form_wanted").sub("", text)
    if cue("asks_to_tell").search(bare):
        bare = cue("audience").sub("", bare)
    return bare if re.search(r"\w.*\w", bare) else text


def without_titles(question: str, names: Sequence[str]) -> str:
    """``question`` without the titles and their article right before a word of the person's ``names``: "Dr. Byron", "la Dre Byron", "Frau Prof. Byron"."""
    pattern = _titled(tuple(names))
    return pattern.sub("", question) if pattern else question


@lru_cache(maxsize=256)
def _titled(names: tuple[str, ...]) -> re.Pattern[str] | None:
    words = {w for name in names for w in re.findall(r"[^\W\d_][\w'’-]*", name) if len(w) >= _LEAST}
    if not words:
        return None
    named = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"{_ARTICLE}?(?:\b{_TITLE}\b\.?[\s-]+)+(?=(?:{named})\b)", re.IGNORECASE)
