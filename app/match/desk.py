"""``match(profile, text) → Report``: reads the job description, holds each requirement against the record, cites what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from app.answer.draft import Draft, marks
from app.answer.phrase import say
from app.answer.verify import Verifier
from app.domain import Language
from app.errors import QuestionRefused
from app.library import Library
from app.match.ask import Kind
from app.match.domain import Finding, Judged, Posting, Report, Requirement
from app.match.extract import read_posting
from app.match.judge import judge
from app.match.shelf import Shelf
from ingest.domain import Profile
from ingest.sentences import is_cjk

if TYPE_CHECKING:
    from app.match.wording import Wording

LONGEST = 60_000
"""Characters of a job description; some twenty pages."""
_ASKED = {
    Kind.YEARS: "match_ask_years",
    Kind.DEGREE: "match_ask_degree",
    Kind.LANGUAGE: "match_ask_language",
    Kind.CONDITION: "match_ask_condition",
    Kind.SOFT: "match_ask_soft",
}
_SAID = {"stated": "match_stated", "related": "match_related", "not stated": "match_not_stated"}


class JobRefused(QuestionRefused):
    """The job description cannot be taken as it is."""


@dataclass(frozen=True, slots=True)
class _Judged:
    requirement: Requirement
    kind: Kind
    judged: Judged


class MatchDesk:
    """Matches job descriptions with the records of a library; keeps nothing of them."""

    def __init__(self, library: Library, wording: "Wording | None" = None) -> None:
        """``wording`` puts a language model's words to what was decided without it."""
        self._library = library
        self._wording = wording
        self._shelves: dict[tuple[str, str], Shelf] = {}

    def close(self) -> None:
        """Lets the connection to the language model go, where there is one."""
        if self._wording is not None:
            self._wording.line.model.close()

    def match(self, slug: str, text: str) -> Report:
        """The report on the job description ``text`` and the record of ``slug``, in the language of the job description.

        Raises:
            JobRefused: empty, too long, no text, or nothing is asked for in it.
            ProfileNotFound, IndexUnusable: see ``Library.open``.
        """
        posting = read_posting(checked(text))
        if not posting.requirements and not posting.protected:
            raise JobRefused(
                "no requirements were found in the job description; paste the part that says what the applicant should bring, as a list or in sentences"
            )
        shelf = self._shelf(slug)
        language: Language = posting.language if posting.language in get_args(Language) else "en"  # type: ignore[assignment]
        judged = [
            _Judged(r, *judge(r, posting.language, shelf, self._library.embedder, language))
            for r in posting.requirements
        ]
        verifier = Verifier(shelf.record)
        name = _name(shelf.record.profile, language)
        findings = tuple(_finding(one, verifier, name, language) for one in judged)
        report = _report(posting, findings, verifier, shelf, name, language)
        return self._wording.improve(report, shelf.record, self._library.embedder) if self._wording else report

    def _shelf(self, slug: str) -> Shelf:
        index = self._library.open(slug)
        shelf = self._shelves.get(index.key)
        if shelf is None:
            shelf = Shelf(index)
            self._shelves = {k: v for k, v in self._shelves.items() if k[0] != index.key[0]}
            self._shelves[index.key] = shelf
        return shelf


def checked(text: str) -> str:
    """``text`` with line ends made one; raises ``JobRefused`` where it is no text to be read."""
    if not text.strip():
        raise JobRefused("the job description is empty; paste its text or choose a file that holds text")
    if len(text) > LONGEST:
        raise JobRefused(
            f"the job description has {len(text)} characters, at most {LONGEST} are read; paste the part that says what the applicant should bring"
        )
    odd = sum(not (c.isprintable() or c.isspace()) for c in text)
    if "\x00" in text or odd > len(text) // 50:
        raise JobRefused(
            "the job description is not text but the bytes of a file; choose the file itself, or paste its text"
        )
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text.replace("\r\n", "\n").replace("\r", "\n"))


def _finding(one: _Judged, verifier: Verifier, name: str, language: Language) -> Finding:
    judged = one.judged
    phrase = judged.phrase or _SAID[judged.verdict]
    told = say(language, phrase, cites=marks(judged.spans), name=name, **dict(judged.values))
    checked_draft = verifier.check(Draft(told, is_plain=not judged.spans))
    if checked_draft is None:  # a span that is no part of a document; such evidence is none
        checked_draft = verifier.check(Draft(say(language, "match_not_stated"), is_plain=True))
        judged = Judged("not stated")
    assert checked_draft is not None
    sentence, _ = checked_draft
    question = None
    if judged.verdict != "stated":
        default = "match_ask_near" if judged.verdict == "related" else "match_ask_topic"
        question = say(language, _ASKED.get(one.kind, default), what=one.requirement.text)
    return Finding(one.requirement, judged.verdict, sentence.text, sentence.citations, question)


def _report(
    posting: Posting, findings: Sequence[Finding], verifier: Verifier, shelf: Shelf, name: str, language: Language
) -> Report:
    record = shelf.record
    report = Report(
        profile=record.profile.slug,
        name=name,
        language=language,
        summary="",
        notice=say(language, "match_notice", name=name),
        findings=tuple(findings),
        protected=posting.protected,
        citations=tuple(verifier.citations),
        mode="offline",
        fingerprint=record.fingerprint,
        remarks=(say(language, "match_left_out", count=posting.left_out),) if posting.left_out else (),
    )
    counts = {
        "stated": report.count("stated"),
        "related": report.count("related"),
        "missing": report.count("not stated"),
    }
    return replace(report, summary=say(language, "match_summary", count=len(findings), name=name, **counts))


def _name(profile: Profile, language: Language) -> str:
    return next((n for n in profile.names if is_cjk(n)), profile.name) if language == "zh" else profile.name
