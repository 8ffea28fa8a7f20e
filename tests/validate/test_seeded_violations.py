"""Each rule finds the fault that it is there for, with both engines alike."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg.model.vocabulary import PREFIXES
from kg.store.rdf_files import read_rdf
from kg.validate.shape_files import load_shapes
from kg.validate.shapes import ENGINES, NO_BLANK_NODES, validate_graph

HERE = Path(__file__).parent
BASE = "https://example.org/stance-graph/"
SHAPES = "https://w3id.org/stance-graph/shapes#"
HEAD = f"BASE <{BASE}>\n" + "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())


@dataclass(frozen=True)
class Seed:
    """A fault: on the n-th node of a class, drop all values of a property, add others.

    `at` names the node at fault where it is not the node that was changed.
    """

    shape: str
    node: str
    drop: str = ""
    add: str = ""
    nth: int = 0
    at: str = ""


ARTICLE, STATEMENT, STANCE = "schema:NewsArticle", "st:Statement", "st:Stance"
OF_MACHINE = "prov:wasGeneratedBy/prov:wasAssociatedWith/a prov:SoftwareAgent"
TORV = "<actor/mia-torv>"
SAME_AND_OTHER = "st:sameUtterance <statement/x> ; st:differentUtterance <statement/x>"
MEMBERSHIP, BOUNDS = "org:Membership", "st:dateEarliest|st:dateLatest"
EVIDENCE, SELECTOR = "oa:SpecificResource", "oa:TextPositionSelector"
SEEDS = {
    "article": [
        Seed("label", ARTICLE, "rdfs:label"),
        Seed("articlePublisher", ARTICLE, "", "schema:publisher <outlet/nobody-knows>"),
        Seed("articlePublisherKnown", ARTICLE, "schema:publisher", nth=1),
        Seed("articleUrl", ARTICLE, "schema:url", 'schema:url "ftp://a.example/x"^^xsd:anyURI'),
        Seed("articleUrl", ARTICLE, "schema:url", 'schema:url "https://a.example/x"', nth=1),
        Seed("articleLanguage", ARTICLE, "schema:inLanguage"),
        Seed("articleLanguage", ARTICLE, "schema:inLanguage", 'schema:inLanguage "English!"', nth=1),
        Seed("articleDate", ARTICLE, "schema:datePublished"),
        Seed("articleDate", ARTICLE, "schema:datePublished", 'schema:datePublished "2012-03-05"', nth=1),
        Seed("articleDatedBy", ARTICLE, "st:datedBy", 'st:datedBy "a guess"'),
        Seed("articleSha256", ARTICLE, "st:sha256", 'st:sha256 "abc"'),
        Seed("articleText", ARTICLE, "", 'schema:text "another text"'),
        Seed("generatedBy", ARTICLE, "prov:wasGeneratedBy"),
        Seed("generatedBy", ARTICLE, "prov:wasGeneratedBy", "prov:wasGeneratedBy <coding/unheard-of>", nth=1),
        Seed("dateEarliest", ARTICLE, "st:dateEarliest", 'st:dateEarliest "2012-03-05T00:00:00Z"'),
        Seed("dateLatest", ARTICLE, "", 'st:dateLatest "2012-04-01"^^xsd:date'),
    ],
    "dates": [
        Seed("dateOrder", STATEMENT, "st:dateEarliest", 'st:dateEarliest "2012-03-09"^^xsd:date', nth=6),
        Seed("dateEarliest", STATEMENT, "st:dateEarliest", 'st:dateEarliest "2012-02-31"^^xsd:date'),
        Seed("dateLatest", STATEMENT, "st:dateLatest", 'st:dateLatest "March"^^xsd:date', nth=1),
        Seed(
            "articlePrintedBeforeSaid", ARTICLE, "st:dateLatest", 'st:dateLatest "2012-01-01"^^xsd:date',
            at="?n st:source NODE",
        ),
        Seed("ArticleDateBounds", ARTICLE, BOUNDS, nth=1),
        Seed("statementSaid", STATEMENT, "st:said", 'st:said "2012-13"^^edtf:EDTF', nth=3),
        Seed("StatementDateBounds", STATEMENT, BOUNDS, 'st:said "2012"^^edtf:EDTF', nth=2),
        Seed("StanceDateBounds", STANCE, BOUNDS, 'st:date "2012"^^edtf:EDTF'),
        Seed("MembershipDateBounds", MEMBERSHIP, BOUNDS, 'st:held "2012"^^edtf:EDTF'),
    ],
    "statement": [
        Seed("label", STATEMENT, "rdfs:label"),
        Seed("statementSource", STATEMENT, "st:source", "st:source <article/nowhere>"),
        Seed("statementSpeaker", STATEMENT, "st:speaker"),
        Seed("statementSpeaker", STATEMENT, "", "st:speaker <actor/sundia>", nth=1),
        Seed("statementSpeaker", STATEMENT, "st:speaker", "st:speaker <actor/nobody>", nth=2),
        Seed("statementSpeaker", STATEMENT, "st:speaker", 'st:speaker "Ada Brook"', nth=3),
        Seed("statementJointSpeaker", STATEMENT, "", "st:jointSpeaker <actor/nobody>", nth=1),
        Seed("statementJointSpeaker", f"?n st:speaker {TORV}", "", f"st:jointSpeaker {TORV}"),
        Seed("statementOnBehalfOf", STATEMENT, "", "st:onBehalfOf <claim/1>", nth=5),
        Seed("statementOffice", STATEMENT, "", 'st:office "one" , "two"', nth=5),
        Seed("statementSaid", STATEMENT, "st:said", 'st:said "yesterday"'),
        Seed("statementQuotation", STATEMENT, "st:quotation", "st:quotation st:supports"),
        Seed("statementForce", STATEMENT, "st:force"),
        Seed("statementForce", STATEMENT, "st:force", "st:force st:asserts , st:denies", nth=1),
        Seed("statementClaim", STATEMENT, "st:claim"),
        Seed("statementEvidence", STATEMENT, "st:evidence"),
        Seed("statementContent", STATEMENT, "st:evidence", nth=1),
        Seed("statementEvidenceSource", STATEMENT, "st:source", "st:source <article/nowhere>", nth=2),
        Seed("statementReports", STATEMENT, "", "st:reports <statement/nowhere>"),
        Seed("statementWordsVerified", STATEMENT, "st:wordsVerified"),
        Seed("statementWordsVerified", STATEMENT, "st:wordsVerified", "st:wordsVerified false", nth=1),
        Seed("status", STATEMENT, "st:status", "st:status st:official"),
        Seed("confidence", STATEMENT, "st:confidence", "st:confidence 1.5"),
        Seed("confidence", STATEMENT, "st:confidence", 'st:confidence "high"', nth=1),
        Seed("generatedBy", STATEMENT, "prov:wasGeneratedBy"),
        Seed("utterance", STATEMENT, "", "st:utterance <utterance/a> , <utterance/b>"),
        Seed("outletOfNode", STATEMENT, "", "st:outlet <actor/ada-brook>"),
        Seed("neverTheSame", STATEMENT, "", "owl:sameAs <statement/another>", nth=1),
        Seed("StatementOfMachine", f"?n a {STATEMENT} ; {OF_MACHINE}", "st:confidence", nth=3),
        Seed("StatementOfSpokesman", "?n st:speaker <actor/mia-torv>", "", "st:onBehalfOf <actor/norland>"),
        Seed("StatementOfSpokesman", "?n st:said '2011-12'^^edtf:EDTF", "", "st:onBehalfOf <actor/sundia>"),
    ],
    "evidence": [
        Seed("claimWords", "st:Claim", "rdfs:label"),
        Seed("claimWords", "st:Claim", "rdfs:label", 'rdfs:label ""', nth=1),
        Seed("label", EVIDENCE, "rdfs:label"),
        Seed("evidenceSource", EVIDENCE, "oa:hasSource", "oa:hasSource <actor/ada-brook>"),
        Seed("evidencePart", EVIDENCE, "st:part"),
        Seed("evidenceSelector", EVIDENCE, "oa:hasSelector"),
        Seed("evidenceSelector", EVIDENCE, "oa:hasSelector", "oa:hasSelector <claim/1>", nth=1),
        Seed("evidenceSha256", EVIDENCE, "st:sha256"),
        Seed("evidenceOfThisText", EVIDENCE, "st:sha256", f'st:sha256 "{"0" * 64}"', nth=1),
        Seed("label", SELECTOR, "rdfs:label"),
        Seed("selectorStart", SELECTOR, "oa:start"),
        Seed("selectorStart", SELECTOR, "oa:start", "oa:start -1", nth=1),
        Seed("selectorEnd", SELECTOR, "oa:end", "oa:end 1 , 2"),
        Seed("selectorOrder", SELECTOR, "oa:end", 'oa:end "0"^^xsd:nonNegativeInteger', nth=2),
        Seed("selectorWords", SELECTOR, "oa:exact"),
        Seed("selectorWords", SELECTOR, "oa:exact", 'oa:exact ""', nth=3),
    ],
    "stance": [
        Seed("label", STANCE, "rdfs:label"),
        Seed("stanceStatement", STANCE, "st:statement"),
        Seed("stanceActor", STANCE, "st:actor"),
        Seed("stanceActor", STANCE, "st:actor", "st:actor <agent/kg>", nth=1),
        Seed("stancePosition", STANCE, "st:position", "st:position <position/unheard-of>"),
        Seed("stanceClaim", STANCE, "st:claim"),
        Seed("stanceSource", STANCE, "st:source", "st:source <article/nowhere>"),
        Seed("stanceSameClaim", STANCE, "st:claim", "st:claim <claim/of-another>", nth=1),
        Seed("stanceSameSource", STANCE, "st:source", "st:source <article/nowhere>", nth=1),
        Seed("stanceDate", STANCE, "st:date", 'st:date "2012"'),
        Seed("stancePolarity", STANCE, "st:polarity"),
        Seed("stancePolarity", STANCE, "", "st:polarity st:neutral", nth=1),
        Seed("stancePolarity", STANCE, "st:polarity", "st:polarity st:conditional", nth=2),
        Seed("stanceCondition", STANCE, "st:condition", 'st:condition ""'),
        Seed("stanceAffiliation", STANCE, "st:affiliation", "st:affiliation <actor/ada-brook>"),
        Seed("stanceVoice", STANCE, "st:voice", "st:voice st:reviewed"),
        Seed("stanceBelongsTo", STANCE, "st:belongsTo", 'st:belongsTo "Norland"'),
        Seed("stanceInTopic", STANCE, "st:inTopic", "st:inTopic <topic/unheard-of>"),
        Seed("StanceOfMachine", f"?n a {STANCE} ; {OF_MACHINE}", "st:confidence"),
        Seed("utteranceReported", "st:Utterance", "^st:utterance"),
        Seed("neverTheSame", "st:Utterance", "", "owl:sameAs <utterance/another>", nth=2),
        Seed("neverTheSame", "st:Claim", "", "owl:sameAs <claim/another>", nth=1),
    ],
    "codebook": [
        Seed("label", "st:Position", "rdfs:label"),
        Seed("positionNotation", "st:Position", "skos:notation", 'skos:notation "two words"'),
        Seed("positionTopic", "st:Position", "st:topic", "st:topic <topic/unheard-of>"),
        Seed("positionTopicKnown", "st:Position", "st:topic", nth=1),
        Seed("positionEntails", "st:Position", "", "st:entails <position/unheard-of>"),
        Seed("positionExcludes", "st:Position", "", "st:excludes <position/unheard-of>", nth=1),
        Seed("positionConsistent", "st:Position", "", "st:entails <position/a> ; st:excludes <position/a>"),
        Seed("topicPrefLabel", "skos:Concept", "skos:prefLabel"),
        Seed("topicPrefLabel", "skos:Concept", "skos:prefLabel", 'skos:prefLabel "a"@en , "b"@en', nth=1),
        Seed("topicBroader", "skos:Concept", "", "skos:broader <topic/unheard-of>"),
        Seed("topicScheme", "skos:Concept", "skos:inScheme"),
        Seed("TopicTree", "?n skos:prefLabel 'Sea'", "", "skos:broader <topic/fishing-quotas>"),
    ],
    "register": [
        Seed("label", "foaf:Person", "rdfs:label"),
        Seed("wikidata", "foaf:Person", "schema:sameAs", 'schema:sameAs "Q1"'),
        Seed("PersonOnly", "foaf:Person", "", "a org:Organization", nth=1),
        Seed("OrganizationOnly", "org:Organization", "", "a schema:Country"),
        Seed("StateOnly", "schema:Country", "", "a st:UnnamedSource"),
        Seed("actorStatus", "foaf:Person", "st:status", "st:status st:official"),
        Seed("membershipMember", MEMBERSHIP, "org:member"),
        Seed("membershipOrganization", MEMBERSHIP, "org:organization", "org:organization <agent/kg>"),
        Seed("membershipRole", MEMBERSHIP, "org:role", "org:role <actor/norland>"),
        Seed("membershipHeld", MEMBERSHIP, "st:held", 'st:held "2012"'),
        Seed("membershipVoice", MEMBERSHIP, "st:voice"),
        Seed("postIn", "org:Post", "org:postIn"),
        Seed("unnamedLabel", "st:UnnamedSource", "rdfs:label", 'rdfs:label "Norland official"'),
        Seed("unnamedAffiliation", "st:UnnamedSource", "", 'st:describedAffiliation "Norland"'),
    ],
    "coding": [
        Seed("codingAgent", "st:Coding", "prov:wasAssociatedWith"),
        Seed("codingTime", "st:Coding", "prov:endedAtTime", 'prov:endedAtTime "2012"'),
        Seed("codingExtractor", "?n st:extractor []", "", 'st:extractor "magic"'),
        Seed("codingDecides", "?n st:decision st:reviewed", "st:decides", 'st:decides "the first"'),
        Seed("codingDecision", "?n st:decides []", "st:decision", "st:decision st:candidate"),
    ],
    "decision": [
        Seed("decisionMade", "?n st:decides []", "st:decision"),
        Seed("decisionOfPerson", "?n st:decides []", "", "prov:wasAssociatedWith <agent/kg>"),
        Seed("machineVersion", "?n st:modelDigest []", "st:softwareVersion"),
        Seed("machineModel", "?n st:softwareVersion []", "st:modelDigest"),
        Seed("pairStatement", "?n st:differentUtterance []", "prov:used"),
        Seed("pairOneWay", "?n st:sameUtterance []", "", SAME_AND_OTHER),
        Seed("CoderOnly", "prov:Person", "", "a prov:SoftwareAgent"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def clean():
    store = ox.Store()
    store.extend(read_rdf([HERE / "conforming.ttl"]))
    return store


def plant(clean, seeds):
    """The clean graph with faults in it, and for each fault the nodes that may be named for it."""
    store = ox.Store()
    store.extend(clean)
    named = []
    for seed in seeds:
        pattern = seed.node if "?n" in seed.node else f"?n a {seed.node}"
        found = clean.query(f"{HEAD} SELECT DISTINCT ?n WHERE {{ {pattern} }} ORDER BY ?n")
        node = [row["n"] for row in found][seed.nth]
        for path in filter(None, seed.drop.split("|")):
            gone = f"?s {path[1:]} {node}" if path.startswith("^") else f"{node} {path} ?o"
            store.update(f"{HEAD} DELETE {{ {gone} }} WHERE {{ {gone} }}")
        if seed.add:
            store.update(f"{HEAD} INSERT DATA {{ {node} {seed.add} }}")
        if seed.at:
            culprits = clean.query(f"{HEAD} SELECT ?n WHERE {{ {seed.at.replace('NODE', str(node))} }}")
            named.append({row["n"].value for row in culprits})
        else:
            named.append({node.value})
    return list(store), named


ALL = [seed for seeds in SEEDS.values() for seed in seeds]


@pytest.mark.parametrize("seed", ALL, ids=lambda seed: f"{seed.shape} {seed.drop} {seed.add}")
def test_a_fault_is_found_where_it_is(clean, seed):
    graph, [named] = plant(clean, [seed])
    report = validate_graph(graph, engine="rust")
    warnings_expected = load_shapes().notes[SHAPES + seed.shape].warning
    found = report.warnings if warnings_expected else report.violations
    [fault, *_] = [v for v in found if v.shape == SHAPES + seed.shape and v.focus in named]
    assert fault.message == load_shapes().notes[SHAPES + seed.shape].message


@pytest.mark.parametrize("name", SEEDS)
def test_the_engines_agree(clean, name):
    graph, _ = plant(clean, SEEDS[name])
    reference, fast = validate_graph(graph, engine="pyshacl"), validate_graph(graph, engine="rust")
    assert reference.violations == fast.violations
    assert reference.warnings == fast.warnings
    assert len(reference.violations) >= len(SEEDS[name])


def test_every_shape_has_a_fault_planted_for_it():
    targets = {name for name, note in load_shapes().notes.items() if note.message}
    planted = {SHAPES + seed.shape for seed in ALL}
    assert targets - planted == node_kind_shapes().keys()


def node_kind_shapes():
    """Shapes of the classes, whose own rule is that nodes have IRIs."""
    store = ox.Store()
    for path in sorted((HERE.parents[1] / "shapes").glob("*.ttl")):
        store.extend(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    query = f"{HEAD} SELECT ?shape ?class WHERE {{ ?shape sh:nodeKind sh:IRI ; sh:targetClass ?class }}"
    return {row["shape"].value: row["class"] for row in store.query(query)}


def test_a_blank_node_is_found_by_any_tool(clean):
    blank = "".join(f"[] a {of} .\n" for of in node_kind_shapes().values())
    shapes = load_shapes()
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(data=blank), shacl_graph=shapes.rdflib_graph())
    assert {str(shape) for shape in report.objects(None, SH.sourceShape)} >= node_kind_shapes().keys()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_blank_node_is_one_fault_with_its_own_label(clean, engine):
    label = ox.Quad(ox.BlankNode("here"), ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal("x"))
    report = validate_graph([*clean, label], engine=engine)
    assert [(v.focus, v.shape) for v in report.violations] == [("_:here", NO_BLANK_NODES)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_clean_graph_conforms(clean, engine):
    report = validate_graph(clean, engine=engine)
    assert report.conforms
    assert report.violations == report.warnings == ()
    assert report.triples == len(clean)


def test_messages_speak_to_a_person():
    for name, note in load_shapes().notes.items():
        if note.message:
            assert re.fullmatch(r"[A-Z].{20,}\.", note.message), name
            assert "sh:" not in note.message, name
