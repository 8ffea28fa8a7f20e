"""The derived graph on small cases worked out by hand: what shows, and what is added to it."""

import datetime
from dataclasses import replace

import pytest

from kg.build.article_graph import article_quads
from kg.build.change import Change
from kg.build.coding import CodingAgent
from kg.build.current import Deriver
from kg.build.decisions import whole_log
from kg.build.human import coded_change
from kg.build.nodes import Nodes
from kg.build.records import recorded_span
from kg.build.revisions import revision_quads
from kg.build.terms import FOAF, OA, PROV, RDF, RDFS, SCHEMA, SKOS, ST, node
from kg.model.article import Article
from kg.model.statement import PositionStance
from kg.store.embedded import Store
from kg.validate.shapes import validate_graph
from tests.build.deciding import decision_change, revoking
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

    def decide(self, iri, becomes, **more):
        """Decide on a statement in force: `becomes` takes its record and gives what it becomes."""
        time = TIME + datetime.timedelta(minutes=1)
        self.store.write(decision_change(self.store.view, self.deriver, iri, becomes, time, **more))
        return whole_log(self.store.view, IRIS)[-1]

    def revoke(self, decision):
        self.store.write(revoking(self.store.view, self.deriver, decision, TIME))
        return whole_log(self.store.view, IRIS)[-1]

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
    assert nodes.text(node(IRIS.software("kg")), RDFS.label) == "kg"
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


def test_two_people_who_write_the_same_words_down_keep_what_each_wrote(graph):
    """Both stand in the graph of codings; of what they say the last counts, and counts once."""
    otto = CodingAgent("Otto", TIME + datetime.timedelta(hours=1), "person")
    mine, theirs = (rejects(positions=[("alone", side)]) for side in ("opposes", "supports"))
    graph.read(ARTICLE, rejects())
    graph.code(ARTICLE, mine)
    graph.code(ARTICLE, theirs, coder=otto)
    written = graph.nodes(IRIS.coding_graph)
    assert len(written.instances(ST.Statement)) == len(written.instances(ST.Stance)) == 2
    assert iri_of(mine) in written, "the first keeps the IRI"
    nodes = graph.nodes()
    (stance,) = nodes.instances(ST.Stance)
    assert nodes.node(stance, ST.polarity) == ST.supports
    for coder, side in ((JO, ST.opposes), (otto, ST.supports)):
        found = graph.deriver.effective(graph.store.view, ARTICLE.digest, coder=coder.name)
        (stance,) = found.stances
        assert found.coded.node(stance, ST.polarity) == side, coder
    before = set(graph.store.quads())
    graph.code(ARTICLE, theirs, coder=otto)
    assert set(graph.store.quads()) == before, "loading again changes nothing"
    graph.code(ARTICLE)
    assert graph.nodes().instances(ST.Stance) == [*graph.nodes(IRIS.coding_graph).instances(ST.Stance)]
    report = validate_graph(graph.store.graph(IRIS.current_graph), engine="pyshacl")
    assert report.conforms, report.violations


def test_of_two_peoples_near_words_the_last_count_and_what_is_nested_stays(graph):
    otto = CodingAgent("Otto", TIME + datetime.timedelta(hours=1), "person")
    inner = statement(ARTICLE, "any quota that binds Norland alone", known("Ada Brook"))
    graph.read(ARTICLE)
    graph.code(ARTICLE, rejects(), inner)
    shorter = statement(ARTICLE, QUOTE[3:], known("Ada Brook"))
    graph.code(ARTICLE, shorter, coder=otto)
    assert set(graph.nodes().instances(ST.Statement)) == {iri_of(shorter), iri_of(inner)}


def accepted(record):
    return [record]


def struck_out(record):
    return []


def test_what_is_struck_out_never_shows_and_can_be_taken_back(graph):
    graph.read(ARTICLE, rejects())
    decision = graph.decide(iri_of(rejects()).value, struck_out, action="reject")
    assert graph.nodes().instances(ST.Statement) == graph.nodes().instances(ST.Stance) == []
    graph.read(ARTICLE, rejects(confidence=0.4))
    assert graph.nodes().instances(ST.Statement) == []
    undoing = graph.revoke(decision)
    assert graph.nodes().instances(ST.Statement) == [iri_of(rejects())]
    graph.revoke(undoing)
    assert graph.nodes().instances(ST.Statement) == []


def test_what_is_struck_out_stays_out_under_another_iri(graph):
    graph.read(ARTICLE, rejects())
    graph.decide(iri_of(rejects()).value, struck_out, action="reject")
    graph.read(ARTICLE, statement(ARTICLE, QUOTE[:-6], known("Ada Brook")))
    assert graph.nodes().instances(ST.Statement) == []


def test_what_is_accepted_outlives_the_reading(graph):
    graph.read(ARTICLE, rejects())
    (stance,) = graph.nodes().instances(ST.Stance)
    graph.decide(iri_of(rejects()).value, accepted, action="accept")
    nodes = graph.nodes()
    assert nodes.node(stance, ST.status) == nodes.node(iri_of(rejects()), ST.status) == ST.reviewed
    assert nodes.text(stance, ST.confidence) == "1", "what the machine made stays the machine's"
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


def test_a_change_keeps_the_iri_and_the_shapes(graph):
    graph.read(ARTICLE, rejects())

    def changed(record):
        position = {"position": "quota", "stance": "supports", "condition": "if all are bound"}
        actor = {"id": IRIS.actor("Ole Strand"), "label": "Ole Strand", "kind": "person", "affiliation": None}
        return [{**record, "positions": [position], "actor": actor, "said": "2012-02"}]

    decision = graph.decide(iri_of(rejects()).value, changed)
    nodes = graph.nodes()
    (stance,) = nodes.instances(ST.Stance)
    assert nodes.instances(ST.Statement) == [iri_of(rejects())]
    assert nodes.node(stance, ST.actor) == node(IRIS.actor("Ole Strand"))
    assert nodes.node(stance, ST.affiliation) == node(IRIS.actor("Sundia"))
    assert nodes.text(stance, ST.condition) == "if all are bound"
    assert nodes.text(stance, ST.date) == "2012-02"
    assert nodes.node(stance, PROV.wasGeneratedBy).value == decision.id
    assert nodes.text(node(decision.id), ST.record) is None
    report = validate_graph(graph.store.graph(IRIS.current_graph), engine="pyshacl")
    assert report.conforms, report.violations


def test_a_split_and_what_is_decided_on_its_parts_go_together(graph):
    graph.read(ARTICLE, rejects())

    def in_two(record):
        (span,) = record["content"]
        start, end = span["start"], span["end"]
        first, second = recorded_span(TEXT, start, start + 13), recorded_span(TEXT, start + 14, end)
        second = {**record, "id": record["id"][:-1] + "z", "content": [second]}
        return [{**record, "content": [first]}, second]

    decision = graph.decide(iri_of(rejects()).value, in_two, action="split")
    part = iri_of(rejects()).value[:-1] + "z"
    assert {one.value for one in graph.nodes().instances(ST.Statement)} == {iri_of(rejects()).value, part}
    graph.decide(part, struck_out, action="reject")
    assert graph.nodes().instances(ST.Statement) == [iri_of(rejects())]
    graph.revoke(decision)
    nodes = graph.nodes()
    assert nodes.instances(ST.Statement) == [iri_of(rejects())]
    assert nodes.text(node(IRIS.selector(rejects().id, "content-1")), OA.exact) == QUOTE


def test_an_adjudication_goes_before_later_decisions(graph):
    graph.read(ARTICLE, rejects())
    graph.decide(iri_of(rejects()).value, accepted, action="accept", coder="Ed", adjudicates=True)
    graph.decide(iri_of(rejects()).value, struck_out, action="reject")
    assert graph.nodes().instances(ST.Statement) == [iri_of(rejects())]


def test_people_put_wordings_together_and_take_them_apart(graph):
    again = statement(OTHER, QUOTE, known("Ole Strand"), said="2012-03")
    graph.read(ARTICLE, rejects())
    graph.read(OTHER, again)
    assert len(graph.nodes().instances(ST.Utterance)) == 2
    together = (iri_of(again).value,)
    decision = graph.decide(iri_of(rejects()).value, struck_out, action="merge", together=together)
    assert len(graph.nodes().instances(ST.Utterance)) == 1
    assert len(graph.nodes().instances(ST.Statement)) == 2
    graph.read(OTHER, again)
    assert len(graph.nodes().instances(ST.Utterance)) == 1
    graph.revoke(decision)
    assert len(graph.nodes().instances(ST.Utterance)) == 2


def test_what_is_nested_in_a_decided_statement_stays(graph):
    outer = statement(ARTICLE, QUOTE, known("Ole Strand"))
    inner = statement(ARTICLE, QUOTE[3:], known("Ada Brook"), source="Ada Brook")
    graph.read(ARTICLE, outer, inner)
    graph.decide(iri_of(outer).value, accepted, action="accept")
    assert set(graph.nodes().instances(ST.Statement)) == {iri_of(outer), iri_of(inner)}


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
    graph.code(ARTICLE)
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
