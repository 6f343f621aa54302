"""Profiles on disk: ``<folder>/<slug>/profile.toml`` and the documents beside it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz import process

from ingest.child import Child
from ingest.domain import Profile, Source
from ingest.errors import ProfileInvalid, ProfileNotFound

FILE_NAME = "profile.toml"
QUESTIONS_NAME = "questions.yaml"
_ABOUT_FILES = re.compile(
    rf"{re.escape(FILE_NAME)}$|{re.escape(QUESTIONS_NAME)}$|(?:LICEN[CS]E|NOTICE|SOURCE|CHANGELOG)\b", re.IGNORECASE
)
"""Files that tell of the folder, not of the person."""
PrivateKind = Literal["email", "links", "phone", "address", "birth_date", "marital_status", "nationality", "identity"]
_Address = Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$", max_length=300)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _DocumentEntry(_Strict):
    path: Annotated[str, Field(min_length=1)]
    title: str | None = None
    url: str | None = None


class _Privacy(_Strict):
    share: tuple[PrivateKind, ...] = ("email", "links")


class _Embed(_Strict):
    origins: tuple[str, ...] = ()


class _ProfileFile(_Strict):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    greeting: str | None = None
    questions: tuple[str, ...] = ()
    links: tuple[_Address, ...] = ()
    photo: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    documents: tuple[_DocumentEntry, ...] = ()
    privacy: _Privacy = _Privacy()
    embed: _Embed = _Embed()


def list_slugs(profiles: Path) -> tuple[str, ...]:
    """The slugs under ``profiles`` that have a ``profile.toml``, in order."""
    try:
        return tuple(sorted(home.name for home in profiles.iterdir() if (home / FILE_NAME).exists()))
    except OSError:
        return ()


def read_profile(profiles: Path, slug: str, child: Child | None = None) -> Profile:
    """The profile ``slug`` of the folder ``profiles`` with its sources: those that ``profile.toml`` names, or else every readable file.

    What a file is can take a look into it, which only ``child`` may do; without one, a process is started for it and ended.

    Raises:
        ProfileNotFound: there is none; the message names the near ones.
        ProfileInvalid: ``profile.toml`` is malformed; the message names file, line or key.
        ReadersUnusable: the process that reads sources cannot be started.
    """
    profile = read_card(profiles, slug)
    if profile.sources:
        return profile
    if child is not None:
        return replace(profile, sources=_sources(profiles / slug, child))
    with Child(expects_pdf=False) as own:
        return replace(profile, sources=_sources(profiles / slug, own))


def read_card(profiles: Path, slug: str) -> Profile:
    """The profile ``slug`` as ``profile.toml`` alone describes it; no other file is opened.

    Raises:
        ProfileNotFound, ProfileInvalid: as ``read_profile``.
    """
    known = list_slugs(profiles)
    if slug not in known:
        raise ProfileNotFound(_not_found(profiles, slug, known))
    path = profiles / slug / FILE_NAME
    try:
        entries = _ProfileFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ProfileInvalid(f"{path}: not valid TOML: {error}; mend that line and run again") from error
    except UnicodeDecodeError as error:
        raise ProfileInvalid(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8 and run again") from error
    except ValidationError as error:
        raise ProfileInvalid(_invalid(path, error)) from error
    sources = tuple(Source(d.path, d.title or _title(d.path), d.url) for d in entries.documents)
    return Profile(
        slug=slug,
        name=entries.name,
        aliases=entries.aliases,
        languages=entries.languages,
        sources=sources,
        share=entries.privacy.share,
        origins=entries.embed.origins,
        greeting=entries.greeting,
        questions=entries.questions,
        links=entries.links,
        photo=entries.photo,
    )


def _sources(folder: Path, child: Child) -> tuple[Source, ...]:
    """Every file below ``folder`` that a reader takes and no other takes in, where ``profile.toml`` names none."""
    taken: set[Path] = set()
    found: list[Path] = []
    for path in _candidates(folder):
        is_source, parts = child.look(folder, path) if _needs_look(path) else (True, ())
        taken.update(parts)
        found += [path] if is_source else []
    paths = [p.relative_to(folder).as_posix() for p in found if p.is_symlink() or p.resolve() not in taken]
    return tuple(Source(path, _title(path)) for path in paths)


def _candidates(folder: Path) -> Iterator[Path]:
    """The files that may be sources by their names; a link that leads out of the folder, or what is no file, is one that will be refused."""
    from ingest.readers import is_readable

    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not is_readable(path) or path.is_dir() or is_about_folder(inside.as_posix()):
            continue
        links_inside = path.is_symlink() and path.is_file() and path.resolve().is_relative_to(folder.resolve())
        if not links_inside and not any(part.startswith((".", "~$")) for part in inside.parts):
            yield path


def _needs_look(path: Path) -> bool:
    """Whether what the file holds decides if it is a source; what is too long or cannot be opened is for its owner to hear of."""
    from ingest.readers import MAX_BYTES, is_told_by_content

    return path.is_file() and not path.is_symlink() and is_told_by_content(path) and path.stat().st_size <= MAX_BYTES


def is_about_folder(path: str) -> bool:
    """Whether a file, by its path inside the profile, tells of the folder and not of the person: ``profile.toml``, a licence."""
    return _ABOUT_FILES.match(path) is not None


def _title(path: str) -> str:
    stem = Path(path).stem
    return "CV" if stem.lower() in {"cv", "resume", "vita", "vitae"} else stem.replace("_", " ").replace("-", " ")


def _not_found(profiles: Path, slug: str, known: tuple[str, ...]) -> str:
    if not known:
        return f"no profile {slug!r}: {profiles} holds none; make {profiles / slug / FILE_NAME} and put a CV beside it"
    near = [match for match, _, _ in process.extract(slug.lower(), known, limit=3, score_cutoff=50)]
    names = ", ".join(near or known[:5])
    return f"no profile {slug!r} in {profiles}; {'did you mean' if near else 'there are'}: {names}?"


def _invalid(path: Path, error: ValidationError) -> str:
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    line = _line_of(path, str(next((p for p in reversed(first["loc"]) if isinstance(p, str)), "")))
    where = f"{path}, line {line}" if line else str(path)
    if first["type"] == "extra_forbidden":
        return f"{where}: unknown key {key!r}{more}; remove it or see data/README.md for the keys"
    return f"{where}: {key}: {first['msg'].lower()}, got {first['input']!r}{more}; mend that key and run again"


def _line_of(path: Path, key: str) -> int | None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if key and line.replace('"', "").lstrip().startswith(key):
            return number
    return None
