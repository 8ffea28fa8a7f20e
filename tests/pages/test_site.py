"""Every node of a graph has a place on a page, and every page says what is on it."""

import json
import re

import pyoxigraph as ox
import pytest

from kg.model.errors import UsageError
from kg.pages import Site, link
from kg.pages.addresses import page_path
from kg.project import Project

BASE = "https://example.org/x/"


def triples_of(site):
    graph = ox.NamedNode("https://example.org/stance-graph/graph/current")
    return {quad.triple for quad in site.view.quads_for_pattern(None, None, None, graph)}


def test_every_node_has_an_address_on_a_page_that_is_there(example_site):
    paths = {page.path for page in example_site.pages()}
    for iri in {triple.subject.value for triple in triples_of(example_site)}:
        address = example_site.address(iri)
        assert address is not None, iri
        assert address.partition("#")[0] in paths, iri


def test_what_the_graph_does_not_have_has_no_address(example_site):
    assert example_site.address("https://example.org/stance-graph/actor/nobody") is None
    assert example_site.address("no iri") is None


def test_the_descriptions_of_all_pages_are_the_graph(example_site):
    described = [t for page in example_site.pages() for t in example_site.description(page.path)]
    assert set(described) == triples_of(example_site)
    assert len(described) == len(set(described)), "a triple stands in two descriptions"


def test_pages_come_in_the_same_order_and_have_the_same_bytes(example_site):
    assert example_site.pages() == example_site.pages()
    for page in example_site.pages()[::17]:
        assert example_site.render(page.path) == example_site.render(page.path)


def test_what_three_papers_report_of_one_utterance_counts_once(small_project):
    lines = []
    for name in ("one", "two", "three"):
        text = f"“We must build the new quay before the winter,” Bo Ramm said.\n\nStory {name} of the day.\n"
        (small_project / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
        with (small_project / "articles" / "articles.csv").open("a", encoding="utf-8") as listed:
            listed.write(f"{name}.txt,2010-04-23,Paper {name},Story {name}\n")
        line = {"article": f"{name}.txt", "content": ["We must build the new quay before the winter,"]}
        line |= {"actor": "Bo Ramm", "quote": "direct", "said": "2010-04-22"}
        line["positions"] = [{"position": "new-quay", "stance": "supports"}]
        lines.append(json.dumps(line) + "\n")
    (small_project / "statements.jsonl").write_text("".join(lines), encoding="utf-8")
    project = Project.open(small_project)
    project.load(software="reader")
    with project.reading() as store:
        site = Site(store.view, project.iris, title="Harbour")
        pages = {
            name: " ".join(re.sub("<[^>]*>", " ", site.render(f"{name}.html")).split())
            for name in ("position/new-quay", "actor/bo-ramm", "topic/transport", "actors", "topics")
        }
    assert "Support it 1 Bo Ramm" in pages["position/new-quay"]
    assert pages["actor/bo-ramm"].partition("Latest")[2].partition("Changes of side")[0].count("22 Apr") == 1
    assert "The harbour should get a new quay 1 1" in pages["topic/transport"]
    assert "Bo Ramm Person 1 1" in pages["actors"]
    assert "The harbour 1" in pages["topics"]


def test_an_unknown_page_is_an_error(example_site):
    with pytest.raises(UsageError, match="there is no page"):
        example_site.render("actor/nobody.html")


@pytest.mark.parametrize(
    "local",
    [
        "../../etc/passwd",
        "actor/..",
        "actor/%2e%2e/x",
        "actor/a%2Fb",
        "actor//x",
        "assets/site",
        "actor/" + "a" * 300,
    ],
)
def test_an_iri_that_could_leave_the_folder_gets_a_made_up_name(local):
    path = page_path(BASE + local, "actor", BASE)
    assert path.startswith("actor/x-")


def test_links_are_relative_and_quoted():
    assert link("actor/a.html", "actor/b.html") == "a.html"
    assert link("timeline.html", "queries/b.html") == "../timeline.html"
    assert link("unnamed/ru (x)é.html#p", "index.html") == "unnamed/ru%20%28x%29%C3%A9.html#p"
