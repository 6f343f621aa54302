"""Mappings of any export as publications: titles, authors, venues and dates under whatever keys they have."""

import re
from typing import Literal

from ingest.authors import ET_AL, MARKS, name_list
from ingest.dates import parse_date
from ingest.domain import PartialDate
from ingest.readers.structured.keys import find, get, is_url, leaves, named, one_line
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import shown
from ingest.readers.structured.when import cleaned
from ingest.readers.structured.works.work import Work
from ingest.states import is_preprint

Form = Literal["book", "chapter", "thesis"]

_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("thesis", re.compile(r"thes[ie]s|dissertation|^thes$")),
    ("chapter", re.compile(r"chapter|incollection|inbook|^chap$|booksection")),
    ("book", re.compile(r"^(?:edited|authored)?\W*books?\b|monograph|^edbook|editedbook")),
)
_PREPRINT = re.compile(r"preprint|posted|eprint|unpublished|working|manuscript|informal")
_OTHER_KIND = re.compile(
    r"data-?set|software|patent|proposal|catalog|presentation|lecture|poster|talk|standard|web-?site|blog"
)
_NAMES_LENGTH = 400
"""How far into a summary the authors may reach, in characters."""
_STATE = re.compile(
    r"(?:currently )?(?:under (?:review|revision)|in (?:preparation|review|submission)|submitted|manuscript)\b(?![^,.(]* (?:to|at|in|for)\b)",
    re.IGNORECASE,
)
"""A state that stands where a venue would."""


def is_work(row: Row) -> bool:
    """Whether ``row`` can only be a publication: a title, authors, and a venue, a date or an identifier."""
    has_more = any(_find(row, kind) for kind in ("venue", "date", "year", "identifier"))
    return bool(_find(row, "title")) and bool(_find(row, "authors")) and has_more


def work_of(row: Row) -> Work | None:
    """The publication that ``row`` states, or ``None`` where it has no title."""
    title = unbraced(one_line(_find(row, "title")))
    if not title:
        return None
    authors, complete = names_of(_find(row, "authors"))
    kind = re.sub(r"^https?://\S*/", "", get(row, *named("work", "kind"))).lower()
    venue = unbraced(one_line(_find(row, "venue")))
    state = _STATE.match(venue)
    form = next((form for form, pattern in _FORMS if pattern.search(kind)), None)
    notes = [shown(n) for n in leaves(_find(row, "notes")) if not is_url(n)]
    other = _OTHER_KIND.search(kind)
    abstract = one_line(_find(row, "abstract"))
    if not authors:
        authors, complete, abstract = _names_before(abstract)
    date = _date(row)
    ending = re.search(r"[,\s(]+((?:19|20)\d{2})\)?$", venue) if date is None else None
    if ending:
        venue, date = venue[: ending.start()], PartialDate(int(ending[1]))
    if state:
        # Where other works say where they appeared, this one says that it has not.
        notes, venue, kind = [*notes, state[0]], venue[state.end() :].strip(" .,()"), f"{kind} unpublished"
        date, venue = (date or parse_date(venue), "") if re.fullmatch(r"(?:19|20)\d{2}", venue) else (date, venue)
    return Work(
        title=title.rstrip(".") or title,
        authors=authors,
        authors_complete=complete,
        venue=venue.rstrip(" .,") or None,
        detail=_detail(row) or None,
        date=date,
        status=_status(kind, venue, form),
        form=form,
        other_kind=other[0] if other else None,
        notes=tuple(filter(None, notes)),
        links=tuple(_links(row)),
        abstract=re.sub(r"^abstract[\s:.]+", "", abstract, flags=re.IGNORECASE) or None,
        keywords=tuple(k for leaf in leaves(_find(row, "keywords")) for k in _split(leaf) if k),
    )


def _names_before(text: str) -> tuple[tuple[str, ...], bool, str]:
    """The authors with which a summary begins, whether they are all, and the rest: JSON Resume has no field for them."""
    for end in reversed([m.start() for m in re.finditer(r"[.:](?:\s+|$)", text[:_NAMES_LENGTH])]):
        found = name_list(text[:end])
        if found is not None and len(found[0]) > 1:
            return tuple(f"{a.name}{a.marks}" for a in found[0]), found[1], text[end + 1 :].strip()
    return (), True, text


def _find(row: Row, kind: str) -> Value:
    return find(row, *named("work", kind))


def _status(kind: str, venue: str, form: Form | None) -> Literal["preprint", "published"] | None:
    if _PREPRINT.search(kind) or is_preprint(venue):
        return "preprint"
    return "published" if venue and form != "thesis" and "report" not in kind else None


def names_of(value: Value) -> tuple[tuple[str, ...], bool]:
    """Names as they are printed, the given name first, and whether the list is whole."""
    found: list[str] = []
    complete = True
    members = value if isinstance(value, list) else _listed(value) if isinstance(value, str) else [value]
    for member in members:
        name = _name(member)
        if ET_AL.fullmatch(name) or name in {"...", "…"}:
            complete = False
        elif name:
            found.append(name)
    return tuple(found), complete


def unbraced(text: str) -> str:
    """``text`` without the braces that protect its capitals in BibTeX."""
    while re.search(r"\{[^{}]*\}", text):
        text = re.sub(r"\{([^{}]*)\}", r"\1", text)
    return text


def turned(name: str) -> str:
    """``Okonjo, Mira`` with the given name first; a name without exactly one comma stays."""
    family, comma, given = name.partition(",")
    is_suffix = re.fullmatch(r"\s*(?:Jr|Sr|II|III|IV|PhD|MD)\.?\s*", given)
    return (
        f"{given.strip()} {family.strip()}" if comma and given.strip() and "," not in given and not is_suffix else name
    )


def _name(value: Value) -> str:
    if isinstance(value, dict):
        family = get(value, "family", "familyname", "lastname", "last", "surname")
        given = get(value, "given", "givenname", "givennames", "firstname", "first")
        particle = get(value, "nondroppingparticle", "droppingparticle")
        inner = find(value, "author", "creditname")
        whole = get(value, "name", "displayname", "literal", "text", "value", "rawauthorname", "content")
        name = " ".join(filter(None, [given, particle, family])) if family else whole or _name(inner)
    else:
        name = one_line(value)
    name = re.sub(rf"\^(?=[{re.escape(MARKS)}])", "", unbraced(shown(name)))
    return turned(re.sub(r"\s+\d{4}$", "", name))


def _listed(text: str) -> list[Value]:
    """The names of one text: by "and", semicolons or commas."""
    bare = unbraced(shown(text)).strip(" ;,")
    if ";" in bare:
        return [n.strip() for n in bare.split(";") if n.strip()]
    if re.search(r"\sand\s", bare) and "," in bare.split(" and ")[0] and len(bare.split(" and ")[0].split(",")) == 2:
        return [n.strip() for n in re.split(r"\s+and\s+", bare)]
    found = name_list(bare)
    if found is not None:
        names, complete = found
        return [*(n.name + n.marks for n in names), *([] if complete else ["et al."])]
    return [n.strip() for n in re.split(r",\s+(?:and\s+|&\s+)?|\s+(?:and|&)\s+", bare) if n.strip()]


def _date(row: Row) -> PartialDate | None:
    value = _find(row, "date")
    if isinstance(value, dict):
        value = find(value, "dateparts") or value
    if isinstance(value, list | dict):
        numbers = [leaf for leaf in leaves(value) if leaf.isdigit()]
        return parse_date("-".join(numbers[:3])) if numbers else None
    year = one_line(_find(row, "year"))
    stated = parse_date(cleaned(value)) if value else None
    if stated is None or stated.year is None:
        month, day = get(row, "month"), get(row, "day")
        stated = parse_date(
            f"{year}-{int(month):02d}" if month.isdigit() and int(month) else f"{day} {month} {year}"
        ) or parse_date(year)
    return stated if stated and stated.year is not None else None


def _detail(row: Row) -> str:
    volume, number = (unbraced(shown(get(row, *keys))) for keys in (("volume",), ("number", "issue")))
    pages = unbraced(shown(get(row, "pages", "page"))).replace("--", "–")
    first = f"{volume}({number})" if volume and number else volume or (f"({number})" if number else "")
    return ", ".join(filter(None, [first, pages]))


def _links(row: Row) -> list[str]:
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", one_line(find(row, "doi")), flags=re.IGNORECASE)
    arxiv = re.sub(
        r"^(?:https?://arxiv\.org/abs/|arxiv:\s*)",
        "",
        one_line(find(row, "arxiv", "arxivid", "eprint")),
        flags=re.IGNORECASE,
    )
    is_arxiv = re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}", arxiv)
    urls = [u.strip() for u in leaves(_find(row, "link")) if is_url(u)]
    links = [f"doi:{doi}" if doi else "", f"arXiv:{arxiv}" if is_arxiv else "", *urls]
    known = [part for part in (doi, arxiv) if part]
    return [u for u in dict.fromkeys(links) if u and not (is_url(u) and any(k in u for k in known))]


def _split(text: str) -> list[str]:
    return [shown(k) for k in re.split(r"\s*[;,]\s*", text)]
