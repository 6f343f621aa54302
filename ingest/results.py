"""Sentences behind a title that tell what a work found, and name no journal, book or publisher."""

import re

_LONGEST_NOTE = 160
_LEAST_WORDS = 4
_SHARE = re.compile(r"\d\s?(?:%|％|per cent\b|percent\b|Prozent\b|pour cent\b|por ciento\b|per cento\b|por cento\b)")
_VERBS = (
    r"found|shows?|showed|shown|detected|measured|reduced|increased|improved|confirmed|observed|revealed|remained|was|were"
    r"|wurden?|zeigt|zeigten?|fanden|ergab|ergaben|erkannt|gemessen|nachgewiesen|gefunden|bestätigt|beträgt|betrug|waren"
    r"|détectée?s?|mesurée?s?|montrent?|trouvée?s?|observée?s?|obtenue?s?|confirmée?s?|réduite?s?|inférieure?s? à|supérieure?s? à|était|étaient|ont été"
    r"|detectad[oa]s?|medidos?|muestran?|encontrad[oa]s?|observad[oa]s?|obtenid[oa]s?|confirmad[oa]s?|reducid[oa]s?|hallad[oa]s?|fueron|inferior(?:es)? a"
    r"|rilevat[oaie]|misurat[oaie]|mostrano|trovat[oaie]|osservat[oaie]|ottenut[oaie]|confermat[oaie]|ridott[oaie]|inferior[ei] a|sono stat[oaie]"
    r"|mostram|obtid[oa]s?|reduzid[oa]s?|medidos?|foram"
)
_TOLD = re.compile(rf"\s(?:{_VERBS})(?=[\s,;.]|$)")
"""A verb in running text, written small as no name of a journal has it."""
_TOLD_IN_CHINESE = re.compile(r"研究发现|结果显示|结果表明|提高了|降低了|减少了|发现了")
_OPENS = re.compile(
    r"(?:(?:main|negative|null|positive|key) )?(?:results?|findings?)\s?:|(?:(?:haupt)?ergebnis(?:se)?|befunde?|negatives ergebnis)\s?:"
    r"|(?:résultats?|constats?)(?: (?:négatif|nul|positif|principal)s?)?\s?:"
    r"|(?:resultados?|hallazgos?|achados?)(?: (?:negativo|nulo|positivo|principal)s?)?\s?:"
    r"|(?:risultat[oi])(?: (?:negativ|null|positiv|principal)[oie])?\s?:|(?:主要)?(?:结果|发现)\s?[：:]"
    r"|(?:re-?examination|re-?analysis) of\b|neuauswertung (?:der|des|von)\b|ré(?:examen|analyse) d(?:es|e|u)\b"
    r"|reanálisis de\b|reexamen de\b|ri(?:esame|analisi) d(?:ei|el|elle|i)\b|rean[áa]lise d(?:e|os|as|o|a)\b"
    r"|(?:short|long)listed for\b|winner of\b|(?:reduced|increased|improved|found|shown|showed|shows|confirmed|detected|measured) [a-z]",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:In|Dans|En|Em|Nel|Nella)\b|.*\b\d+\s?\(\d|.*[《》]", re.IGNORECASE)
"""What says that a name of a venue stands there: "In:", a volume with its issue or year."""
_VENUE = re.compile(
    r"(?:(?:The|La|Le|Die) )?(?:[^\W\d_a-z][\w&'’-]+ ){0,3}"
    r"(?:Journal|Zeitschrift|Archiv|Annalen|Annales|Annals|Revista|Revue|Rivista|Proceedings|Proc|Transactions|Conference|Workshop|Symposium|Press|Verlag)\b"
)


def is_result(sentence: str) -> bool:
    """Whether a sentence tells what was found: "Six moons detected around 17 planets", "Error rate of 6 % by night"; no name of a venue does."""
    words = sentence.strip()
    if not words or words[0] in "(（" or _PLACED.match(words) or _VENUE.match(words):
        return False
    is_told = len(words.split()) >= _LEAST_WORDS and _TOLD.search(words) is not None
    is_told = is_told or _TOLD_IN_CHINESE.search(words) is not None
    return is_told or _SHARE.search(words) is not None or _OPENS.match(words) is not None


def as_note(sentence: str) -> tuple[str, ...]:
    """A remark as the only note that it makes, or none where it is too long for one."""
    words = sentence.strip(" .;,")
    return (words,) if words and len(words) <= _LONGEST_NOTE else ()
