"""The made-up debate of `debate.ttl`, in both engines."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.query.entities import Catalogue
from kg.query.run import on_oxigraph, on_rdflib

DEBATE = Path(__file__).with_name("debate.ttl")


@pytest.fixture(scope="session")
def oxigraph():
    store = ox.Store()
    store.load(path=DEBATE)
    return on_oxigraph(store)


@pytest.fixture(scope="session")
def in_rdflib():
    return on_rdflib(rdflib.Graph().parse(DEBATE))


@pytest.fixture(scope="session")
def catalogue(oxigraph):
    return Catalogue(oxigraph)
