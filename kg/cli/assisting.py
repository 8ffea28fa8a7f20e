"""`kg mcp`: the graph as tools for an AI assistant."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import project_option, store_option
from kg.cli.output import tell
from kg.model.errors import KgError


@click.command(short_help="Let an AI assistant ask the graph.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one question may take.",
)
@project_option
@store_option
def mcp(timeout: float, folder: Path | None, store: Path | None) -> None:
    """Speak the Model Context Protocol over standard input and output, for an AI assistant to start.

    It offers the canned questions, search, evidence and SPARQL as tools, read-only, with the source of every
    finding. Nothing is written, and no connection is made. docs/howto.md says how assistants are told of it.
    """
    try:
        from kg.mcp.graph import Graph
        from kg.mcp.server import serve
    except ModuleNotFoundError as error:
        if error.name in ("mcp", "mcp_types", "jsonschema"):
            raise KgError("the MCP SDK is not installed", hint="pip install 'stance-graph[mcp]'") from error
        raise
    from kg.project import Project

    serve(Graph(Project.open(folder, store=store, tell=tell), timeout))
