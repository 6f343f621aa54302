"""What the server does when a call is given up, when there are too many, and when something breaks."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import anyio
import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from app.assistant import Assistant
from app.domain import Event, Language, Turn, Waiting
from app.find import Finder
from app.library import Library
from app.match.desk import MatchDesk
from app.mcp.mount import mount_mcp
from app.mcp.server import make_server
from app.mcp.threads import Threads
from app.mcp.tools import Tools
from app.settings import Settings
from tests.app.mcp.asking import Agent, Mode, inside
from tests.app.web.scripted import free_port
from tests.conftest import Desk

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


def test_a_call_that_is_given_up_stops_its_work_within_a_second(library: Library) -> None:
    respondent = Endless(library)

    async def give_up(agent: Agent) -> None:
        with anyio.move_on_after(0.5):
            await agent.client.call_tool("ask_profile", QUESTION)

    tools = Tools(respondent, MatchDesk(library), Finder(library))
    with inside(make_server(tools, Threads(4, 4)), "legacy") as agent:
        agent.portal.call(give_up, agent)
        assert respondent.begun.is_set()
        assert respondent.let_go.wait(1)


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


@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
def test_a_connection_that_is_dropped_stops_its_work_within_a_second(library: Library, version: str) -> None:
    respondent = Endless(library)
    meta = {
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    }
    call = {"name": "ask_profile", "arguments": QUESTION, **({"_meta": meta} if version > "2026" else {})}
    routing = {"mcp-protocol-version": version, "mcp-method": "tools/call", "mcp-name": "ask_profile"}
    with answering(respondent) as address, httpx.Client(trust_env=False, timeout=0.7) as http:
        with pytest.raises(httpx.ReadTimeout):
            http.post(
                address,
                json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call},
                headers={"accept": "application/json, text/event-stream", **routing},
            )
        assert respondent.begun.is_set()
        http.close()
        assert respondent.let_go.wait(1)


def test_when_too_many_calls_are_under_way_the_next_is_told_to_come_back(library: Library) -> None:
    respondent = Endless(library)
    refusals: list[str] = []

    async def crowd(agent: Agent) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(partial(agent.client.call_tool, "ask_profile", QUESTION))
            await anyio.sleep(0.3)
            result = await agent.client.call_tool("ask_profile", QUESTION)
            assert result.is_error
            refusals.append(result.content[0].model_dump()["text"])
            group.cancel_scope.cancel()

    tools = Tools(respondent, MatchDesk(library), Finder(library))
    with inside(make_server(tools, Threads(1, 1)), "legacy") as agent:
        agent.portal.call(crowd, agent)
        assert refusals == ["too many calls are under way; call again in a few seconds"]
        assert respondent.let_go.wait(1)
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


def test_who_cannot_be_asked_at_present_is_named_apart(indexed: Desk) -> None:
    (indexed.index / "teo-lindqvist" / "CURRENT").write_text("gen-99999")
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
