"""The tool for questions that no canned query asks: SPARQL, read-only, bounded in time and size."""

from __future__ import annotations

from kg.mcp import texts
from kg.mcp.answers import fitted, limit_properties, plain
from kg.mcp.graph import Graph
from kg.mcp.tool import Answer, Arguments, Tool

_LONGEST = 20_000


def sparql(graph: Graph, arguments: Arguments) -> Answer:
    """Answer a query."""
    result = graph.sparql(arguments["query"])
    if result.answer is not None:
        return {"answer": result.answer}
    offset = arguments.get("offset", 0)
    records = result.records()
    page = records[offset : offset + arguments.get("limit", 50)]
    rows = [{name: plain(value) for name, value in record.items() if value is not None} for record in page]
    answer = fitted(rows, len(records), offset)
    if result.triples is None:
        answer["columns"] = list(result.columns)
    return answer


def sparql_tool() -> Tool:
    """The tool of this module."""
    limits = limit_properties(50)
    query = {"type": "string", "maxLength": _LONGEST, "description": "The SPARQL query."}
    return Tool("sparql", "SPARQL query", texts.SPARQL, {"query": query, **limits}, ("query",), sparql)


__all__ = ["sparql_tool"]
