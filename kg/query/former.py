"""Nodes that are no more, and what took their place: positions that were merged, split or renamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.query.results import Result
from kg.query.terms import python_value

_FORMER = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX st: <https://w3id.org/stance-graph/ontology#>
SELECT ?old ?new ?label ?notation ?opposite WHERE {
  ?old dcterms:isReplacedBy ?new ; rdfs:label ?label .
  OPTIONAL { ?old skos:notation ?notation }
  OPTIONAL { ?old st:replacedByOpposite ?opposite }
} ORDER BY ?old ?new"""


@dataclass
class _Former:
    new: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    turned: bool = False


class FormerNodes:
    """What took the place of nodes that are no more; read from the graph when it is first asked for."""

    def __init__(self, engine: Callable[[str], Result]) -> None:
        """Keep what answers SPARQL queries on the graph."""
        self._engine = engine
        self._read: dict[str, _Former] | None = None

    def names(self) -> dict[str, list[str]]:
        """Labels and notations of the nodes that are no more, by IRI."""
        return {iri: list(one.names) for iri, one in self._nodes().items()}

    def in_place_of(self, iri: str) -> list[str]:
        """What took the place of a node, and of what took its place; the node itself where nothing did."""
        nodes, found, seen = self._nodes(), dict[str, None](), set[str]()
        queue = [iri]
        while queue:
            one = queue.pop(0)
            if one in seen:
                continue
            seen.add(one)
            if one in nodes:
                queue += nodes[one].new
            else:
                found[one] = None
        return list(found)

    def is_turned(self, iri: str) -> bool:
        """Whether what took the place of a node has the opposite sense."""
        nodes, seen, turned = self._nodes(), set[str](), False
        while iri in nodes and iri not in seen:
            seen.add(iri)
            turned ^= nodes[iri].turned
            iri = next(iter(nodes[iri].new))
        return turned

    def _nodes(self) -> dict[str, _Former]:
        if self._read is None:
            self._read = {}
            for row in self._engine(_FORMER).rows:
                old, new, label, notation, opposite = (
                    None if term is None else str(python_value(term)) for term in row
                )
                one = self._read.setdefault(str(old), _Former())
                one.new[str(new)] = None
                one.names.update(dict.fromkeys(name for name in (label, notation) if name))
                one.turned = one.turned or opposite is not None
        return self._read


__all__ = ["FormerNodes"]
