"""Printed names of authors and the marks behind them."""

import re
from dataclasses import dataclass

MARKS = "*∗＊†‡§¶#⊠™✉✝♦♣♠⋆★\u2709"
_PARTICLE = r"(?:von|van|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu)"
_WORD = rf"(?:[^\W\d_a-z][\w'’.-]*|{_PARTICLE})"
_NAME = re.compile(rf"[{MARKS}]*{_WORD}(?:\s+{_WORD}){{0,5}}\s*[{MARKS}]*(?:\s*,?\s*(?:Jr|Sr)\.?)?[{MARKS}]*")
INITIALS = re.compile(rf"(?:[^\W\d_a-z]\.?[\s-]?){{1,4}}[{MARKS}]*")
ET_AL = re.compile(r"(?:et\.? al\.?|(?:and )?others|u\.\s?a\.|等)\s*", re.IGNORECASE)
_NEVER_NAMES = re.compile(
    r"\b(?:Reviews?|Journal|University|Press|Conference|Proceedings|Book|Chapter|Working|Papers?|Institute|Workshop|Vol)\b"
)
_LED_BY_INITIAL = re.compile(r"[^\W\d_a-z]\.[\s-]?[^\W\d_]")
"""A name whose given name comes first, as an initial: "J. Byron"."""


@dataclass(frozen=True, slots=True)
class Author:
    """A name as printed and the marks behind it."""

    name: str
    marks: str = ""


def is_name(token: str) -> bool:
    token = re.sub(r"\s*\([^()]*\)", "", token)
    if _NEVER_NAMES.search(token):
        return False
    return (_NAME.fullmatch(token.strip()) is not None and not token.isupper()) or INITIALS.fullmatch(token) is not None


def read_author(token: str) -> Author:
    name = token.strip()
    led = name.lstrip(MARKS)
    bare = led.rstrip(MARKS + " ")
    return Author(bare, name[: len(name) - len(led)] + led[len(bare) :].strip())


def surname_first(names: str) -> tuple[tuple[Author, ...], bool]:
    """``Byron, A. R., & Brandt, T. L.`` as two authors, each as printed."""
    complete = not re.search(r"et al|others|…|\.\.\.", names)
    text = re.sub(r",?\s*(?:et al\.?|and others|…|\.\.\.).*$", "", names)
    tokens = [t for t in re.split(r",\s+(?:(?:&|and|et|und|y|e)\s+)?|\s+(?:&|and|et|und|y|e)\s+", text) if t]
    authors: list[Author] = []
    for token in tokens:
        if authors and INITIALS.fullmatch(token) and not INITIALS.fullmatch(authors[-1].name):
            last = authors.pop()
            authors.append(Author(f"{last.name}, {read_author(token).name}", last.marks + read_author(token).marks))
        elif is_name(token):
            authors.append(read_author(token))
        else:
            return (), complete
    return tuple(authors), complete


def _unwrapped(text: str) -> str:
    return text[1:-1].strip(" .,") if text.startswith("(") and text.endswith(")") else text


_REMARK = re.compile(
    r"(?<![\s.·,;|(–-])[\s.·,;|(–-]++(?P<remark>under (?:review|revision)|in (?:preparation|press|progress)|revise (?:and|&) resubmit|r&r|submitted|forthcoming"
    r"|accepted|to appear|in vorbereitung|im erscheinen|eingereicht|à paraître|soumis|en preparación|en prensa|enviado|working paper|draft)\b"
    r"(?P<more>(?:(?!\)[.,:]?\s+\S)[^,;])*)$",
    re.IGNORECASE,
)


def without_remark(text: str) -> tuple[str, str]:
    """A list of names without the state of the work behind it, and that state: ``With A. Byron · Under review``."""
    found = _REMARK.search(text)
    if found is None:
        return text, ""
    remark = found["remark"] + found["more"]
    return text[: found.start()], remark.removesuffix(")") if remark.count(")") > remark.count("(") else remark


def name_list(text: str) -> tuple[tuple[Author, ...], bool] | None:
    """``text`` as nothing but names, given name or surname first, and whether the list is complete; ``None`` where it is not."""
    bare = re.sub(
        r"^\W?(?:(?:co-?)?(?:edited|authored|written) )?(?:(?:joint )?with|by|authors?:|mit|avec|con|com)\s+",
        "",
        _unwrapped(text.strip(" .,")),
        flags=re.IGNORECASE,
    )
    cut = re.search(
        r",?\s*(?:(?:and|&)\s+(?:\d+ )?others|et\.? al\.?(?:\s*\((?P<with>incl?\.[^)]*)\))?|…|\.\.\.)\s*$",
        bare,
        re.IGNORECASE,
    )
    if cut:
        bare = bare[: cut.start()]
    parts = [p for p in re.split(r";\s*(?:(?:&|and)\s+)?", bare) if p] if ";" in bare else None
    if parts is None:
        tokens = [t for t in re.split(r",\s+(?:and\s+|&\s+|und\s+|et\s+|y\s+)?|\s+(?:and|&|und|et|y)\s+|、", bare) if t]
        inverted = len(tokens) > 1 and all(INITIALS.fullmatch(t) for t in tokens[1::2])
        inverted = inverted and not any(_LED_BY_INITIAL.match(t) for t in tokens[::2])
        found = (
            surname_first(bare)[0] if inverted else tuple(map(read_author, tokens)) if all(map(is_name, tokens)) else ()
        )
    else:
        found = (
            tuple(map(read_author, parts))
            if all(len(p.split(", ")) <= 2 for p in parts)
            and all(is_name(piece) for p in parts for piece in p.split(", "))
            else ()
        )
    if not found:
        return None
    if cut and cut["with"]:
        found = (*found, read_author(re.sub(r"^incl?\.\s*", "", cut["with"])))
    return found, cut is None
