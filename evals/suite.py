"""What a run asks, and of whom: the project's own profiles, or a folder of outside ones that bring their questions."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rapidfuzz import process

from app.library import Library
from app.start import refresh_all
from evals.case import Case, Kind, QuestionsInvalid, read_cases
from ingest.build import Progress
from ingest.domain import Profile, Record
from ingest.errors import IngestError, OwnerError, SourceUnreadable
from ingest.profile import FILE_NAME, QUESTIONS_NAME, list_slugs, read_profile
from ingest.readers import is_readable

OWN_QUESTIONS = Path(__file__).parent / "questions"
PROVENANCE = "SOURCE.txt"
"""Says where the documents of an outside profile come from; it is not one of them."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that no reader takes."""

    profile: str
    document: str


@dataclass(frozen=True, slots=True)
class Suite:
    """Questions and the opened records that they are about."""

    cases: Mapping[str, tuple[Case, ...]]
    """By profile."""
    records: Mapping[str, Record]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Why a profile has no record; all its questions count as not correct."""
    skipped: tuple[Skipped, ...] = ()


def own_questions() -> dict[str, Path]:
    """The files of the fixed sets by profile."""
    return {path.stem: path for path in sorted(OWN_QUESTIONS.glob("*.yaml"))}


def outside_questions(profiles: Path) -> dict[str, Path]:
    """The question files that the profiles of a folder bring along, by profile."""
    return {
        slug: profiles / slug / QUESTIONS_NAME
        for slug in list_slugs(profiles)
        if (profiles / slug / QUESTIONS_NAME).is_file()
    }


def read_questions(
    files: Mapping[str, Path], slugs: Sequence[str], kinds: Sequence[Kind]
) -> dict[str, tuple[Case, ...]]:
    """The questions of ``slugs`` (of all where none is named) and of ``kinds``, by profile.

    Raises:
        QuestionsInvalid: a file is malformed, or a profile has no questions; the message names the near ones.
    """
    for slug in slugs:
        if slug not in files:
            near = [match for match, _, _ in process.extract(slug, list(files), limit=3)]
            raise QuestionsInvalid(f"no questions for {slug!r}; there are some for {', '.join(near) or 'nobody'}")
    chosen = {slug: read_cases(files[slug]) for slug in slugs or files}
    cases = {slug: tuple(c for c in found if not kinds or c.kind in kinds) for slug, found in chosen.items()}
    if not any(cases.values()):
        raise QuestionsInvalid(f"no questions of kind {', '.join(kinds) or 'any'}; leave --kind out to see all")
    return {slug: found for slug, found in cases.items() if found}


def open_suite(
    library: Library,
    cases: Mapping[str, tuple[Case, ...]],
    now: datetime,
    progress: Progress,
    skipped: Iterable[Skipped] = (),
) -> Suite:
    """Brings the indexes of the asked profiles up to date and opens them."""
    done = refresh_all(library, cases, now, progress)
    unreadable = {slug: _why_unreadable(error) for slug, error in done.failures}
    records = {slug: library.open(slug).record for slug in cases if slug not in unreadable}
    return Suite(cases, records, unreadable, tuple(skipped))


def _why_unreadable(error: IngestError) -> str:
    return "none of its documents can be read" if isinstance(error, SourceUnreadable) else str(error)


def stage(profiles: Path, slugs: Iterable[str], folder: Path) -> tuple[Skipped, ...]:
    """Copies the profiles to ``folder`` with only the documents that a reader takes; tells which it left behind."""
    skipped: list[Skipped] = []
    for slug in slugs:
        home = folder / slug
        home.mkdir(parents=True)
        try:
            profile = read_profile(profiles, slug)
        except OwnerError:
            shutil.copy(profiles / slug / FILE_NAME, home)
            continue
        named = _named(profiles / slug)
        kept = [path for path in named if is_readable(profiles / slug / path)]
        skipped += [Skipped(slug, path) for path in named if path not in kept]
        for path in kept:
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(profiles / slug / path, home / path)
        _write_profile(home / FILE_NAME, profile, kept)
    return tuple(skipped)


def _named(folder: Path) -> list[str]:
    """Every file of an outside profile that could be a document."""
    aside = {FILE_NAME, QUESTIONS_NAME, PROVENANCE}
    files = (p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
    return [path for path in files if path not in aside and not path.startswith("LICENSE")]


def _write_profile(path: Path, profile: Profile, kept: Sequence[str]) -> None:
    """``profile.toml`` with the kept ones of its documents; JSON strings and lists of them are TOML as well."""
    known = {source.path: source for source in profile.sources}
    lines = [
        f"name = {_toml(profile.name)}",
        f"aliases = {_toml(list(profile.aliases))}",
        f"languages = {_toml(list(profile.languages))}",
        f"questions = {_toml(list(profile.questions))}",
    ]
    lines += [f"greeting = {_toml(profile.greeting)}"] if profile.greeting else []
    for document in kept:
        source = known.get(document)
        if source is not None:
            lines += ["[[documents]]", f"path = {_toml(source.path)}", f"title = {_toml(source.title)}"]
            lines += [f"url = {_toml(source.url)}"] if source.url else []
    lines += ["[privacy]", f"share = {_toml(list(profile.share))}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
