"""A node's properties as a table: what every page of a node ends with, for who wants the data itself."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.model.vocabulary import RDF, RDFS
from kg.pages.material import Material
from kg.query.terms import shorten


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a node's property.

    Attributes:
        property: Prefixed name of the property.
        words: The value as it is shown.
        address: Where the value is shown, below the root; None for literals and what is not of this graph.
        web: Address on the web of a value that is not of this graph; None otherwise.
    """

    property: str
    words: str
    address: str | None = None
    web: str | None = None


def facts_of(material: Material, iri: str) -> list[Fact]:
    """What the graph says of a node, sorted: type and label first."""
    first = {RDF + "type": "0", RDFS + "label": "1"}
    triples = sorted(
        material.about(iri), key=lambda t: (first.get(t.predicate.value, t.predicate.value), str(t.object))
    )
    return [_fact(material, triple) for triple in triples]


def _fact(material: Material, triple: ox.Triple) -> Fact:
    name, value = shorten(triple.predicate.value), triple.object
    if isinstance(value, ox.Literal):
        return Fact(name, value.value)
    iri = str(value) if not isinstance(value, ox.NamedNode) else value.value
    address = material.addresses.address(iri)
    if address:
        return Fact(name, material.facts.label(iri), address)
    web = iri if iri.startswith(("https://", "http://")) else None
    return Fact(name, shorten(iri), None, web)


__all__ = ["Fact", "facts_of"]
