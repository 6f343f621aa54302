"""One question, every door, one answer: only how long it took may differ."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import openai
import pytest
from playwright.sync_api import Browser

from app.cli import run
from tests.app.api.asking import MIRA, events, serving_assistant
from tests.app.mcp.asking import ask_over_mcp
from tests.app.web.chromium import chromium
from tests.app.web.scripted import Served
from tests.app.web.visiting import visiting as a_visit
from tests.app.widget.backend import Backend, Homepages, serving_homepages
from tests.app.widget.guest import visiting
from tests.conftest import Desk

Answer = dict[str, Any]
CONVERSATIONS: Mapping[str, tuple[str, ...]] = {
    "fact": ("Where does she work?",),
    "list": ("List her publications",),
    "not stated": ("Did she ever work at Google?",),
    "chinese": ("她在哪里工作？",),
    "compared": ("Compare Mira Okonjo with Teo Lindqvist: how many publications?",),
    "follow-up": ("Which papers were published in 2021?", "And in 2023?"),
}
SINGLE = [name for name, questions in CONVERSATIONS.items() if len(questions) == 1]


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """The two small people in folders of this module's own."""
    folder = tmp_path_factory.mktemp("doors")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    return Desk(folder / "profiles", folder / "index", ingested.embedder)


@pytest.fixture(scope="module")
def homepage() -> Iterator[Homepages]:
    """Somebody's homepage, before it is known which server it asks."""
    with serving_homepages("") as pages:
        yield pages


@pytest.fixture(scope="module")
def server(everyone: Desk, homepage: Homepages) -> Iterator[Served]:
    """One server for all doors; the homepage is listed by the profile."""
    card = (everyone.profiles / MIRA / "profile.toml").read_text(encoding="utf-8")
    everyone.write(MIRA, "profile.toml", f'{card}\n[embed]\norigins = ["{homepage.url}"]\n')
    everyone.ingest(MIRA)
    with serving_assistant(everyone) as found:
        homepage.api = found.url
        yield found


@pytest.fixture(scope="module")
def url(server: Served) -> str:
    return server.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def turns(questions: tuple[str, ...], words: str = "text") -> list[dict[str, str]]:
    """The conversation, with answers that nobody reads."""
    told = [{"role": r, words: t} for q in questions for t, r in ((q, "user"), ("An answer.", "assistant"))]
    return told[:-1]


def by_ask(url: str, questions: tuple[str, ...]) -> Answer:
    return _found(httpx.post(f"{url}/v1/ask", json=_asked(questions), timeout=60, trust_env=False).json())


def by_ask_stream(url: str, questions: tuple[str, ...]) -> Answer:
    reply = httpx.post(f"{url}/v1/ask", json=_asked(questions) | {"stream": True}, timeout=60, trust_env=False)
    told = events(reply)
    answer = _found(told[-2][1])
    spoken = [data for name, data in told if name == "sentence"]
    assert [{k: v for k, v in data.items() if k != "sources"} for data in spoken] == answer["sentences"]
    assert [source for data in spoken for source in data["sources"]] == answer["citations"]
    return answer


def by_chat(url: str, questions: tuple[str, ...]) -> Answer:
    with _openai(url) as client:
        messages: Any = turns(questions, "content")
        completion = client.chat.completions.create(model=MIRA, messages=messages)
    answer = _found(completion.to_dict()["vivavoce"])
    assert completion.choices[0].message.content == answer["answer"]
    return answer


def by_chat_stream(url: str, questions: tuple[str, ...]) -> Answer:
    with _openai(url) as client:
        messages: Any = turns(questions, "content")
        chunks = list(client.chat.completions.create(model=MIRA, messages=messages, stream=True))
    answer = _found(chunks[-1].to_dict()["vivavoce"])
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == answer["answer"]
    return answer


def by_mcp(url: str, questions: tuple[str, ...]) -> Answer:
    return _found(ask_over_mcp(url, MIRA, *questions))


def _asked(questions: tuple[str, ...]) -> Answer:
    return {"profile": MIRA, "turns": turns(questions)}


def _openai(url: str) -> openai.OpenAI:
    http = httpx.Client(trust_env=False, timeout=60)
    return openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, http_client=http)


def _found(answer: Any) -> Answer:
    """The answer object without what may differ."""
    assert isinstance(answer, dict)
    assert set(answer["timings_ms"]) <= {"contextualize", "retrieve", "answer", "verify"}
    return {key: value for key, value in answer.items() if key != "timings_ms"}


@pytest.fixture(scope="module")
def expected(url: str) -> dict[str, Answer]:
    """What ``POST /v1/ask`` says."""
    return {name: by_ask(url, questions) for name, questions in CONVERSATIONS.items()}


@pytest.mark.parametrize("door", [by_ask, by_ask_stream, by_chat, by_chat_stream, by_mcp])
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_programs_get_the_same_answer_at_every_door(
    url: str, expected: dict[str, Answer], name: str, door: Callable[[str, tuple[str, ...]], Answer]
) -> None:
    assert expected[name]["sentences"]
    assert door(url, CONVERSATIONS[name]) == expected[name]


@pytest.mark.parametrize("name", SINGLE)
def test_the_shell_gets_the_same_answer(
    expected: dict[str, Answer], everyone: Desk, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", MIRA, *CONVERSATIONS[name], "--json", *everyone.options]) == 0
    assert _found(json.loads(capsys.readouterr().out)) == expected[name]


@pytest.mark.browser
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_homepage_gets_the_same_answer(
    url: str, homepage: Homepages, browser: Browser, expected: dict[str, Answer], name: str
) -> None:
    with visiting(browser, Backend(url), homepage) as guest:
        guest.visit()
        guest.open()
        for question in CONVERSATIONS[name]:
            guest.ask(question)
        assert _found(guest.heard("answer")[-1]) == expected[name]


@pytest.mark.browser
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_page_says_the_same(server: Served, browser: Browser, expected: dict[str, Answer], name: str) -> None:
    for visit in a_visit(browser, server):
        visit.open(MIRA)
        for question in CONVERSATIONS[name]:
            visit.ask(question)
        said = visit.last.get_attribute("data-text") or ""
    assert said.startswith(expected[name]["answer"])
    assert said.count("\n[") == len(expected[name]["citations"])
