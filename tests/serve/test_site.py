"""Pages, descriptions and answers by their addresses, live from the graph."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from dataclasses import replace

import pyoxigraph as ox
import pytest
from openapi_spec_validator import validate

from kg.build.change import Change
from kg.model.errors import InputError
from kg.model.resources import resource
from kg.serve.formats import ANSWERS
from kg.serve.release import load_release
from kg.serve.source import Source
from kg.store.embedded import Store

from .conftest import serving

BASE = "https://example.org/stance-graph/"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_the_home_page(client):
    for path in ("/", "/index.html"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert "Cod" in response.text


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("*/*", "html"),
        (BROWSER["accept"], "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("text/html;q=0.3, text/turtle;q=0.9", "ttl"),
    ],
)
def test_an_iri_leads_to_the_document_that_is_accepted(client, accept, suffix):
    response = client.get("/actor/ada-brook", headers={"accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["location"] == f"{str(client.base_url).rstrip('/')}/actor/ada-brook.{suffix}"
    assert "Accept" in response.headers["vary"]
    found = client.get(response.headers["location"])
    assert found.status_code == 200 and "Ada Brook" in found.text


def test_what_has_no_page_leads_to_its_place_on_one(client):
    response = client.get("/membership/2", headers=BROWSER)
    assert response.status_code == 303
    assert "/actor/ada-brook.html#" in response.headers["location"]
    response = client.get("/membership/2", headers={"accept": "text/turtle"})
    assert response.headers["location"].endswith("/actor/ada-brook.ttl")


def test_a_format_that_there_is_not(client):
    assert client.get("/actor/ada-brook", headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("suffix", "format_"), [("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)]
)
def test_descriptions(client, suffix, format_):
    response = client.get(f"/position/ban.{suffix}")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    subjects = {str(quad.subject) for quad in ox.parse(response.content, format=format_)}
    assert f"<{BASE}position/ban>" in subjects


@pytest.mark.parametrize("path", ["/actor/ada-brok", "/actor/ada-brok.html", "/actor/ada-brok.ttl"])
def test_a_wrong_name_gets_the_nearest_right_one(client, path):
    for headers in ({}, BROWSER):
        response = client.get(path, headers=headers)
        assert response.status_code == 404
        assert "id you mean actor/ada-brook.html?" in response.text
    assert response.headers["content-type"].startswith("text/html")
    assert "<h1>There is nothing here</h1>" in response.text


class TestQuestions:
    def test_answers_by_suffix(self, client):
        for suffix, media_type in ANSWERS.items():
            rdf = suffix in ("ttl", "nt")
            name, values = ("evidence", {"stance": "t1"}) if rdf else ("positions", {"actor": "Norland"})
            if rdf:
                rows = client.get("/queries/positions.json", params={"voice": "any"}).json()
                values = {"stance": rows[0]["stance_iri"]}
            response = client.get(f"/queries/{name}.{suffix}", params=values)
            assert response.status_code == 200, response.text
            assert response.headers["content-type"].partition(";")[0] == media_type
            assert response.content.strip()

    def test_several_values_mean_any_of_them(self, client):
        def count(**values):
            return len(client.get("/queries/positions.json", params={"voice": "any", **values}).json())

        one, other = count(actor="Norland"), count(actor="Sundia")
        assert one and other
        assert count(actor=["Norland", "Sundia"]) == one + other
        assert count(actor=f"{BASE}actor/norland") == one

    def test_an_empty_field_of_a_form_is_no_value(self, client):
        every = client.get("/queries/positions.csv", params={"voice": "any"}).text
        assert (
            client.get("/queries/positions.csv", params={"voice": "any", "actor": "", "since": " "}).text
            == every
        )

    def test_csv_is_csv(self, client):
        rows = list(csv.DictReader(io.StringIO(client.get("/queries/positions.csv").text)))
        assert rows and rows[0]["stance"] in ("supports", "opposes", "neutral")

    @pytest.mark.parametrize(
        ("path", "status", "message"),
        [
            ("/queries/positions.csv?actor=Norlandd", 400, "did you mean 'Norland'?"),
            ("/queries/positions.csv?acter=Norland", 400, "did you mean 'actor'?"),
            ("/queries/positions.csv?since=soon", 400, "since"),
            ("/queries/position.csv", 404, "did you mean 'positions'?"),
            ("/queries/evidence.csv", 400, "needs stance"),
            ("/queries/positions.ttl", 400, "rows cannot be written as RDF"),
            ("/query/position.ttl", 404, "did you mean 'positions'?"),
        ],
    )
    def test_what_is_wrong_is_said(self, client, path, status, message):
        response = client.get(path)
        assert response.status_code == status
        assert message in response.text
        assert "--" not in response.text

    def test_a_name_leads_to_the_answer_that_is_accepted(self, client):
        for accept, suffix in (("text/csv", "csv"), ("application/json", "json"), ("text/html", "html")):
            response = client.get("/queries/positions?actor=Norland", headers={"accept": accept})
            assert response.status_code == 303
            assert response.headers["location"].endswith(f"/queries/positions.{suffix}?actor=Norland")

    def test_the_iri_of_a_query_leads_to_what_it_is(self, client):
        for accept, path in (
            ("text/html", "queries/evidence.html"),
            ("text/turtle", "query/evidence.ttl"),
            ("application/ld+json", "query/evidence.jsonld"),
        ):
            response = client.get("/query/evidence", headers={"accept": accept})
            assert response.status_code == 303
            assert response.headers["location"].endswith(f"/{path}")
        for suffix, format_ in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
            found = client.get(f"/query/evidence.{suffix}")
            classes = {str(quad.object) for quad in ox.parse(found.content, format=format_)}
            assert "<http://www.w3.org/ns/shacl#SPARQLConstructExecutable>" in classes

    def test_the_page_and_the_file_of_a_query(self, client):
        page = client.get("/queries/positions.html", params={"actor": "Norland"}, headers=BROWSER)
        assert page.status_code == 200
        file = client.get("/queries/positions.rq")
        assert file.headers["content-type"] == "application/sparql-query"
        assert file.text.startswith("#+ title")


@pytest.fixture(scope="module")
def interface(client):
    response = client.get("/openapi.json")
    assert response.headers["content-type"] == "application/json"
    return response.json()


class TestInterface:
    def test_it_is_valid(self, interface):
        assert interface["openapi"].startswith("3.1")
        validate(interface)

    def test_it_has_every_query_with_its_parameters(self, interface):
        positions = interface["paths"]["/queries/positions.{format}"]["get"]
        names = [parameter["name"] for parameter in positions["parameters"]]
        assert names == ["format", "actor", "topic", "position", "since", "until", "voice"]
        assert len([path for path in interface["paths"] if path.startswith("/queries/")]) >= 20

    def test_what_it_describes_is_there(self, interface, client):
        for path, item in interface["paths"].items():
            if not path.startswith("/queries/"):
                continue
            values = {}
            for parameter in item["get"]["parameters"]:
                if parameter["in"] == "query" and parameter["required"]:
                    values[parameter["name"]] = parameter["example"]
            response = client.get(path.replace("{format}", "json"), params=values)
            # Names of the examples belong to another graph than this one.
            assert response.status_code == 200 or (values and response.status_code == 400), response.text


class TestCaching:
    @pytest.mark.parametrize(
        "path",
        [
            "/index.html",
            "/actor/ada-brook.ttl",
            "/queries/positions.csv",
            "/queries/positions.html?since=2010-01-01",
            "/assets/site.css",
            "/assets/icon.svg",
            "/query-editor.html",
        ],
    )
    def test_what_is_unchanged_is_not_sent_again(self, client, path):
        first = client.get(path)
        assert first.status_code == 200 and first.headers["cache-control"]
        again = client.get(path, headers={"if-none-match": f'"x", {first.headers["etag"]}'})
        assert again.status_code == 304 and not again.content
        # Browsers put the headers of this response over those that they kept.
        depending = ("content-type", "content-security-policy", "cross-origin-resource-policy")
        for name in (*depending, "access-control-allow-origin", "cache-control"):
            assert again.headers.get(name, first.headers.get(name)) == first.headers.get(name), name
        head = client.head(path)
        assert head.status_code == 200 and not head.content
        assert head.headers["etag"] == first.headers["etag"]
        # Kept or made anew, it is the same.
        assert client.get(path, headers={"cache-control": "no-cache"}).content == first.content

    def test_a_change_is_seen_without_a_restart(self, debate_source, tmp_path):
        folder = tmp_path / "graph"
        shutil.copytree(debate_source.store, folder)
        label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
        node, current = ox.NamedNode(f"{BASE}actor/ada-brook"), ox.NamedNode(f"{BASE}graph/current")
        old, new = (ox.Quad(node, label, ox.Literal(name), current) for name in ("Ada Brook", "Ada Rivers"))
        query = {"query": f"SELECT ?l {{ <{node.value}> rdfs:label ?l }}"}
        with serving(replace(debate_source, store=folder)) as client:
            page = client.get("/actor/ada-brook.html")
            assert "Ada Brook" in page.text
            assert "Ada Brook" in client.get("/sparql", params=query).text
            with Store.open(folder, base=BASE) as store:
                store.write(Change(add=frozenset([new]), remove=frozenset([old])))
            self.eventually(client, page, query, "Ada Rivers")
            # The whole graph is replaced beside the old one.
            page = client.get("/actor/ada-brook.html")
            with Store.open(folder, base=BASE) as store:
                quads = [one for one in store.view.quads_for_pattern(None, None, None, current) if one != new]
                store.rewrite({current.value: [*quads, old]})
            self.eventually(client, page, query, "Ada Brook")
        assert client.is_closed

    @staticmethod
    def eventually(client, page, query, name):
        for _ in range(100):
            response = client.get("/actor/ada-brook.html", headers={"if-none-match": page.headers["etag"]})
            if response.status_code == 200:
                assert name in response.text
                assert name in client.get("/sparql", params=query).text
                return
            time.sleep(0.1)
        raise AssertionError("the change was not seen")


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/index.html", "/actor/ada-brook.html", "/nothing", "/query-editor.html"]
    )
    def test_pages_may_do_little(self, client, path):
        headers = client.get(path, headers=BROWSER).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert ("'unsafe-inline'" in policy) is (path == "/query-editor.html")
        assert "unsafe-eval" not in policy
        # Pages may hold what is not to leave the house: no other site reads them.
        assert "access-control-allow-origin" not in headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"

    def test_other_sites_can_be_kept_out(self, debate_source):
        for origin in (None, "https://a.example"):
            with serving(debate_source, origin=origin) as client:
                response = client.get(
                    "/sparql", params={"query": "ASK {}"}, headers={"origin": "https://a.example"}
                )
                assert response.headers.get("access-control-allow-origin") == origin

    def test_data_is_json_or_text(self, client):
        assert json.loads(client.get("/queries/positions.json").text)
        assert client.get("/assets/site.css").headers["content-type"].startswith("text/css")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_project_files):
    from kg.project import Project
    from kg.publish.making import Wishes, publish

    root = tmp_path_factory.mktemp("harbour")
    for name, text in small_project_files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    project = Project.open(root)
    project.load(coder="Jo Coder")
    publish(project, root / "release", Wishes(release="2026.11"))
    return root / "release"


@pytest.fixture(scope="module")
def release(folder, tmp_path_factory):
    store = tmp_path_factory.mktemp("store") / "graph"
    found = load_release(folder, store)
    source = Source(
        store, found.base, found.title, (resource("queries"),), release=folder, number=found.release
    )
    with serving(source) as one:
        yield one


class TestRelease:
    """A folder that `kg publish` has made."""

    def test_its_files_are_served_as_they_are(self, release, folder):
        for path in ("index.html", "release.json", "SHA256SUMS", "actor/bo-ramm.html", "actor/bo-ramm.ttl"):
            response = release.get(f"/{path}")
            assert response.status_code == 200
            assert response.content == (folder / path).read_bytes()

    def test_iris_lead_to_its_files(self, release):
        response = release.get("/actor/bo-ramm", headers={"accept": "application/ld+json"})
        assert response.headers["location"].endswith("/actor/bo-ramm.jsonld")
        assert release.get("/actor/nobody", headers=BROWSER).status_code == 404

    def test_queries_are_answered(self, release, folder):
        ask = {"query": "SELECT ?s { ?s a st:Stance }"}
        assert len(release.get("/sparql", params=ask).json()["results"]["bindings"]) == 2
        rows = release.get("/queries/positions.json", params={"actor": "Ruritania"}).json()
        assert {row["stance"] for row in rows} == {"supports", "opposes"}
        for path in folder.glob("queries/positions.*"):
            if path.suffix != ".html":
                assert release.get(f"/queries/{path.name}").content == path.read_bytes()
        page = release.get("/queries/positions.html", params={"actor": "Bo Ramm"}, headers=BROWSER)
        assert page.status_code == 200 and "Release 2026.11" in page.text
        assert "dataset.html" in page.text and "query-editor.html" in page.text

    def test_a_damaged_one_is_told(self, folder, tmp_path):
        damaged = tmp_path / "release"
        shutil.copytree(folder, damaged)
        (damaged / "dumps" / "graph.nq.gz").write_bytes(b"no gzip")
        with pytest.raises(InputError, match="cannot be read"):
            load_release(damaged, tmp_path / "graph")
