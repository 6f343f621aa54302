"""Profiles on disk: ``<folder>/<slug>/profile.toml`` and the documents beside it."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz import process

from ingest.domain import Profile, Source
from ingest.errors import ProfileInvalid, ProfileNotFound

FILE_NAME = "profile.toml"
QUESTIONS_NAME = "questions.yaml"
_ABOUT_FILES = re.compile(
    rf"{re.escape(FILE_NAME)}$|{re.escape(QUESTIONS_NAME)}$|(?:LICEN[CS]E|NOTICE|SOURCE|CHANGELOG)\b", re.IGNORECASE
)
"""Files that tell of the folder, not of the person."""
PrivateKind = Literal["email", "links", "phone", "address", "birth_date", "marital_status", "nationality", "identity"]


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
    documents: tuple[_DocumentEntry, ...] = ()
    privacy: _Privacy = _Privacy()
    embed: _Embed = _Embed()


def list_slugs(profiles: Path) -> tuple[str, ...]:
    """The slugs under ``profiles`` that have a ``profile.toml``, in order."""
    if not profiles.is_dir():
        return ()
    return tuple(sorted(p.parent.name for p in profiles.glob(f"*/{FILE_NAME}")))


def read_profile(profiles: Path, slug: str) -> Profile:
    """The profile ``slug`` of the folder ``profiles``.

    Raises:
        ProfileNotFound: there is none; the message names the near ones.
        ProfileInvalid: ``profile.toml`` is malformed; the message names file, line or key.
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
        sources=sources or _sources(path.parent),
        share=entries.privacy.share,
        origins=entries.embed.origins,
        greeting=entries.greeting,
        questions=entries.questions,
    )


def _sources(folder: Path) -> tuple[Source, ...]:
    """Every file below ``folder`` that a reader takes and no other takes in, where ``profile.toml`` names none."""
    from ingest.readers import is_source, parts_of

    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink() and is_source(p)]
    parts = {part.resolve() for p in files for part in parts_of(folder, p)}
    paths = [p.relative_to(folder).as_posix() for p in files if p.resolve() not in parts]
    return tuple(Source(path, _title(path)) for path in paths if not is_about_folder(path))


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
