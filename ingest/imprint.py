"""What stands behind a title: venue, tag, year and notes; and the citation that they make together."""

import re
from dataclasses import dataclass

from ingest.authors import MARKS, Author
from ingest.dates import MONTH
from ingest.domain import PartialDate
from ingest.results import as_note, is_result
from ingest.states import COMING, STATE, is_preprint

YEAR = r"(?:19|20)\d{2}"
_END = re.compile(rf"(?<=[\w)\]'’\"”%+{MARKS}][.?!])[\"”]?\s+|(?<=[。？！])")


_BEFORE_INITIAL = re.compile(r"(?:^|[\s.\-])[^\W\d_a-z]\.$|\b(?:et al|Jr|Sr|Dr|Prof|vs|No|Vol|pp|St)\.$")


_TAIL = re.compile(r"\(([^()]*)\)\s*\.?\s*$")


_TAG = re.compile(rf"^(?P<tag>[A-Za-z][\w@&+/. ]{{0,30}}?)[-–\s]+(?P<year>{YEAR})\b\s*(?P<note>.*)$")


_MEANING = (
    r"(?:joint |shared )?equal(?:ly)?[\s-]+contribut\w*|contributed equally|co-first author\w*|joint first author\w*|corresponding author\w*"
    r"|gleichberechtigt\w*|korrespondenz\w*|korrespondierend\w*|contribution égale|auteur\w* correspondant\w*"
    r"|autor\w* (?:de )?correspond\w*|通讯作者|共同第一作者|同等贡献"
)
_LEGEND = re.compile(
    rf"(?P<mark>[{MARKS}])[”\"’)]?\s*(?:=|:|–|-|denotes|indicates|means|marks|bezeichnet|kennzeichnet|indique|indica|为|表示|は)?\s*"
    rf"(?:the |die |l['’]|el |als )?(?P<meaning>{_MEANING})",
    re.IGNORECASE,
)


_VENUE = re.compile(
    r"(?:(?:The|La|Le|Die) )?(?:[^\W\d_a-z][\w&'’-]+ ){0,3}"
    r"(?:Journal|Zeitschrift|Archiv|Annalen|Annals|Revista|Revue|Rivista|Proceedings|Proc|Transactions|Conference|Workshop|Symposium|arXiv|bioRxiv)\b"
    r"|(?:[^\W\d_a-z][\w’-]* |of |and |in |& ){1,6}(?:Reviews?|Letters|Quarterly|Bulletin|Magazine)$"
)
"""A venue that says what it is."""
_PUBLISHER = re.compile(
    rf"(?:(?:Verlag|Éditions?|Ediciones|Edizioni|Editora|Casa Editrice|Presses)\s+[^.]{{2,60}}?"
    r"|[^.]{2,60}?\s(?:Press|Verlag|Publishers|Publishing|Books|Edizioni|Editore|Ediciones|Éditions))"
    rf"(?:,\s+[^\W\d_][^\d,.]+)?,?\s+{YEAR}|[\u4e00-\u9fff]{{2,12}}出版社[，,]\s*{YEAR}年?"
)
"""What stands behind the title of a book: "Port Press, 2012"; before it stands a title, though it may look like a name."""
_NAMED = re.compile(r"(?:[^\W\d_a-z]\.?\s)?[^\W\d_]{2,}")
"""How a venue begins: "Ports", "J Ports"."""
_UNNAMED = re.compile(r"(?:An?|Eine?|Une?|Una) [a-zà-ÿ]{2,}")
"""How a sentence begins that names no venue."""
_ACRONYM = re.compile(r"\((?=[^()]*[A-Z][^()]*[A-Z])(?P<tag>[A-Z0-9][\w@&+/-]{1,11}?)(?:[ ’'-]?(?:19|20)?\d{2})?\)$")
_PUBLISHERS = frozenset({"ACM", "CUP", "IEEE", "IET", "MIT", "OUP", "UK", "USA"})
_SEASON = "Spring|Summer|Fall|Autumn|Winter"
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{8,}?)[.,]?[\"”](?:\s*[.,;]\s*|\s+(?=[(:–—])|$)(?P<rest>.*)$", re.DOTALL)
"""A title in quotation marks, which hold all of it: it may be several sentences."""
_PAGES = re.compile(r"^(?:\d{1,4}\s?(?:S|pp?|pages|Seiten|páginas|pagine|págs?|pagg?)\b\.?)?[\s–—-]*")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|(?<=(?:19|20)\d{2}),(?=(?:19|20)\d{2})")
"""A comma that sets two remarks apart, and none inside of a number: "error rate 5,8 %, with figures 12,4 %"."""


_LINK_LABELS = frozenset(
    re.split(
        r"\s+",
        "homepage code pdf link links website project page slides video poster bibtex bib arxiv github gitlab data doi html abstract talk osf ssrn "
        "demo cite repository appendix materials supplement preprint paper dataset blog media press cran pypi docs",
    )
)


def is_label_line(text: str) -> bool:
    """Whether ``text`` is nothing but the labels of links: "PDF | Replication files"."""
    words = re.findall(r"[^\W_]+", text.lower())
    known = _LINK_LABELS | {
        "replication",
        "files",
        "file",
        "online",
        "the",
        "of",
        "and",
        "supplementary",
        "material",
        "download",
    }
    return (
        len(words) <= 12
        and any(w in _LINK_LABELS or w in {"replication", "online"} for w in words)
        and set(words) <= known
    )


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of a publication list, every value as printed with white space folded."""

    authors: tuple[Author, ...]
    complete: bool
    title: str
    venue: str | None
    venue_tag: str | None
    date: PartialDate | None
    notes: tuple[str, ...]
    is_preprint: bool
    legend: dict[str, str]
    """What the entry itself says its marks mean."""


def legend_in(text: str) -> dict[str, str]:
    """The marks that ``text`` explains: ``{"*": "equal contribution"}``."""
    return {m["mark"]: m["meaning"].lower() for m in _LEGEND.finditer(text)}


def with_imprint(authors: tuple[Author, ...], complete: bool, title: str, rest: str, flat: str) -> Citation | None:
    tail = _TAIL.search(flat)
    venue_text = (
        rest[: -len(tail[0])] if tail and rest.endswith(tail[0]) else "" if tail and tail[0].strip() == rest else rest
    )
    if tail and title.endswith(tail[0].strip()):
        title = title[: -len(tail[0].strip())].strip(" .,")
    tag, year, notes = _tags(tail[1] if tail else "")
    venue_text, told = without_result(venue_text)
    state = STATE.match(venue_text)
    venue_text, remark = _without_remark(venue_text)
    venue = None if state else _venue(venue_text)
    notes = (*notes, re.sub(rf",\s*{YEAR}$", "", state[0].strip(" .,"))) if state else notes
    coming = COMING.match(venue_text)
    notes += tuple(n for n in (remark, coming[0] if coming else None, *as_note(told)) if n)
    notes = tuple(n for n in notes if n != venue)
    if year is None:
        years = (
            _years(venue_text if told else _without_told(rest, tail))
            or _years(rest)
            or re.findall(rf"\b{YEAR}\b", tail[1] if tail else "")
        )
        year = int(years[-1]) if years else None
    unpublished = state is not None or is_preprint(tag or "") or (tag is None and is_preprint(rest))
    date = PartialDate(year) if year else None
    if (
        (re.match(r"(?:In|in):?\s", title) and len(authors) == 0)
        or not re.match(r"[^\W_]|[\"“‘'(\[¿¡]", title)
        or not re.search(r"[^\W\d_]{2}", title)
        or re.match(r"10\.\d{4,}/", title)
        or (len(authors) == 1 and _PUBLISHER.fullmatch(title.rstrip(".")))
    ):
        return None
    if tag is None and venue and re.fullmatch(r"(?=(?:.*[A-Z]){2})[A-Z][\w@&+-]{1,9}", venue):
        tag = venue
    tag = tag or acronym_of(venue)
    return Citation(
        authors,
        complete,
        title.rstrip("."),
        venue,
        None if unpublished else tag,
        date,
        notes,
        unpublished,
        legend_in(flat),
    )


def _without_told(rest: str, tail: re.Match[str] | None) -> str:
    """What follows a title without the bracket at its end that tells of results: "14 (2021), S. 7. (1905 still 4,1 %)"."""
    return rest.replace(tail[0].strip(), "") if tail and is_result(tail[1]) else rest


def _years(text: str) -> list[str]:
    return re.findall(rf"(?<![\d-]){YEAR}(?![\d-])", text)


def without_result(text: str) -> tuple[str, str]:
    """What follows a title without the sentence that tells what was found, and that: "Port Letters 2023. — Noise fell by 31 %."."""
    bare = text.strip().lstrip(" :;,–—")
    first, behind = first_sentence(bare)
    if is_result(first):
        return "", first
    second = first_sentence(_PAGES.sub("", behind))[0]
    return (first, second) if behind and is_result(second) else (bare, "")


def acronym_of(venue: str | None) -> str | None:
    """The short name in brackets behind a venue's: "Conference on Quiet Seas (CQS)"; a publisher's is none."""
    match = _ACRONYM.search(venue or "")
    return match["tag"] if match and match["tag"] not in _PUBLISHERS else None


def _without_remark(text: str) -> tuple[str, str | None]:
    """What follows a title up to the sentence that its year ends, and what is remarked in a few words behind that: "WAVES 2024. Best Paper"."""
    match = re.match(rf"(?P<venue>(?=\D)[^.]{{2,80}}?\b{YEAR})\.\s+(?P<remark>[^\W\d_].+)$", text)
    if match is None:
        return text, None
    remark = first_sentence(match["remark"])[0].strip(" .")
    is_short = len(remark.split()) <= 4 and not is_label_line(remark) and ":" not in remark and not is_preprint(remark)
    return match["venue"], remark if is_short else None


def _venue(text: str) -> str | None:
    """The venue's name out of what follows a title, without volume, pages, year and link labels."""
    bare = re.sub(rf"^\[[^\]]*\][.,]?\s*|^\(?{YEAR}\)?[.,:]\s+(?=\S)", "", text.strip())
    bare = re.sub(
        r"^(?:In|Published in|To appear in|Appears in|Accepted (?:at|by|for|in|to)|Forthcoming in):?\s+|^(?:En|Em|Dans|Nel):\s+",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.split(
        rf"\.\s+(?=\(?{YEAR}|\d|doi|https?:|pp?\.)|,\s*(?=vol\b|no\b|pp?\.|S\.\s?\d|H\.\s?\d|Bd\.|\d)|;\s*\d|\s+\d+\s*\(\d|\s+(?=https?:|doi:|DOI)",
        bare,
    )[0]
    bare = re.sub(rf"[\s,.]*\(?{YEAR}\)?\.?\s*$", "", bare).strip(" .,;:")
    bare = re.sub(rf"[.,]\s+(?:{MONTH}|{_SEASON})$", "", bare, flags=re.IGNORECASE)
    return (
        re.sub(
            r"(?<![Pp]aper)(?<![Rr]eport)(?<![Nn]o\.)(?<![Bb]rief)(?<![Nn]ote)(?<=[^\W\d_]{2})\.?,?\s+\d{1,4}(?:\s*[:(].*)?$",
            "",
            bare,
        )
        or None
    )


def _tags(inside: str) -> tuple[str | None, int | None, tuple[str, ...]]:
    """The tag, year and notes of a closing parenthesis: ``ICLR-2023 Oral, * = equal contribution``."""
    tag: str | None = None
    year: int | None = None
    notes: list[str] = []
    for part in (p.strip() for p in _COMMA.split(inside)):
        match = _TAG.match(part)
        if match and tag is None and not re.fullmatch(MONTH, match["tag"].strip(" ."), re.IGNORECASE):
            tag, year = match["tag"].strip(), int(match["year"])
            notes += [match["note"]] if match["note"] else []
        elif re.fullmatch(YEAR, part):
            year = year or int(part)
        elif part and not part.isdigit() and not _LEGEND.search(part) and not is_label_line(part):
            notes.append(part)
    return tag, year, tuple(notes)


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence of a citation without its full stop, and what follows; a full stop behind an initial does not end it."""
    for match in _END.finditer(text):
        before = text[: match.start()].rstrip('"”')
        tail = before[-10:]  # Longer than what is looked for; the whole of a long list of names would take minutes.
        if not (tail.endswith(".") and _BEFORE_INITIAL.search(tail)):
            return before.rstrip("."), text[match.end() :]
    return text.rstrip("."), ""


def title_and_rest(text: str) -> tuple[str, str]:
    """The title that ``text`` begins with and what follows: "Drained or not? Time series over bogs. Journal 9" has a title of two sentences."""
    quoted = _QUOTED.match(text)
    if quoted:
        return quoted["title"], quoted["rest"]
    title, rest = first_sentence(text)
    if title.endswith(("?", "!")):
        more, left = first_sentence(rest)
        if more and not re.search(rf"\b{YEAR}\b|^In\b", more) and not _VENUE.match(more) and _goes_on(more, left):
            return f"{title} {more}", left
    return title, rest


def _goes_on(more: str, left: str) -> bool:
    """Whether the sentence behind a title's question is a part of it: it is no venue, or the venue, or the work's state, follows."""
    is_named = _NAMED.match(left) is not None and len(more.split()) > 2
    return is_named or STATE.match(left) is not None or _UNNAMED.match(more) is not None
