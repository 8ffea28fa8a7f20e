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


class Overlay:
    """A view of a graph as it will be after a change; nothing is written.

    Lookups over many results stay lazy, so that asking whether there is any costs little.
    """

    def __init__(self, view: GraphView, change: Change) -> None:
        """Lay the change over the view."""
        self._view = view
        self._removed = change.remove
        self._subjects: dict[object, list[Quad]] = {}
        self._objects: dict[object, list[Quad]] = {}
        self._graphs: dict[object, list[Quad]] = {}
        self._added = change.add
        for quad in change.add:
            self._subjects.setdefault(quad.subject, []).append(quad)
            self._objects.setdefault(quad.object, []).append(quad)
            self._graphs.setdefault(quad.graph_name, []).append(quad)

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
        graph_name: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads that match after the change; None matches everything."""
        if subject is not None:
            near: Iterable[Quad] = self._subjects.get(subject, ())
        elif object is not None:
            near = self._objects.get(object, ())
        elif graph_name is not None:
            near = self._graphs.get(graph_name, ())
        else:
            near = self._added
        for quad in near:
            if (
                (predicate is None or quad.predicate == predicate)
                and (object is None or quad.object == object)
                and (graph_name is None or quad.graph_name == graph_name)
            ):
                yield quad
        for quad in self._view.quads_for_pattern(subject, predicate, object, graph_name):
            if quad not in self._removed and quad not in self._added:
                yield quad


def graph_quads(view: GraphView, graph: NamedNode) -> list[Quad]:
    """All quads of one named graph."""
    return list(view.quads_for_pattern(None, None, None, graph))


__all__ = ["Change", "GraphView", "Overlay", "graph_quads"]
