"""The W3C's SPARQL 1.1 Protocol tests, against a real server.

The manifest writes each test as HTTP requests with what is expected of the response. The service is
read-only, so of the tests in `UPDATES`, which change the graph, only the refusal is looked at: the rest of
them asks for what the update should have written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

from .conftest import serving

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "w3c-sparql11-protocol"
if not (FOLDER / "manifest.ttl").is_file():
    pytest.skip("the W3C's protocol tests are not here", allow_module_level=True)

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
FORMATS = {
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}
UPDATES = {
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    format: str | None


def _request(graph: rdflib.Graph, node: rdflib.term.Node) -> Request:
    def value(subject, predicate):
        found = graph.value(subject, predicate)
        return None if found is None else str(found)

    headers = {}
    for header in graph.items(graph.value(node, HT.headers)) if (node, HT.headers, None) in graph else ():
        headers[value(header, HT.fieldName)] = value(header, HT.fieldValue)
    body = graph.value(node, HT.body)
    text = None if body is None else value(body, CNT.chars).encode(value(body, CNT.characterEncoding))
    response = graph.value(node, HT.resp)
    expected = graph.value(response, MF.expectedBoolean)
    return Request(
        value(node, HT.methodName),
        value(node, HT.absolutePath).replace("/sparql/", "/sparql", 1),
        headers,
        text,
        tuple(str(status)[-3] for status in graph.objects(response, MF.expectedStatus)),
        None if expected is None else bool(expected.toPython()),
        value(response, MF.expectedFormat),
    )


def _tests() -> dict[str, list[Request]]:
    graph = rdflib.Graph().parse(FOLDER / "manifest.ttl")
    manifest = graph.value(predicate=RDF.type, object=MF.Manifest)
    tests = {}
    for test in graph.items(graph.value(manifest, MF.entries)):
        requests = []
        for node in graph.items(graph.value(graph.value(test, MF.action), HT.requests)):
            requests.append(_request(graph, node))
        tests[str(test).rpartition("#")[2]] = requests
    return tests


def _data() -> list[tuple[str, Path]]:
    graph = rdflib.Graph().parse(FOLDER / "manifest.ttl")
    found = set()
    for node in set(graph.objects(None, UT.graphData)):
        path = Path(str(graph.value(node, UT.graph)).rpartition("/")[2]).name
        found.add((str(graph.value(node, RDFS.label)), FOLDER / path))
    return sorted(found)


TESTS = _tests()


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    from kg.build.change import Change
    from kg.serve.source import Source
    from kg.store.embedded import Store

    folder = tmp_path_factory.mktemp("w3c") / "graph"
    base = "https://example.org/w3c/"
    quads = {
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(iri))
        for iri, path in _data()
        for quad in ox.parse(path=str(path))
    }
    with Store.open(folder, base=base) as store:
        store.write(Change(add=frozenset(quads)))
    with serving(Source(folder, base, "W3C", (), every=True)) as one:
        yield one


def test_all_of_the_manifest_is_here():
    assert len(TESTS) == 34
    assert set(TESTS) >= UPDATES
    assert len(_data()) == 3
    assert all(TESTS.values())


@pytest.mark.parametrize("name", sorted(set(TESTS) - UPDATES))
def test_query(client, name):
    for request in TESTS[name]:
        response = client.request(request.method, request.path, headers=request.headers, content=request.body)
        assert str(response.status_code)[0] in request.statuses, response.text
        media_type = response.headers["content-type"].partition(";")[0]
        if request.format:
            assert media_type in FORMATS[request.format]
        if request.boolean is not None:
            assert response.json()["boolean"] is request.boolean


@pytest.mark.parametrize("name", sorted(UPDATES))
def test_updates_are_refused(client, name):
    before = client.get("/sparql", params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"}).content
    request = TESTS[name][0]
    response = client.request(request.method, request.path, headers=request.headers, content=request.body)
    assert response.status_code == 403
    assert "this is an update" in response.text
    after = client.get("/sparql", params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"}).content
    assert before == after and before.count(b"data") > 3
