"""What a request does, as far as it is counted and may need a pass; and the profile it is about."""

import json
from collections.abc import MutableMapping
from typing import Any, Literal

from starlette.types import Message, Receive

PREFIX = "/v1/"
Act = Literal["question", "feedback"]
_ACTS: dict[str, Act] = {
    "/v1/ask": "question",
    "/v1/chat/completions": "question",
    "/v1/search": "question",
    "/v1/match": "question",
    "/v1/match/view": "question",
    "/v1/feedback": "feedback",
}
"""What is posted there costs work, or leaves something behind."""
_BY_PATH = {"profiles", "models"}
"""Routes that have the profile in their address."""
_BY_MODEL = "chat/completions"
"""The route that calls the profile a model; all others that take a body call it a profile."""
_STATE = "profile_asked"


def act_of(method: str, path: str) -> Act | None:
    """What a request does that is counted; ``None`` for what only reads."""
    return _ACTS.get(path.rstrip("/")) if method == "POST" else None


async def profile_asked(scope: MutableMapping[str, Any], receive: Receive) -> tuple[str | None, Receive]:
    """The profile that a request below ``/v1`` is about, from its address or its body, and ``receive`` as it was before that was read.

    It is read once, whoever asks.
    """
    path = scope["path"].removeprefix(PREFIX)
    parts = path.split("/")
    if parts[0] in _BY_PATH and len(parts) > 1:
        return parts[1], receive
    if scope["method"] != "POST":
        return None, receive
    kept = scope.setdefault("state", {})
    if _STATE in kept:
        found: str | None = kept[_STATE]
        return found, receive
    messages: list[Message] = []
    body = bytearray()
    while True:
        message = await receive()
        messages.append(message)
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    kept[_STATE] = _named_in(bytes(body), "model" if path.rstrip("/") == _BY_MODEL else "profile")
    return kept[_STATE], again


def _named_in(body: bytes, key: str) -> str | None:
    """What a JSON body holds under ``key``; the route reads it the same way, and refuses what is no such object."""
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    named = data.get(key) if isinstance(data, dict) else None
    return named if isinstance(named, str) else None
