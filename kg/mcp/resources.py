"""Resources: the lists that an assistant may be given whole, and the evidence of a stance by its address."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from kg.mcp.graph import Graph
from kg.mcp.looking import evidence, overview
from kg.model.errors import UsageError
from kg.model.resources import resource
from kg.search.documents import Kind

SCHEME = "stance-graph://"
EVIDENCE = SCHEME + "evidence/{stance}"
MOST_LISTED = 2000
"""Entries of a list that is given whole."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of the Model Context Protocol.

    Attributes:
        name: Last part of its address.
        title: A few words for a person.
        description: What it holds.
        media_type: Of its text.
        text: Makes its text.
    """

    name: str
    title: str
    description: str
    media_type: str
    text: Callable[[Graph], str]

    @property
    def uri(self) -> str:
        """Its address."""
        return SCHEME + self.name


def _list(kind: Kind) -> Callable[[Graph], str]:
    def text(graph: Graph) -> str:
        found = graph.searcher.index().listed(kind)
        lines = []
        for document in found[:MOST_LISTED]:
            also = f" (also {'; '.join(document.names)})" if document.names else ""
            detail = document.detail.removeprefix(f"{kind}, ").removeprefix(kind)
            lines.append(
                " | ".join(part for part in (f"{document.label}{also}", detail, document.iri) if part)
            )
        if len(found) > MOST_LISTED:
            lines.append(f"... and {len(found) - MOST_LISTED} more: the tool list_names has all")
        return "\n".join(" ".join(line.split()) for line in lines) + "\n"

    return text


def _overview(graph: Graph) -> str:
    return json.dumps(overview(graph, {}), ensure_ascii=False, indent=1)


def _ontology(graph: Graph) -> str:
    return (resource("ontology") / "stance.ttl").read_text(encoding="utf-8")


_PLAIN = "text/plain"
RESOURCES = (
    Resource(
        "overview",
        "What the graph holds",
        "Counts, years, review, most used names.",
        "application/json",
        _overview,
    ),
    Resource(
        "topics", "Topics", "All topics, one a line: label | topics above | IRI.", _PLAIN, _list("topic")
    ),
    Resource(
        "positions",
        "Positions",
        "All positions, one a line: sentence | topics | IRI.",
        _PLAIN,
        _list("position"),
    ),
    Resource(
        "actors", "Actors", "Actors, the most used first: name | who it is | IRI.", _PLAIN, _list("actor")
    ),
    Resource("ontology", "Ontology", "The terms of the graph, for SPARQL.", "text/turtle", _ontology),
)


def read(graph: Graph, uri: str) -> tuple[str, str]:
    """Text and media type of a resource.

    Raises:
        UsageError: There is none of that address.
    """
    for one in RESOURCES:
        if uri == one.uri:
            return one.text(graph), one.media_type
    prefix = EVIDENCE.partition("{")[0]
    if uri.startswith(prefix):
        found = evidence(graph, {"stance": unquote(uri.removeprefix(prefix))})
        return json.dumps(found, ensure_ascii=False, indent=1), "application/json"
    raise UsageError(
        f"there is no resource '{uri[:200]}'", hint="known are " + ", ".join(r.uri for r in RESOURCES)
    )


__all__ = ["EVIDENCE", "RESOURCES", "Resource", "read"]
