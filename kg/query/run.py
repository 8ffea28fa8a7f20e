"""Puts questions to a graph: the same text to pyoxigraph and rdflib, with names turned into IRIs before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.model.errors import StoreError, UsageError
from kg.query.canned import CannedQuery, Given
from kg.query.entities import Catalogue
from kg.query.results import Result, from_oxigraph, from_rdflib

Engine = Callable[[str], Result]
"""Answers one SPARQL query, with the graph that it was made for as default graph."""


def on_oxigraph(store: ox.Store, default_graph: str | None = None) -> Engine:
    """Questions to a pyoxigraph store.

    Args:
        store: The store.
        default_graph: IRI of the named graph that queries without GRAPH see; None for the default graph.
    """
    graph = ox.NamedNode(default_graph) if default_graph else ox.DefaultGraph()

    def ask(text: str) -> Result:
        try:
            return from_oxigraph(store.query(text, default_graph=graph))
        except SyntaxError as error:
            raise UsageError(f"not SPARQL 1.1: {error}") from error
        except OSError as error:
            raise StoreError(f"the graph cannot be read: {error}") from error

    return ask


def on_rdflib(graph: Any) -> Engine:
    """Questions to an `rdflib.Graph`."""
    from pyparsing.exceptions import ParseBaseException

    def ask(text: str) -> Result:
        try:
            return from_rdflib(graph.query(text))
        except ParseBaseException as error:
            raise UsageError(f"not SPARQL 1.1: {error}") from error

    return ask


def run(
    query: CannedQuery, values: Mapping[str, Given], engine: Engine, catalogue: Catalogue | None = None
) -> Result:
    """Answer a canned query.

    Args:
        query: The query.
        values: Values of its parameters, as text: names, IRIs, dates, numbers; see `CannedQuery.bind`.
        engine: Where to put the question.
        catalogue: Names of the graph; made from the engine unless one is at hand from an earlier question.

    Raises:
        UsageError: A value does not fit, or a name means nothing or several things.
    """
    names = catalogue or Catalogue(engine)
    result = engine(query.bind(values, names.resolve))
    return result.labelled(query.header.title, query.header.hide)


__all__ = ["Engine", "on_oxigraph", "on_rdflib", "run"]
