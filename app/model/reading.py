"""Reads an answer piece by piece and knows whether it came to its end."""

from collections.abc import Mapping
from typing import Any

from app.model.fault import ModelFailed, Usage


class Reading:
    """Puts the pieces of one answer together and knows whether it came to its end."""

    def __init__(self, strict: bool, max_chars: int) -> None:
        self._strict = strict
        self._left = max_chars
        self._reason: str | None = None
        self._usage: Usage | None = None

    def take(self, delta: str | None, raw: Any) -> str:
        """The text of one piece; ``raw`` is the provider's own object, which says why an answer ends."""
        choices = _field(raw, "choices") or ()
        for choice in choices[:1]:
            self._reason = _field(choice, "finish_reason") or self._reason
        usage = _field(raw, "usage")
        if usage is not None and _field(usage, "prompt_tokens") is not None:
            self._usage = Usage(_field(usage, "prompt_tokens") or 0, _field(usage, "completion_tokens") or 0)
        text = delta or ""
        self._left -= len(text)
        if self._left < 0:
            raise ModelFailed("length")
        return text

    def finish(self) -> Usage | None:
        """What was used. An OpenAI-compatible stream that ends without a reason was cut."""
        if self._reason == "length":
            raise ModelFailed("length")
        if self._reason == "content_filter":
            raise ModelFailed("filtered")
        if self._strict and self._reason is None:
            raise ModelFailed("cut")
        return self._usage


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
