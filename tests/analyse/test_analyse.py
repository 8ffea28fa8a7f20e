"""What is worked out from the stances says the same as the canned queries."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.analyse.agreement import pairs, spoken_for
from kg.analyse.counts import articles_a_year, overview
from kg.analyse.facts import Facts
from kg.analyse.records import Day
from kg.analyse.standing import latest, shifts
from kg.query.canned import find_query
from kg.query.run import on_oxigraph, run

DEBATE = Path(__file__).parent.parent / "query" / "debate.ttl"
GRAPH = "https://example.org/graph"


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.load(DEBATE.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPH))
    return store


@pytest.fixture(scope="module")
def facts(store):
    return Facts(store, GRAPH)


def answer(store, name, **values):
    return run(find_query(name), values, on_oxigraph(store, GRAPH)).records()


def test_everything_is_read(facts, store):
    def count(cls):
        cls = ox.NamedNode("https://w3id.org/stance-graph/ontology#" + cls)
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        return sum(1 for _ in store.quads_for_pattern(None, kind, cls, ox.NamedNode(GRAPH)))

    assert len(facts.stances) == count("Stance") > 10
    assert len(facts.statements) == count("Statement")
    assert len(facts.positions) == count("Position")
    assert all(one.polarity in ("supports", "opposes", "neutral") for one in facts.stances.values())
    assert all(one.belongs_to and one.claim for one in facts.stances.values())


def test_shifts_are_those_of_the_query(facts, store):
    told = {(row["before_iri"], row["after_iri"]) for row in answer(store, "shifts")}
    assert told
    assert {(one.before.iri, one.after.iri) for one in shifts(list(facts.stances.values()))} == told


@pytest.mark.parametrize("as_of", [None, "2009-12-31", "2010-06-30", "2030-01-01"])
def test_the_latest_stances_are_those_of_the_query(facts, store, as_of):
    for position in facts.positions:
        values = {"position": [position], **({"as_of": [as_of]} if as_of else {})}
        told = {row["stance_iri"] for row in answer(store, "latest", **values)}
        day = Day.fromisoformat(as_of) if as_of else None
        assert {one.iri for one in latest(facts.by_position.get(position, []), day)} == told


def test_pairs_agree_and_differ_by_their_sides(facts):
    stances = list(facts.stances.values())
    found = pairs(stances)
    assert found
    sides = {}
    for one in stances:
        if one.polarity != "neutral":
            sides.setdefault((one.actor, one.position), set()).add(one.polarity)
    for pair in found:
        assert pair.first < pair.second
        assert -1 <= pair.balance <= 1
        for position in pair.agree:
            assert sides[pair.first, position] & sides[pair.second, position]
        for position in pair.differ:
            assert sides[pair.first, position] ^ sides[pair.second, position]
    assert all(pair.first in facts.actors for pair in pairs(stances, spoken_for))


def test_counts_add_up(facts):
    seen = overview(facts)
    assert seen.stances == len(facts.stances)
    assert 0 <= seen.reviewed + seen.doubtful <= seen.stances
    dated = [one for one in facts.articles.values() if one.published.dated]
    assert sum(articles_a_year(facts).values()) == len(dated)
