"""The canned queries as RDF: `sh:SPARQLSelectExecutable` and its kin, for tools that collect examples."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.vocabulary import OWL, PREFIXES, RDF, RDFS, SCHEMA, SH, XSD
from kg.query.canned import CannedQuery
from kg.query.header import Parameter
from kg.query.terms import expand

_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
    "ASK": ("SPARQLAskExecutable", "ask"),
}
_PREFIX = re.compile(r"^[ \t]*PREFIX[ \t]+(\w+):[ \t]*<([^>]*)>[ \t]*\n", re.MULTILINE | re.IGNORECASE)


def query_iri(base: str, name: str) -> str:
    """IRI of a canned query, which is also where its page is."""
    return f"{base}queries/{name}"


def prefix_triples(base: str) -> list[Triple]:
    """The prefixes that all queries share, declared once."""
    iri = f"{base}queries"
    found = [_link(iri, RDF + "type", OWL + "Ontology"), _text(iri, RDFS + "label", "The canned queries")]
    for prefix, namespace in sorted(PREFIXES.items()):
        declared = f"{iri}#prefix-{prefix}"
        found.append(_link(iri, SH + "declare", declared))
        found.append(_link(declared, RDF + "type", SH + "PrefixDeclaration"))
        found.append(_text(declared, SH + "prefix", prefix))
        found.append(_text(declared, SH + "namespace", namespace, XSD + "anyURI"))
    return found


def query_triples(query: CannedQuery, base: str) -> list[Triple]:
    """One query: what it answers, what it takes, and its SPARQL, whose prefixes are declared elsewhere.

    A query that uses other prefixes than those of the project keeps its own `PREFIX` lines.
    """
    iri = query_iri(base, query.name)
    own = dict(_PREFIX.findall(query.text))
    shared = all(PREFIXES.get(prefix) == namespace for prefix, namespace in own.items())
    text = (_PREFIX.sub("", query.text) if shared else query.text).strip() + "\n"
    kind, property_ = _FORMS[form_of(query.text)]
    found = [
        _link(iri, RDF + "type", SH + "SPARQLExecutable"),
        _link(iri, RDF + "type", SH + kind),
        _text(iri, RDFS + "label", query.header.title),
        _text(iri, RDFS + "comment", query.header.description),
        _link(iri, SH + "prefixes", f"{base}queries"),
        _text(iri, SH + property_, text),
        *(_text(iri, SCHEMA + "keywords", tag) for tag in query.header.tags),
    ]
    for parameter in query.parameters:
        found += _parameter_triples(iri, parameter)
    return found


def _parameter_triples(iri: str, parameter: Parameter) -> list[Triple]:
    own = f"{iri}#{parameter.name}"
    found = [
        _link(iri, SH + "parameter", own),
        _link(own, RDF + "type", SH + "Parameter"),
        # The variable is named by the last part of the path.
        _link(own, SH + "path", own),
        _text(own, SH + "name", parameter.name),
        _text(own, SH + "description", parameter.help),
        _text(own, SH + "optional", "false" if parameter.required else "true", XSD + "boolean"),
    ]
    kinds = {"date": "date", "int": "integer", "string": "string"}
    if parameter.type in kinds:
        found.append(_link(own, SH + "datatype", XSD + kinds[parameter.type]))
    elif len(parameter.classes) == 1 and (cls := expand(parameter.classes[0])):
        found.append(_link(own, SH + "class", cls))
    else:
        found.append(_link(own, SH + "nodeKind", SH + "IRI"))
    return found


def form_of(text: str) -> str:
    r"""Whether a query selects, constructs or asks.

    >>> form_of("PREFIX a: <http://e.org/SELECT> # ASK\nCONSTRUCT WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    code = re.sub(r"<[^<>\s]*>|#[^\n]*", " ", text)
    match = re.search(r"\b(SELECT|CONSTRUCT|ASK)\b", code, re.IGNORECASE)
    return match[1].upper() if match else "SELECT"


def _link(subject: str, property_: str, target: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(property_), NamedNode(target))


def _text(subject: str, property_: str, value: str, datatype: str = "") -> Triple:
    literal = Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)
    return Triple(NamedNode(subject), NamedNode(property_), literal)


__all__ = ["form_of", "prefix_triples", "query_iri", "query_triples"]
