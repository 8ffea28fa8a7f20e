"""JSON-LD for people: one object a node, properties by their short names, the same graph the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.vocabulary import PREFIXES, RDF, RDFS, XSD

_FIRST = {RDF + "type": "0", RDFS + "label": "1"}
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def as_json_ld(triples: Iterable[Triple], first: str | None = None) -> bytes:
    r"""A graph as a JSON-LD document with the context that it needs.

    Args:
        triples: The graph.
        first: IRI of the node that the document is about; the others follow in the order of their IRIs.

    >>> node = NamedNode("https://example.org/a")
    >>> label = Triple(node, NamedNode(RDFS + "label"), Literal("A"))
    >>> json.loads(as_json_ld([label]))["@graph"]
    [{'@id': 'https://example.org/a', 'rdfs:label': 'A'}]
    """
    by_subject: dict[str, list[Triple]] = {}
    for triple in dict.fromkeys(triples):
        by_subject.setdefault(_id(triple.subject), []).append(triple)
    order = sorted(by_subject, key=lambda iri: (iri != first, iri))
    nodes = [node_object(by_subject[iri]) for iri in order]
    text = json.dumps(nodes, ensure_ascii=False)
    used = {name: PREFIXES[name] for name in sorted(PREFIXES) if f'"{name}:' in text}
    document = {"@context": used, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def node_object(triples: Sequence[Triple]) -> dict[str, Any]:
    """What is said of one subject as a JSON-LD node object, which needs `PREFIXES` as its context.

    Properties are sorted, type and label first, and so are the values of each.
    """
    node: dict[str, Any] = {"@id": _id(triples[0].subject)}
    ordered = sorted(triples, key=lambda t: (_FIRST.get(t.predicate.value, t.predicate.value), str(t.object)))
    for triple in ordered:
        if triple.predicate.value == RDF + "type" and isinstance(triple.object, NamedNode):
            key, value = "@type", short(triple.object.value)
        else:
            key, value = short(triple.predicate.value), _value(triple.object)
        if key not in node:
            node[key] = value
        elif isinstance(node[key], list):
            node[key].append(value)
        else:
            node[key] = [node[key], value]
    return node


def short(iri: str) -> str:
    """An IRI of a vocabulary by its prefix, others as they are.

    >>> short("http://www.w3.org/ns/prov#used"), short("https://example.org/a")
    ('prov:used', 'https://example.org/a')
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _PREFIX_OF.get(iri[:cut])
    local = iri[cut:]
    return f"{prefix}:{local}" if prefix and local and _LOCAL.issuperset(local) else iri


_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def _id(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _value(term: NamedNode | BlankNode | Literal | Triple) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": short(term.datatype.value)}


__all__ = ["as_json_ld", "node_object", "short"]
