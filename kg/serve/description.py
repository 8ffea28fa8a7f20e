"""The SPARQL 1.1 Service Description of the endpoint (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pyoxigraph as ox

from kg.model.vocabulary import DCTERMS, PREFIXES, RDF, SKOS
from kg.serve.formats import GRAPHS
from kg.serve.source import Source
from kg.store.serialise import FORMATS, RdfFormatName, serialise

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_OFFERED = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_OFFERED_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")


def describe_service(source: Source, named_graphs: Sequence[str]) -> list[ox.Triple]:
    """What the endpoint offers: its language, formats and dataset.

    Args:
        source: What is served.
        named_graphs: The named graphs that queries may look into.
    """
    endpoint = f"{source.address}/sparql"
    service, dataset, default = (
        ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph")
    )
    found: list[ox.Triple] = []

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        found.append(ox.Triple(subject, ox.NamedNode(predicate), value))

    say(service, RDF + "type", ox.NamedNode(SD + "Service"))
    say(service, SD + "endpoint", ox.NamedNode(endpoint))
    say(service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query"))
    say(service, DCTERMS + "title", ox.Literal(source.title))
    for name in (*_OFFERED, *_OFFERED_GRAPHS):
        say(service, SD + "resultFormat", ox.NamedNode(_FORMATS + name))
    say(service, SD + "defaultDataset", dataset)
    say(dataset, RDF + "type", ox.NamedNode(SD + "Dataset"))
    say(dataset, SD + "defaultGraph", default)
    say(default, RDF + "type", ox.NamedNode(SD + "Graph"))
    say(default, SKOS + "note", ox.Literal("What is in force: the same as the named graph graph/current."))
    for number, iri in enumerate(named_graphs, 1):
        node = ox.NamedNode(f"{endpoint}#named-graph-{number}")
        say(dataset, SD + "namedGraph", node)
        say(node, RDF + "type", ox.NamedNode(SD + "NamedGraph"))
        say(node, SD + "name", ox.NamedNode(iri))
    return found


def write_graph(triples: Sequence[ox.Triple], media_type: str, base: str | None = None) -> bytes:
    """A small graph in one of the formats of `kg.serve.formats.GRAPHS`."""
    name = GRAPHS[media_type]
    if name in FORMATS:
        return serialise(triples, cast("RdfFormatName", name), base=base)
    return ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""


__all__ = ["SD", "describe_service", "write_graph"]
