"""Nodes of a graph in memory: what is said of each subject, for code that reads many of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.change import GraphView
from kg.build.terms import OA, PROV, RDF, ST

Value: TypeAlias = NamedNode | Literal

# Links from a statement or stance to nodes that are described for its sake.
_PARTS = (
    ST.claim,
    ST.evidence,
    OA.hasSelector,
    ST.statement,
    PROV.wasGeneratedBy,
    PROV.wasAssociatedWith,
    ST.speaker,
    ST.jointSpeaker,
    ST.onBehalfOf,
    ST.actor,
    ST.affiliation,
    ST.describedAffiliation,
)


class Nodes:
    """Predicates and values by subject."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        """Take in the quads, whatever their graph."""
        self._said: dict[NamedNode, list[tuple[NamedNode, Value]]] = {}
        self.take_in(quads)

    def take_in(self, quads: Iterable[Quad]) -> None:
        """Take in more quads."""
        for quad in quads:
            self._said.setdefault(quad.subject, []).append((quad.predicate, quad.object))  # type: ignore[arg-type]

    def changed(self, subjects: Mapping[NamedNode, list[tuple[NamedNode, Value]] | None]) -> Nodes:
        """The same with other predicates and values for some subjects; None for a subject that is to go."""
        found = Nodes()
        found._said = {one: said for one, said in self._said.items() if one not in subjects}
        found._said.update((one, said) for one, said in subjects.items() if said is not None)
        return found

    def __contains__(self, subject: object) -> bool:
        """Whether anything is said of a subject."""
        return subject in self._said

    def __iter__(self) -> Iterator[NamedNode]:
        """The subjects."""
        return iter(self._said)

    def of(self, subject: NamedNode) -> list[tuple[NamedNode, Value]]:
        """Predicates and values of a subject."""
        return self._said.get(subject, [])

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[Value]:
        """Values of one predicate."""
        return [value for name, value in self.of(subject) if name == predicate]

    def value(self, subject: NamedNode, predicate: NamedNode) -> Value | None:
        """The value of a predicate that has one; of several the first in the order of their text."""
        found = self.values(subject, predicate)
        return min(found, key=str) if len(found) > 1 else (found[0] if found else None)

    def nodes(self, subject: NamedNode, *predicates: NamedNode) -> list[NamedNode]:
        """Values of predicates that are nodes."""
        return [
            value for name, value in self.of(subject) if name in predicates and isinstance(value, NamedNode)
        ]

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """The node that a predicate leads to."""
        value = self.value(subject, predicate)
        return value if isinstance(value, NamedNode) else None

    def text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """The characters of a predicate's literal."""
        value = self.value(subject, predicate)
        return value.value if isinstance(value, Literal) else None

    def instances(self, kind: NamedNode) -> list[NamedNode]:
        """Subjects of a class, sorted."""
        found = [subject for subject, said in self._said.items() if (RDF.type, kind) in said]
        return sorted(found, key=lambda subject: subject.value)


def closure(view: GraphView, graph: NamedNode, start: Iterable[NamedNode]) -> list[Quad]:
    """What a graph says of statements and stances and of all that is described for their sake.

    Claims, evidence, selectors, codings, agents, and actors that the graph itself describes are included.
    """
    found: list[Quad] = []
    seen: set[NamedNode] = set()
    queue = list(start)
    while queue:
        subject = queue.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in view.quads_for_pattern(subject, None, None, graph):
            found.append(quad)
            if quad.predicate in _PARTS and isinstance(quad.object, NamedNode):
                queue.append(quad.object)
    return found


def content_of(nodes: Nodes, statement: NamedNode) -> str:
    """The words of a statement's content, in the order of the text."""
    selectors = _content(nodes, statement)
    spans = [(int(nodes.text(one, OA.start) or 0), nodes.text(one, OA.exact) or "") for one in selectors]
    return " ".join(words for _, words in sorted(spans))


def content_places(nodes: Nodes, statement: NamedNode) -> list[tuple[int, int]]:
    """Where a statement's content stands: [start, end) of each piece, in the order of the text."""
    selectors = _content(nodes, statement)
    return sorted(
        (int(nodes.text(one, OA.start) or 0), int(nodes.text(one, OA.end) or 0)) for one in selectors
    )


def _content(nodes: Nodes, statement: NamedNode) -> list[NamedNode]:
    """The selectors of the pieces of a statement's content."""
    return [
        selector
        for evidence in nodes.nodes(statement, ST.evidence)
        if nodes.node(evidence, ST.part) == ST.contentPart
        for selector in nodes.nodes(evidence, OA.hasSelector)
    ]


__all__ = ["Nodes", "Value", "closure", "content_of", "content_places"]
