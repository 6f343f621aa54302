"""A provider that misbehaves in every way we know of, on the wire of the scripted one."""

import gzip
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from evals.scripted import MODEL, Wire, asked_of, chunk

KEY = "sk-planted-0123456789abcdef"
"""What every test hands over as the key, and what must never be seen again."""


class Faulty(Wire):
    """Does what ``mode`` says instead of answering; ``mode`` is a class attribute of each test's own handler."""

    mode = "whole"
    held_s = 2.5
    """How long a stalled provider holds the line; longer than the tests' time-outs."""

    def answer(self, body: dict[str, Any]) -> None:
        """One of ``MODES``."""
        MODES[self.mode](self, body)

    def whole(self, body: dict[str, Any]) -> None:
        """As it should be."""
        super().answer(body)

    def half(self, body: dict[str, Any], share: float = 0.6) -> None:
        """The first part of the answer, and no end to it."""
        text = self.provider.script(asked_of(body))
        self.begin_stream()
        for start in range(0, int(len(text) * share), 7):
            self.send_piece(text[start : start + 7])

    def refuse(self, status: int, code: str, headers: Mapping[str, str] | None = None) -> None:
        """An error as OpenAI words it; like OpenAI's, its message repeats the key."""
        message = f"Incorrect API key provided: {self.headers.get('authorization', '')}. {code}"
        self.send_object({"error": {"message": message, "type": code, "code": code}}, status, headers)


def _cut(wire: Faulty, body: dict[str, Any]) -> None:
    wire.half(body)


def _cut_at_a_full_stop(wire: Faulty, body: dict[str, Any]) -> None:
    wire.half(body, 1.0)


def _html(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream("text/html")
    wire.write(b"<html><body>Please log in to the wireless network</body></html>")


def _html_that_lies(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    wire.write(b"<html><body>Please log in to the wireless network</body></html>")


def _bad_json(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    wire.write(b'data: {"choices": [{"delta": {"content": "He wor\n\n')


def _empty_choices(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    for _number in range(3):
        wire.send_event({"id": "1", "object": "chat.completion.chunk", "model": MODEL, "choices": []})
    wire.write(b"data: [DONE]\n\n")


def _null_choices(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    wire.send_event({"id": "1", "object": "chat.completion.chunk", "model": MODEL, "choices": None})
    wire.write(b"data: [DONE]\n\n")


def _no_words(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    wire.send_event(chunk({"role": "assistant", "content": ""}))
    wire.send_event(chunk({}, "stop"))
    wire.write(b"data: [DONE]\n\n")


def _stall(wire: Faulty, body: dict[str, Any]) -> None:
    wire.half(body)
    time.sleep(wire.held_s)


def _silence(wire: Faulty, _: dict[str, Any]) -> None:
    time.sleep(wire.held_s)
    wire.close_connection = True


def _abort(wire: Faulty, body: dict[str, Any]) -> None:
    wire.send_response(200)
    wire.send_header("Content-Type", "text/event-stream")
    wire.send_header("Content-Length", "100000")
    wire.end_headers()
    wire.send_event(chunk({"role": "assistant", "content": "He "}))
    wire.connection.close()
    wire.close_connection = True


def _hang_up(wire: Faulty, _: dict[str, Any]) -> None:
    wire.close_connection = True


def _in_stream_error(wire: Faulty, body: dict[str, Any]) -> None:
    wire.half(body)
    wire.send_event({"error": {"message": f"overloaded {KEY}", "type": "server_error", "code": "overloaded"}})


def _slow_drip(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    ends = time.monotonic() + 2 * wire.held_s
    try:
        while time.monotonic() < ends:
            wire.send_piece("e")
            time.sleep(0.2)
    except (BrokenPipeError, ConnectionResetError):
        wire.provider.broken_off.append(time.monotonic())


def _pings(wire: Faulty, _: dict[str, Any]) -> None:
    """Comments, which keep the line alive and say nothing."""
    wire.begin_stream()
    ends = time.monotonic() + 2 * wire.held_s
    try:
        while time.monotonic() < ends:
            wire.write(b": still working\n\n")
            time.sleep(0.2)
    except (BrokenPipeError, ConnectionResetError):
        wire.provider.broken_off.append(time.monotonic())


def _bomb(wire: Faulty, _: dict[str, Any]) -> None:
    """A small body that unpacks to a large one."""
    wire.send_response(200)
    wire.send_header("Content-Type", "text/event-stream")
    wire.send_header("Content-Encoding", "gzip")
    wire.send_header("Connection", "close")
    wire.end_headers()
    wire.close_connection = True
    try:
        wire.write(gzip.compress(b": " + b"x" * 40_000_000 + b"\n\n", 1))
    except (BrokenPipeError, ConnectionResetError):
        wire.provider.broken_off.append(time.monotonic())


def _not_streamed(wire: Faulty, body: dict[str, Any]) -> None:
    super(Faulty, wire).answer(body | {"stream": False})


def _error_object(wire: Faulty, _: dict[str, Any]) -> None:
    wire.send_object({"error": {"message": f"no such deployment {KEY}", "type": "server_error", "code": "missing"}})


def _calls_a_tool(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}
    wire.send_event(chunk({"role": "assistant", "content": None, "tool_calls": [call]}))
    wire.send_event(chunk({}, "tool_calls"))
    wire.write(b"data: [DONE]\n\n")


def _declines(wire: Faulty, _: dict[str, Any]) -> None:
    """OpenAI's ``refusal``, which stands beside an empty content."""
    wire.begin_stream()
    wire.send_event(chunk({"role": "assistant", "content": None, "refusal": "I cannot help with that."}))
    wire.send_event(chunk({}, "stop"))
    wire.write(b"data: [DONE]\n\n")


def _no_schema(wire: Faulty, body: dict[str, Any]) -> None:
    """As a server that knows no ``response_format``."""
    if "response_format" in body:
        wire.refuse(400, "unsupported_parameter")
    else:
        wire.whole(body)


def _huge(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    try:
        for _number in range(64):
            wire.write(b"x" * 1_000_000)
    except (BrokenPipeError, ConnectionResetError):
        wire.provider.broken_off.append(time.monotonic())


def _endless(wire: Faulty, _: dict[str, Any]) -> None:
    wire.begin_stream()
    try:
        for _number in range(200_000):
            wire.send_piece("He is and was and will be ")
    except (BrokenPipeError, ConnectionResetError):
        wire.provider.broken_off.append(time.monotonic())


def _split_unicode(wire: Faulty, body: dict[str, Any]) -> None:
    text = wire.provider.script(asked_of(body))
    wire.begin_stream()
    data = b"".join(
        f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
        for value in (chunk({"role": "assistant", "content": text}), chunk({}, "stop"))
    )
    for start in range(0, len(data), 5):
        wire.write(data[start : start + 5])


def _ends_with(reason: str) -> Callable[[Faulty, dict[str, Any]], None]:
    def answer(wire: Faulty, body: dict[str, Any]) -> None:
        wire.half(body)
        wire.send_event(chunk({}, reason))
        wire.write(b"data: [DONE]\n\n")

    return answer


def _refusal(
    status: int, code: str, headers: Mapping[str, str] | None = None
) -> Callable[[Faulty, dict[str, Any]], None]:
    return lambda wire, _: wire.refuse(status, code, headers)


MODES: Mapping[str, Callable[[Faulty, dict[str, Any]], None]] = {
    "whole": Faulty.whole,
    "split unicode": _split_unicode,
    "cut": _cut,
    "cut at a full stop": _cut_at_a_full_stop,
    "html 200": _html,
    "html as events": _html_that_lies,
    "bad json": _bad_json,
    "empty choices": _empty_choices,
    "null choices": _null_choices,
    "no words": _no_words,
    "stall": _stall,
    "silence": _silence,
    "abort": _abort,
    "hang up": _hang_up,
    "error in the stream": _in_stream_error,
    "error with status 200": _error_object,
    "not a stream": _not_streamed,
    "tool call": _calls_a_tool,
    "refusal": _declines,
    "redirect": _refusal(302, "moved", {"Location": "http://127.0.0.1:9/login"}),
    "slow drip": _slow_drip,
    "pings": _pings,
    "huge body": _huge,
    "gzip bomb": _bomb,
    "endless": _endless,
    "wrong key": _refusal(401, "invalid_api_key"),
    "forbidden": _refusal(403, "permission_denied"),
    "429": _refusal(429, "rate_limit_exceeded"),
    "429, retry at once": _refusal(429, "rate_limit_exceeded", {"Retry-After": "0.1"}),
    "429, retry in an hour": _refusal(429, "rate_limit_exceeded", {"Retry-After": "3600"}),
    "429, retry at a date": _refusal(429, "rate_limit_exceeded", {"Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT"}),
    "no quota": _refusal(429, "insufficient_quota"),
    "500": _refusal(500, "server_error"),
    "503": _refusal(503, "overloaded"),
    "no money": _refusal(402, "payment_required"),
    "wrong model": _refusal(404, "model_not_found"),
    "no such path": _refusal(404, "not_found"),
    "no schema": _no_schema,
    "too long a prompt": _refusal(400, "context_length_exceeded"),
    "bad request": _refusal(400, "invalid_request_error"),
    "content filter": _ends_with("content_filter"),
    "length": _ends_with("length"),
}
