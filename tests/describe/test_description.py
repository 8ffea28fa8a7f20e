"""Descriptions of nodes: whole in themselves, and the same as Turtle and as JSON-LD."""

import json

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.describe.description import Describer
from kg.describe.json_ld import as_json_ld
from kg.model.vocabulary import OA, RDFS, ST, XSD
from kg.store.embedded import Store
from kg.store.serialise import serialise

BASE = "https://example.org/stance-graph/"


@pytest.fixture(scope="module")
def store(example_graph):
    with Store.open(example_graph, base=BASE, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def describer(store):
    return Describer(store.view, store.iris.current_graph)


def subjects(store, kind):
    found = {triple.subject.value for triple in store.graph(store.iris.current_graph)}
    return sorted(iri for iri in found if iri.startswith(f"{BASE}{kind}/"))


def test_a_statement_comes_with_its_claim_and_the_very_words(store, describer):
    iri = subjects(store, "statement")[0]
    found = describer.describe(iri)
    predicates = {triple.predicate.value for triple in found}
    assert {ST + "speaker", ST + "claim", OA + "hasSelector", OA + "exact"} <= predicates


def test_every_node_that_is_mentioned_has_its_name(store, describer):
    for kind in ("statement", "stance", "actor", "position", "article", "outlet", "membership", "coding"):
        iri = subjects(store, kind)[0]
        found = describer.describe(iri)
        named = {triple.subject for triple in found if triple.predicate.value == RDFS + "label"}
        for triple in found:
            for end in (triple.subject, triple.object):
                if isinstance(end, ox.NamedNode) and end.value.startswith(BASE):
                    assert end in named, f"{end} has no name in the description of {iri}"


def test_a_position_knows_who_took_it(store, describer):
    graph = ox.NamedNode(store.iris.current_graph)
    for iri in subjects(store, "position"):
        pointing = store.view.quads_for_pattern(None, ox.NamedNode(ST + "position"), ox.NamedNode(iri), graph)
        stances = {quad.subject for quad in pointing}
        assert stances <= {triple.subject for triple in describer.describe(iri)}


def test_who_coded_does_not_list_all_that_was_coded(store, describer):
    coding = subjects(store, "coding")[0]
    assert len(describer.describe(coding)) < 20


def test_nothing_is_said_of_a_stranger(describer):
    assert describer.describe(BASE + "actor/nobody-at-all") == []
    with pytest.raises(ValueError, match=r"."):
        describer.describe("no iri")


def test_turtle_and_json_ld_say_the_same(store, describer):
    for kind in ("statement", "stance", "actor", "position", "topic", "article", "outlet", "unnamed"):
        iri = subjects(store, kind)[0]
        found = set(describer.describe(iri))
        turtle = ox.parse(serialise(found, "ttl", base=BASE), format=ox.RdfFormat.TURTLE)
        json_ld = ox.parse(as_json_ld(found, iri), format=ox.RdfFormat.JSON_LD)
        assert {quad.triple for quad in turtle} == found
        assert {quad.triple for quad in json_ld} == found
        assert json.loads(as_json_ld(found, iri))["@graph"][0]["@id"] == iri


IRIS = st.sampled_from([BASE + "a", BASE + "b%20c", ST + "actor", ST + "a/b", RDFS + "label", ST, "urn:x:y"])
LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(ox.Literal),
    st.text('ab\n"\\<>', max_size=8).map(lambda text: ox.Literal(text, language="en")),
    st.integers().map(lambda number: ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))),
)
NODES = IRIS.map(ox.NamedNode)
TRIPLES = st.builds(ox.Triple, NODES, NODES, st.one_of(NODES, LITERALS))


# Other work on the machine is no fault of the code.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TRIPLES, max_size=12))
def test_json_ld_gives_back_any_graph(triples):
    written = as_json_ld(triples)
    assert {quad.triple for quad in ox.parse(written, format=ox.RdfFormat.JSON_LD)} == set(triples)
    assert as_json_ld(reversed(triples)) == written
