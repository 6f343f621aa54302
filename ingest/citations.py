"""Citation strings: one entry of a publication list into authors, title, venue, year and notes.

The orders that are read: ``A. Author, B. Author, Title. In Venue (TAG-2024 Oral)``; ``A. Author, B. Author. Title. Venue, 2024.``;
``Author A, Author B. Title. Venue. 2024;1(2):3`` (Vancouver); ``Author, A., & Author, B. (2024). Title. Venue.`` (APA 7);
``A. Author and B. Author, "Title," Venue, 2024`` (IEEE); ``Author, Ada, and B. Author. 2024. Title. Venue.`` (Chicago);
``Author, Ada; Author, Bo, 2024, Title, Venue`` (ADS); and title, authors and venue on lines of their own. What does not fit gives ``None``.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from ingest.apa import parse_apa
from ingest.authors import (
    ET_AL,
    INITIALS,
    Author,
    is_name,
    name_list,
    read_author,
    surname_first,
    without_remark,
)
from ingest.domain import PartialDate
from ingest.elided import parse_elided
from ingest.imprint import (
    YEAR,
    Citation,
    first_sentence,
    is_label_line,
    title_and_rest,
    with_imprint,
)
from ingest.states import is_preprint

_BETWEEN = re.compile(r"(,\s+(?:and\s+|&\s+)?|\s+(?:and|&|und|et)\s+|;\s+)")
_LABELS_BEHIND = re.compile(
    r"(?:[\s·|,\[\]()]*\b(?:abstract|code|pdf|slides|bib(?:tex)?|arxiv|doi|link|website|video|poster|project page|html|talk|data)\b[\]\)]*)+\s*$",
)


_OPEN_LIST = re.compile(
    r"^(?P<names>.{3,400}?),?\s+(?:et\.? al\b\.?|and (?:\d+ )?others\b)[.,:;]*\s+(?P<rest>[\"“A-ZÀ-Þ0-9].{7,})$"
)
"""Names of which the last are left out, and what follows."""


_SURNAME = r"[*†‡#]*(?:(?:van|von|de|der|den|la|le|di|da)\s+)*[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?"
_BARE = rf"{_SURNAME}\s[^\W\d_a-z](?:\s?[^\W\d_a-z]){{0,2}}[*†‡#]*"
_VANCOUVER = re.compile(
    rf"^(?P<names>{_BARE}(?:,\s+(?:and\s+|&\s+)?{_BARE})*)(?P<cut>,?\s+et al)?\.\s+(?!et al\b)(?P<rest>.+)$"
)
_LED = re.compile(r"(?:with|mit|avec|con|com)\s", re.IGNORECASE)
"""What stands before the names of the others alone: "With A. Byron: …"."""
_STOPPED = rf"{_SURNAME}\s(?:[^\W\d_a-z]\.-?){{1,3}}[*†‡#]*"
_DOTTED = re.compile(
    rf"^(?P<names>{_STOPPED}(?:,\s+(?:and\s+|&\s+)?{_STOPPED})+)(?P<cut>,?\s+et al\.?)?[.,:]?\s+(?!{_STOPPED}[\s,.])"
    r"(?P<rest>(?:[AI]|[^\W_a-z][^\s.,]+)[\s:].+)$"
)
"""The same with full stops behind the initials: then the list ends where no name follows."""


def looks_like_citation(text: str) -> bool:
    """Whether ``text`` is an entry of a publication list: names, a title of some length, a year."""
    parsed = parse_citation(text)
    return parsed is not None and parsed.date is not None and len(parsed.title) >= 12


def parse_citation(text: str, bylines: Collection[str] = ()) -> Citation | None:
    """The parts of one citation string, or ``None`` where no author list and title can be told apart.

    ``bylines`` are lines of a single name that are known to be author lists.
    """
    flat = flattened(text)
    for order in (
        parse_apa,
        parse_elided,
        _parse_vancouver,
        _parse_inverted,
        _parse_quoted,
        _parse_dated,
        _parse_ads,
        _parse_cjk,
    ):
        found = order(flat)
        if found is not None:
            return found
    return _parse_colon(flat, bylines) or _parse_lines(text, bylines) or _parse_listed(flat)


def flattened(text: str) -> str:
    """``text`` on one line without its number; a year in a column before it stands behind it, the marks around a quoted title are made plain."""
    column = re.match(rf"\s*({YEAR})[ \u00a0]*\t\s*", text)
    if column:
        rest = text[column.end() :]
        text = rest if re.search(rf"\b{YEAR}\b", rest) else f"{rest.rstrip(' .')}, {column[1]}."
    flat = re.sub(r"^(?:\[[A-Z]{0,3}\d{1,3}\]|\(?\d{1,3}[.)])\s+", "", " ".join(text.split()))
    flat = re.sub(
        r"(^|[,.:)] )(?:«\s*([^«»]{8,}?)\s*»|„([^„“”\"]{8,}?)[“”\"])", lambda m: f'{m[1]}"{m[2] or m[3]}"', flat
    )
    return re.sub(r"(^|[,.:)] )['‘]([^\"“”]{8,}?)['’](?=[,.] )", lambda m: f'{m[1]}"{m[2]}"', flat)


def _parse_quoted(flat: str) -> Citation | None:
    head = re.match(
        r"^(?P<names>[^\"“]{3,600}?)[,.:]?\s+[\"“](?P<title>[^\"”]{8,}?)[.,]?[\"”][.,]?\s*(?P<rest>.*)$", flat
    )
    names = name_list(head["names"]) if head else None
    return with_imprint(*names, head["title"].rstrip(",."), head["rest"], flat) if head and names else None


def _parse_dated(flat: str) -> Citation | None:
    head = re.match(rf"^(?P<names>.{{3,600}}?)[.,]\s+(?P<year>{YEAR})[a-z]?[.:]\s+(?P<rest>.+)$", flat)
    names = name_list(_one_inverted(head["names"])) if head else None
    if head is None or names is None:
        return None
    title, rest = title_and_rest(head["rest"])
    return with_imprint(*names, title.strip(' "“”'), f"{rest} {head['year']}", flat)


def _parse_ads(flat: str) -> Citation | None:
    head = re.match(rf"^(?P<names>[^\d]{{3,900}}?),\s+(?P<year>{YEAR}),\s+(?P<rest>.+)$", flat)
    if head is None or not re.search(r";|^[^,]+, [^,]+$", head["names"]):
        return None
    names = name_list(head["names"] if ";" in head["names"] else head["names"] + ";")
    quoted = re.match(r"[\"“](?P<title>[^\"”]{8,}?)[.,]*[\"”][.,]*\s*(?P<rest>.*)$", head["rest"])
    if names and quoted:
        return with_imprint(*names, quoted["title"], f"{quoted['rest']} {head['year']}", flat)
    pieces = re.sub(r"\s*(?:\[[^\]]*\]|\([^()]*\))", "", head["rest"]).split(", ")
    if names is None or len(pieces) < 2:
        return None
    place = next((n for n, p in enumerate(pieces) if n > 1 and re.match(r"[\dA-Z]?\d", p)), len(pieces))
    title, venue = ", ".join(pieces[: place - 1]), pieces[place - 1]
    unpublished = is_preprint(venue)
    date = PartialDate(int(head["year"]))
    return Citation(*names, title, None if unpublished else venue.strip(" ."), None, date, (), unpublished, {})


def _parse_vancouver(flat: str) -> Citation | None:
    """``Haug L, van Dam P, et al. Title. Journal. 2023;14(2):1-9.``, and ``Haug L., van Dam P. Title. Journal, 2023.``"""
    head = _VANCOUVER.match(flat) or _DOTTED.match(flat)
    if head is None or _LED.match(flat):
        return None
    authors = tuple(map(read_author, re.split(r",\s+(?:and\s+|&\s+)?", head["names"])))
    title, rest = title_and_rest(head["rest"])
    return with_imprint(authors, head["cut"] is None, title.strip('"“”'), rest, flat)


def _parse_inverted(flat: str) -> Citation | None:
    """``Haug, L., van Dam, P., & Li, B. Title. Journal, 2023.``: every surname first, and no date behind the names."""
    one = r"[*†‡#]*(?:(?:van|von|de|der|den|la|le|di|da)\s+)*[^\W\d_a-z][\w'’-]+(?:[ -][^\W\d_a-z][\w'’-]+)?, (?:[^\W\d_a-z]\.[ -]?){1,3}"
    head = re.match(
        rf"^(?P<names>{one}(?:(?:(?<=\s)|,\s*|\s*)(?:(?:and|&|und|et|y)\s+)?{one})+)(?P<cut>,?\s*et al\.?)?[,.:]?\s*(?P<rest>[^\W\d_a-z][^.,\s]*[^.].+)$",
        flat,
    )
    authors = surname_first(head["names"].strip(" ,"))[0] if head else ()
    if head is None or len(authors) < 2:
        return None
    title, rest = title_and_rest(head["rest"])
    return with_imprint(authors, head["cut"] is None, title, rest, flat) if rest else None


def _parse_cjk(flat: str) -> Citation | None:
    """``甲乙，丙丁：题名，《刊名》，2013年第4期`` (after GB/T 7714's notes)."""
    head = re.match(
        rf"^(?P<names>[\u4e00-\u9fff·*]{{2,6}}(?:[，、,;；]\s*[\u4e00-\u9fff·*]{{2,6}})*)[：:.]\s*(?P<title>[^《》]{{4,}}?)[，,。.]\s*《(?P<venue>[^《》]+)》"
        rf"(?P<rest>.*?(?P<year>{YEAR}).*)$",
        flat,
    )
    if head is None:
        return None
    authors = tuple(map(read_author, re.split(r"[，、,;；]\s*", head["names"])))
    date = PartialDate(int(head["year"]))
    return Citation(authors, True, head["title"], head["venue"], None, date, (), is_preprint(head["rest"]), {})


def _parse_colon(flat: str, bylines: Collection[str] = ()) -> Citation | None:
    """``Müller, K.; Schmidt, L.: Titel. Untertitel, in: Zeitschrift 12 (2015), S. 3`` (DIN ISO 690); a title may hold full stops."""
    head = re.match(
        r"^(?P<names>[^:.]{2,40}, [^:,]{2,40}|[^:]{3,400}?(?:[;/]|, [^\W\d_]\.)[^:]*?):\s+(?P<rest>.+)$", flat
    )
    if head is None:
        return None
    edited = re.search(r"\s*\((?:Hrsg|Hg|eds?|[ée]ds?|dir|coord|org)s?\.?\)", head["names"])
    people = head["names"].replace(edited[0], "") if edited else head["names"]
    cut_off = re.search(r"\s+(?:u\.\s?a\.|et al\.?)\s*$", people)
    people = people[: cut_off.start()] if cut_off else people
    names = name_list(people.replace("/", ";") + ";")
    if names is None or not re.search(rf"\b{YEAR}\b", head["rest"]):
        return None
    inside = re.search(r"[,.]?\s+in:\s+", head["rest"], re.IGNORECASE)
    place = re.search(rf",\s+(?=[^,]*\b{YEAR}\b(?:[^,]*|[^()]*\([^()]*\)[^,]*)\.?$)", head["rest"])
    # "Terhorst, Amalie: Briefe": the writer of what is edited stands before its title.
    place = None if place and " " not in head["rest"][: place.start()] else place
    cut = inside or place
    lone = re.fullmatch(r"[^;/]+, (?P<given>[^;/]+)", people.strip())
    if lone and not (
        inside
        or people.strip() in bylines
        or INITIALS.fullmatch(lone["given"])
        or (place and re.fullmatch(r"(?:[^\W\d_a-z][^\W\d_A-Z]+[\s-]?)+", lone["given"]))
    ):
        return None
    title, rest = (head["rest"][: cut.start()], head["rest"][cut.end() :]) if cut else title_and_rest(head["rest"])
    if not cut or (inside is None and re.search(r"\.\s", title) and re.search(rf"\d+\s*\(\s*{YEAR}|S\.\s*\d", rest)):
        title, rest = title_and_rest(head["rest"])
    found = with_imprint(names[0], names[1] and cut_off is None, title, rest, rest)
    years = re.findall(rf"\b{YEAR}\b", re.sub(r"\([^()\d]*[^\W\d_]{3}[^()]*\)", "", rest))
    if found is None or not years:
        return found
    venue = None if inside is None and place is not None and title != title_and_rest(head["rest"])[0] else found.venue
    notes = (*found.notes, edited[0].strip(" ()")) if edited else found.notes
    tag = found.venue_tag if inside else None
    return replace(found, date=PartialDate(int(years[0])), venue=venue, venue_tag=tag, notes=notes)


def _parse_lines(text: str, bylines: Collection[str]) -> Citation | None:
    """Title, authors and venue, each on lines of its own; a year in a column before the title is the entry's."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines[:3]):
        people, remark = without_remark(line)
        names = name_list(people)
        lone = names is not None and len(names[0]) < 2 and not re.match(r"(?i)with\s", line)
        if names is None or (lone and people not in bylines):
            continue
        before, after = lines[:number], " ".join(x for x in lines[number + 1 :] if not is_label_line(x))
        column = re.match(rf"({YEAR})\b(?:\s|$)", before[0]) if before else None
        year = column or re.search(rf"\b({YEAR})\b", after) or re.search(rf"\b({YEAR})\b", " ".join(before))
        bare = [re.sub(rf"^{YEAR}[\s.:]+", "", _LABELS_BEHIND.sub("", b)).strip(' "“”.') for b in before]
        titles = [b for b in bare if not re.fullmatch(rf"\W*(?:{YEAR})?\W*|\d+", b)]
        if titles and (year or number):
            found = with_imprint(*names, titles[-1], after, after)
            date = PartialDate(int(year[1])) if year else None
            state = found is not None and (found.is_preprint or is_preprint(remark))
            notes = (remark,) if remark else ()
            return replace(found, date=date, notes=(*found.notes, *notes), is_preprint=state) if found else None
    return None


def _one_inverted(names: str) -> str:
    """``Byron, Ada, and Bo Li`` (Chicago turns only the first name round) as a list of names in one order."""
    match = re.match(r"^([^\W\d_][\w'’-]+), ([^\W\d_][\w'’.-]+(?: [^\W\d_]\.?)?)(,? (?:and|&) |, |$)(.*)$", names)
    if match and not INITIALS.fullmatch(match[2]):
        given = f"{match[2]}." if re.search(r"\s[^\W\d_a-z]$", match[2]) else match[2]
        return f"{given} {match[1]}{match[3]}{match[4]}"
    return names


def _parse_listed(flat: str) -> Citation | None:
    open_list = _OPEN_LIST.match(flat)
    names = name_list(open_list["names"]) if open_list else None
    if open_list and names:
        title, rest = title_and_rest(open_list["rest"])
        return with_imprint(names[0], False, title.strip(' ,"“”'), rest, flat)
    first, rest = first_sentence(flat)
    split = _BETWEEN.split(first)
    tokens, joints = split[::2], ["", *split[1::2]]
    authors: list[Author] = []
    complete = True
    for number, token in enumerate(tokens):
        if ET_AL.fullmatch(token):
            complete = False
        elif is_name(token) and (number == 0 or len(token.split()) <= 5):
            authors.append(read_author(token))
        else:
            break
    if not authors:
        return None
    read = len(authors) + (not complete)
    if read == len(tokens) and rest and not re.match(r"In\b|\(", rest):
        title, rest = title_and_rest(rest)
    elif read == len(tokens) and not complete:
        return None
    else:
        read -= read == len(tokens)
        while read > 0 and not re.search("[,;]", joints[read]):
            read -= 1
        authors = authors[: read - (not complete)]
        title = "".join(t for pair in zip(joints[read:], tokens[read:], strict=True) for t in pair)
    if not authors or (len(authors) == 1 and not rest):
        return None
    return with_imprint(tuple(authors), complete, title.strip(' ,"“”'), rest, flat)
