"""IRIs of positions that are no more still lead somewhere: in pages, in releases and over HTTP."""

import rdflib

from kg.pages import Site
from kg.project import Project
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.query.canned import find_query
from kg.query.run import on_rdflib, run

DCTERMS, OWL = "http://purl.org/dc/terms/", "http://www.w3.org/2002/07/owl#"


def test_a_release_keeps_the_old_iri_and_leads_on(folder, project, tmp_path):
    publish(project, tmp_path / "r1", Wishes("1", date="2026-01-01"))
    project.codebook_changes("Ida").merge(["no-quay", "new-quay"], turned=True)
    project.codebook_changes("Ida").rename("new-quay", "quay")
    again = Project.open(folder)
    publish(again, tmp_path / "r2", Wishes("2", date="2026-02-01", previous=tmp_path / "r1"))
    for slug in ("no-quay", "new-quay"):
        page = (tmp_path / "r2" / "position" / f"{slug}.html").read_text(encoding="utf-8")
        assert 'href="quay.html"' in page
        graph = rdflib.Graph().parse(tmp_path / "r2" / "position" / f"{slug}.ttl")
        old = rdflib.URIRef(again.iris.position(slug))
        assert graph.value(old, rdflib.URIRef(OWL + "deprecated")).toPython() is True
        assert graph.value(old, rdflib.URIRef(DCTERMS + "isReplacedBy")) is not None


def test_the_page_of_what_took_its_place_is_its_address(folder, project):
    project.codebook_changes("Ida").rename("new-quay", "quay")
    again = Project.open(folder)
    with again.reading() as store:
        site = Site(store.view, again.iris, title="Harbour")
        assert site.address(again.iris.position("new-quay")) == "position/quay.html"
        told = {str(triple.subject)[1:-1] for triple in site.description("position/quay.html")}
        assert again.iris.position("new-quay") in told
        assert "position/new-quay.html" not in {page.path for page in site.pages()}


def test_old_names_work_over_an_exported_file_too(folder, project, tmp_path):
    project.codebook_changes("Ida").rename("new-quay", "quay")
    again = Project.open(folder)
    graph = rdflib.Graph().parse(data=again.export("ttl"), format="turtle")
    found = run(find_query("positions"), {"position": ["new-quay"], "voice": ["any"]}, on_rdflib(graph))
    assert len(found) == 2
