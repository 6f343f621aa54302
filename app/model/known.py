"""The words that an English sentence of a model may be made of: those of the record and those that the word lists of ``prompts/`` know."""

import re
from functools import cache
from importlib import resources

from app.answer.claim.people import names_in
from ingest.domain import Record
from ingest.lexical import tokens

_LISTS = ("lexicon-", "glossary-", "words.", "thesaurus.", "intents.")
"""How the files begin that hold English words; most of a lexicon's line is in another language."""
_OWN = ("vocabulary.yaml", "concepts.yaml")
"""The verifier's lists."""
_WORD = re.compile(r"[^\W\d_]{5,}")
_LATIN_END = "\u0250"
_LATIN_SHARE = 0.9
_PART = 4
"""Letters of a part of a compound, at least."""
_SAME = 6
"""Words that begin with so many letters of one of the record's are taken for a form of it."""


class Known:
    """What can be said of one record."""

    def __init__(self, record: Record) -> None:
        texts = [*(d.text for d in record.documents), *(d.title for d in record.documents), *record.profile.names]
        self.names = names_in(record)
        """The folded names of the people and places of work of which the facts tell."""
        self._stems = {stem for text in texts for stem in tokens(text)}
        self._beginnings = {stem[:_SAME] for stem in self._stems if len(stem) >= _SAME}
        letters = [c for d in record.documents for c in d.text if c.isalpha()]
        self._is_told_in_letters = sum(c < _LATIN_END for c in letters) >= _LATIN_SHARE * len(letters)

    def strange(self, sentence: str) -> list[str]:
        """The words of an English ``sentence`` that neither the record nor the language knows.

        A name that is in no source, or a word that somebody wants to be said: nothing bears such a sentence out. Of a record in another
        script nothing is strange, because its names are written in Latin letters in more than one way.
        """
        if not self._is_told_in_letters:
            return []
        return [word for word in _WORD.findall(sentence) if not (self._knows(word) or self._is_compound(word))]

    def _knows(self, word: str) -> bool:
        return all(s in self._stems or s in english() or s[:_SAME] in self._beginnings for s in tokens(word))

    def _is_compound(self, word: str) -> bool:
        """Whether ``word`` is two known words, as "fieldwork"."""
        cuts = range(_PART, len(word) - _PART + 1)
        return any(self._knows(word[:cut]) and self._knows(word[cut:]) for cut in cuts)


@cache
def english() -> frozenset[str]:
    """The stems of all English words in the lists."""
    found: set[str] = set()
    for file in resources.files("prompts").iterdir():
        if file.name.startswith(_LISTS):
            lines = file.read_text(encoding="utf-8").splitlines()
            shown = (line.split("\t")[0] for line in lines) if file.name.endswith(".tsv") else lines
            found.update(tokens("\n".join(shown)))
    for name in _OWN:
        found.update(tokens(resources.files("app.answer.claim").joinpath(name).read_text(encoding="utf-8")))
    return frozenset(found)
