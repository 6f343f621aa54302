"""Where the person is on the web, as the documents' contact data say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.domain import Contact, Section
from ingest.private import MASK
from ingest.reading import Reading

_MOST = 12
_HEAD_LINES = 12
_HEAD_SECTIONS = {Section.OTHER, Section.CONTACT, Section.SUMMARY}
_EMAIL = re.compile(r"\S+@\S+")
_OBFUSCATED = re.compile(
    r"\s[\[({<]?\s?(?:at|arobase|arroba|chiocciola)\s?[\])}>]?\s|[\[({<]\s?@\s?[\])}>]", re.IGNORECASE
)
_BARE = re.compile(
    r"(?<![\w@./:-])(?:https?://)?(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,24}(?:/[\w~%+.@=?&#-]+)*/?(?![\w@])"
)
_FILE = re.compile(r"\.(?:pdf|tex|md|html?|docx?|txt|bib|js|py|png|jpe?g)$")
_PHONE = re.compile(
    r"^(?:tel|sms|callto|whatsapp|skype):|//(?:wa\.me|api\.whatsapp\.com|t\.me/\+)|\+?\d[\d-]{8,}/?$", re.IGNORECASE
)
_IDENTIFIER = re.compile(
    r"//(?:[\w-]+\.)*(?:orcid\.org|scopus\.com|researcherid\.com|isni\.org|viaf\.org|dblp\.org)/", re.IGNORECASE
)
"""Registries of people, whose long numbers are no phone's."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the document that prints it."""

    value: str
    where: str


def find_links(readings: Sequence[Reading]) -> tuple[Found, ...]:
    """The person's addresses on the web, each once, those that a format states first; nothing that holds a phone number."""
    found: dict[str, Found] = {}
    for link, document in (*_stated(readings), *_at_heads(readings)):
        whole = link if re.match(r"https?://", link) else f"https://{link}"
        if MASK not in whole and re.fullmatch(r"https?://[^\s<>\"'\\]{3,300}", whole) and not _is_phone(whole):
            key = re.sub(r"^https?://(?:www\.)?|/$", "", whole).lower()
            found.setdefault(key, Found(whole, document))
    return tuple(found.values())[:_MOST]


def _stated(readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    for reading in readings:
        for fact in reading.facts:
            if isinstance(fact, Contact) and fact.channel == "link":
                yield fact.value, reading.document.id


def _at_heads(readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    """Addresses without ``https://`` in the contact lines at the head of a CV."""
    for document in (r.document for r in readings):
        if any(f.kind == "contact" for f in document.facts):
            continue
        head = takewhile(lambda b: b.section in _HEAD_SECTIONS, document.blocks)
        lines = [line for block in head for line in document.quote(block.span).split("\n")]
        for line in lines[:_HEAD_LINES]:
            found = [b for b in _BARE.findall(_EMAIL.sub(" ", line)) if not _FILE.search(b)]
            columns = [column.strip() for column in re.split(r"\t|\s[|•·–-]\s", line)]
            if not _OBFUSCATED.search(line):
                is_contact = _EMAIL.search(line) is not None or len(found) > 1
                yield from ((b, document.id) for b in found if is_contact or b in columns)


def _is_phone(link: str) -> bool:
    return _PHONE.search(link) is not None and not _IDENTIFIER.search(link)
