"""The words of a sentence in the form in which two of them are the same word for word: the person and the paper by one sign each, no articles."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.answer.claim.dated import plain_periods, spelled_months
from app.answer.claim.folding import fold
from app.answer.claim.quantities import NUMBER_WORDS
from ingest.dates import month_of

PERSON, PERSONS, WORK = "§", "§s", "¶"
"""What stands for the person, for "her" and "his", and for a paper and its authors."""
MONTH_SIGN = "month "
"""How the norm of a month begins."""
WEAK, COLON, LINE, STRONG = "weak", "colon", "line", "strong"
"""What parts a word from the one before: a comma or bracket, a colon or dash, the end of a line or cell, the end of a sentence."""
_TOKEN = re.compile(rf"{WORK}|\d+(?:[.,]\d+)*|[^\W\d_\u3040-\u9fff]+(?:['’][^\W\d_]+)?|[%€$£&+#@]|[\u3040-\u9fff]")
_SEPARATORS = (
    (STRONG, re.compile(r"[;；。!?]|\.(?:\s|$)")),
    (LINE, re.compile(r"[\n\t|]")),
    (COLON, re.compile(r"[:：]|\s[-–—]\s|—")),
    (WEAK, re.compile(r"[,，、·()\[\]（）“”\"«»„/]")),
)
_OPENS, _SHUTS = re.compile(r"[(\[（]"), re.compile(r"[)\]）]")
_DASH = re.compile(r"\s*[-–—]\s*")
_DATED = re.compile(r"\s+(?:\w+\.?\s+)?(?:\d{1,2},\s*)?(?:19|20)?\d")
_DEGREE = re.compile(r"\b(Ph|M|B|D|LL)\.\s?(D|Sc|A|S|Eng|Phil|Tech|Ed|B|M|Res|Mus|Arch|Com)\b\.?")
"""A degree with its full stops."""
_I_DO = re.compile(
    r"\b(?P<verb>[a-zäöüß]{3,})e(?= ich\b)|(?<=\b[Ii]ch )(?P<then>[a-zäöüß]{3,})e\b|(?<=\b[Ii]ch )(?P<between>[^,.;:]{3,60} )(?P<last>[a-zäöüß]{3,})e(?=[,.;])"
)
"""A German verb of the first person: beside its subject, or at the end of a clause."""


def word_set(listed: str) -> frozenset[str]:
    """A set of folded words."""
    return frozenset(map(fold, listed.split()))


_ARTICLES = word_set(
    "a an the der die das dem den des ein eine einen einem einer eines le la les l un une el los las una o os um uma il lo gli "
    "our unser unsere unseren unserem notre nos nuestro nuestra gmbh oy ltd inc llc plc"
)
"""Also "our": of its authors a paper says what others say without it; and the form of a company."""
_ELIDED = re.compile(r"\b(?:[dlnsjmt]|qu|all|dell|nell|dall)['’](?=[^\W\d_]{2})", re.IGNORECASE)
_ME = word_set("i me ich mich mir je moi yo io eu")
_SUBJECTS = word_set("he she they him them er sie ihn ihm il elle lui él ella lei egli ele ela 她 他")
_POSSESSIVES = word_set(
    "my mine his her their hers theirs mein meine meinen meiner sein seine seinen seiner ihr ihre ihren ihrer son sa ses leur leurs su sus "
    "suo sua suoi sue seu seus suas"
)
_TITLES = word_set("prof dr pd doc ing dipl mag mr mrs ms mme sr sra dra dott avv hon rev")
"""Before a name: their full stop ends nothing."""
_PARTICLES = word_set(
    "de da do dos das del della di du des la le el al von van der den zu zur ter ten af av bin ibn ben y e"
)
"""What stands between the words of a name, and between others."""
_WE = word_set("we us wir uns nous nosotros noi nós")
_WORKS = re.compile(
    r"\b(?:the|this|these)(?: (?:19|20)\d\d(?= paper| study| article))? (?:papers?|work|study|article|preprint|abstract|authors?|report|chapter|book)\b"
    r"|\bauthors\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"\b[Tt]he authors['’](?=\s)")
"""What a paper calls "our"."""
_VERBS = {
    "is": "are am bin suis sou ist sind est sont es son sono são",
    "was": "were war waren était étaient fue eran era fueron foi era fu",
    "has": "have habe tengo tenho hat haben tiene tienen tem ha hanno",
    "do": "does",
    "self": "myself himself herself themselves ourselves",
    "fait": "fais",
    "dit": "dis",
    "ecrit": "écris",
    "vit": "vis",
    "conduit": "conduis",
    "trabaja": "trabajo",
    "investiga": "investigo",
    "dirige": "dirijo",
    "ensena": "enseño",
    "coordina": "coordino",
    "imparte": "imparto",
    "habla": "hablo",
    "lavora": "lavoro",
    "insegna": "insegno",
    "trabalha": "trabalho",
    "ensina": "ensino",
}
"""Forms of one verb: of the first person, in which a CV speaks, and of the third; for "-e" and "-t" in German see ``_I_DO``."""
_SAME = (
    dict.fromkeys(("seit", "depuis", "desde", "自"), "since")
    # Where somebody works: "chez Abacus", "au Musée", "à l'Institut".
    | dict.fromkeys(("chez", "au", "aux"), "à")
    | {fold(form): verb for verb, forms in _VERBS.items() for form in forms.split()}
)
_NUMERAL = re.compile(r"[A-ZÀ-Þ][\w-]+ I(?=\s*[(),.\n\t|–—-]|\s+(?:at|in|of|for|bei|im|chez)\b|$)")
"""A Roman number behind a title: "Engineer I"."""
_DIGIT_NEXT = re.compile(r"\.?,?\s*\d")
_AMBIGUOUS = frozenset({"due", "sept"})
"""Names of numbers that are words of another language."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, or a CJK character."""

    norm: str
    """Equal where two are the same."""
    word: str
    """Folded, as written."""
    sep: str
    """What parts it from the one before, or nothing."""
    depth: int
    """In how many brackets it stands."""
    has_article: bool = False


@lru_cache(maxsize=4_000)
def exact(text: str, own: frozenset[str], is_source: bool = False) -> tuple[Token, ...]:
    """The words of ``text``. ``own`` are the folded words of the person's names; where a source has one, its "I" is somebody else."""
    by_another = is_source and any(_is_own(fold(m[0]), own) for m in _TOKEN.finditer(text))
    text = plain_periods(spelled_months(_WORKS.sub(WORK, _THEIRS.sub("our", _ELIDED.sub("", text)))))
    text = _DEGREE.sub(r"\1\2", text)
    if is_source and not by_another:
        text = _I_DO.sub(_he_does, text)
    found: list[Token] = []
    last = depth = 0
    sep, has_article = "", False
    for match in _TOKEN.finditer(text):
        gap = text[last : match.start()]
        if found and gap[:1] == "." and found[-1].word in _TITLES:
            gap = gap[1:]
        depth = max(0, depth + len(_OPENS.findall(gap)) - len(_SHUTS.findall(gap)))
        sep = _stronger(sep, next((name for name, pattern in _SEPARATORS if pattern.search(gap)), ""))
        word = fold(match[0])
        if found and _DASH.fullmatch(gap) and is_date(found[-1].word) and is_date(word):
            found.append(Token("to", "to", "", depth))
            sep = ""
        last = match.end()
        is_behind_name = bool(found) and not sep and _is_own(found[-1].word, own)
        is_small = len(word) == 1 or (word in _PARTICLES and not is_behind_name)
        is_apart = is_small and not _is_before_name(text, match.end(), own)
        is_numeral = match[0] == "I" and any(m.end() == match.end() for m in _NUMERAL.finditer(text))
        is_modal = (
            word == "may" and not (found and found[-1].word.isdigit()) and not _DIGIT_NEXT.match(text, match.end())
        )
        norm = word
        if match[0].lower() == "el":  # an article, which without its accent is "él"
            norm = ""
        elif not (is_numeral or is_modal):
            norm = _norm(word, frozenset() if is_apart else own, by_another)
        if not norm or (found and not sep and norm in {PERSON, WORK} and norm == found[-1].norm):
            has_article = not norm
            continue
        if found and not sep and norm == PERSONS and found[-1].norm == PERSON and not found[-1].word[-1:].isdigit():
            found.pop()  # "Ada Brix's"
        if word == "from" and _DATED.match(text[match.end() :]):
            continue
        found.append(Token(norm, word, sep if found else "", depth, has_article))
        sep, has_article = "", False
    return tuple(found)


def _is_own(word: str, own: frozenset[str]) -> bool:
    """Whether a word alone names the person: "a" is an article as often as an initial, and "de" is in many names."""
    return word in own and len(word) > 1 and word not in _PARTICLES


def _is_before_name(text: str, at: int, own: frozenset[str]) -> bool:
    """Whether a word of the person's name follows at ``at``, behind particles maybe."""
    for match in _TOKEN.finditer(text, at):
        if match.start() - at > 2 or fold(match[0]) not in own:
            return False
        if _is_own(fold(match[0]), own):
            return True
        at = match.end()
    return False


def is_date(word: str) -> bool:
    """Whether a word is a number or the name of a month."""
    return word[:1].isdigit() or month_of(word) is not None


def _he_does(match: re.Match[str]) -> str:
    """A verb of the first person in the third: "arbeite ich", "ich einreiche"."""
    stem = match["verb"] or match["then"] or match["last"]
    return f"{match['between'] or ''}{stem}{'et' if stem.endswith(('t', 'd')) else 't'}"


def _stronger(one: str, two: str) -> str:
    return max(one, two, key=("", WEAK, COLON, LINE, STRONG).index)


def _norm(word: str, own: frozenset[str], by_another: bool) -> str:
    """The form in which two words are the same; nothing for an article."""
    bare = re.sub(r"['’]s?$", "", word)
    if bare in own:
        return PERSONS if bare != word else PERSON
    if word in _SUBJECTS or (word in _ME and not by_another):
        return PERSON
    if word in _POSSESSIVES:
        return PERSONS
    if word in _WE or word == WORK:
        return WORK
    if word in _ARTICLES:
        return ""
    bare = _SAME.get(bare) or _counted(bare) or bare
    if len(bare) > 5 and bare.endswith(("ches", "shes", "sses", "xes")):
        bare = bare[:-2]
    if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss"):
        bare = bare[:-3] + "y" if bare.endswith("ies") and len(bare) > 4 else bare[:-1]
    return bare


def _counted(word: str) -> str:
    """The number that a word is, or that of the month whose name it is; nothing for any other."""
    month, number = month_of(word), NUMBER_WORDS.get(word, 0)
    if month:
        return f"{MONTH_SIGN}{month}"
    return str(number) if number > 1 and word not in _AMBIGUOUS else ""
