"""Turns of meaning that one word makes: negation, direction, absoluteness, cause, doubt and praise."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from app.answer.claim.folding import fold
from app.answer.claim.words import CJK
from ingest.lexical import stem

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|lack(?:s|ed|ing)?|fail(?:s|ed|ing)?|unable|rarely|hardly|barely|seldom|\w+n['’]t|instead "
    r"of(?! \d)|rather than|unlike|contrary to|in contrast to|as opposed to|in place of|far from|absent|absence|free of|"
    r"leaves?(?= (?:\w+ ){1,3}out\b)|exclud\w*|omit\w*|"
    r"nicht|kein\w*|ohne|niemals|weder|kaum|statt(?! \d)|jamais|sans|aucun\w*|pas|nunca|jamas|ningun\w*|sin|plutot que|au lieu(?! de \d))\b"
    r"|(?<![A-Z]\w{2}\s)\bnie\b(?= \w)|\bni (?=\w)"
    r"|没有|未|无(?!线|监督)|不(?!同|仅|但|断)|非(?!常)|从未|并非|而非",
    re.IGNORECASE,
)
_SCOPE = 5
"""Words behind a negation that it may turn round."""

_OPPOSITES = [
    ("increase rise raise grow gain boost more higher greater larger up upward augment steigern "
        "erhohen", "decrease reduce lower cut drop fall shrink decline less fewer smaller down downward verringern senken"),
    ("improve enhance strengthen better best improvement", "degrade worsen deteriorate worse worst hurt harm degradation weaken"),
    ("accept accepted", "reject rejected decline"),
    ("first", "last final"),
    ("before earlier prior precede", "after later following subsequent"),
    ("lowest minimum least smallest", "highest maximum most largest"),
    ("win won", "lose lost"),
    ("public open", "private proprietary"),
    ("supervise advise mentor", "student pupil"),
    ("faster quicker accelerate speed", "slower slow"),
    ("stable", "unstable"),
    ("supervised", "unsupervised"),
    ("constrained", "unconstrained"),
    ("known", "unknown"),
    ("online", "offline"),
    ("internal", "external"),
    ("begin start", "end finish"),
    ("early", "late"),
    ("strong", "weak"),
    ("efficient", "inefficient"),
    ("with", "without"),
    ("large big", "small little"),
    ("easy simple straightforward", "difficult hard challenging"),
    ("positive", "negative"),
    ("add insert", "remove delete"),
    ("full-time", "part-time"),
    ("granted", "pending"),
    ("published", "unpublished"),
    ("monolingual", "multilingual bilingual"),
    ("single", "multiple"),
    ("well good", "badly poorly bad poor"),
    ("superior", "inferior"),
    ("shallower shallow", "deeper deep"),
    ("fast", "slow"),
    ("light lightweight", "heavy heavyweight"),
    ("always often consistently", "never rarely"),
    ("succeed success", "fail failure"),
    ("agree", "disagree"),
    ("large substantial significant great big considerable extensive "
        "strong", "modest slight minor little negligible marginal small "
        "limited"),
    ("same identical equal", "different distinct unlike"),
    ("retain keep preserve", "discard drop remove abandon"),
    ("currently present current now", "formerly former previously"),
    ("source", "target"),
    ("minority", "majority"),
    ("local", "global"),
    ("static", "dynamic"),
    ("encode", "decode"),
    ("question", "answer"),
    ("day", "night"),
    ("safe", "unsafe"),
    ("short shorter shortest", "long longer longest"),
    ("cheap cheaper cheapest inexpensive", "expensive costly dearer"),
    ("paid", "unpaid"),
    ("urban city", "rural village"),
    ("above", "below"),
    ("common frequent", "rare uncommon"),
    ("mandatory compulsory", "optional voluntary"),
    ("warm hot", "cold cool"),
    ("include cover", "exclude omit"),
]  # fmt: skip
FINAL = re.compile(
    r"\b(?:(?<!listed )(?<!named )(?<!comes )(?<!appears )last(?! author|[- ]named)|lastly|letzte[rsnm]?|zuletzt|dernier(?:e|s|"
    r"es)?(?! auteur))\b",
    re.IGNORECASE,
)
"""What says that nothing came after."""
ABSOLUTE = re.compile(
    r"\b(?:always|never|every|everything|everyone|all|entirely|completely|fully|totally|universal\w*|guarantee\w*|invariabl\w*|solely|exclusively|"
    r"only|unique\w*|perfect\w*|any|whole|most|mostly|majority|"
    r"largely|immer|stets|alle[rsn]?|jede[rsnm]?|vollstandig|ausschliesslich|nur|toujours|tou(?:s|tes|te)|entierement|completement|"
    r"uniquement|seul\w*)\b"
    r"|总是|所有|全部|完全|每个|每一|仅|只有|唯一|大多数",
    re.IGNORECASE,
)
SUPERLATIVE = re.compile(
    r"\b(?:first(?=-ever| (?:to|of its kind|in the world|person|study|work|paper|method|model|researcher|ever)\b)|first-ever|pioneer\w*|best|most|"
    r"least|largest|biggest|highest|lowest|greatest|strongest|fastest|smallest|earliest|latest|longest|"
    r"newest|oldest|youngest|top(?! of\b)|leading|foremost|premier(?! aut)|unprecedented|state-of-the-art|cutting-edge|world-class|landmark|seminal|"
    r"beste[rsnm]?|grosste[rsnm]?|hochste[rsnm]?|erstmals|fuhrende[rsnm]?|meilleure?s?|le plus|la plus|les plus|premiere fois|pionni\w*)\b|最(?!多|"
    r"终|后|初|近|先)|首个|首次|第一个|领先|顶尖|一流",
    re.IGNORECASE,
)
CAUSE = re.compile(
    r"\b(?:because|therefore|thus|hence|consequently|owing to|due to|thanks to|as a result|led to|leads to|leading to|caus(?:e|es|ed|ing)|"
    r"resulted in|resulting in|results in|prompt(?:ed|s|ing)|inspired|motivated|which is why|in recognition of|"
    r"for (?:his|her) (?:work|contribution\w*|research|service|role|achievement\w*|paper|thesis|dissertation|part)|"
    r"weil|deshalb|fur (?:seine?n?|ihre?n?)|pour (?:son|sa|ses)|por su|daher|aufgrund|wegen|infolge|parce que|car|donc|en raison|grace a|a cause|"
    r"c['’]est pourquoi)\b|因为|因此|由于|所以|从而|导致|凭借|得益于",
    re.IGNORECASE,
)
_CAUSE_IN_SOURCE = re.compile(
    r"\b(?:because|therefore|thus|hence|since|consequently|due to|as a result|so that|lead\w*|led|caus\w*|result\w*|by|for|allow\w*|enabl\w*|"
    r"mak(?:e|es|ing)|via|through|thereby|consequently|stem\w*|prompt\w*|motivat\w*|inspir\w*|raises?|"
    r"weil|durch|aufgrund|wegen|fuhr\w*|parce|grace|en raison|donc)\b|因为|由于|因此|导致",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"\b(?:outstanding|brilliant|exceptional\w*|excellent|impressive\w*|remarkable|renowned|world-renowned|prestigious|distinguished|talented|"
    r"gifted|(?:lasting|major|significant|great|big|deep|profound|wide) (?:impact|influence|mark|impression)|widely (?:used|cited|"
    r"known|read|adopted|recognised|"
    r"recognized|regarded)|new standard|standard (?:resource|reference|work)|with (?:great|remarkable|considerable|impressive) \w+|"
    r"highly (?:complex|competitive|"
    r"regarded|respected|successful)|successfully|quickly|rapidly (?:rose|established)|key figure|great acclaim|revolution\w*|"
    r"valuable|laid the foundation|"
    r"most influential|expert|expertise|highly skilled|skilled|prolific|accomplished|eminent|acclaimed|esteemed|stellar|"
    r"visionary|passionate|dedicated|groundbreaking|ground-breaking|influential|well-known|famous|celebrated|respected|top-tier|rockstar|genius|"
    r"proven track record|strong background|extensive experience|deep knowledge|deep understanding|"
    r"promising|ideal|perfect|perfectly|great fit|good fit|strong fit|strong candidate|excellent candidate|suitable|well-suited|qualified|should "
    r"(?:be )?(?:hire\w*|interview\w*|invite\w*)|recommend\w*|hire|asset|invaluable|worth (?:hiring|interviewing)|"
    r"hervorragend\w*|herausragend\w*|ausgezeichnete[rsn]?|renommiert\w*|angesehen\w*|brillant\w*|beeindruckend\w*|experte\w*|expertin|"
    r"geeignet\w*|empfehl\w*|einstellen|exzellent\w*|"
    r"exceptionnel\w*|remarquable\w*|renomm\w+|prestigieu\w*|talentueu\w*|impressionnant\w*|eminent\w*|experte?|ideale?|embauch\w*|recommand\w*)\b"
    r"|杰出|优秀|卓越|顶尖|著名|知名|资深专家|专家|天才|出色|推荐|值得|适合|理想人选|权威|享誉|一流|非常合适|应该录用|首屈一指",
    re.IGNORECASE,
)
HEDGES = re.compile(
    r"\b(nominat\w*|nominee|candidate|pending|expired|expected|visiting|adjunct|interim|acting|part-time|associate|assistant|deputy|vice|"
    r"co-?(?:supervisor|organi[sz]er|organi[sz]ed|author|chair|pi|founder|lead|editor|advisor|applicant|supervis\w*|organi\w*)|intern|internship|"
    r"runner-up|finalist|shortlist\w*|submitted|honou?rable|joint|shared|second|vertretung|freelance|volunteer|guest|preprint|workshop|demo|draft|"
    r"partial\w*)\b",
    re.IGNORECASE,
)
"""What makes an entry less than it would be without the word."""
RESERVES = re.compile(
    r"\b(?:pending|expired|submitted|under review|revise and resubmit|in preparation|forthcoming|honou?rable mention|nominat\w*|nominee|finalist|"
    r"shortlist\w*|runner-?up|expected|abgelaufen|eingereicht|en cours d['’]examen|expire|pendiente|solicitad[ao]|caducad[ao]|offengelegt|"
    r"zuruckgezogen|withdrawn|lapsed|pruf\w+ lauft)\b|已过期|审理中|在审",
    re.IGNORECASE,
)
"""What takes the force from an entry; a claim on the entry must say it, or that it is not there yet."""
RESERVED = re.compile(
    r"\b(?:resubmi\w*|r&r|preparation|forthcoming|mention|mencion|ehrenvolle|nomin\w*|finalist\w*|shortlist\w*|runner-?up|candidate|"
    r"pending|expired?|lapsed|no longer|submitted|review|expected|filed|application|applied|not yet|abgelaufen|eingereicht|angemeldet|"
    r"depose\w*|expire\w*|demande|pendiente|solicit\w+|presentad[ao]|caducad[ao]|offengelegt|zuruckgezogen|withdr\w+|pruf\w+|examined|disclosed|"
    r"retire\w*)\b|过期|申请|在审|提交|提名|入围",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:may|might|could|can potentially|potential(?:ly)?|suggest(?:s|ed|ing)?|possibl[ye]|likely|appears? to|seems?|hypothes[ei]s\w*|often|"
        r"sometimes|typically|frequently|hinting|hints|preliminary|partly|some|on average|usually|generally)\b", re.I)  # fmt: skip
ALONE = re.compile(
    r"\b(?:alone|on (?:his|her|their) own|by (?:himself|herself)|single-?handed(?:ly)?|solely|sole|independently|allein\w*|seule?|独自|独立)\b",
    re.IGNORECASE,
)
CERTAIN = re.compile(
    r"\b(?:prove[sdn]?|always|definitively|undoubtedly|certainly|conclusively|guarantee\w*|beweis\w*|prouve\w*)\b|证明了|必然",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Negated:
    """The stems that negations of a text may turn round, and whether there is any."""

    stems: frozenset[str]
    is_any: bool
    rest: str = ""
    """What is outside of their scope, folded."""
    words: frozenset[str] = frozenset()
    """The words inside of it, folded."""


@lru_cache(maxsize=2_000)
def negated(text: str) -> Negated:
    """What stands in the scope of the negations of ``text``."""
    folded = fold(text)
    found: set[str] = set()
    inside: set[str] = set()
    any_found, rest = False, folded
    for match in _NEGATION.finditer(folded):
        any_found = True
        scope = _SCOPE if " " not in match[0] and match[0] != "unlike" else 2 * _SCOPE
        reach = re.split(r"[,.;:]", folded[match.end() : match.end() + 100])[0]
        spots = list(re.finditer(r"[^\W\d_]+", reach))[:scope]
        words = [m[0] for m in spots]
        found.update(stem(w) for w in words if len(w) > 2)
        inside.update(w for w in words if len(w) > 2)
        if words:
            end = match.end() + spots[-1].end()
            rest = rest[: match.start()] + " " * (end - match.start()) + rest[end:]
        found.update(CJK.findall(folded[match.end() : match.end() + 6])[:1])
    return Negated(frozenset(found), any_found, rest, frozenset(inside))


def negation_spots(text: str) -> list[tuple[int, int]]:
    """Where negations stand."""
    return [(m.start(), m.end()) for m in _NEGATION.finditer(fold(text))]


def is_negation(word: str) -> bool:
    """Whether a word negates."""
    return _NEGATION.fullmatch(fold(word)) is not None


def opposites(word: str) -> frozenset[str]:
    """The stems that say the opposite of a stem."""
    return _opposite_table().get(word, frozenset())


@cache
def _opposite_table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _OPPOSITES:
        sides = [[stem(w) for w in side.split()] for side in pair]
        for here, there in (sides, sides[::-1]):
            for word in here:
                found.setdefault(word, set()).update(there)
    return {k: frozenset(v) for k, v in found.items()}


def stated(pattern: re.Pattern[str], claim: str, source: str) -> str | None:
    """The first phrase of ``pattern`` in ``claim`` that ``source`` does not have next to a word that both share, or ``None``."""
    folded, there = fold(claim), fold(source)
    for match in pattern.finditer(folded):
        if not _beside(match[0], folded, match.start(), match.end(), there):
            return match[0]
    return None


def _beside(phrase: str, claim: str, start: int, end: int, source: str) -> bool:
    """Whether ``phrase`` stands in the source with a neighbour that it has in the claim."""
    around = {
        stem(w)
        for w in re.findall(r"[^\W_]+", claim[max(0, start - 30) : start])[-3:]
        + re.findall(r"[^\W_]+", claim[end : end + 40])[:3]
    }
    for found in re.finditer(re.escape(phrase), source):
        near = re.findall(r"[^\W_]+", source[max(0, found.start() - 30) : found.start()])[-3:]
        near += re.findall(r"[^\W_]+", source[found.end() : found.end() + 40])[:3]
        if not around or around & {stem(w) for w in near} or CJK.search(phrase):
            return True
    return False


def has_cause(text: str) -> bool:
    """Whether a source gives any cause or means."""
    return _CAUSE_IN_SOURCE.search(fold(text)) is not None


def is_doubtful(text: str) -> bool:
    """Whether a source says what it says with a reservation."""
    return _DOUBT.search(fold(text)) is not None
