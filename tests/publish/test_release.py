"""The example's release: everything in it resolves, parses, conforms, and comes out the same twice."""

import filecmp
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
import rdflib

from kg.model.vocabulary import SH
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.publish.release import read_release, triple_lines
from kg.validate.shapes import validate_graph

BASE = "https://example.org/stance-graph/"


def dump(folder: Path, name: str, format_: ox.RdfFormat) -> set[ox.Triple]:
    with gzip.open(folder / "dumps" / name) as file:
        return {quad.triple for quad in ox.parse(file, format=format_)}


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def file_for(folder: Path, iri: str) -> Path | None:
    """The file that a host sends for an IRI below the base: itself, or with a suffix behind it."""
    unusual = dict(line.split("\t") for line in (folder / "addresses.tsv").read_text().splitlines()[1:])
    if iri in unusual:
        return folder / unusual[iri]
    local = unquote(iri.removeprefix(BASE).partition("#")[0]) or "index.html"
    candidates = [folder / local, *(folder / f"{local}{suffix}" for suffix in (".ttl", ".html"))]
    return next((path for path in candidates if path.is_file()), None)


def test_the_three_dumps_are_the_same_graph(example_release, example_project):
    turtle = dump(example_release, "graph.ttl.gz", ox.RdfFormat.TURTLE)
    assert turtle == dump(example_release, "graph.nq.gz", ox.RdfFormat.N_QUADS)
    assert turtle == dump(example_release, "graph.jsonld.gz", ox.RdfFormat.JSON_LD)
    assert len(turtle) == read_release(example_release).counts["triples"]
    lines = gzip.decompress((example_release / "dumps/graph.nq.gz").read_bytes()).split(b"\n")[:-1]
    assert lines == sorted(lines)


def test_every_iri_of_the_project_resolves_to_a_file(example_release):
    iris = set()
    for path in [*example_release.rglob("*.ttl"), example_release / "dumps/graph.nq.gz"]:
        raw = path.read_bytes() if path.suffix == ".ttl" else gzip.decompress(path.read_bytes())
        iris.update(re.findall(rb"<(https://example\.org/stance-graph/[^>]*)>", raw))
    for raw in (quad for quad in ox.parse(path=example_release / "dataset.ttl")):
        iris.update(str(term)[1:-1].encode() for term in (raw.subject, raw.object) if BASE in str(term))
    assert len(iris) > 1600
    for iri in sorted(iris):
        text = iri.decode()
        # Prefixes name no things.
        if not text.endswith("/"):
            assert file_for(example_release, text), f"{text} leads to no file"


def test_every_node_is_described_in_its_own_file(example_release):
    for line in {line.split(" ")[0] for line in triple_lines(example_release)}:
        path = file_for(example_release, line[1:-1])
        found = {quad.subject.value for quad in ox.parse(path=path)}
        assert line[1:-1] in found


def test_every_turtle_and_json_ld_file_parses(example_release):
    for path in example_release.rglob("*.ttl"):
        assert list(ox.parse(path=path)), path
    for path in example_release.rglob("*.jsonld"):
        if path.name != "dataset.jsonld":  # its context is on the web
            assert list(ox.parse(path=path, format=ox.RdfFormat.JSON_LD)), path
    rdflib.Graph().parse(example_release / "dataset.ttl")


def test_articles_statements_stances_and_the_rest_have_page_turtle_and_json_ld(example_release):
    counts = read_release(example_release).counts
    for folder, number in (("article", counts["articles"]), ("statement", counts["statements"])):
        for suffix in (".html", ".ttl", ".jsonld"):
            assert len(list((example_release / folder).glob(f"*{suffix}"))) == number
    for folder in ("stance", "position", "topic", "actor", "outlet", "unnamed"):
        stems = {path.stem for path in (example_release / folder).glob("*.ttl")}
        assert stems
        assert stems == {path.stem for path in (example_release / folder).glob("*.html")}
        assert stems == {path.stem for path in (example_release / folder).glob("*.jsonld")}


def test_pages_are_valid_html(example_release):
    html5lib = pytest.importorskip("html5lib")
    for folder in {path.parent for path in example_release.rglob("*.html")}:
        for path in sorted(folder.glob("*.html"))[: None if folder == example_release else 6]:
            html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_links_between_the_files_lead_somewhere(example_release):
    for path in example_release.rglob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"#]+)', path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                there = path.parent / unquote(target.partition("?")[0])
                assert there.resolve().is_file(), f"{path.relative_to(example_release)} links to {target}"


def test_the_whole_dump_conforms(example_release):
    report = validate_graph(dump(example_release, "graph.ttl.gz", ox.RdfFormat.TURTLE), engine="rust")
    assert report.conforms
    assert (example_release / "validation.txt").read_text().startswith("conforms: 0 violations")
    report = rdflib.Graph().parse(example_release / "validation.ttl")
    assert (None, rdflib.URIRef(SH + "conforms"), rdflib.Literal(True)) in report


def test_no_text_of_an_article_leaves_the_house(example_release, example_project):
    for triple in dump(example_release, "graph.ttl.gz", ox.RdfFormat.TURTLE):
        assert triple.predicate.value != "https://schema.org/text"
        if isinstance(triple.object, ox.Literal):
            assert len(triple.object.value) <= 400


def test_checksums_hold(example_release):
    lines = (example_release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    assert sorted([*listed, "SHA256SUMS"]) == files_of(example_release)
    for path, digest in listed.items():
        assert hashlib.sha256((example_release / path).read_bytes()).hexdigest() == digest


def test_publishing_twice_gives_the_same_bytes(example_release, example_project, tmp_path):
    again = tmp_path / "again"
    publish(example_project, again, Wishes("2026.11", date="2026-11-25"))
    assert files_of(again) == files_of(example_release)
    different = filecmp.cmpfiles(example_release, again, files_of(again), shallow=False)[1:]
    assert different == ([], [])
    assert not (tmp_path / ".again.publishing").exists()


def test_the_queries_are_sparql_in_rdf(example_release):
    graph = rdflib.Graph().parse(example_release / "queries.ttl")
    sh = rdflib.Namespace(SH)
    prefixes = rdflib.URIRef(BASE + "queries")
    declared = {
        str(graph.value(one, sh.prefix)): str(graph.value(one, sh.namespace))
        for one in graph.objects(prefixes, sh.declare)
    }
    raw = gzip.decompress((example_release / "dumps/graph.ttl.gz").read_bytes())
    data = rdflib.Graph().parse(data=raw, format="turtle")
    found = list(graph.subjects(rdflib.RDF.type, sh.SPARQLSelectExecutable))
    assert len(found) >= 19
    for query in graph.subjects(rdflib.RDF.type, sh.SPARQLExecutable):
        assert graph.value(query, sh.prefixes) == prefixes
        text = graph.value(query, sh.select) or graph.value(query, sh.construct)
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in declared.items())
        rdflib.plugins.sparql.prepareQuery(head + str(text))
    latest = str(graph.value(rdflib.URIRef(BASE + "queries/unnamed"), sh.select))
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in declared.items())
    assert len(data.query(head + latest)) > 0


def test_it_says_what_it_is(example_release):
    record = json.loads((example_release / "dataset.jsonld").read_text())
    assert record["@type"] == "Dataset"
    assert record["version"] == "2026.11"
    assert record["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for one in record["distribution"]:
        raw = (example_release / one["contentUrl"].removeprefix(BASE)).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == one["sha256"]
    citation = (example_release / "CITATION.cff").read_text()
    assert "date-released: 2026-11-25" in citation
    assert "license: CC-BY-4.0" in citation
    graph = rdflib.Graph().parse(example_release / "dataset.ttl")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    triples = graph.value(rdflib.URIRef(BASE + "dataset"), void.triples)
    assert int(triples) == read_release(example_release).counts["triples"]


def test_the_first_release_adds_everything(example_release):
    added = gzip.decompress((example_release / "added.nt.gz").read_bytes()).decode().splitlines()
    assert added == list(triple_lines(example_release))
    assert gzip.decompress((example_release / "removed.nt.gz").read_bytes()) == b""
    assert "the first release" in (example_release / "CHANGES.md").read_text()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_takes_the_checksums(example_release):
    command = ["sha256sum", "--quiet", "-c", "SHA256SUMS"]
    done = subprocess.run(command, cwd=example_release, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[:500]
