"""Runs queries: what they see, and how long they may take."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.model.errors import StoreError, UsageError
from kg.model.iris import Iris
from kg.model.vocabulary import PREFIXES

FAILURES = (OSError, RuntimeError)
"""What pyoxigraph raises where the disk is full or the files are damaged."""

Answer = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]


class QueryTimeoutError(StoreError):
    """A query took longer than it was given."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query sees without GRAPH: graphs by their IRIs, or None for all of them together."""

    graphs: tuple[str, ...] | None

    @classmethod
    def of(cls, graphs: Sequence[str] | str, iris: Iris) -> Scope:
        """The scope that `current`, `union` or a list of IRIs stands for.

        >>> Scope.of("current", Iris("https://example.org/")).graphs
        ('https://example.org/graph/current',)
        """
        if graphs == "union":
            return cls(None)
        if graphs == "current":
            return cls((iris.current_graph,))
        return cls((graphs,) if isinstance(graphs, str) else tuple(graphs))


def ask(database: ox.Store, text: str, scope: Scope) -> Answer:
    """Answer a query from a database in this process.

    Raises:
        UsageError: It is no SPARQL query.
    """
    try:
        if scope.graphs is None:
            return database.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(iri) for iri in scope.graphs
        ]
        return database.query(text, prefixes=PREFIXES, default_graph=default)
    except SyntaxError as error:
        raise UsageError(f"the query is not valid SPARQL: {error.msg or error}") from error
    except ValueError as error:
        raise UsageError(f"the query cannot be run: {error}") from error


def ask_in_time(database: Path, text: str, scope: Scope, timeout: float) -> Answer:
    """Answer a query in a process of its own, which is killed at the deadline.

    Args:
        database: Folder of the database.
        text: The query.
        scope: What it sees.
        timeout: Seconds, process start included.

    Raises:
        QueryTimeoutError: The deadline passed.
        UsageError: It is no SPARQL query.
        StoreError: The process failed.
    """
    request = {"database": str(database), "query": text, "graphs": scope.graphs}
    command = [sys.executable, "-m", "kg.store.worker"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the query goes in as data
            command, input=json.dumps(request).encode(), capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeoutError(
            f"the query was stopped after {timeout:g} s", hint="ask for less, or allow more time"
        ) from error
    kind, _, payload = done.stdout.partition(b"\n")
    if kind == b"triples":
        quads = ox.parse(payload, format=ox.RdfFormat.N_TRIPLES)
        return (quad.triple for quad in quads)
    if kind == b"results":
        return ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)
    if kind == b"usage":
        raise UsageError(payload.decode("utf-8", "replace"))
    message = payload.decode("utf-8", "replace") or f"the query ended with code {done.returncode}"
    raise StoreError(message, where=database.parent)


__all__ = ["FAILURES", "Answer", "QueryTimeoutError", "Scope", "ask", "ask_in_time"]
