"""A tool for each canned query; its arguments are made from the header of the query."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kg.mcp.answers import answered, limit_properties
from kg.mcp.graph import Graph
from kg.mcp.tool import Answer, Arguments, Tool
from kg.query.canned import CannedQuery
from kg.query.header import Parameter

PREFIX = "query_"
_NAME = re.compile(r"[A-Za-z0-9_]{1,58}")
_OPTION = re.compile(r"--([a-z][a-z-]*)")


def question_tools(graph: Graph) -> list[Tool]:
    """The tools of all canned queries but the evidence card, which is a tool of its own."""
    tools = []
    for query in graph.questions.values():
        if query.header.view != "card" and _NAME.fullmatch(tool_name(query)):
            tools.append(_tool(graph, query))
    return tools


def tool_name(query: CannedQuery) -> str:
    """Name of a query's tool: `query_old_statements`."""
    return PREFIX + query.name.replace("-", "_")


def _tool(graph: Graph, query: CannedQuery) -> Tool:
    properties = {parameter.name: _property(graph, parameter) for parameter in query.parameters}
    limits = {name: of for name, of in limit_properties().items() if name not in properties}
    description = _OPTION.sub(lambda match: f"`{match[1].replace('-', '_')}`", query.header.description)
    return Tool(
        name=tool_name(query),
        title=query.header.title,
        description=f"{query.header.title}. {description}",
        properties={**properties, **limits},
        required=tuple(parameter.name for parameter in query.parameters if parameter.required),
        answer=_answering(query),
    )


def _answering(query: CannedQuery) -> Callable[[Graph, Arguments], Answer]:
    def answer(graph: Graph, arguments: Arguments) -> Answer:
        names = [parameter.name for parameter in query.parameters]
        values = {name: _text(arguments[name]) for name in names if name in arguments}
        return answered(graph, graph.answer(query, values), arguments, names)

    return answer


def _text(value: Any) -> str | list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _property(graph: Graph, parameter: Parameter) -> dict[str, Any]:
    """JSON Schema of a parameter."""
    one: dict[str, Any] = {"type": "integer" if parameter.type == "int" else "string"}
    if parameter.choices:
        one["enum"] = list(parameter.choice_names)
    words = [parameter.help.rstrip(".") + "."]
    if parameter.type == "date":
        words.append("Write 2010, 2010-04 or 2010-04-22.")
    elif parameter.type == "iri" and not parameter.choices:
        words.append("Label, alias or IRI.")
        examples = graph.examples(parameter.classes)
        if examples:
            # Positions are whole sentences, and there are many parameters.
            shown = examples if sum(map(len, examples)) < 60 else examples[:1]
            words.append("For example " + ", ".join(f"'{name}'" for name in shown) + ".")
    if parameter.default_text:
        words.append(f"{parameter.default_text} unless told.")
    if parameter.multiple and not parameter.choices:
        one = {"type": "array", "items": one, "minItems": 1, "maxItems": 20}
        words.append("Several values mean any of them.")
    return {**one, "description": " ".join(words)}


__all__ = ["PREFIX", "question_tools", "tool_name"]
