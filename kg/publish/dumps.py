"""The whole graph in three formats, written in one pass over its nodes, with the counts of a description."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.build.change import GraphView
from kg.describe.json_ld import node_object
from kg.model.vocabulary import PREFIXES, RDF
from kg.publish.folder import ReleaseFiles
from kg.publish.release import QUADS
from kg.store.serialise import TurtleWriter

TURTLE, JSON_LD = "dumps/graph.ttl.gz", "dumps/graph.jsonld.gz"
_CHUNK = 1000
"""Nodes that are turned into Turtle at a time."""


@dataclass
class Census:
    """What a dump holds.

    Attributes:
        triples: Number of triples.
        subjects: Number of nodes that something is said of.
        classes: Nodes of each class.
        properties: Triples of each property.
        mentioned: Nodes that are named and that nothing is said of.
    """

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    mentioned: set[str] = field(default_factory=set)


def subjects_of(view: GraphView, graph: str) -> list[str]:
    """The nodes that a graph says something of, in the order of N-Triples lines."""
    found: set[str] = set()
    last = None
    for quad in view.quads_for_pattern(None, None, None, NamedNode(graph)):
        if quad.subject != last:
            last = quad.subject
            if not isinstance(last, NamedNode):
                raise ValueError(f"a node without an IRI: {last}")
            found.add(last.value)
    return sorted(found, key=lambda iri: f"<{iri}>")


def write_dumps(
    view: GraphView,
    graph: str,
    subjects: Iterable[str],
    files: ReleaseFiles,
    base: str,
    told: Callable[[int], None] = lambda done: None,
) -> Census:
    """Write the graph as Turtle, N-Quads and JSON-LD, compressed and sorted.

    The lines of the N-Quads are in the order of their bytes, so that `comm` compares two of them.

    Args:
        view: The store with the published graph.
        graph: Its name.
        subjects: Its nodes, sorted, as `subjects_of` gives them.
        files: The release.
        base: Beginning of the project's IRIs.
        told: Called with the number of nodes written since the last call.
    """
    census = Census()
    objects: set[str] = set()
    known: set[str] = set()
    with ExitStack() as stack:
        turtle, quads, json_ld = (
            stack.enter_context(files.compressed(path)) for path in (TURTLE, QUADS, JSON_LD)
        )
        writer = TurtleWriter(base)
        turtle.write(writer.prefixes())
        json_ld.write(b'{"@context": ' + _json(PREFIXES) + b', "@graph": [')
        chunk: list[Triple] = []
        for number, triples in enumerate(_by_subject(view, graph, subjects)):
            lines = sorted(f"{t.subject} {t.predicate} {t.object} <{graph}> .\n" for t in triples)
            quads.write("".join(lines).encode("utf-8"))
            json_ld.write((b",\n" if number else b"\n") + _json(node_object(triples)))
            chunk += triples
            if number % _CHUNK == _CHUNK - 1:
                turtle.write(writer.nodes(chunk))
                chunk = []
            _count(census, triples, known, objects)
            told(1)
        turtle.write(writer.nodes(chunk))
        json_ld.write(b"\n]}\n")
    census.mentioned = objects - known
    return census


def _by_subject(view: GraphView, graph: str, subjects: Iterable[str]) -> Iterator[list[Triple]]:
    name = NamedNode(graph)
    for iri in subjects:
        yield [quad.triple for quad in view.quads_for_pattern(NamedNode(iri), None, None, name)]


def _count(census: Census, triples: list[Triple], known: set[str], objects: set[str]) -> None:
    census.subjects += 1
    census.triples += len(triples)
    known.add(triples[0].subject.value)  # type: ignore[union-attr]
    for triple in triples:
        census.properties[triple.predicate.value] += 1
        value = triple.object
        if triple.predicate.value == RDF + "type":
            census.classes[value.value] += 1  # type: ignore[union-attr]
        if isinstance(value, NamedNode):
            objects.add(value.value)
        elif isinstance(value, Literal):
            objects.add(value.datatype.value)
        objects.add(triple.predicate.value)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


__all__ = ["JSON_LD", "TURTLE", "Census", "subjects_of", "write_dumps"]
