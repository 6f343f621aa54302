"""The routes behind the page: what may be said of an answer, and the HTML around the page."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.feedback import FILE_NAME, Feedback, FeedbackFile
from app.web.shell import Shell
from tests.app.web.scripted import Served
from tests.conftest import Desk

PRINT = "a" * 64
CITED = {"n": 1, "document": "cv.md", "start": 3, "end": 9}


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as http:
        yield http


def send(client: httpx.Client, **body: Any) -> httpx.Response:
    return client.post("/v1/feedback", json={"profile": "mira-okonjo", "fingerprint": PRINT, **body})


def test_feedback_is_kept_beside_the_indexes(client: httpx.Client, desk: Desk) -> None:
    reply = send(client, verdict="unhelpful", reason="incomplete", words="  No group. ")
    assert (reply.status_code, reply.json()) == (201, {"kept": True})
    kept = FeedbackFile(desk.index / FILE_NAME, lambda: datetime.now(UTC).date()).kept("mira-okonjo")
    day = datetime.now(UTC).date()
    assert kept[-1] == Feedback("mira-okonjo", PRINT, "unhelpful", "incomplete", None, "No group.", None, day)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"verdict": "excellent"}, "verdict:"),
        ({"verdict": "helpful", "visitor": "me"}, "visitor: extra inputs"),
        ({"verdict": "helpful", "reason": "wrong"}, "a reason goes with the verdict unhelpful only"),
        ({"verdict": "wrong_citation"}, "a citation goes with the verdict wrong_citation"),
        ({"verdict": "helpful", "citation": CITED}, "a citation goes with the verdict wrong_citation"),
        ({"verdict": "wrong_citation", "citation": CITED | {"start": -1}}, "citation.start:"),
        ({"verdict": "unhelpful", "words": "x" * 1001}, "words:"),
        ({"verdict": "unhelpful", "question": "x" * 501}, "question: at most 500 characters"),
        ({"verdict": "helpful", "fingerprint": "../etc"}, "fingerprint:"),
    ],
)
def test_what_is_not_feedback_is_refused_by_name(client: httpx.Client, body: dict[str, Any], words: str) -> None:
    reply = send(client, **body)
    assert reply.status_code == 422
    assert reply.json()["error"]["message"].startswith(words)


def test_feedback_on_nobody_is_not_kept(client: httpx.Client) -> None:
    reply = send(client, verdict="helpful", profile="mira-okonja")
    assert reply.status_code == 404
    assert reply.json()["error"]["message"] == "no profile 'mira-okonja'; did you mean: mira-okonjo"


def test_the_page_carries_its_style_from_the_start_and_no_foreign_preview(client: httpx.Client) -> None:
    page = client.get("/").text
    assert page.index("window.vv = ") < page.index("window.gradio_config")
    assert page.index("--vv-paper") < page.index("</head>")
    assert "og:image" not in page
    assert "githubusercontent" not in page.split("window.gradio_config")[0]


@pytest.mark.parametrize(
    "page", [b"<html><head></head></html>", b'<html><head>\n<meta name="twitter:x"\n content="y" /></head>']
)
def test_ours_is_first_and_last_in_the_head(page: bytes) -> None:
    async def nothing(*_: Any) -> None: ...

    done = Shell(nothing, script="let a;", style="b{}").complete(page)
    assert done.startswith(b"<html><head><script>let a;</script>")
    assert b"<style>b{}</style></head>" in done
    assert b"twitter" not in done


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_while_nobody_asks_the_server_sleeps(server: Served) -> None:
    """Gradio by itself wakes up a thousand times a second."""
    before = _woken(server)
    time.sleep(2)
    assert (_woken(server) - before) / 2 < 200


def _woken(server: Served) -> int:
    """How often the server's main thread has waited for something."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.findall(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.MULTILINE)[0])
