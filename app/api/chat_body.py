"""What a client of the OpenAI wire format sends: which of it is heard, which is let pass, and which is refused."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain import Turn
from app.fault import Fault

_MAX_MESSAGES = 2_000
_ROLES: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}
_INSTRUCTIONS = ("system", "developer")


def _only(values: dict[str, Any]) -> Any:
    """Describes what is accepted; the rest is refused in words by ``ChatBody.conversation``."""
    return Field(json_schema_extra=values)


class PartBody(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore", strict=True)

    type: str
    text: str | None = None
    refusal: str | None = None


class MessageBody(BaseModel):
    """A message. Those of ``system`` and ``developer`` are accepted and ignored: an answer says what the documents say."""

    model_config = ConfigDict(extra="ignore", strict=True)

    role: str
    content: str | list[PartBody] | None = None
    tool_calls: list[Any] | None = None
    function_call: Any = None

    @property
    def text(self) -> str:
        """The words of the message.

        Raises:
            Fault: a part of it is no text.
        """
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        for part in self.content:
            if part.type not in {"text", "refusal"}:
                raise _unsupported("unsupported_content", f"messages: a part of the type {part.type!r}; send text")
        return "\n".join(part.text or part.refusal or "" for part in self.content)


class StreamOptionsBody(BaseModel):
    """How a stream ends."""

    model_config = ConfigDict(extra="ignore", strict=True)

    include_usage: bool | None = None


class ChatBody(BaseModel):
    """A conversation whose last message is the question. Parameters that are not named here are accepted and ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)

    model: Annotated[str, Field(min_length=1, max_length=200, description="The slug of a profile.")]
    messages: Annotated[list[MessageBody], Field(min_length=1, max_length=_MAX_MESSAGES)]
    stream: bool | None = None
    stream_options: StreamOptionsBody | None = None
    n: Annotated[int | None, _only({"enum": [1, None]})] = None
    tools: Annotated[list[Any] | None, _only({"maxItems": 0})] = None
    functions: Annotated[list[Any] | None, _only({"maxItems": 0})] = None
    response_format: Annotated[dict[str, Any] | None, _only({"properties": {"type": {"const": "text"}}})] = None
    modalities: Annotated[list[str] | None, _only({"items": {"const": "text"}})] = None
    audio: Annotated[Any, _only({"type": "null"})] = None
    logprobs: Annotated[bool | None, _only({"enum": [False, None]})] = None
    top_logprobs: Annotated[int | None, _only({"type": "null"})] = None

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with a chunk of its own for the usage."""
        return bool(self.stream_options and self.stream_options.include_usage)

    def conversation(self, most: int) -> Sequence[Turn]:
        """The last ``most`` turns, the question last.

        Raises:
            Fault: something is asked for that is not done here, or the last message is not the user's.
        """
        self._refuse_what_is_not_done()
        turns = [Turn(_ROLES[m.role], m.text) for m in self.messages if self._is_turn(m)]
        if self.messages[-1].role != "user":
            raise Fault(400, "invalid_request", "last_message", "messages: the last message must be the user's")
        return turns[-most:]

    def _is_turn(self, message: MessageBody) -> bool:
        """Whether a message is part of the conversation; raises ``Fault`` for roles that there are none of here."""
        if message.role in _INSTRUCTIONS:
            return False
        if message.role not in _ROLES or message.tool_calls or message.function_call:
            words = f"messages: tools are not called here, so there are no messages of theirs (role {message.role!r})"
            raise _unsupported("unsupported_message", words)
        return True

    def _refuse_what_is_not_done(self) -> None:
        """What would make an answer other than it is asked to be is refused, not ignored."""
        form = (self.response_format or {}).get("type", "text")
        wrong = {
            "n: one answer is given to a question; leave n out": self.n not in (None, 1),
            "tools: none are called; leave them out": bool(self.tools),
            "functions: none are called; leave them out": bool(self.functions),
            f"response_format: answers are text, not {form!r}; POST /v1/ask gives JSON": form != "text",
            "modalities: answers are text": any(m != "text" for m in self.modalities or ()),
            "audio: answers are text": self.audio is not None,
            "logprobs: there are none": bool(self.logprobs) or self.top_logprobs is not None,
        }
        for words, is_wrong in wrong.items():
            if is_wrong:
                raise _unsupported("unsupported_parameter", words)


def _unsupported(code: str, words: str) -> Fault:
    return Fault(400, "invalid_request", code, words)
