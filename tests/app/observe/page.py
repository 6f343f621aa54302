"""The page's own traffic without a browser: a question through Gradio's queue, and an open tab."""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from tests.app.observe.conftest import MIRA


def begin(client: httpx.Client, question: str, session: str, profile: str = MIRA) -> None:
    """Asks ``question`` as the page does."""
    functions = client.get("/config").json()["dependencies"]
    asking = next(f["id"] for f in functions if any(event == "submit" for _, event in f["targets"]))
    body = {"data": [question, {"profile": profile, "language": "en"}, []], "fn_index": asking, "session_hash": session}
    joined = client.post("/gradio_api/queue/join", json=body | {"event_data": {}, "trigger_id": None})
    assert joined.status_code == 200, joined.text


def heard(client: httpx.Client, session: str) -> Iterator[dict[str, Any]]:
    """What the queue says to ``session``, until it closes the stream."""
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def asked(client: httpx.Client, question: str, session: str) -> str:
    """All that the page is told in answer to ``question``."""
    begin(client, question, session)
    return json.dumps(list(heard(client, session)), ensure_ascii=False)
