"""The ontology says what its terms are, imports nothing, and has every term that data and shapes use."""

import importlib.util
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.model.attribution import FORCES, QUOTATIONS
from kg.model.statement import POLARITIES
from kg.model.vocabulary import RDF as RDF_SPACE
from kg.model.vocabulary import RDFS as RDFS_SPACE
from kg.model.vocabulary import SH, ST, XSD

ROOT = Path(__file__).parents[2]
ONTOLOGY = rdflib.URIRef("https://w3id.org/stance-graph/ontology")


@pytest.fixture(scope="module")
def ontology():
    return rdflib.Graph().parse(ROOT / "ontology" / "stance.ttl")


def own_terms(graph):
    return {term for term in graph.subjects(RDF.type, None) if str(term).startswith(ST)}


def test_every_term_has_label_comment_and_example(ontology):
    terms = own_terms(ontology)
    assert len(terms) > 60
    for term in terms:
        for prop in (RDFS.label, RDFS.comment, SKOS.example, RDFS.isDefinedBy):
            assert len(list(ontology.objects(term, prop))) == 1, f"{term} needs one {prop}"
        assert str(ontology.value(term, RDFS.comment)).endswith(".")


def test_labels_tell_terms_of_a_kind_apart(ontology):
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        terms = [term for term in own_terms(ontology) if (term, RDF.type, kind) in ontology]
        labels = [str(ontology.value(term, RDFS.label)) for term in terms]
        assert len(labels) == len(set(labels))


def test_it_imports_nothing_and_names_its_version(ontology):
    assert not list(ontology.objects(None, OWL.imports))
    assert str(ontology.value(ONTOLOGY, OWL.versionIRI)).startswith(str(ONTOLOGY) + "/")
    for prop in ("title", "description", "creator", "license"):
        assert ontology.value(ONTOLOGY, rdflib.URIRef("http://purl.org/dc/terms/" + prop))


def test_it_mints_the_seven_classes(ontology):
    minted = {"Statement", "Utterance", "Claim", "Position", "Stance", "UnnamedSource", "Coding"}
    for name in minted:
        assert (rdflib.URIRef(ST + name), RDF.type, OWL.Class) in ontology


@pytest.mark.parametrize(
    ("of", "names"), [("Polarity", POLARITIES), ("Quotation", QUOTATIONS), ("Force", FORCES)]
)
def test_values_are_those_of_the_model(ontology, of, names):
    values = set(ontology.subjects(RDF.type, rdflib.URIRef(ST + of)))
    assert values == {rdflib.URIRef(ST + name) for name in names}


@pytest.mark.parametrize("name", ["conforming.ttl", "shapes"])
def test_every_term_in_use_is_declared(ontology, name):
    graph = rdflib.Graph()
    folder = ROOT / "shapes" if name == "shapes" else ROOT / "tests" / "validate"
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(path)
    used = {term for triple in graph for term in triple if str(term).startswith(ST) and "#" in str(term)[:-1]}
    used |= {p for p in graph.predicates() if not str(p).startswith((RDF_SPACE, RDFS_SPACE, SH, str(OWL)))}
    used |= {c for c in graph.objects(None, RDF.type) if not str(c).startswith((SH, str(OWL)))}
    declared = set(ontology.subjects(RDF.type, None))
    assert {str(term) for term in used - declared} == set()


def test_the_conforming_graph_uses_every_property(ontology):
    """So that whoever reads it has seen them all."""
    graph = rdflib.Graph().parse(ROOT / "tests" / "validate" / "conforming.ttl")
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {t for t in own_terms(ontology) for kind in kinds if (t, RDF.type, kind) in ontology}
    assert {str(p) for p in properties - set(graph.predicates())} == set()


def test_ranges_are_declared_or_of_xsd(ontology):
    declared = set(ontology.subjects(RDF.type, None))
    for prop in (RDFS.range, RDFS.domain, RDFS.subClassOf, RDFS.subPropertyOf):
        for value in ontology.objects(None, prop):
            assert value in declared or str(value).startswith(XSD), value


def test_the_page_is_current():
    path = ROOT / "docs" / "make_ontology.py"
    spec = importlib.util.spec_from_file_location("make_ontology", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page == module.page(), "run `make docs` and commit the result"
    assert "`st:Stance`" in page
