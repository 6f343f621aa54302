"""The official MCP client as a thing that can be called: over HTTP or over standard input and output, in any test."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.server.lowlevel import Server
from mcp.types import CallToolResult, TextContent

from tests.conftest import TOP

Mode = Literal["auto", "legacy"]
"""Whether the client asks for the newest protocol or begins as those of 2025 do."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A connected client."""

    client: Client
    portal: BlockingPortal

    def call(self, tool: str, **arguments: Any) -> CallToolResult:
        """What the tool gives; the client has held it against the tool's output schema."""
        result = self.portal.call(self.client.call_tool, tool, arguments)
        assert isinstance(result, CallToolResult)
        return result

    def told(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The object that the tool gives, which is no error."""
        result = self.call(tool, **arguments)
        assert not result.is_error, text(result)
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    def refusal(self, tool: str, **arguments: Any) -> str:
        """The words with which the tool refuses."""
        result = self.call(tool, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return text(result)


def text(result: CallToolResult) -> str:
    """What a model reads of a result that is text alone."""
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


@contextmanager
def connected(server: Any, mode: Mode = "auto") -> Iterator[Agent]:
    """A client of ``server``: an address, a transport, or a server of this process."""
    with start_blocking_portal() as portal:
        client = Client(server, mode=mode)
        with portal.wrap_async_context_manager(client):
            yield Agent(client, portal)


@contextmanager
def over_stdio(*options: str, mode: Mode = "auto") -> Iterator[Agent]:
    """A client that started ``vivavoce mcp`` with these options itself."""
    command = StdioServerParameters(
        command=sys.executable, args=["-W", "ignore", "-m", "app", "mcp", *options], cwd=TOP
    )
    with connected(stdio_client(command), mode) as agent:
        yield agent


@contextmanager
def inside(server: Server[Any], mode: Mode = "auto") -> Iterator[Agent]:
    """A client of a server in this process."""
    with connected(server, mode) as agent:
        yield agent


def ask_over_mcp(url: str, slug: str, *questions: str) -> dict[str, Any]:
    """The answer object to the last of ``questions`` over HTTP at ``url``; the others were asked before it."""
    *before, last = questions
    history = [
        turn
        for question in before
        for turn in ({"role": "user", "text": question}, {"role": "assistant", "text": "An answer that nobody reads."})
    ]
    with connected(f"{url}/mcp") as agent:
        return agent.told("ask_profile", profile=slug, question=last, history=history)
