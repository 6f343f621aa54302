"""What the server does when a call is given up, when there are too many, and when something breaks."""

import logging
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import anyio
import anyio.to_thread
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.assistant import Assistant
from app.domain import Event, Language, Turn, Waiting
from app.find import Finder
from app.library import Library
from app.match.desk import MatchDesk
from app.mcp.mount import mount_mcp
from app.mcp.server import make_server
from app.mcp.threads import Threads
from app.mcp.tool import CallRefused
from app.mcp.tools import Tools
from app.observe.stop import Stop
from app.settings import Settings
from tests.app.mcp.asking import Agent, Mode, inside
from tests.app.mcp.counting import Counting
from tests.app.web.scripted import free_port
from tests.conftest import Desk

_SOON_S = 5
"""On a machine with nothing else to do it takes some hundredths of a second."""
QUESTION = {"profile": "mira-okonjo", "question": "Where?"}


@dataclass(frozen=True, slots=True)
class Endless:
    """Answers nothing, until it is let go; or breaks."""

    library: Library
    breaks: bool = False
    begun: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        if self.breaks:
            raise RuntimeError("the secret of the server")
        try:
            self.begun.set()
            while True:
                time.sleep(0.05)
                yield Waiting()
        finally:
            self.let_go.set()

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        raise AssertionError("nobody asks")

    def greeting(self, slug: str, language: Language | None = None) -> str:
        raise AssertionError("nobody asks")

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        raise AssertionError("nobody asks")


@pytest.fixture
def library(ingested: Desk) -> Library:
    return Library(ingested.profiles, ingested.index, ingested.embedder)


def test_a_call_that_is_given_up_stops_its_work(library: Library) -> None:
    respondent = Endless(library)

    async def give_up(agent: Agent) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(agent.client.call_tool, "ask_profile", QUESTION)
            assert await anyio.to_thread.run_sync(respondent.begun.wait, 20)
            group.cancel_scope.cancel()

    tools = Tools(respondent, MatchDesk(library), Finder(library))
    with inside(make_server(tools, Threads(4, 4)), "legacy") as agent:
        agent.portal.call(give_up, agent)
        assert respondent.let_go.wait(_SOON_S)


@contextmanager
def answering(respondent: Endless) -> Iterator[str]:
    """The address of a server of this process that has nothing but ``/mcp``, over real HTTP."""
    app = FastAPI()
    tools_of = (MatchDesk(respondent.library), Settings(), Threads(4, 4))
    mount_mcp(app, respondent, *tools_of)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.should_exit = True
        thread.join(20)


def test_a_call_is_under_way_until_its_last_byte_is_sent(library: Library) -> None:
    stop = Stop()
    sent: list[tuple[bool, int]] = []
    app = FastAPI()
    mount_mcp(app, Endless(library, breaks=True), MatchDesk(library), Settings(), Threads(4, 4), stop=stop)

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.body":
                sent.append((message.get("more_body", False), stop.under_way))
            await send(message)

        await app(scope, receive, noted)

    with TestClient(watched, "http://localhost") as client:
        headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
        call = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": "ask_profile", "arguments": QUESTION},
        }
        assert "incident" in client.post("/mcp", json=call, headers=headers).text
    assert sent[-1] == (False, 1)
    assert {under_way for _, under_way in sent} == {1}
    assert stop.under_way == 0


@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
def test_a_connection_that_is_dropped_stops_its_work(library: Library, version: str) -> None:
    respondent = Endless(library)
    meta = {
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    }
    call = {"name": "ask_profile", "arguments": QUESTION, **({"_meta": meta} if version > "2026" else {})}
    routing = {"mcp-protocol-version": version, "mcp-method": "tools/call", "mcp-name": "ask_profile"}
    with answering(respondent) as address, httpx.Client(trust_env=False, timeout=2) as http:
        with pytest.raises(httpx.ReadTimeout):
            http.post(
                address,
                json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call},
                headers={"accept": "application/json, text/event-stream", **routing},
            )
        assert respondent.begun.is_set()
        http.close()
        assert respondent.let_go.wait(_SOON_S)


def test_when_too_many_calls_are_under_way_the_next_is_told_to_come_back(library: Library) -> None:
    respondent = Endless(library)
    refusals: list[str] = []

    async def crowd(agent: Agent) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(partial(agent.client.call_tool, "ask_profile", QUESTION))
            assert await anyio.to_thread.run_sync(respondent.begun.wait, 20)
            await anyio.sleep(0.3)
            with anyio.fail_after(5):
                result = await agent.client.call_tool("ask_profile", QUESTION)
            assert result.is_error
            refusals.append(result.content[0].model_dump()["text"])
            group.cancel_scope.cancel()

    tools = Tools(respondent, MatchDesk(library), Finder(library))
    counting = Counting()
    with inside(make_server(tools, Threads(1, 1), counting), "legacy") as agent:
        agent.portal.call(crowd, agent)
        assert (counting.admitted, counting.given_back) == (3, 1)
        assert refusals == ["too many calls are under way; call again in a few seconds"]
        assert respondent.let_go.wait(_SOON_S)
        time.sleep(0.2)
        assert agent.told("get_source", profile="mira-okonjo", document="cv.md")["text"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_what_breaks_is_an_incident_whose_words_stay_here(
    library: Library, mode: Mode, caplog: pytest.LogCaptureFixture
) -> None:
    tools = Tools(Endless(library, breaks=True), MatchDesk(library), Finder(library))
    with inside(make_server(tools, Threads(4, 4)), mode) as agent, caplog.at_level(logging.ERROR):
        refusal = agent.refusal("ask_profile", **QUESTION)
    assert "secret" not in refusal
    number = refusal.partition("incident ")[2].split()[0]
    assert number in caplog.text


def test_a_call_waits_for_documents_that_are_read_for_the_first_time_and_not_for_those_that_changed(
    indexed: Desk,
) -> None:
    ready = threading.Event()
    (indexed.index / "teo-lindqvist" / "CURRENT").rename(indexed.index / "kept")
    library = Library(indexed.profiles, indexed.index, indexed.embedder)
    tools = Tools(Endless(library), MatchDesk(library), Finder(library), ready)
    with inside(make_server(tools, Threads(4, 4))) as agent:
        assert agent.told("get_source", profile="mira-okonjo", document="cv.md")["text"]
        threading.Timer(0.5, (indexed.index / "kept").rename, [indexed.index / "teo-lindqvist" / "CURRENT"]).start()
        assert agent.told("get_source", profile="teo-lindqvist", document="papers.txt")["text"]
        assert not ready.is_set()


WHALES, HARBOUR, SONAR = "Counting Whales", "The Harbour That", "Passive Sonar"


@pytest.mark.parametrize(
    ("filters", "begins"),
    [
        ({}, [WHALES, HARBOUR, SONAR]),
        ({"year": 2022}, [HARBOUR]),
        ({"year": "2020-"}, [WHALES, HARBOUR]),
        ({"year": None, "venue": None}, [WHALES, HARBOUR, SONAR]),
        ({"venue": "Journal of Quiet Seas"}, [WHALES]),
        ({"author_position": "first"}, [WHALES, SONAR]),
        ({"author_position": "last"}, [HARBOUR]),
        ({"co_author": "Abadi"}, [WHALES, HARBOUR]),
        ({"co_author": "L. Abadi"}, [WHALES, HARBOUR]),
        ({"co_author": "Nobody Known"}, []),
        ({"co_author": "Abadi", "author_position": "first"}, [WHALES]),
        ({"status": "preprint"}, [HARBOUR]),
        ({"text": "budget sonar"}, [SONAR]),
        ({"year": "1999"}, []),
    ],
)
def test_publications_are_filtered_and_counted(library: Library, filters: dict[str, object], begins: list[str]) -> None:
    tools = {tool.name: tool for tool in Tools(Endless(library), MatchDesk(library), Finder(library)).all()}
    told = tools["list_publications"].call({"profile": "mira-okonjo", **filters}, threading.Event())
    listed = told.content["publications"]
    assert [one["title"].startswith(begin) for one, begin in zip(listed, begins, strict=True)] == [True] * len(begins)
    assert (told.content["count"], told.content["total"]) == (len(begins), 3)
    assert told.content["unstated"] == {"year": 0, "venue": 1, "author_position": 0, "complete_authors": 0}
    assert told.text.startswith(f"{len(begins)} of 3 listed publications")
    for one in listed:
        assert one["title"] in told.text


def test_a_name_that_several_co_authors_have_is_asked_about(desk: Desk) -> None:
    entries = "- Ada Noor, Li Wei, Maps of Salt. In Journal of Maps, 2020.\n- Ada Noor, Bo Wei, Maps of Ice. In Journal of Maps, 2021.\n"
    cv = f"# Ada Noor\n\n## Publications\n\n{entries}"
    desk.write("ada-noor", "profile.toml", 'name = "Ada Noor"\n')
    desk.write("ada-noor", "cv.md", cv)
    desk.ingest("ada-noor")
    library = Library(desk.profiles, desk.index, desk.embedder)
    tools = {tool.name: tool for tool in Tools(Endless(library), MatchDesk(library), Finder(library)).all()}
    with pytest.raises(CallRefused, match=r"'Wei' may be 'Bo Wei', 'Li Wei'; call again with one of these"):
        tools["list_publications"].call({"profile": "ada-noor", "co_author": "Wei"}, threading.Event())
    told = tools["list_publications"].call({"profile": "ada-noor", "co_author": "Bo Wei"}, threading.Event())
    assert (told.content["count"], told.content["co_author"]) == (1, "Bo Wei")


def test_publications_come_in_pages(library: Library) -> None:
    tools = {tool.name: tool for tool in Tools(Endless(library), MatchDesk(library), Finder(library)).all()}
    pages = [
        tools["list_publications"].call({"profile": "mira-okonjo", "limit": 2, "offset": at}, threading.Event())
        for at in (0, 2, 4)
    ]
    assert [len(page.content["publications"]) for page in pages] == [2, 1, 0]
    assert {page.content["count"] for page in pages} == {3}
    assert "Here are 1 to 2; ask with offset=2 for more." in pages[0].text
    assert "Here are 3 to 3." in pages[1].text
    assert "None is left from offset=4 on." in pages[2].text


def test_who_cannot_be_asked_at_present_is_named_apart(indexed: Desk) -> None:
    for copy in (indexed.index / "teo-lindqvist").glob("gen-*"):
        shutil.rmtree(copy)
    indexed.write("broken", "profile.toml", "name = [")
    library = Library(indexed.profiles, indexed.index, indexed.embedder)
    tools = Tools(Endless(library), MatchDesk(library), Finder(library))
    with inside(make_server(tools, Threads(4, 4))) as agent:
        told = agent.told("list_profiles")
        assert [one["slug"] for one in told["profiles"]] == ["mira-okonjo"]
        assert told["unavailable"] == ["broken", "teo-lindqvist"]
        assert agent.told("list_profiles", name="okonjo MIRA")["unavailable"] == []
        for slug in ("broken", "teo-lindqvist"):
            refusal = agent.refusal("search_profile", profile=slug, query="robots")
            assert slug in refusal
            assert str(indexed.profiles) not in refusal
        listed = agent.portal.call(agent.client.list_resources).resources
        assert [str(one.uri) for one in listed] == ["vivavoce://mira-okonjo/documents/cv.md"]
        for address in (
            "vivavoce://broken/documents/cv.md",
            "vivavoce://mira-okonjo/documents/x",
            "file:///etc/passwd",
        ):
            with pytest.raises(Exception, match="list the resources"):
                agent.portal.call(agent.client.read_resource, address)


def test_what_the_owner_withholds_is_masked_in_every_tool(desk: Desk) -> None:
    cv = (
        "# Ada Noor\n\nPhone: +49 30 901820 555\n\n## Experience\n\n- Keeper of Maps, Harbour Library, 2019 - present\n"
    )
    desk.write("ada-noor", "profile.toml", 'name = "Ada Noor"\n')
    desk.write("ada-noor", "cv.md", cv)
    desk.ingest("ada-noor")
    library = Library(desk.profiles, desk.index, desk.embedder)
    with inside(make_server(Tools(Assistant(library), MatchDesk(library), Finder(library)), Threads(4, 4))) as agent:
        whole = agent.told("get_source", profile="ada-noor", document="cv.md")
        assert "█" in whole["text"]
        found = agent.told("search_profile", profile="ada-noor", query="phone number")
        people = agent.told("list_profiles", name="ada")
        document = agent.portal.call(agent.client.read_resource, "vivavoce://ada-noor/documents/cv.md")
    for told in (whole, found, people, document):
        assert "901820" not in str(told)
        assert "555" not in str(told)
