"""The server: the Model Context Protocol over standard input and output, by the official SDK."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

import kg
from kg.mcp.graph import Graph
from kg.mcp.looking import looking_tools
from kg.mcp.questions import question_tools
from kg.mcp.resources import EVIDENCE, RESOURCES, read
from kg.mcp.sparql import sparql_tool
from kg.mcp.texts import INSTRUCTIONS
from kg.mcp.tool import Tool
from kg.model.errors import KgError, UsageError

AT_ONCE = 4
"""Calls that are answered at the same time; others wait."""
_Made = TypeVar("_Made")


class _Tools:
    """The tools by name, made when they are first asked for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._made: dict[str, Tool] | None = None
        # Two calls at once would read the graph twice.
        self._lock = anyio.Lock()

    async def all(self) -> dict[str, Tool]:
        async with self._lock:
            if self._made is None:
                self._made = await anyio.to_thread.run_sync(self._make)
        return self._made

    def _make(self) -> dict[str, Tool]:
        tools = [*looking_tools(), *question_tools(self._graph), sparql_tool()]
        return {tool.name: tool for tool in tools}


def server_of(graph: Graph) -> Server[Any]:
    """A server for the graph, for whatever transport."""
    tools, limiter = _Tools(graph), anyio.CapacityLimiter(AT_ONCE)

    async def apart(make: Callable[[], _Made]) -> _Made:
        # A client that gives up does not wait; the question ends at its deadline.
        return await anyio.to_thread.run_sync(make, abandon_on_cancel=True, limiter=limiter)

    async def list_tools(ctx: object, params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in (await tools.all()).values()])

    async def call_tool(ctx: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        known = await tools.all()
        tool = known.get(params.name)
        if tool is None:
            return _failure(
                UsageError(f"there is no tool '{params.name[:100]}'", hint=_near(params.name, known))
            )
        return await apart(partial(_called, tool, graph, params.arguments))

    async def list_resources(ctx: object, params: object) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=one.uri,
                    name=one.name,
                    title=one.title,
                    description=one.description,
                    mime_type=one.media_type,
                )
                for one in RESOURCES
            ]
        )

    async def list_templates(ctx: object, params: object) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            uri_template=EVIDENCE,
            name="evidence",
            title="Evidence of a stance",
            description="All that stands behind a stance, by its short 'ref' or its IRI (percent-encoded).",
            mime_type="application/json",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(ctx: object, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        try:
            text, media_type = await apart(partial(read, graph, str(params.uri)))
        except UsageError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error
        except KgError as error:
            raise MCPError(types.INTERNAL_ERROR, str(error)) from error
        contents = types.TextResourceContents(uri=str(params.uri), mime_type=media_type, text=text)
        return types.ReadResourceResult(contents=[contents])

    return Server(
        "stance-graph",
        version=kg.__version__,
        title=f"Stance graph: {graph.project.settings.title}",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


def _described(tool: Tool) -> types.Tool:
    hints = types.ToolAnnotations(
        title=tool.title,
        read_only_hint=True,
        destructive_hint=False,
        idempotent_hint=True,
        open_world_hint=False,
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema,
        annotations=hints,
    )


def _called(tool: Tool, graph: Graph, arguments: dict[str, Any] | None) -> types.CallToolResult:
    try:
        answer = tool.call(graph, arguments)
    except KgError as error:
        return _failure(error)
    except Exception as error:  # a fault of ours must not end the server
        print(f"{tool.name} failed: {type(error).__name__}: {error}", file=sys.stderr)
        return _failure(
            KgError(f"the tool failed on this input ({type(error).__name__})", hint="ask otherwise")
        )
    text = json.dumps(answer, ensure_ascii=False)
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=answer)


def _failure(error: KgError) -> types.CallToolResult:
    where = error.where
    if where is not None and where.startswith("--"):
        # What is an option on the command line is an argument here.
        where = where.removeprefix("--").replace("-", "_")
    text = str(KgError(error.what, where=where, hint=error.hint))
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)


def _near(name: str, known: dict[str, Tool]) -> str:
    close = get_close_matches(name, list(known), 1)
    return f"did you mean '{close[0]}'?" if close else "known are " + ", ".join(known)


def serve(graph: Graph) -> None:
    """Answer a client over standard input and output until it ends."""

    async def run() -> None:
        server = server_of(graph)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


__all__ = ["serve", "server_of"]
