"""Followed change by change, in whatever order, the derived graph is the one that is built whole."""

import random

import pyoxigraph as ox
import pytest

from kg.build.article_graph import article_quads
from kg.build.change import Change, Overlay
from kg.build.coding import CodingAgent
from kg.build.current import Deriver
from kg.build.decisions import whole_log
from kg.build.human import coded_change, forgotten_change
from kg.build.revisions import revision_quads
from kg.build.terms import RDF, ST
from kg.store.embedded import Store
from tests.build.deciding import decision_change, record_in, revoking
from tests.build.field import CODEBOOK, IRIS, JO, MACHINE, REGISTER, clock, random_article

ACTIONS = [
    "add",
    "add",
    "add",
    "some",
    "remove",
    "forget",
    "human",
    "decide",
    "decide",
    "merge",
    "differ",
    "revoke",
]
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
        action = rng.choice(ACTIONS)
        if action == "remove":
            yield action, deriver.article(store.view, article.digest, None)
        elif action == "forget":
            coded = deriver.coding(
                store.view, forgotten_change(store.view, IRIS.article(article.digest), IRIS)
            )
            yield action, coded.then(deriver.article(Overlay(store.view, coded), article.digest, None))
        elif action in ("add", "some"):
            chosen = statements if action == "add" else [s for s in statements if rng.random() < 0.5]
            quads = article_quads(article, chosen, MACHINE, IRIS, CODEBOOK, register=REGISTER)
            quads += revision_quads(store.view, quads, IRIS.article(article.digest), IRIS)
            yield action, deriver.article(store.view, article.digest, quads)
        elif action == "human":
            chosen = [s for s in statements if rng.random() < 0.4]
            coder = rng.choice((JO, CodingAgent("Ed", next(times), "person")))
            change = coded_change(store.view, article, chosen, coder, IRIS, CODEBOOK, register=REGISTER)
            yield action, deriver.coding(store.view, change)
        elif action == "revoke":
            found = whole_log(store.view, IRIS)
            if found:
                yield action, revoking(store.view, deriver, rng.choice(found), next(times))
        else:
            graph = ox.NamedNode(IRIS.current_graph)
            found = store.view.quads_for_pattern(None, RDF.type, ST.Statement, graph)
            targets = sorted(quad.subject.value for quad in found)
            if len(targets) > 1:
                yield action, decided(store.view, deriver, rng, targets, action, next(times))


def decided(view, deriver, rng, targets, action, time):
    """Somebody decides on a statement, puts it together with others or tells it apart."""
    target = rng.choice(targets)
    coder, adjudicates = rng.choice(["Jo Coder", "Ed"]), rng.random() < 0.2
    if action in ("merge", "differ"):
        others = tuple(rng.sample([one for one in targets if one != target], min(2, len(targets) - 1)))
        records = tuple(record_in(view, deriver, one)[0] for one in others)
        more = {"action": action, "together": others, "others": records}
        more |= {"coder": coder, "adjudicates": adjudicates}
        return decision_change(view, deriver, target, lambda record: [], time, **more)
    seen, _ = record_in(view, deriver, target)
    position = {"position": "quota", "stance": rng.choice(["supports", "opposes"]), "condition": None}
    part = {**seen, "id": seen["id"][:-4] + f"{rng.randrange(9999):04}", "positions": []}
    action, becomes = rng.choice(
        [
            ("accept", [seen]),
            ("reject", []),
            ("change", [{**seen, "positions": [position], "said": "2012-02"}]),
            ("split", [seen, part]),
        ]
    )
    more = {"action": action, "coder": coder, "adjudicates": adjudicates}
    return decision_change(view, deriver, target, lambda record: becomes, time, **more)


@pytest.mark.parametrize("seed", range(8))
def test_incremental_is_whole(seed):
    deriver = Deriver(REGISTER, CODEBOOK, IRIS)
    with Store.in_memory() as store:
        for number, (action, change) in enumerate(steps(seed, store, deriver)):
            store.write(change)
            now, expected = derived(store.view), whole(deriver, store.view)
            assert now == expected, (number, action, sorted(now - expected)[:5], sorted(expected - now)[:5])
