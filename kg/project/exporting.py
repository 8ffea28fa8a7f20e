"""The graph in files: what is in force as RDF, or its stances as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from kg.build.change import graph_quads
from kg.query.counting import by_utterance
from kg.query.writers import write
from kg.store.serialise import serialise

if TYPE_CHECKING:
    from kg.project.project import Project

ExportFormat = Literal["ttl", "trig", "nt", "nq", "jsonld", "csv", "json"]


def export(project: Project, format_: ExportFormat, *, everything: bool = False, once: bool = False) -> bytes:
    """What is in force, in a format; the same graph gives the same bytes.

    Args:
        project: The project.
        format_: An RDF format, or `csv` or `json` for a row a stance.
        everything: All named graphs but the derived ones, with the articles' texts.
        once: In a table, one row for all reports of one utterance instead of one a report.
    """
    if format_ == "csv" or format_ == "json":
        result = project.query("positions", {"voice": ["any"]})
        if once:
            result = by_utterance(result)
        return write(result, format_).encode("utf-8")
    with project.reading() as store:
        base, current = project.settings.base, store.iris.current_graph
        if not everything:
            return serialise(store.graph(current), format_, base=base)
        derived = {current, store.iris.index_graph}
        own = [NamedNode(name) for name in store.named_graphs() if name not in derived]
        return serialise(
            (quad for graph in own for quad in graph_quads(store.view, graph)), format_, base=base
        )
