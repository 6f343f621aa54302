"""The word lists of ``prompts/cues.yaml`` as patterns."""

import re
from functools import cache

from ingest.lexical import tokens
from prompts import load_examples


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of that name: any of its alternatives, anywhere, in any case."""
    return re.compile("|".join(load_examples("cues.yaml")[name]), re.IGNORECASE)


@cache
def word_list(name: str) -> frozenset[str]:
    """The list of that name in ``prompts/words.yaml``."""
    return frozenset(map(str, load_examples("words.yaml")[name]))


@cache
def word_stems(name: str) -> frozenset[str]:
    """The stems of the list of that name."""
    return frozenset(stem for word in word_list(name) for stem in tokens(word))
