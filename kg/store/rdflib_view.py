"""The store as rdflib knows graphs, for those who have code for rdflib."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, URIRef

from kg.model.vocabulary import PREFIXES
from kg.store.embedded import Store


def as_graph(store: Store, iri: str | None = None) -> Graph:
    """One named graph of a store as an rdflib graph, without a copy.

    Changes made through it reach the database at once, each on its own, and `current` does not follow: open
    the store for reading only.

    Args:
        store: An open store; it must stay open while the graph is used.
        iri: The named graph; the derived graph `current` without it.

    >>> with Store.in_memory() as store:
    ...     len(as_graph(store))
    0
    """
    graph = Graph(store=OxigraphStore(store=store.view), identifier=URIRef(iri or store.iris.current_graph))
    return _named(graph)


def as_dataset(store: Store) -> Dataset:
    """All graphs of a store as an rdflib dataset, without a copy; notes as in `as_graph`."""
    dataset = Dataset(store=OxigraphStore(store=store.view))
    _named(dataset)
    return dataset


def _named(graph: Graph) -> Graph:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


__all__ = ["as_dataset", "as_graph"]
