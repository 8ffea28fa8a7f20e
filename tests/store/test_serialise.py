"""The same graph gives the same bytes, and every format gives the graph back."""

import io
import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.model.atomic import replacing, write_bytes
from kg.model.errors import StoreError, UsageError
from kg.model.vocabulary import ST, XSD
from kg.store.serialise import FORMATS, serialise

BASE = "https://example.org/stance-graph/"
# What RDF can hold: no surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LANGUAGES = st.sampled_from(["en", "EN-gb", "sr-Latn", "x-klingon", "de-1996"])
IRIS = st.sampled_from(
    [
        BASE + "actor/ada-brook",
        BASE + "statement/8a.9f",
        BASE + "actor/%D1%80",
        BASE + "a(b),'c'",
        ST + "speaker",
        "urn:x:y",
    ]
).map(ox.NamedNode)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda text, language: ox.Literal(text, language=language), TEXTS, LANGUAGES),
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(name)),
        st.sampled_from(["2012-03-05", "0.50", "7", "true", 'odd \\ "value"']),
        st.sampled_from([XSD + "date", XSD + "decimal", XSD + "integer", XSD + "boolean", "urn:x:type"]),
    ),
)
QUADS = st.lists(
    st.builds(
        ox.Quad,
        IRIS,
        IRIS,
        st.one_of(IRIS, LITERALS),
        st.sampled_from([ox.NamedNode(BASE + "graph/current"), ox.DefaultGraph()]),
    ),
    max_size=12,
)


@given(QUADS, st.randoms(use_true_random=False))
def test_order_does_not_matter(quads, rng):
    shuffled = [*quads, *quads[:2]]
    rng.shuffle(shuffled)
    for name in FORMATS:
        assert serialise(quads, name, base=BASE) == serialise(shuffled, name, base=BASE)


@given(QUADS)
def test_oxigraph_reads_back_what_was_written(quads):
    for name, format in FORMATS.items():
        back = set(ox.parse(serialise(quads, name, base=BASE), format=format))
        expected = set(quads) if name in ("trig", "nq", "jsonld") else {ox.Quad(*q.triple) for q in quads}
        assert {str(quad) for quad in back} == {str(quad) for quad in expected}


def sample():
    a, b = (ox.NamedNode(BASE + "actor/" + name) for name in ("ada-brook", "ole-strand"))
    name = ox.NamedNode(ST + "office")
    texts = [
        "plain",
        'said "no"',
        "two\nlines\tand\r\nmore",
        "back\\slash",
        "Žižek — Россия 🚢",
        " \u2028 ",
        "",
    ]
    triples = [ox.Triple(a, name, ox.Literal(text)) for text in texts]
    triples += [ox.Triple(b, name, ox.Literal(text, language="sr-latn")) for text in texts]
    triples += [ox.Triple(a, name, ox.Literal("2012-03-05", datatype=ox.NamedNode(XSD + "date")))]
    return [*triples, ox.Triple(a, ox.NamedNode(ST + "speaker"), b)]


@pytest.mark.parametrize(("name", "rdflib_name"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_graph(name, rdflib_name):
    expected = Graph().parse(data=ox.serialize(sample(), format=ox.RdfFormat.N_TRIPLES), format="nt")
    found = Graph().parse(data=serialise(sample(), name, base=BASE), format=rdflib_name)
    assert isomorphic(found, expected)


@pytest.mark.parametrize(("name", "rdflib_name"), [("trig", "trig"), ("nq", "nquads")])
def test_rdflib_reads_the_same_dataset(name, rdflib_name):
    graph = ox.NamedNode(BASE + "graph/current")
    quads = [ox.Quad(*triple, graph) for triple in sample()]
    found = Dataset().parse(io.BytesIO(serialise(quads, name, base=BASE)), format=rdflib_name)
    assert len(found) == len(quads)
    assert {str(one) for _, _, _, one in found.quads() if one} == {graph.value}


def test_turtle_is_readable():
    turtle = serialise(sample(), "ttl", base=BASE).decode()
    assert turtle.startswith("@prefix actor: <https://example.org/stance-graph/actor/> .\n@prefix st:")
    assert "\n\nactor:ole-strand st:office" in turtle
    assert "\t" not in turtle


def test_unknown_format():
    with pytest.raises(UsageError, match="'docx' is no RDF format"):
        serialise([], "docx")


def test_files_are_replaced_whole(tmp_path):
    path = tmp_path / "new" / "graph.ttl"
    before = serialise(sample(), "ttl", base=BASE)
    write_bytes(path, before)
    assert path.read_bytes() == before
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write(b"half of it")
        raise RuntimeError("in the middle")
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["graph.ttl"]
    with pytest.raises(StoreError, match="cannot be written"):
        write_bytes(path / "below" / "graph.nt", b"")


def test_large_graphs_do_not_depend_on_hashing():
    rng = random.Random(1)
    quads = [
        ox.Quad(
            ox.NamedNode(f"urn:s{rng.randint(0, 50)}"),
            ox.NamedNode(f"urn:p{rng.randint(0, 9)}"),
            ox.Literal(str(n)),
        )
        for n in range(500)
    ]
    assert serialise(set(quads), "trig") == serialise(quads, "trig")
