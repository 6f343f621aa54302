"""The fixed questions as ``questions.yaml`` holds them."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from app.errors import ConfigurationError


class Kind(StrEnum):
    """What a question is about, or what makes it hard."""

    FACT = "fact"
    DATE = "date"
    COUNT = "count"
    LIST = "list"
    SUMMARY = "summary"
    COMPARE = "compare"
    FOLLOW_UP = "follow_up"
    BOOLEAN = "boolean"
    UNANSWERABLE = "unanswerable"
    OTHER_PERSON = "other_person"
    INJECTION = "injection"
    LANGUAGE = "language"


class QuestionsInvalid(ConfigurationError):
    """A ``questions.yaml`` that does not say what it must."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gold(_Strict):
    """Where the answer stands: a verbatim quote of one document."""

    document: Text
    quote: Text


class Expect(_Strict):
    """What the answer must be. Patterns are regular expressions over the folded answer, case ignored."""

    contains: tuple[Pattern, ...] = ()
    """All of these must be found."""
    items: tuple[Pattern, ...] = ()
    """The rows of a list; all of these must be found."""
    not_contains: tuple[Pattern, ...] = ()
    """None of these may be found."""
    number: int | None = Field(default=None, ge=0)
    """Must be found as digits or as a number word."""
    refused: bool = False
    """Whether the answer must be a refusal; where false it must not be one."""

    @model_validator(mode="after")
    def _expects_something(self) -> "Expect":
        if not (self.refused or self.contains or self.items or self.not_contains or self.number is not None):
            raise ValueError("expects nothing, so every answer would be correct")
        return self


class Case(_Strict):
    """One question, or several turns of which the last one is scored."""

    id: Text
    kind: Kind
    turns: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    question: Text | None = None
    """The same as ``turns`` with one entry."""
    expect: Expect
    answer: Text
    """A good answer, for people who read failures; never matched."""
    gold: tuple[Gold, ...] = ()

    @model_validator(mode="after")
    def _asks_one_way(self) -> "Case":
        if (self.turns is None) == (self.question is None):
            raise ValueError("give either turns or question")
        return self

    @property
    def asked(self) -> tuple[str, ...]:
        """What the visitor says, in order."""
        return self.turns or (self.question or "",)


_CASES = TypeAdapter(Annotated[tuple[Case, ...], Field(min_length=1)])


def read_cases(path: Path) -> tuple[Case, ...]:
    """The questions of one file, in its order.

    Raises:
        QuestionsInvalid: missing, not YAML, or not of this form; the message names file, question and key.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise QuestionsInvalid(f"{path}: {error.strerror}; put the questions there") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise QuestionsInvalid(f"{path}: not YAML: {' '.join(str(error).split())}; mend that line") from error
    try:
        cases = _CASES.validate_python(data)
    except ValidationError as error:
        raise QuestionsInvalid(_why_invalid(path, data, error)) from error
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise QuestionsInvalid(f"{path}: the id {case.id!r} stands twice; give each question its own")
        seen.add(case.id)
    return cases


def _why_invalid(path: Path, data: Any, error: ValidationError) -> str:
    first = error.errors()[0]
    number, *keys = first["loc"] or ("",)
    entry = data[number] if isinstance(data, list) and isinstance(number, int) else None
    if not isinstance(entry, dict):
        return f"{path}: must be a list of questions: {first['msg'].lower()}; mend it and run again"
    key = ".".join(str(k) for k in keys)
    where = f"question {entry.get('id', number)!r}" + (f", key {key!r}" if key else "")
    return f"{path}: {where}: {first['msg'].lower()}; mend it and run again"
