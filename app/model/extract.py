"""Puts to the model what the rules of an ingest did not understand; what it proposes is believed nowhere before the ingest has found it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from app.answer.model import Message
from app.domain import Fallback
from app.model.call import Call, Line, tokens_of
from app.model.fault import LASTING, ModelFailed
from app.model.prompt import fenced
from app.model.start import open_line
from app.settings import Settings
from ingest.assisted.proposal import Kind, NotProposed, Proposal, Proposed, Unread
from prompts import fill, prompt_hash

FILE = "extract.md"
_REPLY_TOKENS = 1200
_MOST_FACTS = 60
"""Rows of one answer that are looked at."""
_ENDING = LASTING | {"breaker", "budget", "connect"}
"""Failures after which no other block is worth a try now."""
_TOLD: Mapping[Fallback, str] = {
    "auth": "it refuses the key",
    "breaker": "it failed too often",
    "budget": "its budget is spent",
    "connect": "it cannot be reached",
    "filtered": "it filters these words",
    "length": "its answer was too long",
    "quota": "its account has no quota left",
    "rate_limited": "it limits how often it is asked",
    "server": "it has an error of its own",
    "timeout": "it did not answer in time",
    "unknown_model": "it is not known there",
}


def _text(value: object) -> object:
    """Nothing where a model writes that there is nothing."""
    return None if isinstance(value, str) and value.strip().casefold() in {"", "null", "none", "n/a"} else value


_Printed = Annotated[str, Field(max_length=600)]
_Value = Annotated[_Printed | None, BeforeValidator(_text)]


class Row(BaseModel):
    """One row of the model's answer."""

    model_config = ConfigDict(extra="ignore")

    block: int
    kind: Kind
    title: str = Field(min_length=1, max_length=600)
    organisation: _Value = None
    place: _Value = None
    date: _Value = None
    authors: list[_Printed] | None = None
    venue: _Value = None


@dataclass(slots=True)
class Extraction:
    """The understander of one ingest, with what it may spend there; see ``ingest.assisted.proposal.Understander``."""

    line: Line
    name: str
    """Of the profile's person."""
    most_calls: int
    most_tokens: int
    calls: int = 0
    tokens: int = 0
    model: str = field(init=False)
    prompt: str = field(init=False)

    def __post_init__(self) -> None:
        self.model = self.line.model.name
        self.prompt = prompt_hash(FILE)

    def propose(self, blocks: Sequence[Unread]) -> Proposed:
        """One call about ``blocks``.

        Raises:
            NotProposed: it failed, or would exceed what this ingest may spend.
        """
        messages = self._messages(blocks)
        if self.calls >= self.most_calls:
            raise NotProposed(f"the bound of {self.most_calls} calls for one ingest is reached", is_last=True)
        if self.tokens + tokens_of(messages) + _REPLY_TOKENS > self.most_tokens:
            raise NotProposed(f"the bound of {self.most_tokens:,} tokens for one ingest is reached", is_last=True)
        call = self.line.call(messages, _REPLY_TOKENS, "", _SCHEMA, self.prompt)
        try:
            rows, malformed = _rows(_said(call))
        except ModelFailed as error:
            is_last = error.kind in _ENDING
            raise NotProposed(
                _TOLD.get(error.kind, "its answer is none"), is_last=is_last, **self._spent(call)
            ) from error
        except ValueError as error:
            raise NotProposed("its answer is no such JSON", is_last=False, **self._spent(call)) from error
        replies: dict[int, tuple[Proposal, ...]] = {}
        for row in rows:
            if 1 <= row.block <= len(blocks):
                replies[row.block - 1] = (*replies.get(row.block - 1, ()), _proposal(row))
            else:
                malformed += 1
        return Proposed(replies, malformed, **self._spent(call))

    def _messages(self, blocks: Sequence[Unread]) -> tuple[Message, ...]:
        lines: list[str] = []
        path: tuple[str, ...] | None = None
        for number, block in enumerate(blocks, start=1):
            if block.path != path:
                path = block.path
                lines.append(f"# {fenced(' > '.join(path)) or 'above the first heading'}")
            told = [fenced(line) for line in block.text.split("\n") if line.strip()]
            lines.append(f"[{number}] " + "\n    ".join(told))
        shown = "\n".join(lines)
        return Message("system", fill(FILE, name=self.name)), Message("user", f"<record>\n{shown}\n</record>")

    def _spent(self, call: Call) -> dict[str, Any]:
        """What ``call`` took, counted for this ingest."""
        tokens = call.usage.prompt_tokens + call.usage.completion_tokens
        self.calls += 1
        self.tokens += tokens
        return {"tokens": tokens, "cost_usd": call.cost_usd}


@contextmanager
def open_extraction(settings: Settings) -> Iterator[Callable[[str], Extraction]]:
    """What makes the understander of one ingest from the person's name; they share one way to the configured model, which is let go at the end."""
    settings.spent_file.parent.mkdir(parents=True, exist_ok=True)
    line = open_line(settings)
    try:
        yield lambda name: Extraction(line, name, settings.extract_calls, settings.extract_tokens)
    finally:
        line.model.close()


def _said(call: Call) -> str:
    with closing(iter(call)) as pieces:
        return "".join(piece for piece in pieces if piece is not None)


def _rows(said: str) -> tuple[list[Row], int]:
    """The rows of an answer, and how many others there were; raises ``ValueError`` where it is no JSON object with rows."""
    reply = json.loads(said.strip().removeprefix("```json").strip("`\n "))
    if not isinstance(reply, dict) or not isinstance(reply.get("facts"), list):
        raise ValueError("no facts")
    rows, malformed = [], max(0, len(reply["facts"]) - _MOST_FACTS)
    for each in reply["facts"][:_MOST_FACTS]:
        try:
            rows.append(Row.model_validate(each))
        except ValidationError:
            malformed += 1
    return rows, malformed


def _proposal(row: Row) -> Proposal:
    authors = tuple(a for a in row.authors or () if a.strip())
    return Proposal(row.kind, row.title, row.organisation, row.place, row.date, authors, row.venue)


def _nullable(kind: str) -> dict[str, Any]:
    return {"type": [kind, "null"]}


_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "facts": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "block": {"type": "integer"},
                    "kind": {"type": "string", "enum": list(get_args(Kind))},
                    "title": {"type": "string"},
                    **{name: _nullable("string") for name in ("organisation", "place", "date")},
                    "authors": {"type": "array", "items": {"type": "string"}},
                    "venue": _nullable("string"),
                },
                "required": list(Row.model_fields),
                "additionalProperties": False,
            },
        }
    },
    "required": ["facts"],
    "additionalProperties": False,
}
