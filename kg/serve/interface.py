"""What programs can ask, as an OpenAPI 3.1 description made from the headers of the canned queries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.query.canned import CannedQuery, list_queries
from kg.query.header import Parameter
from kg.serve.formats import ANSWERS, DOCUMENTS, GRAPHS, RESULTS
from kg.serve.source import Source

_PROBLEMS = {
    "400": "The request is wrong; the text says in what and what to try.",
    "404": "There is nothing at this address; the text names the nearest that there is.",
    "406": "None of the formats that the client accepts is offered.",
    "422": "The answer would be too large, or needs too much memory.",
    "503": "Too many others are asking, or the graph cannot be read just now.",
    "504": "The answer took too long and was stopped.",
}


def describe_interface(source: Source) -> bytes:
    """The OpenAPI description of a server."""
    queries = list_queries(source.queries)
    paths: dict[str, Any] = {"/sparql": _sparql(), "/openapi.json": _this()}
    for query in queries:
        paths[f"/queries/{query.name}.{{format}}"] = _question(query)
    paths |= _nodes()
    description = {
        "openapi": "3.1.0",
        "info": {
            "title": source.title,
            "version": source.number or "0",
            "description": "Who took which position on what, when, in whose words and in which source.",
        },
        "servers": [{"url": source.address}],
        "paths": paths,
        "components": {"responses": _problem_responses()},
    }
    return (json.dumps(description, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _problem_responses() -> dict[str, Any]:
    body = {
        "text/plain": {"schema": {"type": "string"}},
        "application/problem+json": {"schema": {"type": "object"}},
    }
    return {f"problem{status}": {"description": text, "content": body} for status, text in _PROBLEMS.items()}


def _responses(what: str, media_types: Sequence[str], problems: Sequence[str]) -> dict[str, Any]:
    content: dict[str, Any] = {one: {} for one in media_types}
    found: dict[str, Any] = {"200": {"description": what, "content": content}}
    return found | {status: {"$ref": f"#/components/responses/problem{status}"} for status in problems}


def _sparql() -> dict[str, Any]:
    dataset = [
        {
            "name": name,
            "in": "query",
            "description": text,
            "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        }
        for name, text in (
            ("default-graph-uri", "Graphs of the store that the query sees as its default graph."),
            ("named-graph-uri", "Graphs of the store that the query sees as named graphs."),
        )
    ]
    query = {
        "name": "query",
        "in": "query",
        "description": "The query; without it the endpoint describes itself.",
        "schema": {"type": "string"},
        "example": "SELECT ?label WHERE { ?position a st:Position ; rdfs:label ?label }",
    }
    media_types = list(dict.fromkeys([*RESULTS, *GRAPHS]))
    answers = _responses("Rows, yes or no, or triples.", media_types, ["400", "406", "422", "503", "504"])
    form = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    return {
        "get": {
            "operationId": "sparql",
            "summary": "Answer a SPARQL 1.1 query",
            "parameters": [query, *dataset],
            "responses": answers,
        },
        "post": {
            "operationId": "sparqlByPost",
            "summary": "Answer a SPARQL 1.1 query sent as a body or a form",
            "parameters": dataset,
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": {"schema": {"type": "string"}},
                    "application/x-www-form-urlencoded": {"schema": form},
                },
            },
            "responses": answers,
        },
    }


def _this() -> dict[str, Any]:
    responses = _responses("An OpenAPI 3.1 description.", ["application/json"], [])
    return {"get": {"operationId": "interface", "summary": "This description", "responses": responses}}


def _question(query: CannedQuery) -> dict[str, Any]:
    format_ = {
        "name": "format",
        "in": "path",
        "required": True,
        "description": "Format of the answer; those of triples are for queries that make triples.",
        "schema": {"type": "string", "enum": list(ANSWERS)},
    }
    return {
        "get": {
            "operationId": query.name,
            "summary": query.header.title,
            "description": query.header.description,
            "tags": list(query.header.tags),
            "parameters": [format_, *(_parameter(parameter) for parameter in query.parameters)],
            "responses": _responses(
                "The answer.", list(ANSWERS.values()), ["400", "404", "422", "503", "504"]
            ),
        }
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    value: dict[str, Any] = {"type": "integer" if parameter.type == "int" else "string"}
    if parameter.choices:
        value["enum"] = list(parameter.choice_names)
    schema = {"type": "array", "items": value} if parameter.multiple else value
    notes = {
        "iri": "A label, an alias or an IRI.",
        "date": "An EDTF date, such as 2009-09-18, 2009-09 or 2009.",
        "int": "",
        "string": "",
    }
    default = f" {parameter.default_text} unless told." if parameter.default_text else ""
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.help.rstrip('.')}. {notes[parameter.type]}".strip() + default,
        "schema": schema,
    }
    if parameter.example:
        example: Any = int(parameter.example) if parameter.type == "int" else parameter.example
        found["example"] = [example] if parameter.multiple else example
    return found


def _nodes() -> dict[str, Any]:
    kinds = ["actor", "article", "outlet", "position", "stance", "statement", "topic", "unnamed"]
    kind = {"name": "kind", "in": "path", "required": True, "schema": {"type": "string", "enum": kinds}}
    name = {
        "name": "name",
        "in": "path",
        "required": True,
        "description": "The last part of the node's IRI.",
        "schema": {"type": "string"},
    }
    suffix = {
        "name": "format",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": ["html", "ttl", "jsonld"]},
    }
    media_types = [DOCUMENTS[one] for one in ("html", "ttl", "jsonld")]
    found = _responses("The description.", media_types, ["404", "503", "504"])
    see: dict[str, Any] = {
        "303": {"description": "Where the description is, in the format that is accepted."}
    }
    see |= {
        status: {"$ref": f"#/components/responses/problem{status}"} for status in ("404", "406", "503", "504")
    }
    return {
        "/{kind}/{name}": {
            "get": {
                "operationId": "node",
                "summary": "The IRI of a node",
                "parameters": [kind, name],
                "responses": see,
            }
        },
        "/{kind}/{name}.{format}": {
            "get": {
                "operationId": "description",
                "summary": "What the graph says of a node",
                "parameters": [kind, name, suffix],
                "responses": found,
            }
        },
    }


__all__ = ["describe_interface"]
