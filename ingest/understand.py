"""From the sources of one profile to its record, file by file: one that cannot be read never stops the others."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ingest.assisted.asking import Help, Replies, helped
from ingest.assisted.proposal import Understander
from ingest.child import Child
from ingest.domain import Document, Fact, Profile, Record, Source
from ingest.embed import Embedder
from ingest.errors import NothingReadable, SourceUnreadable, TookTooLong
from ingest.extract import facts_in
from ingest.extract.stated import without_restated
from ingest.outcome import Refusal
from ingest.passages import passages_of, sentences_of
from ingest.private import withholding
from ingest.progress import Progress
from ingest.prototypes import with_guessed_sections
from ingest.reading import Reading
from ingest.same import linked
from ingest.versions import by_newest


@dataclass(frozen=True, slots=True)
class Understood:
    """What the sources of one profile say, and what became of each."""

    record: Record
    stated: tuple[Fact, ...]
    """The facts of all documents, those included that repeat others."""
    refusals: dict[str, Refusal]
    """By source; its document is in the record only where it is kept."""
    withheld: dict[str, dict[str, int]]
    """Private data by source and kind: how many places."""
    help: Help | None = None
    """What a model added to the facts of the rules."""


@dataclass(frozen=True, slots=True)
class Assist:
    """Who helps where the rules understand nothing, and what they said before."""

    understander: Understander | None = None
    """``None``: nobody is asked, and what was said before stands."""
    known: Callable[[], Replies] = Replies


def understand(
    folder: Path,
    profile: Profile,
    progress: Progress,
    child: Child,
    embedder: Embedder | None = None,
    last_good: Callable[[], Mapping[str, Document]] = dict,
    assist: Assist | None = None,
) -> Understood:
    """Documents, facts and passages of the profile in ``folder``, before they are embedded.

    With an ``embedder``, headings that the lexicon does not know are told by their meaning. A source that cannot be read now, but could
    when ``last_good`` was made and still lies there, keeps its last readable text: a slip of its owner's must not make the answers say
    that nothing is known. What was deleted, or lies outside of the folder by now, is not kept. With ``assist``, a model's reading of what
    the rules did not understand is added where the documents bear it out; see ``ingest.assisted``.

    Raises:
        NothingReadable: no source can be read, or there is none.
        ReadersUnusable: the process that reads sources cannot be started.
    """
    if not profile.sources:
        raise NothingReadable(
            (f"{folder}: no documents; put a CV (.md, .pdf, .docx, .tex, .txt) or a list of papers there",)
        )
    readings, failed = _readings(folder, profile, child, progress)
    if not readings:
        raise NothingReadable(tuple(map(str, failed.values())))
    refusals = {
        path: Refusal(_told(folder, path, str(error)), may_pass=isinstance(error, TookTooLong))
        for path, error in failed.items()
    }
    if refusals:
        for path, reading in _kept(folder, profile, refusals, last_good()).items():
            readings[path] = reading
            refusals[path] = replace(refusals[path], is_kept=True)
    ordered = [readings[source.path] for source in profile.sources if source.path in readings]
    documents = tuple(r.document for r in ordered)
    if embedder is not None:
        documents = with_guessed_sections(documents, embedder)
    stated = without_restated(f for r, d in zip(ordered, documents, strict=True) for f in _facts(folder, r, d, child))
    withheld = {r.document.id: r.withheld for r in ordered if r.withheld}
    found = helped(documents, stated, profile, assist.known(), assist.understander, progress) if assist else None
    stated = _with_help(stated, found, documents)
    return Understood(_record(profile, documents, stated), stated, refusals, withheld, found)


def _readings(
    folder: Path, profile: Profile, child: Child, progress: Progress
) -> tuple[dict[str, Reading], dict[str, SourceUnreadable]]:
    """What was read of each source, and why others were not."""
    progress.begin("read", len(profile.sources))
    readings: dict[str, Reading] = {}
    failed: dict[str, SourceUnreadable] = {}
    for source in profile.sources:
        try:
            readings[source.path] = child.read(folder, source, profile.share)
        except SourceUnreadable as error:
            failed[source.path] = error
        progress.advance()
    return readings, failed


def _with_help(stated: tuple[Fact, ...], found: Help | None, documents: tuple[Document, ...]) -> tuple[Fact, ...]:
    """The facts of the rules and those that a model found, in the order of the documents."""
    if found is None or not found.facts:
        return stated
    order = {document.id: number for number, document in enumerate(documents)}
    return without_restated(sorted((*stated, *found.facts), key=lambda fact: order[fact.span.document]))


def _told(folder: Path, path: str, reason: str) -> str:
    """``reason`` as a report tells it, which names the file by itself."""
    return reason.removeprefix(f"{folder / path}: ").replace(f"{folder}/", "")


def _kept(
    folder: Path, profile: Profile, refusals: Mapping[str, Refusal], last_good: Mapping[str, Document]
) -> dict[str, Reading]:
    """The last readable versions of refused sources; what is private by now is masked in them, too."""
    kept: dict[str, Reading] = {}
    for source in profile.sources:
        if source.path in refusals and source.path in last_good and _lies_in(folder, source):
            known = replace(last_good[source.path], title=source.title, url=source.url)
            document, withheld = withholding(known, profile.share)
            kept[source.path] = Reading(document, facts_in(document), withheld)
    return kept


def _lies_in(folder: Path, source: Source) -> bool:
    """Whether the file is there and is the folder's own."""
    path = folder / source.path
    try:
        return stat.S_ISREG(path.stat().st_mode) and path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False


def _facts(folder: Path, reading: Reading, document: Document, child: Child) -> tuple[Fact, ...]:
    """The facts of ``document``; found anew where its sections are other than when it was read."""
    if document is reading.document:
        return reading.facts
    try:
        return child.facts(folder, document)
    except SourceUnreadable:
        return reading.facts


def _record(profile: Profile, documents: tuple[Document, ...], stated: tuple[Fact, ...]) -> Record:
    single, repeats = linked(stated)
    facts, older, links = by_newest(single, repeats, documents, stated)
    passages = tuple(passage for document in documents for passage in passages_of(document, stated))
    sentences = tuple(sentence for document in documents for sentence in sentences_of(document, stated))
    return Record(profile, documents, facts, passages, sentences, _fingerprint(profile, documents), links, older)


def _fingerprint(profile: Profile, documents: tuple[Document, ...]) -> str:
    parts = [profile.slug, *profile.names]
    for document in documents:
        parts += [document.id, document.text]
    return sha256("\x1f".join(parts).encode()).hexdigest()
