"""What a person, a program and a SHACL tool get to see of the findings."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF
from rdflib.namespace import SH

from kg.model.errors import InputError, UsageError
from kg.model.vocabulary import PREFIXES
from kg.store.rdf_files import read_rdf
from kg.validate.report import COLUMNS, table_of
from kg.validate.shapes import validate_graph

HERE = Path(__file__).parent
STATEMENT = """
@prefix st: <https://w3id.org/stance-graph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/u> a st:Utterance ; rdfs:label "Ann Lee: “yes”\\nand no" ;
    st:dateEarliest "2012-03-05"^^xsd:date ; st:dateLatest "2012-03-04"^^xsd:date .
<https://example.org/p> a st:Position ; rdfs:label "More of it" ; skos:notation "p" .
"""


@pytest.fixture
def report():
    return validate_graph(ox.parse(STATEMENT.encode(), format=ox.RdfFormat.TURTLE), engine="rust")


def test_the_report_in_plain_fields(report):
    assert not report.conforms
    order, unreported = report.violations
    assert order.focus == "https://example.org/u"
    assert (order.path, order.value) == ("st:dateEarliest", "2012-03-05")
    assert order.label == "Ann Lee: “yes” and no"
    assert "comes after the last" in order.message
    assert (unreported.path, unreported.value) == ("^st:utterance", None)
    [warning] = report.warnings
    assert (warning.focus, warning.path) == ("https://example.org/p", "st:topic")


def test_rows_have_the_columns(report):
    rows = report.rows()
    assert [row[0] for row in rows] == ["violation", "violation", "warning"]
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_json_has_everything_a_program_needs(report):
    found = report.to_json()
    assert found["conforms"] is False
    assert [len(found["violations"]), len(found["warnings"])] == [2, 1]
    assert set(found["warnings"][0]) == {"node", "label", "path", "value", "message", "shape"}


def test_the_table_says_each_message_once(report):
    text = table_of(report)
    assert text.count("VIOLATION: ") == 2
    assert text.count("WARNING: ") == 1
    assert "  https://example.org/u  Ann Lee: “yes” and no  [st:dateEarliest 2012-03-05]\n" in text


def test_turtle_is_a_shacl_report(report):
    text = report.to_turtle()
    assert text == report.to_turtle()
    graph = rdflib.Graph().parse(data=text, format="turtle")
    [node] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(node, SH.result))
    assert len(results) == 3
    for result in results:
        for prop in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.resultMessage):
            assert graph.value(result, prop) is not None
    assert {graph.value(r, SH.resultSeverity) for r in results} == {SH.Violation, SH.Warning}
    assert rdflib.URIRef(PREFIXES["st"] + "dateEarliest") in set(graph.objects(None, SH.resultPath))


def test_a_conforming_report_is_short():
    report = validate_graph([], engine="pyshacl")
    assert report.conforms
    assert table_of(report) == ""
    assert "sh:conforms true" in report.to_turtle()


def test_an_unknown_engine_is_a_usage_error():
    with pytest.raises(UsageError, match="use one of pyshacl, rust"):
        validate_graph([], engine="magic")


def test_shapes_of_one_s_own(tmp_path):
    with pytest.raises(InputError, match="no shapes"):
        validate_graph([], shapes_folder=tmp_path)
    (tmp_path / "own.ttl").write_text("""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <urn:e:> .
        e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount 1 ] .
    """)
    data = list(ox.parse(b"<urn:x> a <urn:e:C> .", format=ox.RdfFormat.TURTLE))
    for engine in ("pyshacl", "rust"):
        [found] = validate_graph(data, engine=engine, shapes_folder=tmp_path).violations
        assert found.focus == "urn:x"
        assert found.message
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "own.ttl").write_text("<urn:a> <urn:b>\n  <urn:c> .\n. .")
    with pytest.raises(InputError, match=r"own\.ttl, line 3: not valid Turtle"):
        validate_graph([], shapes_folder=broken)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"", "no RDF file by its ending"),
        ("a.ttl", b"<urn:a> <urn:b> .", "a.ttl, line 1: not valid Turtle"),
        ("a.ttl", b"\xff\xfe\x00", "not valid Turtle"),
        ("a.jsonld", b'{"@context": "https://example.org/remote"}', "not valid JSON-LD"),
        ("a.rdf", b"<html>", "not valid RDF/XML"),
        ("folder.ttl", None, "a folder"),
        ("missing.ttl", None, "no such file"),
    ],
)
def test_unreadable_files_give_one_line(tmp_path, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    elif name == "folder.ttl":
        path.mkdir()
    with pytest.raises(InputError) as caught:
        read_rdf([path])
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_triples_about_triples_are_refused():
    data = b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> ."
    with pytest.raises(InputError, match="triples about triples"):
        validate_graph(ox.parse(data, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("engine", ["pyshacl", "rust"])
@pytest.mark.parametrize(
    "literal",
    [
        '"x"^^xsd:integer',
        '"NaN"^^xsd:double',
        '"P1Y"^^xsd:duration',
        '"<a"^^rdf:XMLLiteral',
        '"1"^^<urn:own>',
        '"a\\"b\\nc\\\\d"@en',
        '"2012"^^xsd:gYear',
        '"{?value} $this"',
    ],
)
def test_odd_literals_stop_no_engine(engine, literal):
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    text = f"{head} <urn:a> a oa:TextPositionSelector ; oa:start {literal} ; oa:end {literal} , {literal} ."
    report = validate_graph(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE), engine=engine)
    assert any(v.path == "oa:start" for v in report.violations)
