"""Requests that are wrong in one way each, made up by chance."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.bench.corruptions import SLUG

Pieces = Sequence[bytes]
_TEXTS = (
    "",
    " ",
    "\x00",
    "\u202e",
    "a" * 600,
    "Where?",
    "ß" * 100,
    "🧪",
    "' OR 1=1 --",
    "{{7*7}}",
    "../../etc/passwd",
    "<script>",
    "\ud800",
    "%00",
    "٣",
    "null",
)
_VALUES: tuple[Any, ...] = (None, True, -1, 0, 1e308, 2**70, [], {}, [[]], {"a": []}, *_TEXTS)
_QUESTIONS = ("Where does she work?", "Which papers are there?", "What are her research interests?")
_PATHS = ("/v1/ask", "/v1/chat/completions", "/v1/search", "/v1/match", "/v1/feedback", "/mcp")
_READ = (
    "/v1/models",
    f"/v1/profiles/{SLUG}",
    f"/v1/profiles/{SLUG}/record",
    "/health",
    "/ready",
    "/metrics",
    "/v1/openapi.json",
)
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Tokens:
    """A session token as the server made it."""

    token: str
    origin: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as its bytes."""

    pieces: Pieces
    shown: str
    is_api: bool = True
    """Below ``/v1``, where errors have their object."""
    is_malformed_http: bool = False
    """Refused by the HTTP parser, which knows nothing of ours."""
    may_be_silent: bool = False
    pause_s: float = 0.0
    """Between its pieces."""
    half_closed: bool = False
    leaves: float = 0.0
    """Seconds after which the sender is gone without reading; 0: it reads to the end."""


def post(path: str, body: bytes, *headers: str, shown: str = "", **more: Any) -> Sent:
    """A whole request with ``body``, well-formed as HTTP."""
    lines = [
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "connection: close",
        "content-type: application/json",
        f"content-length: {len(body)}",
        *headers,
    ]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
    return Sent([head + body], f"POST {path} {shown or repr(body[:_SHOWN])}", is_api=path.startswith("/v1"), **more)


def _asked(chance: random.Random, path: str) -> dict[str, Any]:
    """A body that is right for ``path``."""
    text = f"{chance.choice(_QUESTIONS)}{' ' * chance.randrange(5)}"
    match path:
        case "/v1/chat/completions":
            return {"model": SLUG, "messages": [{"role": "user", "content": text}], "stream": chance.random() < 0.5}
        case "/v1/search":
            return {"profile": SLUG, "query": text}
        case "/v1/match":
            return {
                "profile": SLUG,
                "text": f"We look for someone with experience in {chance.choice(['sonar', 'tides', 'Python'])}.",
            }
        case "/v1/feedback":
            return {"profile": SLUG, "fingerprint": "0" * 64, "verdict": "helpful"}
        case "/mcp":
            arguments = {"profile": SLUG, "question": text}
            return {
                "jsonrpc": "2.0",
                "id": 1,
                "method": "tools/call",
                "params": {"name": "ask", "arguments": arguments},
            }
    return {"profile": SLUG, "question": text, "stream": chance.random() < 0.5}


def _dumped(body: Any) -> bytes:
    return json.dumps(body).encode()


def broken_json(chance: random.Random, _: Tokens) -> Sent:
    """A right body with bytes cut out, doubled or changed."""
    path = chance.choice(_PATHS)
    body = bytearray(_dumped(_asked(chance, path)))
    for _change in range(chance.randrange(1, 6)):
        at = chance.randrange(len(body))
        body[at : at + chance.randrange(3)] = bytes(chance.randrange(256) for _byte in range(chance.randrange(3)))
    return post(path, bytes(body))


def wrong_types(chance: random.Random, _: Tokens) -> Sent:
    """One value is of another type, or there is one too many."""
    path = chance.choice(_PATHS)
    body = _asked(chance, path)
    body[chance.choice([*body, "extra"])] = chance.choice(_VALUES)
    return post(path, _dumped(body if chance.random() < 0.95 else chance.choice(_VALUES)))


def wrong_turns(chance: random.Random, _: Tokens) -> Sent:
    """Conversations of the wrong form."""
    turns = [
        {
            "role": chance.choice(["user", "assistant", "system", 1]),
            chance.choice(["text", "content"]): chance.choice(_VALUES),
        }
        for _turn in range(chance.randrange(6))
    ]
    if chance.random() < 0.5:
        return post("/v1/ask", _dumped({"profile": SLUG, "turns": turns}))
    return post(
        "/v1/chat/completions",
        _dumped(
            {
                "model": SLUG,
                "messages": turns,
                chance.choice(["temperature", "n", "max_tokens", "tools"]): chance.choice(_VALUES),
            }
        ),
    )


def unknown_profile(chance: random.Random, _: Tokens) -> Sent:
    """Nobody of that name."""
    name = chance.choice([*_TEXTS, SLUG.upper(), f"../{SLUG}", f"{SLUG}/", SLUG[:-1], "x" * 5000])
    path = chance.choice(_PATHS[:4])
    body = _asked(chance, path)
    return post(path, _dumped(body | {"model" if "model" in body else "profile": name}))


def bad_utf8(chance: random.Random, _: Tokens) -> Sent:
    """Bytes that are no UTF-8 inside of strings."""
    path = chance.choice(_PATHS)
    body = _dumped(_asked(chance, path))
    bad = chance.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88", b"\xc0\xaf", b"\\ud800", b"\x00", b"\\u0000"])
    at = body.rfind(b'"')
    return post(path, body[:at] + bad + body[at:])


def huge_body(chance: random.Random, _: Tokens) -> Sent:
    """More than may be sent, of one long string, of depth, or of many keys; said beforehand or in chunks."""
    body = chance.choice((
        b'{"profile": "' + b"a" * 1_500_000 + b'"}', b"[" * 200_000, b'{"a":' * 100_000,
        b"{" + b",".join(b'"k%d": 1' % n for n in range(120_000)) + b"}", b'{"profile": ' + b"9" * 20_000 + b"}",
    ))  # fmt: skip
    path = chance.choice(_PATHS)
    if chance.random() < 0.5:
        return post(path, body, shown=f"of {len(body)} bytes", may_be_silent=True)
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n".encode()
    chunks = [b"%x\r\n%s\r\n" % (len(part), part) for part in (body[i : i + 65536] for i in range(0, len(body), 65536))]
    return Sent(
        [head, *chunks, b"0\r\n\r\n"],
        f"POST {path} of {len(body)} bytes in chunks",
        path.startswith("/v1"),
        may_be_silent=True,
    )


def not_http(chance: random.Random, _: Tokens) -> Sent:
    """Bytes that the parser of HTTP refuses, or ought to."""
    whole = post("/v1/ask", _dumped(_asked(chance, "/v1/ask"))).pieces[0]
    head, _blank, body = whole.partition(b"\r\n\r\n")
    made = chance.choice((
        bytes(chance.randrange(256) for _byte in range(chance.randrange(1, 300))) + b"\r\n\r\n", b"\r\n" * 50, b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nhost: a\r\n\r\n", head.replace(b"content-length", b"content-length: -1\r\nx") + b"\r\n\r\n" + body,
        head.replace(b"content-length: ", b"content-length: 0x") + b"\r\n\r\n" + body, head + b"\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n",
        head.replace(b"host", b"h\x00st") + b"\r\n\r\n" + body, head + b"\r\n bad: folded\r\n\r\n" + body,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", head + b"\r\nx: " + b"a" * 70_000 + b"\r\n\r\n" + body, whole[: chance.randrange(1, len(whole))],
    ))  # fmt: skip
    return Sent([made], repr(made[:_SHOWN]), is_malformed_http=True, may_be_silent=True, half_closed=True)


def odd_paths(chance: random.Random, _: Tokens) -> Sent:
    """Addresses that lead nowhere, or out of the house, and methods that they do not take."""
    way = chance.choice(("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"))
    base = chance.choice(
        (*_PATHS, *_READ, "/", "/config", "/static/", "/embed", "/gradio_api/queue/join", "/gradio_api/queue/data")
    )
    tail = chance.choice(
        (
            "",
            "/",
            "?",
            "?profile=",
            "?a=%ff",
            "/..%2f..%2fetc/passwd",
            "/%00",
            "/../../x",
            "//",
            "/%e4",
            f"?{'q=' * 500}",
            "/pages/99999999999999999999",
            "/" + "a" * 3000,
        )
    )
    line = f"{way} {base}{tail} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    # Gradio's own routes answer in their own way.
    return Sent(
        [line.encode()],
        line[:_SHOWN],
        is_api=base.startswith("/v1") and way in {"GET", "POST"},
        leaves=0.2 if "queue/data" in base else 0.0,
    )


def odd_headers(chance: random.Random, _: Tokens) -> Sent:
    """Hosts, origins, proxies, encodings and ranges that lie."""
    name, values = chance.choice((
        ("origin", ("null", "http://evil.example", "file://", "*", "http://127.0.0.1:1")),
        ("x-forwarded-for", ("127.0.0.1", "::1, 1.2.3.4", "a" * 999, "1.2.3.4, " * 99)),
        ("content-type", ("text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16")),
        ("content-encoding", ("gzip", "br")),
        ("range", ("bytes=9-1", "bytes=0-99999999999999999999", "lines=1")), ("accept", ("application/xml", "*/*;q=nan", "")),
        ("host", ("evil.example", "[::1", "a b", "127.0.0.1:99999")),
        ("if-none-match", ("*", 'W/"x"', "é")), ("accept-language", ("xx-" * 300, "*;q=2")), ("cookie", ("a=" + "b" * 4000,)),
        ("expect", ("100-continue",)), ("upgrade", ("websocket", "h2c")),
    ))  # fmt: skip
    path = chance.choice(_PATHS)
    return post(
        path,
        _dumped(_asked(chance, path)),
        f"{name}: {chance.choice(values)}",
        shown=f"with {name}",
        may_be_silent=name in {"host", "upgrade"},
        is_malformed_http=name in {"host", "upgrade"},
    )


def bent_tokens(chance: random.Random, tokens: Tokens) -> Sent:
    """Session tokens that were changed, replayed from another origin, or made up; keys that nobody gave out."""
    token, at = tokens.token, chance.randrange(len(tokens.token))
    made = chance.choice((
        token[:at] + chance.choice("AZaz09-_.=") + token[at + 1 :], token[:at], token + token, token.upper(), "vvs1." + "A" * 2000,
        "vvs1..", "vvk1_" + "0" * 40, "é" * 20, "", token,
    ))  # fmt: skip
    scheme = chance.choice(("Bearer", "bearer", "Basic", "", "Bearer Bearer"))
    origin = chance.choice((tokens.origin, "http://elsewhere.example", "null"))
    path = chance.choice(_PATHS)
    return post(
        path,
        _dumped(_asked(chance, path)),
        f"authorization: {scheme} {made}",
        f"origin: {origin}",
        shown=f"with {scheme} {made[:60]!r} from {origin}",
    )


def left_streams(chance: random.Random, _: Tokens) -> Sent:
    """Streams whose reader closes its half, or goes away in the middle."""
    path = chance.choice(_PATHS[:2])
    sent = post(path, _dumped(_asked(chance, path) | {"stream": True}))
    if chance.random() < 0.5:
        return Sent(sent.pieces, sent.shown, half_closed=True, may_be_silent=True)
    return Sent(sent.pieces, sent.shown, leaves=chance.uniform(0.001, 0.1))


KINDS: Mapping[str, Callable[[random.Random, Tokens], Sent]] = {
    kind.__name__.replace("_", " "): kind
    for kind in (
        broken_json, wrong_types, wrong_turns, unknown_profile, bad_utf8, huge_body, not_http, odd_paths, odd_headers, bent_tokens, left_streams,
    )
}  # fmt: skip
