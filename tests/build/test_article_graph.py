"""An article's named graph: text, metadata, statements, evidence at its offsets."""

from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, parse

from kg.build.article_graph import article_quads, coded_quads
from kg.build.codebook_graph import codebook_quads
from kg.build.nodes import Nodes
from kg.build.register_graph import register_quads
from kg.build.terms import FOAF, OA, ORG, PROV, RDF, RDFS, SCHEMA, ST, node
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.errors import InputError
from kg.model.resources import resource
from kg.model.vocabulary import ST as ST_NAMESPACE
from kg.validate.shapes import validate_graph
from tests.build.field import (
    CODEBOOK,
    IRIS,
    JO,
    MACHINE,
    REGISTER,
    known,
    newcomer,
    random_article,
    statement,
    unnamed,
)

ARTICLE = Article(
    "quota.txt",
    "Lars Hale made it clear that the union backs the quota. “We agree,” an official said. "
    "Mia Torv warned of it.",
    published="2012-03-05",
    dated_by="metadata",
    publisher="The Harbour Gazette",
    url="https://gazette.example/1",
    title="Union backs quota",
    boilerplate=((80, 90),),
)
BACKS = statement(
    ARTICLE,
    "the union backs the quota",
    known("Lars Hale", affiliation="Coastal Union"),
    source="Lars Hale",
    cue="made it clear",
    quote="indirect",
    positions=[("quota", "supports", "if all do", 0.75)],
    on_behalf_of=known("Coastal Union", affiliation="Coastal Union"),
    joint=(known("Ole Strand", affiliation="Sundia"),),
    office="spokesman",
)


def graph(*statements, article=ARTICLE, coding=MACHINE, **more):
    quads = article_quads(article, statements, coding, IRIS, CODEBOOK, register=REGISTER, **more)
    assert {quad.graph_name.value for quad in quads} == {IRIS.article_graph(article.digest)}
    return Nodes(quads)


def test_the_article_keeps_text_and_metadata():
    nodes, article = graph(), node(IRIS.article(ARTICLE.digest))
    assert nodes.text(article, SCHEMA.text) == ARTICLE.text
    assert nodes.text(article, RDFS.label) == "Union backs quota"
    assert nodes.text(article, ST.boilerplate) == "80-90"
    assert nodes.text(article, ST.dateLatest) == "2012-03-05"
    assert nodes.node(article, SCHEMA.publisher) == node(IRIS.outlet("The Harbour Gazette"))
    coding = nodes.node(article, PROV.wasGeneratedBy)
    assert nodes.text(coding, RDFS.label) == "Read by kg 0.1.0 with rules"
    assert nodes.text(coding, ST.extractor) == "rules"


def test_evidence_points_to_the_words():
    nodes = graph(BACKS)
    selector = node(IRIS.selector(BACKS.id, "content-1"))
    start, end = int(nodes.text(selector, OA.start)), int(nodes.text(selector, OA.end))
    assert ARTICLE.text[start:end] == nodes.text(selector, OA.exact) == "the union backs the quota"
    assert nodes.text(selector, OA.prefix) == "le made it clear that "[-20:]
    parts = {nodes.node(one, ST.part) for one in nodes.nodes(node(IRIS.statement(BACKS.id)), ST.evidence)}
    assert parts == {ST.contentPart, ST.sourcePart, ST.cuePart}


def test_holders_of_a_spokesman_and_of_joint_speakers():
    nodes = graph(BACKS)
    stances = {nodes.node(one, ST.actor).value: one for one in nodes.instances(ST.Stance)}
    assert set(stances) == {IRIS.actor("Coastal Union"), IRIS.actor("Ole Strand")}
    union = stances[IRIS.actor("Coastal Union")]
    assert nodes.text(union, RDFS.label) == "Coastal Union supports: A cod quota for all"
    assert nodes.text(union, ST.condition) == "if all do"
    assert nodes.text(union, ST.confidence) == "0.75"
    assert nodes.node(union, ST.status) == ST.candidate
    # The register tells these affiliations anyway, so that they are not frozen here.
    assert nodes.node(union, ST.affiliation) is None


def test_people_whom_the_register_lacks():
    official = unnamed(ARTICLE, "(Norland official)", affiliation="Norland")
    nodes = graph(
        statement(ARTICLE, "We agree", official, positions=[("quota", "supports")]),
        statement(ARTICLE, "of it", newcomer("Mia Torv", affiliation="Boat Owners"), cue="warned"),
    )
    source = node(official.id)
    assert nodes.values(source, RDF.type) == [ST.UnnamedSource]
    assert nodes.node(source, ST.describedAffiliation) == node(IRIS.actor("Norland"))
    assert node(IRIS.actor("Norland")) not in nodes
    (stance,) = nodes.instances(ST.Stance)
    assert nodes.node(stance, ST.affiliation) == node(IRIS.actor("Norland"))
    torv = node(IRIS.actor("Mia Torv"))
    assert (FOAF.Person, ST.candidate) == (nodes.node(torv, RDF.type), nodes.node(torv, ST.status))


def test_a_statement_of_nobody_in_particular():
    nodes = graph(statement(ARTICLE, "We agree", None, source="an official"))
    (source,) = nodes.instances(ST.UnnamedSource)
    assert nodes.text(source, RDFS.label) == "(an official)"


def test_words_that_do_not_stand_there():
    stray = replace(BACKS, content=(Span(0, 4, "Mars"),))
    with pytest.raises(InputError, match="'Mars' does not stand at 0-4"):
        graph(stray)
    told = []
    nodes = graph(stray, statement(ARTICLE, "We agree", known("Ada Brook")), on_drop=told.append)
    assert len(nodes.instances(ST.Statement)) == 1
    assert told == ["quota.txt: statement left out: 'Mars' does not stand at 0-4"]


def test_unknown_position():
    with pytest.raises(InputError, match="'nope' is no position"):
        graph(statement(ARTICLE, "We agree", known("Ada Brook"), positions=[("nope", "supports")]))


def test_a_person_codes_in_another_graph():
    quads = coded_quads(ARTICLE, [BACKS], JO, IRIS, CODEBOOK, register=REGISTER)
    assert {quad.graph_name.value for quad in quads} == {IRIS.coding_graph}
    nodes = Nodes(quads)
    statement_node = node(IRIS.statement(BACKS.id))
    assert nodes.node(statement_node, ST.status) == ST.reviewed
    assert nodes.values(statement_node, ST.confidence) == []
    assert nodes.node(node(IRIS.person("Jo Coder")), RDF.type) == PROV.Person


def test_reports_points_from_outer_to_inner():
    inner = statement(ARTICLE, "backs the quota", known("Ada Brook"), cue=None, reported_in=BACKS.id)
    nodes = graph(BACKS, inner)
    assert nodes.node(node(IRIS.statement(BACKS.id)), ST.reports) == node(IRIS.statement(inner.id))
    assert not graph(replace(BACKS, reports="gone.1")).values(node(IRIS.statement(BACKS.id)), ST.reports)


def test_register_and_codebook():
    nodes = Nodes(register_quads(REGISTER, IRIS))
    assert nodes.values(node(IRIS.actor("Norland")), RDF.type) == [SCHEMA.Country]
    terms = {nodes.text(one, ST.held) for one in nodes.instances(ORG.Membership)}
    assert terms == {None, "2010-06-01/2013-05-31", "2009/..", "2011-01/.."}
    labels = {nodes.text(one, RDFS.label) for one in nodes.instances(ORG.Membership)}
    assert "Ada Brook, Fisheries Minister (Fisheries Ministry)" in labels
    book = Nodes(codebook_quads(CODEBOOK, IRIS))
    assert book.node(node(IRIS.position("quota")), ST.excludes) == node(IRIS.position("alone"))


def test_every_term_stands_in_the_ontology():
    known_terms = {
        quad.subject.value
        for quad in parse(path=str(resource("ontology") / "stance.ttl"), format=RdfFormat.TURTLE)
        if quad.predicate == RDFS.label
    }
    quads = [*register_quads(REGISTER, IRIS), *codebook_quads(CODEBOOK, IRIS)]
    for seed in range(5):
        article, statements = random_article(seed)
        quads += article_quads(article, statements, MACHINE, IRIS, CODEBOOK, register=REGISTER)
    used = {quad.predicate.value for quad in quads} | {str(quad.object).strip("<>") for quad in quads}
    assert {term for term in used if term.startswith(ST_NAMESPACE)} <= known_terms


def test_an_articles_graph_keeps_the_shapes():
    quads = [*register_quads(REGISTER, IRIS), *codebook_quads(CODEBOOK, IRIS)]
    quads += article_quads(ARTICLE, [BACKS], MACHINE, IRIS, CODEBOOK, register=REGISTER)
    report = validate_graph([quad.triple for quad in quads], engine="pyshacl")
    assert report.conforms, report.violations
