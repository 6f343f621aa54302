"""The MCP server: lists the tools and the documents, runs a call in a thread, and turns every error into words."""

import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

from mcp.server.caching import CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Listed

from app.errors import QuestionRefused
from app.fault import Fault, unknown_profile
from app.library import Library
from app.mcp.resources import DocumentNotFound, document_template, documents, read_document
from app.mcp.threads import Runner
from app.mcp.tool import PROMPT, CallRefused, Told, Tool
from app.mcp.tools import Tools
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound
from prompts import load_examples

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_LISTED_MS = 3_600_000
"""How long a client may keep the list of tools."""
T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_Context = ServerRequestContext[Any]


def make_server(tools: Tools, runner: Runner) -> Server[Any]:
    """The server over ``tools``, for any transport; ``runner`` bounds how much is worked on at once."""
    known = {tool.name: tool for tool in tools.all()}
    listed = [_listed(tool) for tool in known.values()]

    async def list_tools(context: _Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed)

    async def call_tool(context: _Context, params: CallToolRequestParams) -> CallToolResult:
        tool = known.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"no tool {params.name!r}; there are: {', '.join(known)}")
        return await _called(tools, tool, params.arguments or {}, runner)

    async def list_documents(context: _Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        return ListResourcesResult(resources=await _done(tools, runner, None, lambda left: documents(tools.library)))

    async def list_templates(context: _Context, params: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[document_template()])

    async def read(context: _Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        uri = str(params.uri)
        try:
            content = await _done(tools, runner, None, lambda left: read_document(tools.library, uri))
        except DocumentNotFound as error:
            raise MCPError(INVALID_PARAMS, str(error), {"uri": uri}) from error
        return ReadResourceResult(contents=[content])

    return Server(
        "vivavoce",
        title="Vivavoce",
        version=_version(),
        instructions=load_examples(PROMPT)["instructions"],
        cache_hints={"tools/list": CacheHint(_LISTED_MS, "public")},
        get_tool_input_schema=lambda name: known[name].takes if name in known else None,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_documents,
        on_list_resource_templates=list_templates,
        on_read_resource=read,
    )


def _listed(tool: Tool) -> Listed:
    return Listed(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=_READS.model_copy(update={"title": tool.title}),
    )


async def _called(tools: Tools, tool: Tool, arguments: Mapping[str, Any], runner: Runner) -> CallToolResult:
    """What ``tool`` tells, or what keeps it from that."""
    try:
        slug = arguments.get("profile")
        return _result(
            await _done(tools, runner, slug if isinstance(slug, str) else None, partial(tool.call, arguments))
        )
    # An agent is told what happened and never how: the SDK would send the words of an exception.
    except Exception as error:
        return _refusal(_words(error, str(arguments.get("profile")), tools.library))


async def _done(tools: Tools, runner: Runner, slug: str | None, work: Callable[[threading.Event], T]) -> T:
    """What ``work`` gives once ``slug``, or everybody, can be asked; its event is set when nobody waits for it any more."""
    left = threading.Event()

    def begin() -> T:
        tools.wait(slug, left)
        return work(left)

    try:
        return await runner.run(begin)
    finally:
        left.set()


def _result(told: Told) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=told.text)], structured_content=told.content)


def _refusal(words: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=words)], is_error=True)


def _words(error: Exception, slug: str, library: Library) -> str:
    """What an agent is told of ``error``: what was wrong with its call and what to do, and nothing of this machine."""
    match error:
        case CallRefused() | QuestionRefused() | Fault():
            return str(error)
        case ProfileNotFound():
            return f"{unknown_profile(slug, library.slugs())}; list_profiles names everybody"
        case IndexUnusable() | EmbedderUnusable():
            _LOG.error("%s", error)
            return f"the documents of {slug!r} cannot be asked at present; whoever runs this server sees why in its log"
        case OwnerError():
            _LOG.error("%s", error)
            return f"the profile {slug!r} cannot be read; its owner sees why with 'vivavoce list'"
    number = secrets.token_hex(4)
    _LOG.error("incident %s: %s", number, type(error).__name__, exc_info=error)
    return f"something went wrong here; report incident {number} to whoever runs this server"


def _version() -> str:
    try:
        return version("vivavoce")
    except PackageNotFoundError:
        return "from source"
