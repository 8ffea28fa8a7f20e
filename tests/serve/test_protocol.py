"""The SPARQL 1.1 Protocol: how a query is sent, and in which format its answer comes."""

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from .conftest import serving

ROWS = "SELECT ?s WHERE { ?s a st:Stance } ORDER BY ?s LIMIT 3"
GRAPH = "CONSTRUCT { ?s a st:Stance } WHERE { ?s a st:Stance } LIMIT 3"
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}


def test_a_query_is_sent_in_three_ways(client, ask):
    by_get = ask(ROWS)
    by_form = client.post("/sparql", data={"query": ROWS})
    directly = client.post("/sparql", content=ROWS, headers=DIRECT)
    assert by_get.status_code == by_form.status_code == directly.status_code == 200
    assert len(by_get.json()["results"]["bindings"]) == 3
    assert by_get.content == by_form.content == directly.content
    assert client.get("/sparql/", params={"query": ROWS}).content == by_get.content


def test_head_has_no_body(client):
    response = client.head("/sparql", params={"query": ROWS})
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "media_type", "format_"),
    [
        (None, "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("*/*", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/json", "application/json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values", ox.QueryResultsFormat.TSV),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.5", None, ox.QueryResultsFormat.XML),
        ("text/turtle, application/*;q=0.1", None, ox.QueryResultsFormat.JSON),
        ("application/sparql-results+json;q=0, */*;q=0.1", None, ox.QueryResultsFormat.JSON),
        ("no media type", None, ox.QueryResultsFormat.JSON),
    ],
)
def test_rows_come_in_the_format_that_is_accepted(ask, accept, media_type, format_):
    response = ask(ROWS, accept)
    assert response.status_code == 200
    assert "Accept" in response.headers["vary"]
    if media_type:
        assert response.headers["content-type"].partition(";")[0] == media_type
    assert len(list(ox.parse_query_results(response.content, format=format_))) == 3


def test_rows_as_csv(ask):
    response = ask(ROWS, "text/csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[0] == "s" and len(lines) == 4


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        (None, ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("text/csv, text/turtle;q=0.1", ox.RdfFormat.TURTLE),
    ],
)
def test_triples_come_in_the_format_that_is_accepted(ask, accept, format_):
    response = ask(GRAPH, accept)
    assert response.status_code == 200
    assert len(list(ox.parse(response.content, format=format_))) == 3


@pytest.mark.parametrize(
    ("query", "accept"), [(ROWS, "text/turtle"), (GRAPH, "text/csv"), (ROWS, "image/png")]
)
def test_a_format_that_there_is_not(ask, query, accept):
    response = ask(query, accept)
    assert response.status_code == 406
    assert "Accept" in response.text


def test_yes_and_no(ask):
    assert ask("ASK { ?s a st:Stance }").json()["boolean"] is True
    assert ask("ASK { ?s a <urn:nothing> }", "application/sparql-results+xml").text.count("false") == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"query": ["ASK {}", "ASK {}"]}, 400),
        ({"query": "ASK {"}, 400),
        ({"query": ""}, 400),
        ({"default-graph-uri": "urn:a"}, 400),
        ({"update": "CLEAR ALL"}, 403),
        ({"query": "CLEAR ALL"}, 400),
    ],
)
def test_bad_fields(client, fields, status):
    response = client.get("/sparql", params=fields)
    assert response.status_code == status
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.strip()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"ASK {}", 415),
        ({"content-type": "text/plain"}, b"ASK {}", 415),
        ({"content-type": "application/sparql-update"}, b"CLEAR ALL", 403),
        ({"content-type": "application/sparql-query; charset=UTF-16"}, "ASK {}".encode("utf-16"), 415),
        (DIRECT, b"ASK { ?s ?p '\xff' }", 400),
        (DIRECT, b"", 400),
        (FORM, b"query=%FF", 400),
        (FORM, b"nothing=here", 400),
        (FORM, b"&".join(b"a=1" for _ in range(200)), 400),
        (FORM, b"query=" + b"x" * 1_100_000, 413),
        (DIRECT, b"#" * 300_000, 400),
    ],
)
def test_bad_bodies(client, headers, body, status):
    response = client.post("/sparql", content=body, headers=headers)
    assert response.status_code == status
    assert response.text.strip()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client, method):
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


def test_what_was_wrong_as_json(ask):
    response = ask("SELECT * { SERVICE <http://x.example/> { } }", "application/problem+json")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "title": "SERVICE <http://x.example/> calls another server: refused",
        "status": 400,
        "detail": "ask this graph",
    }


class TestDataset:
    GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"

    def names(self, response):
        return [row["g"]["value"] for row in response.json()["results"]["bindings"]]

    def test_what_is_in_force_is_all_that_is_seen(self, ask, debate_source):
        current = f"{debate_source.base}graph/current"
        assert self.names(ask(self.GRAPHS)) == [current]
        assert (
            self.names(ask(self.GRAPHS, **{"named-graph-uri": f"{debate_source.base}graph/article/a01"}))
            == []
        )
        assert (
            ask("ASK { { ?a schema:text ?t } UNION { GRAPH ?g { ?a schema:text ?t } } }").json()["boolean"]
            is False
        )

    def test_other_graphs_are_seen_where_that_was_allowed(self, debate_source):
        with serving(replace(debate_source, every=True)) as client:
            names = self.names(client.get("/sparql", params={"query": self.GRAPHS}))
        assert f"{debate_source.base}graph/article/a01" in names

    def test_the_protocol_names_graphs(self, ask, debate_source):
        current = f"{debate_source.base}graph/current"
        some = "ASK { ?s ?p ?o }"
        assert ask(some, **{"default-graph-uri": current}).json()["boolean"] is True
        assert ask(some, **{"default-graph-uri": "http://x.example/none"}).json()["boolean"] is False
        assert ask(some, **{"named-graph-uri": current}).json()["boolean"] is False
        assert self.names(ask(self.GRAPHS, **{"default-graph-uri": current})) == []
        # What the protocol says counts, not FROM.
        both = f"ASK FROM <{current}> {{ ?s ?p ?o }}"
        assert ask(both).json()["boolean"] is True
        assert ask(both, **{"default-graph-uri": "http://x.example/none"}).json()["boolean"] is False

    @pytest.mark.parametrize("iri", ["file:///etc/passwd", "FILE:/etc/passwd", "ftp://x.example/"])
    def test_files_are_refused(self, ask, iri):
        for name in ("default-graph-uri", "named-graph-uri"):
            response = ask("ASK {}", **{name: iri})
            assert response.status_code == 400
            assert "no graph of this store" in response.text
        assert "no graph of this store" in ask(f"ASK FROM <{iri}> {{ ?s ?p ?o }}").text


class TestDescription:
    @pytest.mark.parametrize(
        ("accept", "format_"),
        [
            (None, ox.RdfFormat.TURTLE),
            ("application/rdf+xml", ox.RdfFormat.RDF_XML),
            ("application/ld+json, text/html;q=0.5", ox.RdfFormat.JSON_LD),
        ],
    )
    def test_without_a_query_the_service_describes_itself(self, client, accept, format_):
        response = client.get("/sparql", headers={"accept": accept} if accept else {})
        assert response.status_code == 200
        said = {
            (t.predicate.value.rpartition("#")[2], str(t.object))
            for t in ox.parse(response.content, format=format_)
        }
        assert ("endpoint", f"<{str(client.base_url).rstrip('/')}/sparql>") in said
        assert (
            "supportedLanguage",
            "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>",
        ) in said
        assert any(name == "namedGraph" for name, _ in said)

    def test_a_person_gets_the_editor(self, client):
        response = client.get("/sparql", headers={"accept": "text/html"})
        assert response.status_code == 303
        assert response.headers["location"].endswith("/query-editor.html")
        response = client.get("/sparql", headers={"accept": "text/html"}, params={"query": "ASK {}"})
        assert response.headers["location"].endswith("/query-editor.html?query=ASK+%7B%7D")


class TestHeaders:
    def test_pages_of_other_sites_may_ask(self, client):
        origin = {"origin": "https://other.example", "access-control-request-method": "POST"}
        asked = client.options("/sparql", headers=origin)
        assert asked.status_code == 204
        assert "POST" in asked.headers["access-control-allow-methods"]
        for response in (asked, client.get("/sparql", params={"query": "ASK {}"}, headers=origin)):
            assert response.headers["access-control-allow-origin"] == "*"

    def test_every_response_is_safe_to_look_at(self, client):
        for response in (client.get("/sparql", params={"query": "ASK {"}), client.get("/nothing-here")):
            assert response.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in response.headers["content-security-policy"]
            assert "server" not in response.headers

    def test_an_unchanged_answer_is_not_sent_again(self, client, ask):
        first = ask(ROWS)
        again = client.get(
            "/sparql", params={"query": ROWS}, headers={"if-none-match": first.headers["etag"]}
        )
        assert again.status_code == 304 and again.content == b""
        other = client.get(
            "/sparql", params={"query": GRAPH}, headers={"if-none-match": first.headers["etag"]}
        )
        assert other.status_code == 200


def test_relative_addresses_are_below_the_endpoint(ask, client):
    found = json.loads(ask("SELECT (<x> AS ?x) {}").content)["results"]["bindings"][0]["x"]["value"]
    assert found == f"{str(client.base_url).rstrip('/')}/x"
