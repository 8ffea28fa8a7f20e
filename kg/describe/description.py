"""The description of a node: what is said of it and its parts, what points to it, and the names of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import NamedNode, Quad, Triple

from kg.build.change import GraphView
from kg.build.terms import OA, ORG, PROV, RDFS, SCHEMA, SKOS, ST

PARTS = (ST.claim, ST.evidence, OA.hasSelector)
"""Links to nodes that are described with the node, for they are nothing without it."""

POINTING = frozenset(
    {
        *(ST.actor, ST.speaker, ST.jointSpeaker, ST.onBehalfOf, ST.describedAffiliation),
        *(ST.position, ST.topic, SKOS.broader, SKOS.inScheme, ST.entails, ST.excludes),
        *(ST.source, SCHEMA.publisher, ST.statement, ST.utterance, ST.reports, ST.claim, ST.evidence),
        *(OA.hasSelector, ST.decides, PROV.wasAssociatedWith, PROV.wasRevisionOf),
        *(ORG.member, ORG.organization, ORG.role, ORG.postIn),
    }
)
"""Links that are shown at the node that they lead to as well. Left out are those that lead to the same few
nodes from everywhere: which coding made a node, and what is precomputed for questions alone."""

_NAMES_KEPT = 200_000


class Describer:
    """Describes the nodes of one named graph; it keeps names, so use one for many nodes."""

    def __init__(self, view: GraphView, graph: str) -> None:
        """Look into a graph.

        Args:
            view: The store, such as `kg.store.embedded.Store.view`.
            graph: IRI of the named graph, mostly `Iris.current_graph`.
        """
        self._view = view
        self._graph = NamedNode(graph)
        self._label = lru_cache(maxsize=_NAMES_KEPT)(self._read_label)

    def own(self, iri: str) -> list[Triple]:
        """What the graph says of a node itself; nothing if it does not know it."""
        return [quad.triple for quad in self._quads(NamedNode(iri))]

    def describe(self, iri: str) -> list[Triple]:
        """The description of a node, each triple once; nothing if the graph says nothing of it.

        It holds what is said of the node and of its parts (the claim and the passages of a statement), the
        links of `POINTING` that lead to it, and the names of all nodes that it mentions.

        Raises:
            ValueError: The text is no IRI.
        """
        node = NamedNode(iri)
        found: dict[Triple, None] = {}
        described: set[NamedNode] = set()
        queue = [node]
        while queue:
            subject = queue.pop()
            described.add(subject)
            for quad in self._quads(subject):
                found[quad.triple] = None
                part = quad.object
                if quad.predicate in PARTS and isinstance(part, NamedNode) and part not in described:
                    queue.append(part)
        if not found:
            return []
        for quad in self._view.quads_for_pattern(None, None, node, self._graph):
            if quad.predicate in POINTING:
                found[quad.triple] = None
        for other in _nodes_of(list(found)):
            if other not in described and (label := self._label(other)) is not None:
                found[label] = None
        return list(found)

    def _quads(self, subject: NamedNode) -> Iterator[Quad]:
        return self._view.quads_for_pattern(subject, None, None, self._graph)

    def _read_label(self, node: NamedNode) -> Triple | None:
        found = [quad.triple for quad in self._view.quads_for_pattern(node, RDFS.label, None, self._graph)]
        return min(found, key=str) if found else None


def _nodes_of(triples: Iterable[Triple]) -> dict[NamedNode, None]:
    """Subjects and objects that are nodes, in order, each once."""
    ends = (end for triple in triples for end in (triple.subject, triple.object))
    return dict.fromkeys(end for end in ends if isinstance(end, NamedNode))


__all__ = ["PARTS", "POINTING", "Describer"]
