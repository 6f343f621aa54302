"""What a source says of a thing with the deed behind it, as a sentence of whoever did it: "MSc started at Northlab" is "she started an MSc at Northlab"."""

import re

from app.answer.claim.folding import fold

_DEED = re.compile(
    r",?\s+(?P<deed>started|begun|began|completed|passed|finished|defended|submitted|supervised|examined|organi[sz]ed|founded|co-founded|taught)\b,?\s*"
)
"""What only a person does, behind what it was done to."""
_THING = 12
"""Words of a thing, at most."""
_SUBJECT = re.compile(r"\b(?:i|we|he|she|they|who|which|that|by|was|were|is|are|be|been|has|have|had|not|no|never)\b")


def inverted(text: str) -> str | None:
    """A line without a subject with its deed first, where it names what was done to what; nothing for any other."""
    found = _DEED.search(text)
    if found is None:
        return None
    thing, rest = text[: found.start()], text[found.end() :]
    is_thing = 0 < len(thing.split()) <= _THING and not re.search(r"[.;:!?]\s", thing)
    if not is_thing or _SUBJECT.search(fold(thing)) or fold(rest).startswith("by "):
        return None
    return f"{found['deed']} {thing}, {rest}"
