"""A person's name as CVs print it: found in a line, without titles and labels, given name first."""

import re
from functools import cache
from importlib import resources

import yaml

from ingest.authors import INITIALS, is_name
from ingest.extract.words import fold, has_word
from ingest.sections import section_of

_LONGEST = 60
"""Characters of a name."""
_HAN = r"[\u3400-\u9fff々〆ヶ]"
_CJK_NAME = re.compile(
    rf"{_HAN}{{2,4}}|(?=[^\s]*{_HAN})[\u3040-\u30ff\u3400-\u9fff々ヶー]{{1,4}}[ \u3000]?[\u3040-\u30ff\u3400-\u9fff々ヶー]{{1,4}}"
    rf"|[\u3400-\u9fff]{{1,5}}(?:[·・•][\u3400-\u9fff]{{1,6}}){{1,3}}|[\uac00-\ud7af]{{2,4}}|[\uac00-\ud7af]{{1,2}} [\uac00-\ud7af]{{1,3}}"
)
_CJK = r"\u3040-\u30ff\u3400-\u9fff々ヶー\uac00-\ud7af"
_SEAM = re.compile(rf"(?<=[{_CJK}])\s*(?=[^\W\d_{_CJK}])|(?<=[^\W\d_{_CJK}])\s*(?=[{_CJK}])")
"""Where one script ends and another begins."""
_APART = re.compile(r"\t|\n|\s*[|•■♣◆●▪※/_]+\s*|\s+[-–—·・]+\s+|[:：;；,，]\s*$|\s{3,}|[()（）\[\]【】<>《》「」]")
_POSSESSIVE = re.compile(r"(?:['’]s?|s['’])$")
_PRONOUNS = re.compile(r"\b(?:she|he|they|her|him|them|his|theirs?)(?:\s*/\s*\w+)+", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[^\W\d_]{2})[,.!?，。！]|[^\w\s.'’,-]|\s(?:and|und|et|y|e|en|from|at)\s")
"""Where a name ends that a sentence introduces."""
_ORNAMENT = re.compile(r"^[^\w(（]+|[^\w.)）]+$")


def person_name(text: str) -> str | None:
    """The name that ``text`` is, given name first and not in capitals; ``None`` where it is no person's name."""
    found = names_in(text)
    return found[0] if found else None


def names_in(line: str) -> tuple[str, ...]:
    """The name that a line gives, and behind it the same person's in another script that stands beside it.

    The line may say more: a label or a greeting before the name, titles around it, contact data behind it.
    """
    bare, is_introduced = introduced(_PRONOUNS.sub(" ", line).strip())
    found: list[str] = []
    for piece in filter(None, (p.strip() for p in _APART.split(bare) if p)):
        scripts = [p for p in _SEAM.split(piece) if p.strip()]
        names = [_name(p) for p in ([piece] if len(scripts) == 1 else scripts)]
        if not found and not any(names):
            if is_introduced or not _is_cv_word(piece):
                return ()
            continue
        fresh = [n for n in names if n and not any(_script(n) == _script(f) for f in found)]
        found += fresh
        if not fresh or len(found) > 1:
            break
    return tuple(found)


def is_latin(name: str) -> bool:
    """Whether a name is written with letters that have upper and lower case, and so can be shortened to initials."""
    return _script(name) != "cjk"


def is_short(name: str) -> bool:
    """Whether a name gives no given name in full: ``A. Byron``, ``Byron King A``."""
    if re.fullmatch(r".*[^\W\d_A-Z]\s[A-Z]{1,3}", name):
        return True
    words = [w for w in re.split(r"[\s.,-]+", name) if w]
    return is_latin(name) and sum(len(w) > 1 and not (w.isupper() and len(w) < 4) for w in words) < 2


def cv_words() -> frozenset[str]:
    """What documents about a person call themselves, folded."""
    return _folded("cv")


def turned(name: str) -> str:
    """``Byron, Ada``, ``BYRON Ada`` and ``Byron A`` with the given name first; capitals only at the beginnings of words."""
    name = " ".join(name.split())
    if name.count(",") == 1:
        surname, given = (part.strip() for part in name.split(","))
        name = f"{given} {surname}"
    elif match := re.fullmatch(r"(.*[^\W\d_A-Z])\s([A-Z]{1,3})", name):
        name = f"{match[2]} {match[1]}"
    words = name.split()
    capitals = [_is_capitals(w) for w in words]
    first = next((i for i, c in enumerate(capitals) if not c), len(words))
    if 0 < first < len(words) and not any(capitals[first:]) and len("".join(words[:first])) > 3:
        words = [*words[first:], *words[:first]]
    return " ".join(_calm(w) if _is_capitals(w) else w for w in words)


def _is_capitals(word: str) -> bool:
    letters = re.sub(r"\W", "", word)
    return len(letters) > 1 and letters.isupper() and not re.fullmatch(r"(?:[^\W\d_]\.)+(?:-?[^\W\d_]\.)*", word)


def _calm(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)


def _name(text: str) -> str | None:
    """The name in one piece of a line."""
    text = _ORNAMENT.sub("", text.strip())
    if not text or len(text) > 2 * _LONGEST or re.search(r"[\d@]|\w\.\w{2,}|https?:", text):
        return None
    if re.search(f"[{_CJK}]", text):
        bare = re.sub("(?:" + "|".join(_words()["cjk_titles"]) + ")$", "", text).strip()
        return bare if _CJK_NAME.fullmatch(bare) and not _is_known(bare) else None
    bare = _before_comma(_without_titles(_POSSESSIVE.sub("", _without_cv(text))))
    words = bare.replace(",", " ").split()
    if not 2 <= len(words) <= 6 or len(bare) > _LONGEST or _is_known(bare):
        return None
    if has_word("role", bare) or has_word("organisation", bare) or not any(len(w.strip(".")) > 1 for w in words):
        return None
    name = turned(bare)
    return name if is_name(name) and not INITIALS.fullmatch(name) else None


def _before_comma(text: str) -> str:
    """``Byron, Ada`` and ``BYRON KING, Ada`` whole; of ``Ada Byron, Countess of Lovelace`` the name."""
    head, comma, rest = (part.strip() for part in text.partition(","))
    surname = head.split()
    is_given = is_name(rest) and not has_word("role", rest) and len(rest.split()) < 3
    is_inverted = len(surname) == 1 or (all(map(_is_capitals, surname)) and not any(map(_is_capitals, rest.split())))
    return text if not comma or (is_inverted and (is_given or INITIALS.fullmatch(rest))) else head


def introduced(line: str) -> tuple[str, bool]:
    """A line from where a name must begin, and whether words say that one does: ``Name: Ada Byron``, ``Hi, I'm Ada Byron``."""
    words = _words()
    greeting = rf"(?:(?:{_any(words['greetings'])})\s*[,!.👋–-]*\s+)?"
    label = re.match(rf"\W*(?:{_any(words['labels'])})\s*[:：\t]\s*(?=\S)", line, re.IGNORECASE)
    if label:
        return line[label.end() :], True
    said = re.match(rf"\W*{greeting}(?:{_any(words['introductions'])})(?:[\s:：]+|(?=[{_CJK}]))", line, re.IGNORECASE)
    return (_CLAUSE.split(line[said.end() :])[0], True) if said else (line, False)


def _without_cv(text: str) -> str:
    """A line without the words for a CV around a name: ``Curriculum Vitae of Ada Byron``, ``Ada Byron's résumé``."""
    cv = _any([*_words()["cv"], *_words()["pages"]])
    text = re.sub(rf"^(?:{cv})\b(?:\s+(?:of|for|von|de|di|du|da|van))?\W+(?=\w)", "", text, flags=re.IGNORECASE)
    return re.sub(rf"(?:(?<=\s)|(?<=['’]s\s)|(?<=\W))(?:{cv})\W*$", "", text, flags=re.IGNORECASE).strip(" ,–—-:|")


def _without_titles(text: str) -> str:
    words = text.split()
    while (
        words and all(p in _folded("titles") for p in _parts(words[0])) and (words[0].endswith(".") or len(words) > 2)
    ):
        words = words[1:]
    while words and (_is_degree(words[-1]) or (words[-1].endswith(".") and _is_degree(words[-1].rstrip(".")))):
        words = words[:-1]
    bare = " ".join(words)
    head, comma, rest = bare.partition(",")
    if comma and rest.strip() and all(map(_is_degree, re.split(r"[\s,]+", rest.strip()))):
        bare = head
    return bare.strip(" ,")


def _parts(word: str) -> list[str]:
    return [p for p in re.split(r"[\W_]+", fold(word)) if p] or [word]


def _is_degree(word: str) -> bool:
    letters = re.sub(r"\W", "", fold(word))
    return (
        letters in _folded("degrees")
        and (not word.islower() or len(letters) > 3)
        and word[:1] + word[1:].lower() != word
    )


def _is_cv_word(text: str) -> bool:
    return fold(re.sub(r"[\W_]+", " ", text)).strip() in _folded("cv") | _folded("pages")


def _is_known(text: str) -> bool:
    """Whether a piece is a heading or a word for the document."""
    folded = " ".join(fold(re.sub(r"[^\w]+", " ", text)).split())
    return folded in _folded("never") or _is_cv_word(text) or section_of(text) is not None


def _script(name: str) -> str:
    return "cjk" if re.search(f"[{_CJK}]", name) else "cased"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _folded(kind: str) -> frozenset[str]:
    return frozenset(fold(re.sub(r"[\W_]+", " ", w)).strip() for w in _words()[kind])


@cache
def _words() -> dict[str, list[str]]:
    text = resources.files("ingest.propose").joinpath("words.yaml").read_text(encoding="utf-8")
    data: dict[str, list[str]] = yaml.safe_load(text)
    return data
