"""The derived graph on small cases worked out by hand: what shows, and what is added to it."""

import datetime
from dataclasses import replace

import pytest

from kg.build.article_graph import article_quads
from kg.build.change import Change
from kg.build.current import Deriver
from kg.build.decisions import decision_change, revision_quads
from kg.build.human import coded_change
from kg.build.nodes import Nodes
from kg.build.terms import FOAF, OA, PROV, RDF, RDFS, SCHEMA, SKOS, ST, node
from kg.model.article import Article
from kg.model.errors import UsageError
from kg.model.statement import PositionStance
from kg.store.embedded import Store
from kg.validate.shapes import validate_graph
from tests.build.field import (
    CODEBOOK,
    IRIS,
    JO,
    MACHINE,
    REGISTER,
    TIME,
    known,
    newcomer,
    statement,
    unnamed,
)

QUOTE = "We reject any quota that binds Norland alone"
TEXT = f"“{QUOTE},” Ada Brook said. An official said that the fleet would stay. Mia Torv agreed."
ARTICLE = Article("a.txt", TEXT, published="2012-03-06", publisher="The Harbour Gazette")
OTHER = Article("b.txt", f"Port Elm: “{QUOTE}!” said Ada Brook at the pier.", publisher="Northern Wire")


class Graph:
    """A store in memory with all that writes to it."""

    def __init__(self):
        """Start with register and codebook."""
        self.store = Store.in_memory()
        self.deriver = Deriver(REGISTER, CODEBOOK, IRIS)
        self.store.write(self.deriver.files_change(self.store.view))
        self.store.write(Change.between((), self.deriver.whole(self.store.view)))

    def read(self, article, *statements):
        quads = article_quads(article, statements, MACHINE, IRIS, CODEBOOK, register=REGISTER)
        quads += revision_quads(self.store.view, quads, IRIS.article(article.digest), IRIS)
        self.store.write(self.deriver.article(self.store.view, article.digest, quads))

    def remove(self, article):
        self.store.write(self.deriver.article(self.store.view, article.digest, None))

    def code(self, article, *statements, coder=JO):
        change = coded_change(self.store.view, article, statements, coder, IRIS, CODEBOOK, register=REGISTER)
        self.store.write(self.deriver.coding(self.store.view, change))

    def decide(self, iri, decision, minute=1):
        time = TIME + datetime.timedelta(minutes=minute)
        change = decision_change(self.store.view, iri, decision, "Jo Coder", time, IRIS)
        self.store.write(self.deriver.coding(self.store.view, change))

    def nodes(self, graph=IRIS.current_graph):
        return Nodes(self.store.view.quads_for_pattern(None, None, None, node(graph)))


@pytest.fixture
def graph():
    return Graph()


def rejects(**more):
    more = {"positions": [("alone", "opposes")], **more}
    return statement(
        ARTICLE, QUOTE, known("Ada Brook"), source="Ada Brook", office="Fisheries Minister", **more
    )


def iri_of(one):
    return node(IRIS.statement(one.id))


def actors(*names):
    return {node(IRIS.actor(name)) for name in names}


def test_a_stance_carries_everything_that_is_asked_for(graph):
    graph.read(ARTICLE, rejects())
    nodes = graph.nodes()
    (stance,) = nodes.instances(ST.Stance)
    assert nodes.node(stance, ST.affiliation) == node(IRIS.actor("Norland"))
    assert nodes.node(stance, ST.voice) == ST.official
    assert set(nodes.values(stance, ST.belongsTo)) == actors("Ada Brook", "Fisheries Ministry", "Norland")
    assert set(nodes.values(stance, ST.inTopic)) == {node(IRIS.topic("fisheries")), node(IRIS.topic("sea"))}
    assert nodes.node(stance, ST.outlet) == node(IRIS.outlet("The Harbour Gazette"))
    assert nodes.text(stance, ST.office) == "Fisheries Minister"
    utterance = nodes.node(stance, ST.utterance)
    assert nodes.node(iri_of(rejects()), ST.utterance) == utterance
    assert nodes.text(utterance, ST.dateEarliest) == "2012-03-05"


def test_the_derived_graph_is_complete_and_keeps_the_shapes(graph):
    official = unnamed(ARTICLE, "(official)", affiliation="Norland")
    fleet = statement(ARTICLE, "the fleet would stay", official, quote="indirect")
    torv = statement(ARTICLE, "agreed", newcomer("Mia Torv"), cue=None, positions=[("quota", "supports")])
    graph.read(ARTICLE, rejects(), fleet, torv)
    nodes = graph.nodes()
    article = node(IRIS.article(ARTICLE.digest))
    assert nodes.values(article, SCHEMA.text) == nodes.values(article, ST.boilerplate) == []
    assert nodes.text(node(IRIS.selector(fleet.id, "content-1")), OA.exact) == "the fleet would stay"
    assert nodes.node(node(IRIS.actor("Mia Torv")), RDF.type) == FOAF.Person
    assert node(IRIS.actor("Norland")) in nodes
    assert node(IRIS.position("quota")) in nodes
    assert nodes.text(node(IRIS.agent("kg")), RDFS.label) == "kg"
    report = validate_graph(graph.store.graph(IRIS.current_graph), engine="pyshacl")
    assert report.conforms, report.violations


def test_voices_and_belonging(graph):
    cases = {
        "Harbour Gazette": (known("Harbour Gazette"), None, {"Harbour Gazette"}),
        "Coastal Union": (known("Coastal Union"), "Coastal Union", {"Coastal Union"}),
        "Norland": (known("Norland"), "Norland", {"Norland"}),
        "after office": (known("Ada Brook"), None, {"Ada Brook", "Fisheries Ministry", "Norland"}),
        "unknown": (newcomer("Mia Torv", affiliation="Sundia"), "Sundia", {"Mia Torv", "Sundia"}),
    }
    for name, (actor, affiliation, belonging) in cases.items():
        said = "2014-01-01" if name == "after office" else "2012-03-05"
        one = statement(ARTICLE, QUOTE, actor, positions=[("quota", "supports")], said=said)
        graph.read(ARTICLE, one)
        nodes = graph.nodes()
        (stance,) = nodes.instances(ST.Stance)
        found = nodes.node(stance, ST.affiliation)
        assert found == (node(IRIS.actor(affiliation)) if affiliation else None), name
        assert nodes.node(stance, ST.voice) == (ST.official if affiliation else ST.other), name
        extra = {"Norland"} if name == "Harbour Gazette" else set()
        assert set(nodes.values(stance, ST.belongsTo)) == actors(*belonging, *extra), name


def test_an_unnamed_source_belongs_to_what_it_is_described_with(graph):
    official = unnamed(ARTICLE, "(Norland official)", affiliation="Norland")
    scholar = unnamed(ARTICLE, "(Norland scholar)", member_of="Norland")
    for source, voice in ((official, ST.official), (scholar, ST.other)):
        graph.read(ARTICLE, statement(ARTICLE, QUOTE, source, positions=[("quota", "supports")]))
        nodes = graph.nodes()
        (stance,) = nodes.instances(ST.Stance)
        assert nodes.node(stance, ST.voice) == voice
        assert set(nodes.values(stance, ST.belongsTo)) == {node(source.id), *actors("Norland")}


def test_speakers_for_others_and_joint_speakers(graph):
    one = replace(rejects(), on_behalf_of=known("Coastal Union"), joint=(known("Ole Strand"),))
    graph.read(ARTICLE, one)
    nodes = graph.nodes()
    belonging = {
        nodes.node(stance, ST.actor): set(nodes.values(stance, ST.belongsTo))
        for stance in nodes.instances(ST.Stance)
    }
    assert belonging == {
        node(IRIS.actor("Coastal Union")): actors(
            "Coastal Union", "Ada Brook", "Fisheries Ministry", "Norland"
        ),
        node(IRIS.actor("Ole Strand")): actors("Ole Strand", "Sundia"),
    }


def test_a_persons_statement_beats_the_machines(graph):
    machine = rejects()
    human = statement(ARTICLE, QUOTE[3:], known("Ole Strand"), positions=[("quota", "opposes")])
    graph.read(ARTICLE, machine)
    graph.code(ARTICLE, human)
    nodes = graph.nodes()
    assert nodes.instances(ST.Statement) == [iri_of(human)]
    assert nodes.node(iri_of(human), ST.status) == ST.reviewed
    graph.code(ARTICLE)
    assert graph.nodes().instances(ST.Statement) == [iri_of(machine)]
    assert not list(graph.nodes(IRIS.coding_graph))


def test_a_person_says_which_stances_the_same_statement_takes(graph):
    graph.read(ARTICLE, rejects())
    graph.code(ARTICLE, replace(rejects(), positions=()))
    nodes = graph.nodes()
    assert nodes.instances(ST.Statement) == [iri_of(rejects())]
    assert nodes.instances(ST.Stance) == []


def test_loading_twice_changes_nothing(graph):
    graph.read(ARTICLE)
    graph.code(ARTICLE, rejects())
    before = set(graph.store.quads())
    graph.code(ARTICLE, rejects())
    assert set(graph.store.quads()) == before


def test_what_is_rejected_never_shows_and_survives_another_reading(graph):
    graph.read(ARTICLE, rejects())
    (stance,) = graph.nodes().instances(ST.Stance)
    graph.decide(stance.value, "rejected")
    assert graph.nodes().instances(ST.Stance) == []
    graph.read(ARTICLE, rejects(confidence=0.4))
    assert graph.nodes().instances(ST.Stance) == []
    graph.decide(iri_of(rejects()).value, "rejected", 2)
    assert graph.nodes().instances(ST.Statement) == []
    graph.decide(iri_of(rejects()).value, "reviewed", 3)
    graph.decide(stance.value, "reviewed", 4)
    nodes = graph.nodes()
    assert nodes.node(stance, ST.status) == nodes.node(iri_of(rejects()), ST.status) == ST.reviewed
    assert len(nodes.instances(ST.Coding)) == 3


def test_what_is_accepted_outlives_the_reading(graph):
    graph.read(ARTICLE, rejects())
    (stance,) = graph.nodes().instances(ST.Stance)
    graph.decide(stance.value, "reviewed")
    shorter = statement(ARTICLE, QUOTE[:-6], known("Ada Brook"), positions=[("quota", "supports")])
    graph.read(ARTICLE, shorter)
    nodes = graph.nodes()
    assert nodes.instances(ST.Statement) == [iri_of(rejects())]
    assert nodes.instances(ST.Stance) == [stance]
    assert nodes.text(node(IRIS.selector(rejects().id, "content-1")), OA.exact) == QUOTE
    article = graph.nodes(IRIS.article_graph(ARTICLE.digest))
    assert article.node(iri_of(shorter), PROV.wasRevisionOf) == iri_of(rejects())
    report = validate_graph(graph.store.graph(IRIS.current_graph), engine="pyshacl")
    assert report.conforms, report.violations


def test_an_accepted_statement_keeps_the_stances_of_its_latest_reading(graph):
    graph.read(ARTICLE, rejects())
    graph.decide(iri_of(rejects()).value, "reviewed")
    graph.read(ARTICLE, rejects(positions=[("alone", "neutral"), ("quota", "supports")]))
    nodes = graph.nodes()
    found = {(nodes.node(s, ST.position), nodes.node(s, ST.polarity)) for s in nodes.instances(ST.Stance)}
    assert found == {(node(IRIS.position("alone")), ST.neutral), (node(IRIS.position("quota")), ST.supports)}
    graph.read(ARTICLE)
    nodes = graph.nodes()
    assert [nodes.node(s, ST.polarity) for s in nodes.instances(ST.Stance)] == [ST.opposes]


def test_deciding_on_nothing(graph):
    with pytest.raises(UsageError, match="no statement or stance"):
        graph.decide(IRIS.statement("nope"), "reviewed")


def test_removing_an_article_leaves_nothing_but_what_people_coded(graph):
    before = set(graph.store.quads())
    graph.read(ARTICLE, rejects(), statement(ARTICLE, "agreed", newcomer("Mia Torv"), cue=None))
    graph.read(OTHER)
    graph.remove(ARTICLE)
    graph.remove(OTHER)
    assert set(graph.store.quads()) == before
    graph.read(ARTICLE)
    graph.code(ARTICLE, rejects())
    graph.remove(ARTICLE)
    assert graph.nodes().instances(ST.Statement) == []
    graph.read(ARTICLE)
    assert graph.nodes().instances(ST.Statement) == [iri_of(rejects())]


def test_one_utterance_in_two_articles(graph):
    again = statement(OTHER, QUOTE, known("Ada Brook"), positions=[("alone", "opposes")], said="2012-03")
    graph.read(ARTICLE, rejects())
    graph.read(OTHER, again)
    nodes = graph.nodes()
    (utterance,) = nodes.instances(ST.Utterance)
    assert nodes.text(utterance, ST.dateEarliest) == nodes.text(utterance, ST.dateLatest) == "2012-03-05"
    assert {nodes.node(stance, ST.utterance) for stance in nodes.instances(ST.Stance)} == {utterance}
    graph.read(OTHER, replace(again, quote="indirect"))
    assert len(graph.nodes().instances(ST.Utterance)) == 2
    graph.read(OTHER, replace(again, said="2012-04"))
    assert len(graph.nodes().instances(ST.Utterance)) == 2
    graph.read(OTHER, replace(again, actor=known("Ole Strand")))
    assert len(graph.nodes().instances(ST.Utterance)) == 2


def test_agency_copy_counts_once_whatever_its_form(graph):
    filler = " ".join(f"Boat {n} left the harbour of Port Elm at dawn." for n in range(30))
    copies = [
        Article(f"{n}.txt", f"{head} {TEXT} {filler}") for n, head in enumerate(("Quota", "No quota here"))
    ]
    for article in copies:
        official = unnamed(article, "(official)")
        graph.read(article, statement(article, "the fleet would stay", official, quote="indirect"))
    assert len(graph.nodes().instances(ST.Utterance)) == 1
    graph.remove(copies[0])
    graph.read(ARTICLE, statement(ARTICLE, "the fleet would stay", unnamed(ARTICLE, "(official)")))
    assert len(graph.nodes().instances(ST.Utterance)) == 2


def test_reports_follow_what_takes_the_place_of_a_statement(graph):
    inner = rejects()
    outer = statement(ARTICLE, "the fleet would stay", known("Ole Strand"), reports=inner.id)
    graph.read(ARTICLE, inner, outer)
    assert graph.nodes().node(iri_of(outer), ST.reports) == iri_of(inner)
    human = statement(ARTICLE, QUOTE[3:], known("Ada Brook"))
    graph.code(ARTICLE, human)
    assert graph.nodes().node(iri_of(outer), ST.reports) == iri_of(human)
    graph.decide(iri_of(human).value, "rejected")
    assert graph.nodes().node(iri_of(outer), ST.reports) == iri_of(inner)


def test_two_spellings_of_an_outlet_are_one(graph):
    graph.read(ARTICLE)
    graph.read(replace(OTHER, publisher="the harbour gazette"))
    nodes = graph.nodes()
    outlet = node(IRIS.outlet("The Harbour Gazette"))
    assert nodes.text(outlet, RDFS.label) == "The Harbour Gazette"
    assert nodes.text(outlet, SKOS.altLabel) == "the harbour gazette"
    graph.remove(ARTICLE)
    nodes = graph.nodes()
    assert (nodes.text(outlet, RDFS.label), nodes.values(outlet, SKOS.altLabel)) == (
        "the harbour gazette",
        [],
    )


def test_a_position_that_left_the_codebook_shows_no_stance():
    graph = Graph()
    graph.read(ARTICLE, rejects(positions=[("alone", "opposes"), ("quota", "supports")]))
    smaller = replace(CODEBOOK, positions=CODEBOOK.positions[:1])
    graph.deriver = Deriver(REGISTER, smaller, IRIS)
    assert graph.deriver.files_change(graph.store.view)
    graph.store.rewrite({iri: list(quads) for iri, quads in graph.deriver.anew(graph.store.view).items()})
    assert not graph.deriver.files_change(graph.store.view)
    nodes = graph.nodes()
    assert [nodes.node(stance, ST.position).value for stance in nodes.instances(ST.Stance)] == [
        IRIS.position("quota")
    ]


def test_conditions_and_confidence_are_kept(graph):
    graph.read(
        ARTICLE, replace(rejects(), positions=(PositionStance("alone", "opposes", "unless all do", 0.75),))
    )
    nodes = graph.nodes()
    (stance,) = nodes.instances(ST.Stance)
    assert (nodes.text(stance, ST.condition), nodes.text(stance, ST.confidence)) == ("unless all do", "0.75")
