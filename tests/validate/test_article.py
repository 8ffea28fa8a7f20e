"""One article's graph, with what it points to, has the findings that it has in the whole graph."""

import statistics
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.vocabulary import PREFIXES
from kg.store.rdf_files import read_rdf
from kg.validate.article import Context, validate_article
from kg.validate.shapes import ENGINES, validate_graph

BASE = "https://example.org/stance-graph/"
ST = PREFIXES["st"]
STANDING = ("actor/", "membership/", "post/", "topic/", "position/", "codebook")


@pytest.fixture(scope="module")
def parts():
    """The register and codebook, and what is left: the articles with their statements and codings."""
    triples = [quad.triple for quad in read_rdf([Path(__file__).parent / "conforming.ttl"])]
    standing = [t for t in triples if t.subject.value.removeprefix(BASE).startswith(STANDING)]
    return standing, [t for t in triples if t not in standing]


def without(triples, predicate, nth=0):
    gone = [t for t in triples if t.predicate.value == ST + predicate][nth]
    return gone.subject.value, [t for t in triples if t != gone]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_good_article_conforms(parts, engine):
    standing, article = parts
    report = validate_article(article, Context(standing), engine=engine)
    assert report.violations == report.warnings == ()


def test_a_fault_is_found_as_in_the_whole_graph(parts):
    standing, article = parts
    for predicate in ("speaker", "claim", "sha256", "polarity", "part", "dateLatest"):
        _, faulty = without(article, predicate)
        alone = validate_article(faulty, Context(standing))
        assert alone.violations == validate_graph([*standing, *faulty], engine="rust").violations
        assert alone.violations or predicate == "dateLatest"


def test_what_the_register_lacks_is_a_fault(parts):
    _, article = parts
    report = validate_article(article, Context([]))
    shapes = {v.shape.rpartition("#")[2] for v in report.violations}
    assert {"statementSpeaker", "stanceActor", "stancePosition"} <= shapes


def test_faults_of_the_context_are_not_the_article_s(parts):
    standing, article = parts
    label = PREFIXES["rdfs"] + "label"
    unlabelled = [t for t in standing if t.predicate.value != label]
    assert not validate_graph([*unlabelled, *article], engine="rust").conforms
    assert validate_article(article, Context(unlabelled)).conforms


@pytest.mark.parametrize("engine", ENGINES)
def test_a_spokesman_out_of_office_is_a_warning(parts, engine):
    standing, article = parts
    spokesman = [t for t in article if t.predicate.value == ST + "onBehalfOf"]
    member, hale = ox.NamedNode(PREFIXES["org"] + "member"), ox.NamedNode(BASE + "actor/lars-hale")
    membership = [t.subject for t in standing if (t.predicate, t.object) == (member, hale)]
    left = ox.Literal("2012-02-01", datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    ended = [ox.Triple(node, ox.NamedNode(ST + "dateLatest"), left) for node in membership]
    report = validate_article(article, Context([*standing, *ended]), engine=engine)
    assert report.conforms
    [warning] = report.warnings
    assert warning.focus == spokesman[0].subject.value
    assert warning.value == BASE + "actor/coastal-union"
    assert warning.label.startswith("Lars Hale: ")


def test_a_blank_node_of_the_article_is_a_fault(parts):
    standing, article = parts
    said = ox.Triple(ox.BlankNode("x"), ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal("x"))
    report = validate_article([*article, said], Context(standing))
    assert [v.focus for v in report.violations] == ["_:x"]


def test_it_is_fast_enough_to_do_for_every_article(parts):
    standing, article = parts
    context = Context(standing)
    validate_article(article, context)
    times = []
    for _ in range(5):
        start = time.process_time()
        validate_article(article, context)
        times.append(time.process_time() - start)
    # The target is 100 ms with the article built and written; measured are some 20 ms.
    assert statistics.median(times) < 0.1
