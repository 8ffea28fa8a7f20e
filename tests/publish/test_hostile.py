"""A graph full of attacks: no file outside the release, no markup out of names, every address resolves."""

import json
import re
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg.project import Project
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.publish.release import triple_lines

BASE = "https://example.org/harbour/"
ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
PREFIXES = """\
@prefix st: <https://w3id.org/stance-graph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
IRIS = [
    f"{BASE}../../etc/passwd",
    f"{BASE}position/../../../outside",
    f"{BASE}position/%2e%2e/%2e%2e/outside",
    f"{BASE}position/a%2Fb",
    f"{BASE}position/what?now",
    f"{BASE}position/one#here",
    f"{BASE}position/one#there",
    f"{BASE}position/x.ttl",
    f"{BASE}position/%D0%9E%D0%9E%D0%9D",
    f"{BASE}position/موقف",
    f"{BASE}assets/site.css",
    f"{BASE}position/" + "long" * 90,
    "https://elsewhere.example/position/theirs",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, small_project_files):
    """Its project, published."""
    folder = tmp_path_factory.mktemp("hostile") / "project"
    label = json.dumps(f"{ATTACK}\n{ATTACK} مرحبا \u202e ../../x")
    codebook = PREFIXES + f"<{BASE}topic/t> a skos:Concept ; skos:prefLabel {label} .\n"
    for number, iri in enumerate(IRIS):
        codebook += (
            f'<{iri}> a st:Position ; skos:notation "p{number}" ; skos:prefLabel {label} ; '
            f"st:topic <{BASE}topic/t> .\n"
        )
    register = PREFIXES + (
        f'<{BASE}actor/%3Cscript%3E> a foaf:Person ; rdfs:label {label} ; skos:altLabel "Bo Ramm" .\n'
        f'<{BASE}actor/state> a schema:Country ; rdfs:label "دولة" .\n'
    )
    said = [
        {
            "article": "quay.txt",
            "content": ["The harbour needs a new quay"],
            "actor": "Bo Ramm",
            "said": "2010-04-22",
            "claim": ATTACK,
            "positions": [
                {"position": f"p{number}", "stance": "supports", "condition": ATTACK}
                for number in range(len(IRIS))
            ],
        },
        {
            "article": "quay.txt",
            "content": ["We must build the new quay before the winter,"],
            "actor": f"(official {ATTACK})",
            "positions": [{"position": "p0", "stance": "opposes"}],
        },
    ]
    files = {
        **small_project_files,
        "kg.toml": f'title = {json.dumps(ATTACK)}\nbase = "{BASE}"\nregister = "register.ttl"\n'
        f'codebook = "codebook.ttl"\ncreators = [{json.dumps(ATTACK)}]\n',
        "register.ttl": register,
        "codebook.ttl": codebook,
        "statements.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in said),
        "articles/articles.csv": (
            "file,published,publisher,title\n"
            f'quay.txt,2010-04-22,"{ATTACK.replace(chr(34), chr(34) * 2)}","{ATTACK.replace(chr(34), "")}"\n'
        ),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    project = Project.open(folder)
    project.load([folder / "statements.jsonl"], coder=f"Ida {ATTACK}")
    place = folder.parent / "site"
    publish(project, place, Wishes("1", date="2026-01-01"))
    return place


def test_nothing_is_written_outside_and_every_name_is_a_plain_one(hostile):
    assert sorted(path.name for path in hostile.parent.iterdir()) == ["project", "site"]
    for path in hostile.rglob("*"):
        assert not re.search(r"[\x00-\x1f<>\"|?*:\\]|\.\.", str(path.relative_to(hostile))), path
        assert len(path.name.encode()) <= 255


def test_every_node_leads_to_a_file_that_speaks_of_it(hostile):
    table = (hostile / "addresses.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    unusual = dict(line.split("\t") for line in table[1:])
    for line in sorted({line.split(" ")[0] for line in triple_lines(hostile)}):
        iri = ox.NamedNode(line[1:-1]).value
        path = unusual.get(iri) or f"{unquote(iri.removeprefix(BASE))}.ttl"
        assert iri in {quad.subject.value for quad in ox.parse(path=hostile / path)}
    for iri in IRIS:
        assert any(f"<{iri}> " in line for line in triple_lines(hostile)), iri
    both = {quad.subject.value for quad in ox.parse(path=hostile / "position/one.ttl")}
    assert {f"{BASE}position/one#here", f"{BASE}position/one#there"} <= both


def test_no_name_becomes_markup(hostile):
    for path in hostile.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_every_page_is_valid_html(hostile):
    html5lib = pytest.importorskip("html5lib")
    for path in hostile.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_every_other_file_parses(hostile):
    for path in hostile.rglob("*.ttl"):
        assert list(ox.parse(path=path)), path
    for path in hostile.rglob("*.jsonld"):
        assert json.loads(path.read_text(encoding="utf-8"))
    for line in (hostile / "CHANGES.md").read_text(encoding="utf-8").splitlines():
        assert "<script>" not in line.replace("\\<script\\>", "")
    assert json.loads((hostile / "release.json").read_text(encoding="utf-8"))["title"] == ATTACK
