"""Builds the generated debate into a graph, with the same functions that `kg build` uses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from benchmarks.generate import Debate, articles, debate
from kg.build.article_graph import article_quads
from kg.build.coding import CodingAgent
from kg.build.current import Deriver
from kg.model.article import Article
from kg.model.iris import Iris
from kg.store.embedded import Store

CODING = CodingAgent(
    "kg", datetime.datetime(2013, 1, 1, 8, tzinfo=datetime.UTC), "software", "0.1.0", "3f2a" * 16
)
SPARE = 30
"""Articles that are generated beyond those of the graph, to be added one by one."""


@dataclass(frozen=True)
class Built:
    """A graph on disk.

    Attributes:
        spare: Further articles with their graphs, not yet in the store.
        triples: Number of triples of `current`.
        file: `current` as N-Triples, for engines to load.
    """

    debate: Debate
    iris: Iris
    store: Store
    deriver: Deriver
    spare: list[tuple[Article, list[ox.Quad]]]
    triples: int
    file: Path


def _graphs(made_up: Debate, iris: Iris, count: int) -> Iterator[tuple[Article, list[ox.Quad]]]:
    for article, statements in articles(made_up, iris, count):
        quads = article_quads(article, statements, CODING, iris, made_up.codebook, register=made_up.register)
        yield article, quads


def build(folder: Path, count: int) -> Built:
    """Build a graph of `count` articles below an empty folder."""
    iris = Iris()
    made_up = debate(iris)
    store = Store.open(folder / "graph", base=iris.base)
    graphs = _graphs(made_up, iris, count + SPARE)
    # All article graphs go in at once; their names only tell the store which old graphs to replace.
    store.rewrite({iris.article_graph("0" * 16): _flat(islice(graphs, count))})
    deriver = Deriver(made_up.register, made_up.codebook, iris)
    store.rewrite(deriver.anew(store.view))
    file = folder / "current.nt"
    with file.open("wb") as out:
        ox.serialize(store.graph(iris.current_graph), out, format=ox.RdfFormat.N_TRIPLES)
    triples = sum(1 for _ in file.open("rb"))
    return Built(made_up, iris, store, deriver, list(graphs), triples, file)


def _flat(graphs: Iterable[tuple[Article, list[ox.Quad]]]) -> Iterator[ox.Quad]:
    for _, quads in graphs:
        yield from quads
