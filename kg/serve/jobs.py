"""What workers do: a registry of jobs, each a function from the desk and the job's arguments to a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.serve.answering import ask, write_answer
from kg.serve.graph import Graph
from kg.serve.messages import Reply
from kg.serve.source import Source


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker works with.

    Attributes:
        graph: The graph.
        source: What is served.
        most: Bytes that an answer may have.
    """

    graph: Graph
    source: Source
    most: int


def sparql(
    desk: Desk, query: str, default: list[str], named: list[str], results: str | None, graphs: str | None
) -> Reply:
    """Answer a SPARQL query; see `kg.serve.answering`."""
    answer = ask(desk.graph, query, default, named, f"{desk.source.address}/sparql")
    return write_answer(answer, results, graphs, desk.most, desk.source.base)


JOBS: dict[str, Callable[..., Reply]] = {"sparql": sparql}
"""The jobs by their names; to add one, add its function here."""

__all__ = ["JOBS", "Desk"]
