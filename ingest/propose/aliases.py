"""The other forms in which documents print a person's name: initials, surname first, without accents, other scripts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.identity import same_person
from ingest.propose.name import is_latin, is_short, turned
from ingest.propose.person import Person, are_one, authors_in, transcribed
from ingest.reading import Reading

_MOST = 8


@dataclass(frozen=True, slots=True)
class Alias:
    """One form of the name."""

    name: str
    where: str
    is_sure: bool = True


def find_aliases(person: Person, readings: Sequence[Reading]) -> tuple[Alias, ...]:
    """The forms besides the name that the documents print, the most frequent first; none that can be a namesake's as well."""
    counted, _ = authors_in(readings)
    names = [person.name, *person.forms]
    beside = [Alias(form, f"beside the name in {person.where}") for form in person.forms]
    listed = Counter({p: n for p, n in counted.items() if any(are_one(p, name) for name in names)})
    for form in (f for name in names for f in _forms(name)):
        if form not in listed:
            listed[form] = sum(_printed(form, person.name, r.document.text) for r in readings)
    printed = [
        Alias(form, f"printed {_times(times)}")
        for form, times in listed.most_common()
        if times and not _is_a_namesakes(form, person.name, counted)
    ]
    other = [] if any(is_latin(name) for name in names) else _in_latin(counted)
    return tuple({a.name: a for a in (*beside, *printed, *other) if a.name != person.name}.values())[:_MOST]


def _forms(name: str) -> Iterator[str]:
    """How a name may be printed elsewhere."""
    if not is_latin(name):
        yield from dict.fromkeys([re.sub(r"\s", "", name)])
        return
    words = name.split()
    first, families = words[:1], [words[-1:], words[1:], words[1:2]]
    for family in families if len(words) > 1 else []:
        if len(family[0].rstrip(".")) > 1:
            yield from _shortened(
                words[: len(words) - len(family)] if family[-1] == words[-1] else first, " ".join(family)
            )
            yield from _shortened(first, " ".join(family))
    yield from (_unaccented(name), transcribed(name), _unaccented(f"{words[0]} {words[-1]}"))


def _shortened(given: Sequence[str], family: str) -> Iterator[str]:
    initials = [w[0] for w in given]
    dotted = " ".join(f"{i}." for i in initials)
    tight, bare = dotted.replace(" ", ""), "".join(initials)
    yield f"{' '.join(given)} {family}"
    yield f"{family}, {' '.join(given)}"
    for form in (dotted, tight, bare):
        yield f"{form} {family}"
        yield f"{family}, {form}"
    yield f"{family} {bare}"


def _unaccented(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _printed(form: str, name: str, text: str) -> int:
    """How often ``text`` prints ``form`` by itself, not as a part of a longer form of ``name``."""
    if form == name:
        return 0
    if not is_latin(form):
        return text.count(form)
    others = "|".join(re.escape(w) for w in name.split())
    before, after = (
        re.compile(rf"(?:\b(?:{others})|[A-Z]\.),? ?-?$"),
        re.compile(rf"\.|[ -]?(?:{others}|[A-Z]\.?)(?:\W|$)"),
    )
    places = re.finditer(rf"(?<![\w.-]){re.escape(form)}(?!\w)", text)
    return sum(
        not before.search(text, max(0, m.start() - 40), m.start()) and not _goes_on(after, form, text, m.end())
        for m in places
    )


def _goes_on(after: re.Pattern[str], form: str, text: str, end: int) -> bool:
    """Whether the name goes on behind ``form``; a full stop goes on with an initial alone."""
    found = after.match(text, end)
    return found is not None and (found[0][0] != "." or re.search(r"\b\w$", form) is not None)


def _is_a_namesakes(printed: str, name: str, counted: Counter[str]) -> bool:
    """Whether a shortened form fits somebody else among the authors too, who is printed in full: ``Q. Liu`` beside ``Qi Liu``."""
    if not is_short(printed) or not is_latin(printed):
        return False
    others = (n for n in counted if not is_short(n) and is_latin(n) and not same_person(turned(n), name))
    return any(same_person(printed, other) for other in others)


def _in_latin(counted: Counter[str]) -> list[Alias]:
    """The Latin form of somebody whose name is only printed in another script: the author that most lists in Latin letters share."""
    latin = Counter({name: times for name, times in counted.items() if is_latin(name)})
    first, second = (*latin.most_common(2), ("", 0), ("", 0))[:2]
    is_common = first[1] > 2 and first[1] > second[1]
    return [Alias(first[0], f"printed {_times(first[1])}", is_sure=False)] if is_common else []


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
