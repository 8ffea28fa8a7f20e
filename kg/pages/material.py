"""What the contents of pages are made from: the graph, its names, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.analyse.facts import Facts
from kg.model.iris import Iris
from kg.pages.addresses import ABOUT, Addresses
from kg.pages.rendering import Link, Options
from kg.query.canned import CannedQuery
from kg.query.entities import Catalogue
from kg.query.run import Engine
from kg.review.trust import Trust, trust_of


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
        sampled: What a random sample says, where the view does not have it itself, as a release has not.
    """

    view: ox.Store
    iris: Iris
    options: Options
    addresses: Addresses
    engine: Engine
    queries: tuple[CannedQuery, ...]
    sampled: Trust | None = None

    @cached_property
    def trust(self) -> Trust | None:
        """What the latest random sample says of the machine's reading; None where nobody drew one."""
        return self.sampled or trust_of(self.view, self.iris)

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

    @cached_property
    def facts(self) -> Facts:
        """The graph as records."""
        return Facts(self.view, self.iris.current_graph)

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Paths of the nodes' own pages by IRI."""
        return {page.iri: page.path for page in self.addresses.pages() if page.iri}

    def path(self, iri: str) -> str:
        """Where a node is shown; the page of the method for what the graph does not describe."""
        return self.paths.get(iri) or self.addresses.address(iri) or ABOUT

    def link(self, iri: str) -> Link:
        """A node's label and where it is shown."""
        return Link(self.facts.label(iri), self.path(iri))


__all__ = ["Material"]
