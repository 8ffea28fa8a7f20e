"""Nodes of the derived graph that several articles refer to: outlets, codings, agents, actors not registered.

Such a node shows while anything in the derived graph refers to it. What is said of it is gathered from all
graphs that describe it, so that it does not depend on the order of reading: of several labels the first in
the alphabet is the label and the others are alternative ones; of several classes the first counts.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.build.change import Change, GraphView
from kg.build.nodes import Value
from kg.build.terms import PROV, RDF, RDFS, SCHEMA, SKOS, ST, node
from kg.model.iris import Iris

Said = set[tuple[NamedNode, Value]]

_CLASSES = (SCHEMA.NewsMediaOrganization, ST.Coding, PROV.Person, PROV.SoftwareAgent)


def merged(said: Said) -> Said:
    """What is shown of a node for all that is said of it."""
    labels = sorted((value for name, value in said if name == RDFS.label), key=str)
    classes = sorted((value for name, value in said if name == RDF.type), key=str)
    shown = {(name, value) for name, value in said if name not in (RDFS.label, RDF.type)}
    shown.update((RDFS.label, label) for label in labels[:1])
    shown.update((SKOS.altLabel, label) for label in labels[1:])
    shown.update((RDF.type, one) for one in classes[:1])
    return shown


def shown_quads(subject: NamedNode, said: Said, iris: Iris) -> Iterator[Quad]:
    """The quads of the derived graph for a shared node."""
    graph = node(iris.current_graph)
    return (Quad(subject, name, value, graph) for name, value in merged(said))


def said_of(view: GraphView, subject: NamedNode, without: Container[object]) -> Said:
    """All that any graph says of a node, apart from some graphs."""
    quads = view.quads_for_pattern(subject, None, None, None)
    return {(quad.predicate, quad.object) for quad in quads if quad.graph_name not in without}  # type: ignore[misc]


class SharedNodes:
    """Follows the shared nodes through a change."""

    def __init__(
        self,
        view: GraphView,
        source: Change,
        derived: Change,
        referred: Container[NamedNode],
        iris: Iris,
    ) -> None:
        """Compare two states.

        Args:
            view: The graph with its new sources and the old `current`.
            source: The change of the sources.
            derived: The change of the article's own part of `current`.
            referred: Shared nodes that the new own part refers to.
            iris: Names of the graphs.
        """
        self._view = view
        self._gone = derived.remove
        self._referred = referred
        self._current = node(iris.current_graph)
        self._derived = {self._current, node(iris.index_graph)}
        self._iris = iris
        places = ("article", "statement", "claim", "evidence", "selector", "stance", "unnamed")
        self._own = tuple(f"{iris.base}{place}/" for place in places)
        self._added = self._by_subject(source.add)
        self._removed = self._by_subject(source.remove)

    def described(self) -> Iterator[NamedNode]:
        """The shared nodes that the change of the sources says something else of."""
        yield from self._added
        yield from self._removed

    def _by_subject(self, quads: Iterable[Quad]) -> dict[NamedNode, Said]:
        found: dict[NamedNode, Said] = {}
        for quad in quads:
            subject = quad.subject
            if isinstance(subject, NamedNode) and not subject.value.startswith(self._own):
                found.setdefault(subject, set()).add((quad.predicate, quad.object))  # type: ignore[arg-type]
        return found

    def change(self, subjects: Iterable[NamedNode]) -> Change:
        """What changes in the derived graph for these nodes, and for the agents of codings among them."""
        old: list[Quad] = []
        new: list[Quad] = []
        agents: dict[NamedNode, None] = {}
        for subject in dict.fromkeys(subjects):
            if self._is_agent(subject):
                agents[subject] = None
                continue
            was, now = self._follow(subject, ())
            old += was
            new += now
            agents.update(
                (quad.object, None)
                for quad in (*was, *now)
                if quad.predicate == PROV.wasAssociatedWith and isinstance(quad.object, NamedNode)
            )
        # An agent shows as long as one of its codings does: those that have just gone do not count.
        codings = Change.between(old, new)
        for agent in agents:
            gained = any(quad.object == agent for quad in codings.add)
            was, now = self._follow(agent, codings.remove, gained)
            old += was
            new += now
        return Change.between(old, new)

    def _follow(
        self, subject: NamedNode, lost: Container[Quad], gained: bool = False
    ) -> tuple[list[Quad], list[Quad]]:
        """The quads of a node in the derived graph, before and after."""
        was = list(self._view.quads_for_pattern(subject, None, None, self._current))
        if not (gained or self._is_referred_to(subject, lost)):
            return was, []
        return was, list(shown_quads(subject, self._said(subject, was), self._iris))

    def _is_agent(self, subject: NamedNode) -> bool:
        return any(
            True
            for kind in (PROV.Person, PROV.SoftwareAgent)
            for _ in self._view.quads_for_pattern(subject, RDF.type, kind, None)
        )

    def _is_referred_to(self, subject: NamedNode, lost: Container[Quad]) -> bool:
        if subject in self._referred:
            return True
        found = self._view.quads_for_pattern(None, None, subject, self._current)
        return any(quad not in self._gone and quad not in lost for quad in found)

    def _said(self, subject: NamedNode, was: list[Quad]) -> Said:
        """All that any graph says of a node.

        For nodes that thousands of graphs describe alike, what is shown and the change at hand tell it.
        """
        classes = [quad.object for quad in was if quad.predicate == RDF.type]
        if not any(one in _CLASSES for one in classes):
            return said_of(self._view, subject, self._derived)
        said: Said = {
            (RDFS.label if quad.predicate == SKOS.altLabel else quad.predicate, quad.object)  # type: ignore[misc]
            for quad in was
        }
        said |= self._added.get(subject, set())
        for name, value in self._removed.get(subject, set()):
            left = self._view.quads_for_pattern(subject, name, value, None)
            if all(quad.graph_name in self._derived for quad in left):
                said.discard((name, value))
        return said


__all__ = ["Said", "SharedNodes", "merged", "said_of", "shown_quads"]
