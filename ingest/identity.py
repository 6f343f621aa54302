"""Names as they are printed, and whether a printed name is the profile's person."""

import re
from functools import lru_cache

from ingest.domain import Profile
from ingest.extract.words import fold

_SHORT_FORMS = {
    short: tuple(long.split())
    for short, long in {
        "alex": "alexander alexandra alexandre alejandro", "andy": "andrew andreas", "ben": "benjamin", "bill": "william", "bob": "robert",
        "cathy": "catherine", "chris": "christopher christian christine christina", "dan": "daniel", "danny": "daniel", "dave": "david",
        "ed": "edward edwin eduardo", "fred": "frederick frederic", "greg": "gregory gregor", "jake": "jacob", "jeff": "jeffrey", "jim": "james",
        "joe": "joseph", "jon": "jonathan", "kate": "katherine catherine", "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "matt": "matthew",
        "max": "maximilian maxwell", "mike": "michael", "nick": "nicholas nicolas", "pat": "patrick patricia", "pete": "peter", "phil": "philip philipp",
        "rob": "robert", "ron": "ronald", "sam": "samuel samantha", "steve": "steven stephen", "sue": "susan", "ted": "theodore edward",
        "tim": "timothy", "tom": "thomas", "tony": "anthony antonio", "vicky": "victoria", "will": "william",
    }.items()
}  # fmt: skip
"""Short forms of first names under which people publish; a mere beginning is not enough ("Wei" is not "Weijie")."""

_INITIALS_LAST = re.compile(r"(.*[a-z].*)\s([A-Z]{1,3}|(?:[A-Z]\.-?){1,3})")


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """A form in which equal names are equal: folded, ``Surname, Given`` turned round, without full stops."""
    if "," in name:
        surname, given = name.split(",", 1)
        name = f"{given} {surname}"
    elif match := _INITIALS_LAST.fullmatch(name.strip()):
        name = f"{' '.join(match[2])} {match[1]}"
    return " ".join(re.sub(r"[.\-’']", " ", fold(name)).split())


def same_person(a: str, b: str) -> bool:
    """Whether two printed names can be one person's: equal, or equal surnames with initials that agree ("Q. Liu", "Qian Liu")."""
    first, second = _parts(a), _parts(b)
    if first == second or _initials_of(a, name_key(b).split()) or _initials_of(b, name_key(a).split()):
        return True
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    short, long = sorted((first[:-1], second[:-1]), key=lambda given: sum(map(len, given)))
    while len(short) > 1 and short[-1] == long[-1]:  # particles and middle names that both print
        short, long = short[:-1], long[:-1]
    initials = "".join(given[0] for given in long)
    if all(len(given) == 1 for given in short):
        return initials.startswith("".join(short))
    if len(short) == len(long) == 1:
        return long[0] in _SHORT_FORMS.get(short[0], ())
    return len(short) < len(long) and all(any(g == h for h in long) for g in short)


def _parts(name: str) -> list[str]:
    """The words of a name; a surname with a hyphen is one."""
    turned = _INITIALS_LAST.fullmatch(name.strip())
    family = name.split(",")[0] if "," in name else turned[1] if turned else name
    surname = "".join(family.split()[-1:])
    key = name_key(name)
    joined = " ".join(name_key(surname).split())
    return (
        [*key[: -len(joined)].split(), joined.replace(" ", "-")]
        if "-" in surname and key.endswith(joined)
        else key.split()
    )


def _initials_of(name: str, words: list[str]) -> bool:
    """Whether ``name`` is nothing but the initials of ``words`` in capitals: "DFM"."""
    return len(name) > 1 and name.isupper() and name.isalpha() and name.lower() == "".join(w[0] for w in words)


def is_collective(authors: tuple[str, ...]) -> bool:
    """Whether a list is one name that is a group's: a single word, or a team by its own word."""
    return len(authors) == 1 and (
        " " not in authors[0]
        or re.search(r"(?i)\b(?:consortium|collaboration|team|group|crew|project|network|initiative)\b", authors[0])
        is not None
    )


def author_index(authors: tuple[str, ...], profile: Profile) -> int | None:
    """The 0-based place of the profile's person among ``authors``, or ``None`` where no printed name can be theirs."""
    exact = {name_key(name) for name in profile.names}
    for number, author in enumerate(authors):
        if name_key(author) in exact:
            return number
    for number, author in enumerate(authors):
        if same_person(author, profile.name):
            return number
    return None
