"""An answer in the OpenAI wire format: the completion, its chunks, its annotations."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from app.domain import Answer, Citation

_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion, whose chunks share its id."""

    model: str
    base_url: str
    """Where this API is, with a slash at the end; sources without an address of their own are found below it."""
    created: int
    """Seconds since 1970."""
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The completion, not streamed."""
        message = {
            "role": "assistant",
            "content": answer.answer,
            "refusal": None,
            "annotations": list(self.annotations(answer)),
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._head("chat.completion") | {
            "choices": [choice],
            "usage": _usage(answer),
            "system_fingerprint": answer.fingerprint,
            "vivavoce": answer.to_json(),
        }

    def chunk(self, delta: Mapping[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        """A piece of the stream."""
        choice = {"index": 0, "delta": dict(delta), "finish_reason": finish_reason, "logprobs": None}
        return self._head("chat.completion.chunk") | {"choices": [choice]}

    def last(self, answer: Answer, with_usage: bool) -> dict[str, Any]:
        """The chunk that says that the answer is whole, with its annotations and the answer object."""
        chunk = self.chunk({"annotations": list(self.annotations(answer))}, "stop")
        more = {"usage": _usage(answer)} if with_usage else {}
        return chunk | more | {"system_fingerprint": answer.fingerprint, "vivavoce": answer.to_json()}

    def usage(self, answer: Answer) -> dict[str, Any]:
        """The chunk after the last, where ``stream_options.include_usage`` asks for it."""
        return self._head("chat.completion.chunk") | {"choices": [], "usage": _usage(answer)}

    def annotations(self, answer: Answer) -> Iterator[dict[str, Any]]:
        """A ``url_citation`` for each ``[n]`` in the text; its indices are those of the mark, the end exclusive."""
        cited = {c.n: c for c in answer.citations}
        for mark in _MARK.finditer(answer.answer):
            citation = cited.get(int(mark[1]))
            if citation is not None:
                yield {
                    "type": "url_citation",
                    "url_citation": {
                        "start_index": mark.start(),
                        "end_index": mark.end(),
                        "title": " · ".join(part for part in (citation.title, citation.section) if part),
                        "url": self._url(citation, answer.profile),
                    },
                }

    def _url(self, citation: Citation, profile: str) -> str:
        """The source's own address, or where its cited characters can be read here."""
        if citation.url and citation.url.startswith(("https://", "http://")):
            return citation.url
        slug, document = quote(citation.profile or profile, safe=""), quote(citation.document)
        span = urlencode({"start": citation.start, "end": citation.end})
        return f"{self.base_url}profiles/{slug}/documents/{document}?{span}"

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}


def _usage(answer: Answer) -> dict[str, int]:
    """Tokens of the language model behind the answer; none where the program wrote it itself."""
    prompt, completion = (int(answer.usage.get(f"{name}_tokens", 0)) for name in ("prompt", "completion"))
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
