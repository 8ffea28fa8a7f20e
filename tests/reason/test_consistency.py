"""The reasoner finds contradictions, says where they lie, and stops in time."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.errors import InputError
from kg.model.vocabulary import PREFIXES
from kg.reason.axioms import Axioms
from kg.reason.consistency import check_files, check_graph, read_ontology

CONFORMING = Path(__file__).parents[1] / "validate" / "conforming.ttl"
HEAD = "BASE <https://example.org/stance-graph/>\n" + "".join(
    f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items()
)

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")


def graph(turtle):
    return [quad.triple for quad in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)]


@needs_java
def test_the_ontology_is_consistent():
    report = check_files()
    assert report.consistent
    assert report.unsatisfiable == report.contradictions == ()
    assert report.to_text() == ""


@needs_java
def test_the_conforming_graph_is_consistent():
    report = check_files([CONFORMING])
    assert report.consistent
    assert report.sampled == report.nodes > 100


@needs_java
def test_a_person_that_is_an_organisation_is_a_contradiction():
    report = check_graph(graph('<actor/a> a foaf:Person , org:Organization ; rdfs:label "Ann Lee" .'))
    assert not report.consistent
    [found] = report.contradictions
    assert (found.node, found.label) == ("https://example.org/stance-graph/actor/a", "Ann Lee")
    assert "both organisation (it is said to be one) and person" in found.message
    assert found.message in report.to_text()


@needs_java
def test_hermit_finds_what_no_single_node_shows():
    axioms = """st:Bold a owl:Class ; rdfs:subClassOf st:Claim ; owl:disjointWith st:Claim .
        st:Bolder a owl:Class ; rdfs:subClassOf st:Bold . """
    report = check_graph(graph(axioms))
    assert report.unsatisfiable == (PREFIXES["st"] + "Bold", PREFIXES["st"] + "Bolder")
    assert not report.consistent
    knot = "st:Claim owl:equivalentClass [ owl:complementOf st:Claim ; a owl:Class ] . <claim/1> a st:Claim ."
    report = check_graph(graph(knot))
    assert not report.consistent
    assert "no single node" in report.to_text()


@needs_java
def test_hermit_is_stopped_in_time():
    with pytest.raises(InputError, match=r"did not finish within 0\.1 s"):
        check_graph(timeout=0.1)


def test_without_java_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="needs Java") as caught:
        check_files()
    assert "default-jre-headless" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_java_that_fails_gives_one_line(monkeypatch, tmp_path):
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho broken\nexit 3\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert subprocess.run(["java"], capture_output=True).returncode == 3
    with pytest.raises(InputError, match="HermiT gave up: ") as caught:
        check_files()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("<a> a foaf:Person , org:Organization .", "both organisation"),
        ("<a> a foaf:Person , schema:Country .", "both country"),
        ("<a> a st:UnnamedSource , schema:Country .", "both country"),
        ("<s> st:speaker <c> . <c> a st:Claim .", "agent (it is the 'speaker' of another node) and claim"),
        ("<s> a st:Stance ; st:polarity st:supports , st:opposes .", "one 'polarity' only"),
        ("<m> org:member <a> . <m> a foaf:Person .", "membership (it has 'member')"),
    ],
)
def test_each_node_is_looked_at_by_itself(turtle, message):
    [found] = Axioms(read_ontology()).contradictions(graph(turtle))
    assert message in found.message


@pytest.mark.parametrize(
    "turtle",
    [
        "<a> a foaf:Person , prov:Person .",
        "<m> org:organization <russia> . <russia> a schema:Country .",
        "<s> a st:Stance ; st:polarity st:supports .",
    ],
)
def test_what_may_be_is_let_be(turtle):
    assert Axioms(read_ontology()).contradictions(graph(turtle)) == []


def test_a_broken_file_is_named(tmp_path):
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b>\n <urn:c")
    with pytest.raises(InputError, match=r"broken\.ttl, line 2: not valid Turtle"):
        check_files([path])
