"""The MCP server: lists the tools and the documents, runs a call in a thread, and turns every error into words."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
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

from app.access import Caller, caller_of
from app.errors import QuestionRefused, ServerStopping
from app.fault import Fault, unknown_profile
from app.library import Library
from app.limits.gate import Gate, LimitReached
from app.mcp.resources import DocumentNotFound, document_template, documents, read_document
from app.mcp.threads import Runner, TooManyCalls
from app.mcp.tool import PROMPT, CallRefused, Told, Tool
from app.mcp.tools import Tools
from app.observe.incident import error_object, report
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound
from prompts import load_examples

_COUNTED = {"ask_profile", "search_profile", "check_requirements"}
"""What costs work, and is limited for callers from elsewhere as it is at the other doors."""
_STARTED_US = Caller("anonymous", "", "", is_here=True)
"""Whoever speaks over standard input."""
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_LISTED_MS = 3_600_000
"""How long a client may keep the list of tools."""
T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_Context = ServerRequestContext[Any]


def make_server(tools: Tools, runner: Runner, gate: Gate | None = None) -> Server[Any]:
    """The server over ``tools``, for any transport; ``runner`` bounds how much is worked on at once, ``gate`` how much each caller may ask."""
    known = {tool.name: tool for tool in tools.all()}
    listed = [_listed(tool) for tool in known.values()]

    async def list_tools(context: _Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed)

    async def call_tool(context: _Context, params: CallToolRequestParams) -> CallToolResult:
        tool = known.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"no tool {params.name!r}; there are: {', '.join(known)}")
        caller = _caller(context)
        mine = tools if caller.profiles is None else replace(tools, only=caller.profiles)
        own = tool if mine is tools else next(t for t in mine.all() if t.name == tool.name)
        return await _called(mine, own, params.arguments or {}, runner, gate, caller)

    async def list_documents(context: _Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        mine = replace(tools, only=_caller(context).profiles)
        return ListResourcesResult(
            resources=await _done(mine, runner, None, lambda left: documents(mine.library, mine.slugs()))
        )

    async def list_templates(context: _Context, params: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[document_template()])

    async def read(context: _Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        uri, mine = str(params.uri), replace(tools, only=_caller(context).profiles)
        try:
            content = await _done(mine, runner, None, lambda left: read_document(mine.library, uri, mine.slugs()))
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


def _caller(context: _Context) -> Caller:
    return _STARTED_US if context.request is None else caller_of(context.request.scope)


async def _called(
    tools: Tools, tool: Tool, arguments: Mapping[str, Any], runner: Runner, gate: Gate | None, caller: Caller
) -> CallToolResult:
    """What ``tool`` tells ``caller``, or what keeps it from that."""
    given = arguments.get("profile")
    slug = given if isinstance(given, str) else None
    try:
        if slug is not None and not caller.may_ask(slug):
            raise CallRefused(
                f"the key of this client is not for the profile {slug!r}; list_profiles names whom it is for"
            )
        is_counted = tool.name in _COUNTED
        give_back = await asyncio.to_thread(gate.admit, caller, "question", slug) if gate and is_counted else None
        try:
            return _result(await _done(tools, runner, slug, partial(tool.call, arguments)))
        except TooManyCalls:
            # Whoever is told to come back must be able to.
            if give_back is not None:
                await asyncio.to_thread(give_back)
            raise
    # An agent is told what happened and never how: the SDK would send the words of an exception.
    except Exception as error:
        return _refusal(_words(error, str(given), tools.library))


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
        case CallRefused() | QuestionRefused() | ServerStopping() | Fault() | LimitReached():
            return str(error)
        case ProfileNotFound():
            return f"{unknown_profile(slug, library.slugs())}; list_profiles names everybody"
        case IndexUnusable() | EmbedderUnusable():
            _LOG.error("%s", error)
            return f"the documents of {slug!r} cannot be asked at present; whoever runs this server sees why in its log"
        case OwnerError():
            _LOG.error("%s", error)
            return f"the profile {slug!r} cannot be read; its owner sees why with 'vivavoce list'"
    return error_object(report(error, "mcp"))["message"]


def _version() -> str:
    try:
        return version("vivavoce")
    except PackageNotFoundError:
        return "from source"
