"""Changes to the graph: what goes and what comes, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad


class GraphView(Protocol):
    """What can be asked for quads by pattern: a pyoxigraph store, or a store with a change laid over it."""

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
        graph_name: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads that match; None matches everything."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to remove and quads to add; a quad in both stays.

    >>> bool(Change())
    False
    """

    remove: frozenset[Quad] = field(default=frozenset())
    add: frozenset[Quad] = field(default=frozenset())

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.remove or self.add)

    @staticmethod
    def between(old: Iterable[Quad], new: Iterable[Quad]) -> Change:
        """What leads from the old quads to the new ones."""
        before, after = frozenset(old), frozenset(new)
        return Change(before - after, after - before)

    def then(self, later: Change) -> Change:
        """Both, one after the other, as one."""
        return Change((self.remove - later.add) | later.remove, (self.add - later.remove) | later.add)


class _Layer:
    """The change of one named graph, indexed when it is first asked for."""

    def __init__(self) -> None:
        self.added: dict[Quad, None] = {}
        self.removed: set[Quad] = set()
        self._subjects: dict[object, list[Quad]] | None = None
        self._objects: dict[object, list[Quad]] | None = None

    def near(self, subject: object, object_: object) -> Iterable[Quad]:
        """Added quads among which are those of a subject or an object."""
        if subject is not None:
            if self._subjects is None:
                self._subjects = {}
                for quad in self.added:
                    self._subjects.setdefault(quad.subject, []).append(quad)
            return self._subjects.get(subject, ())
        if object_ is not None:
            if self._objects is None:
                self._objects = {}
                for quad in self.added:
                    self._objects.setdefault(quad.object, []).append(quad)
            return self._objects.get(object_, ())
        return self.added


class Overlay:
    """A view of a graph as it will be after a change; nothing is written.

    Lookups over many results stay lazy, so that asking whether there is any costs little, and graphs that the
    change leaves alone are looked up as they are.
    """

    def __init__(self, view: GraphView, change: Change) -> None:
        """Lay the change over the view."""
        self._view = view
        self._layers: dict[object, _Layer] = {}
        for quad in change.add:
            self._layer(quad.graph_name).added[quad] = None
        for quad in change.remove:
            self._layer(quad.graph_name).removed.add(quad)

    def _layer(self, graph: object) -> _Layer:
        if graph not in self._layers:
            self._layers[graph] = _Layer()
        return self._layers[graph]

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
        graph_name: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads that match after the change; None matches everything."""
        below = self._view.quads_for_pattern(subject, predicate, object, graph_name)
        if graph_name is None:
            layers = list(self._layers.values())
        elif graph_name in self._layers:
            layers = [self._layers[graph_name]]
        else:
            return below
        return self._over(layers, below, subject, predicate, object)

    def _over(
        self,
        layers: list[_Layer],
        below: Iterator[Quad],
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object_: NamedNode | Literal | None,
    ) -> Iterator[Quad]:
        for layer in layers:
            for quad in layer.near(subject, object_):
                if (predicate is None or quad.predicate == predicate) and (
                    object_ is None or quad.object == object_
                ):
                    yield quad
        for quad in below:
            if not any(quad in layer.removed or quad in layer.added for layer in layers):
                yield quad


def graph_quads(view: GraphView, graph: NamedNode) -> list[Quad]:
    """All quads of one named graph."""
    return list(view.quads_for_pattern(None, None, None, graph))


__all__ = ["Change", "GraphView", "Overlay", "graph_quads"]
