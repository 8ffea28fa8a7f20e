"""Answers SPARQL queries of others, in a worker."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.model.errors import UsageError
from kg.model.vocabulary import PREFIXES
from kg.serve.formats import GRAPHS, RESULTS
from kg.serve.graph import Graph
from kg.serve.messages import Reply
from kg.store.querying import Answer

_RESULT_WRITERS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}

_GRAPH_WRITERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


class TooLargeError(UsageError):
    """An answer has more bytes than a client may have."""


class Bounded(io.BytesIO):
    """Keeps what is written to it, up to a number of bytes.

    Raises:
        TooLargeError: From `write`, where it would be more.
    """

    def __init__(self, most: int) -> None:
        """Begin with nothing."""
        super().__init__()
        self._most = most

    def write(self, part: Any, /) -> int:
        """Keep a part."""
        written = super().write(part)
        if self.tell() > self._most:
            raise TooLargeError(
                f"the answer has more than {self._most:,} bytes", hint="ask for less, or in parts with LIMIT"
            )
        return written


def ask(graph: Graph, query: str, default: list[str], named: list[str], address: str) -> Answer:
    """Put a query of others to the graph.

    Args:
        graph: The graph.
        query: The query.
        default: Graphs that the protocol names as default graph.
        named: Graphs that the protocol names as named graphs; with either of the two, FROM does not count.
        address: What relative IRIs are relative to.

    Raises:
        UsageError: It is no SPARQL query, or reaches out of the graph.
    """
    in_text = graph.check(query)
    allowed = graph.named_graphs()
    if default or named:
        for iri in [*default, *named]:
            _refuse_files(iri)
        # A graph that is not there is an empty one, as for every endpoint; it is never fetched.
        return _query(
            graph, query, address, [g for g in default if g in allowed], [g for g in named if g in allowed]
        )
    if in_text is not None:
        return _query(graph, query, address, None, None)
    return _query(graph, query, address, [graph.iris.current_graph], allowed)


def _refuse_files(iri: str) -> None:
    if iri.partition(":")[0].lower() not in ("http", "https", "urn"):
        raise UsageError(
            f"<{iri}> is no graph of this store, and queries read no files or addresses", hint="leave it out"
        )


def _nodes(iris: list[str]) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
    return [ox.NamedNode(iri) for iri in iris]


def _query(
    graph: Graph, text: str, address: str, default: list[str] | None, named: list[str] | None
) -> Answer:
    try:
        if default is None or named is None:
            return graph.view.query(text, prefixes=PREFIXES, base_iri=address)
        return graph.view.query(
            text,
            prefixes=PREFIXES,
            base_iri=address,
            default_graph=_nodes(default),
            named_graphs=[ox.NamedNode(iri) for iri in named],
        )
    except SyntaxError as error:
        raise UsageError(f"the query is not valid SPARQL: {error.msg or error}") from error
    except ValueError as error:
        raise UsageError(f"the query cannot be run: {error}") from error


def write_answer(answer: Answer, results: str | None, graphs: str | None, most: int) -> Reply:
    """The answer in the format that the client accepts.

    Args:
        answer: What pyoxigraph answered.
        results: Media type for rows, or yes and no; None if the client accepts none that we have.
        graphs: Media type for triples; None likewise.
        most: Bytes that it may have.

    Raises:
        TooLargeError: It has more.
    """
    out = Bounded(most)
    if isinstance(answer, ox.QuerySolutions | ox.QueryBoolean):
        if results is None:
            return not_acceptable("rows come as ", RESULTS)
        answer.serialize(out, format=_RESULT_WRITERS[RESULTS[results]])
        return Reply(200, results, out.getvalue())
    if graphs is None:
        return not_acceptable("triples come as ", GRAPHS)
    ox.serialize(answer, out, format=_GRAPH_WRITERS[GRAPHS[graphs]], prefixes=PREFIXES)
    return Reply(200, graphs, out.getvalue())


def not_acceptable(what: str, types: Iterable[str]) -> Reply:
    """A reply to who accepts none of the formats that there are."""
    return Reply.refusal(406, what + ", ".join(dict.fromkeys(types)), hint="change the Accept header")


__all__ = ["Bounded", "TooLargeError", "ask", "not_acceptable", "write_answer"]
