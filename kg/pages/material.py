"""What the contents of pages are made from: the graph, its names, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.model.iris import Iris
from kg.model.vocabulary import RDFS
from kg.pages.addresses import Addresses
from kg.pages.rendering import Options
from kg.query.canned import CannedQuery
from kg.query.entities import Catalogue
from kg.query.run import Engine


@dataclass(frozen=True)
class Material:
    """The graph and everything that is looked up in it again and again.

    Attributes:
        view: The store.
        iris: Names of the project.
        options: How the site is shown.
        addresses: Where each node is shown.
        engine: Answers queries over the derived graph.
        queries: The canned queries, by name.
    """

    view: ox.Store
    iris: Iris
    options: Options
    addresses: Addresses
    engine: Engine
    queries: tuple[CannedQuery, ...]

    @cached_property
    def catalogue(self) -> Catalogue:
        """Names of the graph, for the values of forms."""
        return Catalogue(self.engine)

    @cached_property
    def _graph(self) -> ox.NamedNode:
        return ox.NamedNode(self.iris.current_graph)

    def about(self, iri: str) -> Iterator[ox.Triple]:
        """What the derived graph says of a node."""
        for quad in self.view.quads_for_pattern(ox.NamedNode(iri), None, None, self._graph):
            yield quad.triple

    def label(self, iri: str) -> str:
        """The label of a node, or the last part of its IRI."""
        label = ox.NamedNode(RDFS + "label")
        for quad in self.view.quads_for_pattern(ox.NamedNode(iri), label, None, self._graph):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value
        return iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]


__all__ = ["Material"]
