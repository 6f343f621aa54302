"""``vivavoce init``: makes a profile out of files that lie anywhere, built aside and moved into place when it is whole."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import filelock

from app.assistant import Assistant, finished
from app.domain import Turn
from app.language.tongues import languages_of
from app.library import Library
from ingest.build import Progress, Report, ingest
from ingest.child import Child
from ingest.domain import Source
from ingest.errors import IngestRunning, OwnerError, SourceUnreadable
from ingest.private import MASK
from ingest.profile import FILE_NAME, read_card, read_profile
from ingest.propose import Person, Proposal, propose, titled, with_answers
from ingest.propose.gather import Copy, Gathered, Refused, copy, gather
from ingest.propose.person import authors_in
from ingest.propose.sheet import entries, profile_toml, with_entries
from ingest.propose.slug import check_slug
from ingest.reading import Reading

_SHARE = ("email", "links")
_QUESTION_CHARS, _TURNS = 500, 1
_LONGEST_QUESTION = 120
_LISTED = re.compile(r"^\s*(?:\[\[\s*documents\s*\]\]|documents\s*=)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Begun:
    """What ``init`` did, or would do in a dry run."""

    slug: str
    folder: Path
    copied: tuple[Copy, ...]
    refused: tuple[Refused, ...]
    left_out: dict[str, int]
    """How many files of folders were passed over, by the reason."""
    report: Report | None
    """``None`` for a dry run."""
    person: Person | None = None
    """``None`` where files were added to a profile that was there."""
    profile_toml: str | None = None
    """What was proposed; ``None`` where ``profile.toml`` stays as it is."""
    questions: tuple[str, ...] = ()
    by_hand: str = ""
    """What the owner must add to ``profile.toml`` for the added files to be read; mostly nothing."""


class Beginning:
    """Makes profiles in the folders of a library, and adds to them."""

    def __init__(self, library: Library, now: datetime, progress: Progress, is_dry: bool = False) -> None:
        """A dry run writes nothing but to the system's folder for temporary files."""
        self._library = library
        self._now = now
        self._progress = progress
        self._is_dry = is_dry

    def begin(self, slug: str, sources: Sequence[str], name: str | None = None) -> Begun:
        """Makes the profile ``slug`` from ``sources``, or from what lies in its folder already where none are given.

        Raises:
            OwnerError: the slug, the sources or the name will not do, or a profile is in the way; nothing was made then.
            IngestRunning: another ``init`` makes this profile.
        """
        folder = self._library.profiles / slug
        check_slug(slug)
        _check_free(folder, bool(sources))
        with self._aside(slug) as (staged, index), Child() as child:
            found = gather(list(sources) or [str(folder)], child)
            readings = self._read(found, staged, slug, child)
            proposal = self._proposed(staged, slug, readings, found, name)
            report = ingest(staged, index, slug, self._library.embedder, self._now, self._progress)
            proposal = self._tried(Library(staged, index, self._library.embedder), slug, proposal, report)
            text = _write(staged, slug, proposal)
            begun = Begun(
                slug=slug,
                folder=folder,
                copied=tuple(found.copies) if sources else (),
                refused=tuple(found.refused),
                left_out=dict(found.left_out),
                report=None,
                person=proposal.person,
                profile_toml=text,
                questions=proposal.questions,
            )
            if self._is_dry:
                return begun
            if sources:
                _move(staged / slug, folder)
            else:
                (staged / slug / FILE_NAME).rename(folder / FILE_NAME)
            return replace(begun, report=self._published(index / slug, slug, report))

    def add(self, slug: str, sources: Sequence[str]) -> Begun:
        """Copies ``sources`` into the profile ``slug``; its ``profile.toml`` gets their entries where it lists documents, else stays as it is.

        Raises:
            ProfileNotFound, ProfileInvalid: see ``ingest.profile``.
            OwnerError: nothing of ``sources`` can be read; nothing was changed then.
            IngestRunning: another ``init`` works on this profile.
        """
        profile = read_card(self._library.profiles, slug)
        folder = self._library.profiles / slug
        if not sources:
            raise OwnerError(f"nothing to add to {slug!r}; name it: vivavoce init {slug} --add --from FILE…")
        with self._aside(slug) as (staged, _), Child() as child:
            found = gather(sources, child, folder)
            readings = self._read(found, staged, slug, child)
            longer, by_hand = _listed(folder / FILE_NAME, titled([r.document.id for r in readings], profile.name))
            if not self._is_dry:
                for one in found.copies:
                    (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
                    (staged / slug / one.path).rename(folder / one.path)
                if longer is not None:
                    (staged / slug / FILE_NAME).write_text(longer, encoding="utf-8")
                    (staged / slug / FILE_NAME).rename(folder / FILE_NAME)
            report = None if self._is_dry else self._ingested(slug)
        left_out = dict(found.left_out)
        return Begun(slug, folder, tuple(found.copies), tuple(found.refused), left_out, report, by_hand=by_hand)

    @contextmanager
    def _aside(self, slug: str) -> Iterator[tuple[Path, Path]]:
        """Two empty folders beside the profiles and beside the indexes, to build in; gone afterwards, also what a killed run left there."""
        if self._is_dry:
            with tempfile.TemporaryDirectory(prefix="vivavoce-") as temporary:
                yield Path(temporary, "profiles"), Path(temporary, "index")
            return
        staged, index = self._library.profiles / f".init-{slug}", self._library.index / f".init-{slug}"
        self._library.profiles.mkdir(parents=True, exist_ok=True)
        self._sweep()
        lock = filelock.FileLock(staged.with_name(f"{staged.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise IngestRunning(f"another init of {slug!r} runs; wait for it to end and try again") from error
        try:
            for folder in (staged, index):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
            yield staged, index
        finally:
            for folder in (staged, index):
                shutil.rmtree(folder, ignore_errors=True)
            Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()

    def _sweep(self) -> None:
        """Removes what killed runs left, of whatever profile; what another one holds just now stays."""
        for left in self._library.profiles.glob(".init-*.lock"):
            lock = filelock.FileLock(left)
            with suppress(filelock.Timeout), lock.acquire(timeout=0):
                for top in (self._library.profiles, self._library.index):
                    shutil.rmtree(top / left.stem, ignore_errors=True)
                left.unlink(missing_ok=True)

    def _read(self, found: Gathered, staged: Path, slug: str, child: Child) -> list[Reading]:
        """What was gathered, copied and read, with private data masked; what cannot be read is refused and not kept."""
        home = staged / slug
        home.mkdir(parents=True)
        for failed in copy(found, home):
            found.refuse(failed.name, failed.reason)
        (home / FILE_NAME).write_text('name = "?"\n', encoding="utf-8")
        sources = read_profile(staged, slug, child).sources
        origins = {one.path: str(one.origin) for one in found.copies}
        readings: list[Reading] = []
        self._progress.begin("read", len(sources))
        for source in sources:
            try:
                readings.append(child.read(home, source, _SHARE))
            except SourceUnreadable as error:
                found.refuse(origins[source.path], str(error).removeprefix(f"{home / source.path}: "))
                (home / source.path).unlink()
            self._progress.advance()
        found.copies[:] = [one for one in found.copies if (home / one.path).is_file()]
        if not readings:
            raise OwnerError(_nothing(found))
        return readings

    def _proposed(
        self, staged: Path, slug: str, readings: Sequence[Reading], found: Gathered, name: str | None
    ) -> Proposal:
        proposal = propose(staged / slug, readings, name, found.settings)
        if proposal is None:
            listed = [author for author, _ in authors_in(readings)[0].most_common(3)]
            seen = f" (the authors listed most are {', '.join(listed)})" if listed else ""
            raise OwnerError(
                f'no person\'s name was found in what was given{seen}; say whose it is: vivavoce init {slug} --name "First Last" --from …'
            )
        proposal = replace(proposal, languages=languages_of(readings))
        _write(staged, slug, proposal)
        return proposal

    def _tried(self, desk: Library, slug: str, proposal: Proposal, report: Report) -> Proposal:
        """``proposal`` with the greeting and with those of the usual first questions that the documents answer."""
        assistant = Assistant(desk, _QUESTION_CHARS, _TURNS)
        questions = [
            question
            for question in assistant.suggestions(slug)
            if _is_neat(question) and finished(assistant.ask(slug, [Turn("user", question)])).status == "grounded"
        ]
        kinds = Counter((kind, file.path) for file in report.files for kind in file.withheld)
        withheld = {kind: ", ".join(path for k, path in kinds if k == kind) for kind, _ in kinds}
        return with_answers(proposal, assistant.greeting(slug), questions, withheld.items())

    def _published(self, staged: Path, slug: str, report: Report) -> Report:
        """Moves the index that was built aside into place, and brings it up to date with the questions that are known now."""
        target = self._library.index / slug
        if not target.exists():
            staged.rename(target)
        return replace(self._ingested(slug), embedded=report.embedded)

    def _ingested(self, slug: str) -> Report:
        library = self._library
        return ingest(library.profiles, library.index, slug, library.embedder, self._now, self._progress)


def _check_free(folder: Path, has_sources: bool) -> None:
    slug = folder.name
    if (folder / FILE_NAME).exists():
        raise OwnerError(
            f"{folder} is a profile already; copy more into it with 'vivavoce init {slug} --add --from FILE…', or take it away to begin anew"
        )
    if has_sources and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OwnerError(
            f"{folder} holds files but no {FILE_NAME}; run 'vivavoce init {slug}' without --from to begin with those, or take them away"
        )
    if not has_sources and not folder.is_dir():
        raise OwnerError(f"nothing to begin with; name your files: vivavoce init {slug} --from ~/cv.pdf ~/papers.bib")


def _nothing(found: Gathered) -> str:
    """Why nothing came of what was given, in one line."""
    if len(found.refused) == 1:
        return f"{found.refused[0].name}: {found.refused[0].reason}"
    reasons = "; ".join(f"{r.name}: {r.reason.split(';')[0]}" for r in found.refused[:5])
    return f"nothing of what was given can be read ({reasons or 'no documents'}); give a CV (.pdf, .md, .tex, …) or a list of papers"


def _write(staged: Path, slug: str, proposal: Proposal) -> str:
    """Writes ``profile.toml``, and reads it again as every other door will."""
    text = profile_toml(slug, proposal)
    (staged / slug / FILE_NAME).write_text(text, encoding="utf-8")
    read_card(staged, slug)
    return text


def _move(home: Path, folder: Path) -> None:
    try:
        home.rename(folder)
    except OSError as error:
        raise OwnerError(f"{folder} came into being meanwhile; look at it, and run again under another name") from error


def _listed(path: Path, new: Iterable[Source]) -> tuple[str | None, str]:
    """The ``profile.toml`` at ``path`` with ``new`` in its list of documents, and what is left to its owner where that cannot be done."""
    text = path.read_text(encoding="utf-8")
    if not _LISTED.search(text):
        return None, ""
    longer = with_entries(text, tuple(new))
    return longer, "" if longer is not None else entries(new)


def _is_neat(question: str) -> bool:
    """Whether a question reads as one: short, on one line, without the furniture of a table or of private data."""
    return len(question) <= _LONGEST_QUESTION and not re.search(rf"[\n\t|{MASK}‹›<>{{}}]|https?:", question)
