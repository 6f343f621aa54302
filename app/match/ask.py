"""A requirement as it is looked up: what kind it is, in which words, and how much it asks."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.language.gloss import gloss
from app.match.amount import AMOUNT
from app.match.domain import Importance, Requirement
from app.match.words import foreign_in, has, numbers_in, people_in, tongues_in, years_in
from ingest.sentences import is_cjk

_BOTH_GENDERS = re.compile(r"\b(\w{3,})innen und (\1\w*)", re.IGNORECASE)
"""German names both: "Ingenieurinnen und Ingenieure"."""
_BUILDING = re.compile(r"\b(?!(?:auf|ab|aus|um|an|ein|neu|rück)bau)(\w{4,})(bau)\b", re.IGNORECASE)
"""The building of what stands before it: "Brückenbau", "Tunnelbau"; the glossary takes so short a part for none."""


def to_english(text: str, language: str) -> str:
    """``text`` in English words, as far as the dictionaries go."""
    if language == "en":
        return text
    if language == "de":
        text = _BUILDING.sub(r"\1 \2", _BOTH_GENDERS.sub(r"\2", text))
    parts, at = [], 0
    for start, end, english in foreign_in(text, language):
        parts += [gloss(text[at:start], language).text, english]
        at = end
    return " ".join(part for part in (*parts, gloss(text[at:], language).text) if part.strip())


class Kind(StrEnum):
    """What answers a requirement."""

    CONDITION = "condition"
    YEARS = "years"
    DEGREE = "degree"
    LANGUAGE = "language"
    REVIEW = "review"
    EDITORIAL = "editorial"
    PATENT = "patent"
    GRANT = "grant"
    AWARD = "award"
    PUBLICATION = "publication"
    SUPERVISION = "supervision"
    TEACHING = "teaching"
    ORGANISING = "organising"
    OUTREACH = "outreach"
    TALK = "talk"
    SOFT = "soft"
    TOPIC = "topic"


_BY_WORD = (Kind.CONDITION, Kind.REVIEW, Kind.EDITORIAL, Kind.PATENT, Kind.GRANT, Kind.PUBLICATION, Kind.AWARD, Kind.SUPERVISION, Kind.TEACHING,
            Kind.ORGANISING, Kind.OUTREACH, Kind.TALK)  # fmt: skip
_OF_STUDENTS = re.compile(
    r"(?:bachelor\S*|master\S*|ph\.?d|doctoral|(?:under)?graduate)(?:\s*(?:and|or|/|,)\s*\S+)?[\s-]+(?:levels?|students?|candidates?|"
    r"thes[ei]s|courses?|programm?e?s?|projects?)|"
    r"(?:Bachelor|Master|Diplom|Doktor)(?:arbeit|student|and|studierende)\w*|doctorants?|thèses de|研究生指导|指导研究生",
    re.IGNORECASE,
)

_NUMBERED = re.compile(
    r"\b(?!(?:Over|About|More|Than|Least|Minimum|At|Mindestens|Über)\b)[A-Z][A-Za-z]*[- ]?\d+(?:\.\d+)*"
)
"""A name with its number: "ROS 2", "WMT-21"."""
_LEADING = re.compile(
    r"\b(?:lead(?:ing|s)?|led|head(?:ed|ing)|direct(?:ed|ing)|manag(?:ed|ing)|founded|founding|leadership) (?:of )?(?:an? |"
    r"the )?(?:[\w-]+ ){0,2}(?:projects?|teams?|groups?|labs?|laborator\w+|people|engineers?|researchers?|departments?|institutes?|"
    r"initiatives?|stud(?:y|ies)|programm?e?s?|communit\w+)\b",
    re.IGNORECASE,
)


_NO_PAPER = re.compile(r"\b(?:data ?sets?|data\b|software|code|packages?|corpora|models?|apps?)\b", re.IGNORECASE)
"""What is published and is no paper."""
_PAPER = re.compile(
    r"papers?\b|publications?\b|articles?\b|author|journal|peer|preprint|论文|publika|revue", re.IGNORECASE
)


@dataclass(frozen=True)
class Ask:
    """A requirement in its own language and in English."""

    requirement: Requirement
    language: str

    @property
    def text(self) -> str:
        """As it is written."""
        return self.requirement.text

    @cached_property
    def english(self) -> str:
        """In English words, as far as the dictionary goes."""
        return to_english(self.text, self.language)

    @property
    def texts(self) -> tuple[tuple[str, bool], ...]:
        """What is looked up: the words as they are and, of another language, the English ones; with whether capitals mark names."""
        return ((self.text, True),) if self.language == "en" else ((self.text, False), (self.english, False))

    @cached_property
    def kind(self) -> Kind:
        """What answers it; its own words decide, then the English ones."""
        found = _kind(self.text, self.language)
        return found if found is not Kind.TOPIC or self.language == "en" else _kind(self.english, "en")

    @property
    def asks_little(self) -> bool:
        """Whether a beginning is enough."""
        return has("asks_little", self.text)

    @property
    def is_interest(self) -> bool:
        """Whether an interest, or a work that is still to be done, is asked about."""
        return has("interest", self.text) or self.requirement.importance is Importance.DUTY

    @property
    def asks_leading(self) -> bool:
        """Whether somebody is asked for who led it: a project, a team, a lab."""
        if self.requirement.importance is Importance.DUTY:
            return False
        return _LEADING.search(self.english) is not None

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """How many people, users, events are asked for, where numbers are named."""
        if "%" in self.text or has("degree", self.text):
            return ()
        found = (
            *numbers_in(_NUMBERED.sub(" ", AMOUNT.sub(" ", self.text))),
            *(people_in(self.text) if is_cjk(self.text) else ()),
        )
        return tuple(dict.fromkeys(n for n in found if n > 1))


def _kind(text: str, language: str) -> Kind:
    if has("condition", text):
        return Kind.CONDITION
    if years_in(text):
        return Kind.YEARS
    early = next((k for k in _BY_WORD[1:] if has(k.value, text)), None)
    if early is Kind.PUBLICATION and _NO_PAPER.search(text) and not _PAPER.search(text):
        return Kind.TOPIC
    if (
        early is not Kind.PUBLICATION
        and early in {Kind.SUPERVISION, Kind.TEACHING, Kind.REVIEW}
        and _OF_STUDENTS.search(text)
    ):
        return early
    if has("degree", _OF_STUDENTS.sub(" ", text)) and not (early is Kind.PUBLICATION and not has("degree", text[:40])):
        return Kind.DEGREE
    if tongues_in(text) and (has("language_skill", text) or (len(text.split()) == 1 and not is_cjk(text))):
        return Kind.LANGUAGE
    if early:
        return early
    if AMOUNT.search(text) and has("project_money", text):
        return Kind.GRANT
    return Kind.SOFT if has("soft", text) else Kind.TOPIC
