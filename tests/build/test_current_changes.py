"""Followed change by change, in whatever order, the derived graph is the one that is built whole."""

import random

import pyoxigraph as ox
import pytest

from kg.build.article_graph import article_quads
from kg.build.change import Change
from kg.build.current import Deriver
from kg.build.decisions import decision_change, revision_quads
from kg.build.human import coded_change
from kg.build.terms import RDF, ST
from kg.store.embedded import Store
from tests.build.field import CODEBOOK, IRIS, JO, MACHINE, REGISTER, clock, random_article

DERIVED = (IRIS.current_graph, IRIS.index_graph)


def derived(view):
    return {
        str(quad) for iri in DERIVED for quad in view.quads_for_pattern(None, None, None, ox.NamedNode(iri))
    }


def whole(deriver, view):
    return {str(quad) for quad in deriver.whole(view)}


def steps(seed, store, deriver):
    """Add, read again, code, decide on and remove articles at random."""
    rng, times = random.Random(seed), clock()
    deriver_change = deriver.files_change(store.view)
    store.write(deriver_change)
    store.write(Change.between([], deriver.whole(store.view)))
    articles = [random_article(seed * 1000 + number) for number in range(10)]
    for _ in range(25):
        article, statements = rng.choice(articles)
        action = rng.choice(["add", "add", "add", "some", "remove", "human", "decide", "decide"])
        if action == "remove":
            yield action, deriver.article(store.view, article.digest, None)
        elif action in ("add", "some"):
            chosen = statements if action == "add" else [s for s in statements if rng.random() < 0.5]
            quads = article_quads(article, chosen, MACHINE, IRIS, CODEBOOK, register=REGISTER)
            quads += revision_quads(store.view, quads, IRIS.article(article.digest), IRIS)
            yield action, deriver.article(store.view, article.digest, quads)
        elif action == "human":
            chosen = [s for s in statements if rng.random() < 0.4]
            change = coded_change(store.view, article, chosen, JO, IRIS, CODEBOOK, register=REGISTER)
            yield action, deriver.coding(store.view, change)
        else:
            kind = rng.choice([ST.Statement, ST.Stance])
            graph = ox.NamedNode(rng.choice([IRIS.current_graph, IRIS.coding_graph]))
            found = store.view.quads_for_pattern(None, RDF.type, kind, graph)
            targets = sorted(quad.subject.value for quad in found)
            if targets:
                decision = rng.choice(["reviewed", "rejected"])
                change = decision_change(
                    store.view, rng.choice(targets), decision, "Jo Coder", next(times), IRIS
                )
                yield action, deriver.coding(store.view, change)


@pytest.mark.parametrize("seed", range(8))
def test_incremental_is_whole(seed):
    deriver = Deriver(REGISTER, CODEBOOK, IRIS)
    with Store.in_memory() as store:
        for number, (action, change) in enumerate(steps(seed, store, deriver)):
            store.write(change)
            now, expected = derived(store.view), whole(deriver, store.view)
            assert now == expected, (number, action, sorted(now - expected)[:5], sorted(expected - now)[:5])
