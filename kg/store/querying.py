"""Runs queries: what they see, and how long they may take."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.model.errors import StoreError, UsageError
from kg.model.iris import Iris
from kg.model.vocabulary import PREFIXES

FAILURES = (OSError, RuntimeError)
"""What pyoxigraph raises where the disk is full or the files are damaged."""

MOST_BYTES = 200_000_000
"""Bytes of an answer, as the process that runs the query writes it, above which the query is stopped."""

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


def ask_in_time(database: Path, text: str, scope: Scope, timeout: float, most: int = MOST_BYTES) -> Answer:
    """Answer a query in a process of its own, which is killed at the deadline or when it answers too much.

    Args:
        database: Folder of the database.
        text: The query.
        scope: What it sees.
        timeout: Seconds, process start included.
        most: Bytes that the answer may have.

    Raises:
        QueryTimeoutError: The deadline passed.
        UsageError: It is no SPARQL query, or the answer is too large.
        StoreError: The process failed.
    """
    request = {"database": str(database), "query": text, "graphs": scope.graphs}
    payload, code = _from_worker(json.dumps(request).encode(), timeout, most)
    kind, _, payload = payload.partition(b"\n")
    if code == 0 and kind == b"triples":
        quads = ox.parse(payload, format=ox.RdfFormat.N_TRIPLES)
        return (quad.triple for quad in quads)
    if code == 0 and kind == b"results":
        return ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)
    if kind == b"usage":
        raise UsageError(payload.decode("utf-8", "replace"))
    failed = f"the query needed too much memory or failed (code {code})"
    message = payload.decode("utf-8", "replace") if kind == b"error" else failed
    raise StoreError(message, where=database.parent)


def _from_worker(request: bytes, timeout: float, most: int) -> tuple[bytes, int]:
    """What a worker writes, and the code that it ends with."""
    command = [sys.executable, "-m", "kg.store.worker"]
    # Our own module; the query goes in as data.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:  # noqa: S603
        assert worker.stdin is not None and worker.stdout is not None  # noqa: S101 - both are pipes
        late = threading.Event()

        def stop() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(timeout, stop)
        timer.start()
        try:
            worker.stdin.write(request)
            worker.stdin.close()
            answer = worker.stdout.read(most + 1)
        except BrokenPipeError:
            answer = b""
        finally:
            timer.cancel()
            if worker.poll() is None and len(answer) > most:
                worker.kill()
    if late.is_set():
        hint = "ask for less, or allow more time"
        raise QueryTimeoutError(f"the query was stopped after {timeout:g} s", hint=hint)
    if len(answer) > most:
        hint = "ask for fewer rows or columns, or add LIMIT"
        raise UsageError(f"the answer has more than {most:,} bytes", hint=hint)
    return answer, worker.returncode


__all__ = ["FAILURES", "MOST_BYTES", "Answer", "QueryTimeoutError", "Scope", "ask", "ask_in_time"]
