"""What a tool is: a name, what it takes, what it gives, and the work between them."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from prompts import load_examples

PROMPT = "mcp.yaml"
"""Where everything is that an agent reads of the server."""
_FAULTS_SHOWN = 3


class CallRefused(Exception):
    """A call that cannot be answered as it is; the text is one line for the agent and ends with its next step."""


class Arguments(BaseModel):
    """What a tool takes; what it does not know is refused, so that no filter is passed over in silence."""

    model_config = ConfigDict(extra="forbid")


def _unwrapped(value: Any) -> Any:
    """A list that a client sends as a string of JSON, as some do."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


MaybeJson = BeforeValidator(_unwrapped, json_schema_input_type=Any)
A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool gives: an object for programs, and the same in a few words for models that see only text."""

    content: dict[str, Any]
    text: str


Work = Callable[[A, threading.Event], Told]
"""What a tool does with its arguments; the event is set when nobody waits for the outcome any more."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as it is listed, and how it is called."""

    name: str
    title: str
    description: str
    takes: dict[str, Any]
    """JSON Schema of its arguments."""
    gives: dict[str, Any]
    """JSON Schema of ``Told.content``."""
    call: Callable[[Mapping[str, Any], threading.Event], Told]
    """Raises ``CallRefused`` for arguments that it does not take, and whatever its work raises."""


def make_tool(name: str, takes: type[A], gives: Any, work: Work[A]) -> Tool:
    """The tool ``name`` with the words that ``prompts/mcp.yaml`` has for it; ``gives`` is the type of what it tells."""
    words = load_examples(PROMPT)["tools"][name]

    def call(arguments: Mapping[str, Any], left: threading.Event) -> Told:
        try:
            # Some clients send null for what they leave out.
            parsed = takes.model_validate({name: value for name, value in arguments.items() if value is not None})
        except ValidationError as error:
            raise CallRefused(f"{_faults(error)}; see the input schema of {name} and call it again") from None
        return work(parsed, left)

    schema = _plain(takes.model_json_schema(schema_generator=_Schema))
    schema.pop("description")
    for argument, meaning in (words.get("arguments") or {}).items():
        schema["properties"][argument]["description"] = meaning
    given = _plain(TypeAdapter(gives).json_schema(schema_generator=_Schema))
    return Tool(name, words["title"], words["description"], schema, given, call)


def _faults(error: ValidationError) -> str:
    """The first faults of the arguments, each with its place; nothing of what was sent."""
    told = []
    for fault in error.errors(include_url=False, include_input=False)[:_FAULTS_SHOWN]:
        where = ".".join(str(part) for part in fault["loc"])
        words = str(fault["msg"]).removeprefix("Value error, ")
        told.append(f"{where}: {words[:1].lower()}{words[1:]}" if where else words)
    return "; ".join(dict.fromkeys(told))


class _Schema(GenerateJsonSchema):
    """JSON Schema in as few words as say it: agents pay for each, in every conversation."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: the name says it."""
        return False


def _plain(schema: Any) -> Any:
    """``schema`` without the names of our classes, with our descriptions on one line and without markup.

    A named tuple becomes a list of numbers: not every client knows lists whose places differ in type.
    """
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _plain(part) for name, part in schema.items() if not (name == "title" and isinstance(part, str))}
    if kept.pop("prefixItems", None):
        kept["items"] = {"type": "number"}
    if isinstance(words := kept.get("description"), str):
        kept["description"] = " ".join(words.replace("``", "").split())
    return kept
