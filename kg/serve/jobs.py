"""What workers do: a registry of jobs, each a function from the desk and the job's arguments to a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.serve.answering import ask, not_acceptable, write_answer
from kg.serve.description import describe_service, write_graph
from kg.serve.formats import GRAPHS
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


def service(desk: Desk, graphs: str | None) -> Reply:
    """Describe the endpoint."""
    if graphs is None:
        return not_acceptable("the description comes as ", GRAPHS)
    triples = describe_service(desk.source, desk.graph.named_graphs())
    return Reply(200, graphs, write_graph(triples, graphs))


JOBS: dict[str, Callable[..., Reply]] = {"sparql": sparql, "service": service}
"""The jobs by their names; to add one, add its function here."""

__all__ = ["JOBS", "Desk"]
