"""What can be found: a document for each actor, topic, position, outlet, article, claim and passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kg.query.results import from_oxigraph
from kg.search.folding import folded
from kg.store.embedded import Store

Kind = Literal["actor", "topic", "position", "outlet", "article", "claim", "passage"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Kinds of documents, in the order in which pages list them."""


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found.

    Attributes:
        kind: What it is.
        iri: The node.
        label: What it is called; of claims and passages, their words.
        names: Other names: aliases, short names.
        words: Longer texts that belong to it: descriptions, offices, wordings of a position.
        detail: One line that says which one it is: kind and offices, speaker, date and outlet.
        context: Labels of what it concerns; found, but with little weight.
        statement: Statement of a claim or passage.
        uses: Number of statements or stances that concern it.
    """

    kind: Kind
    iri: str
    label: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    detail: str = ""
    context: tuple[str, ...] = ()
    statement: str | None = None
    uses: int = 0


_NAMED = """
SELECT ?node ?class ?property ?name WHERE {
  VALUES ?class { foaf:Person org:Organization schema:Country st:UnnamedSource skos:Concept st:Position
    schema:NewsMediaOrganization }
  ?node a ?class .
  VALUES ?property { rdfs:label skos:prefLabel skos:altLabel skos:notation dcterms:description skos:definition
    st:wordingFor st:wordingAgainst }
  ?node ?property ?name .
} ORDER BY ?node ?property ?name
"""
_OFFICES = """
SELECT ?node ?office ?body WHERE {
  ?membership a org:Membership ; org:member ?node ; org:organization/rdfs:label ?body .
  OPTIONAL { ?membership org:role/rdfs:label ?office }
  OPTIONAL { ?membership st:dateEarliest ?since }
} ORDER BY ?node DESC(?since) ?office ?body
"""
_PARENTS = """
SELECT ?node ?label WHERE {
  { ?node a st:Position ; st:topic ?above } UNION { ?node a skos:Concept ; skos:broader ?above }
  ?above rdfs:label ?label
} ORDER BY ?node ?label
"""
_USES = """
SELECT ?node (COUNT(DISTINCT ?used) AS ?n) WHERE {
  { ?used a st:Statement ; st:speaker|st:jointSpeaker|st:onBehalfOf|st:source|st:outlet ?node }
  UNION { ?used a st:Stance ; st:belongsTo|st:position|st:inTopic ?node }
} GROUP BY ?node
"""
_ARTICLES = """
SELECT ?node ?label ?outlet ?published ?author ?file WHERE {
  ?node a schema:NewsArticle ; rdfs:label ?label .
  OPTIONAL { ?node schema:publisher/rdfs:label ?outlet }
  OPTIONAL { ?node schema:datePublished ?published }
  OPTIONAL { ?node schema:author ?author }
  OPTIONAL { ?node st:fileName ?file }
} ORDER BY ?published ?node
"""
_STATEMENTS = """
SELECT ?node ?claim ?words ?speaker ?said ?outlet ?published WHERE {
  ?node a st:Statement ; st:claim ?claim ; st:source ?article ; st:speaker/rdfs:label ?speaker .
  ?claim rdfs:label ?words .
  OPTIONAL { ?node st:said ?said }
  OPTIONAL { ?article schema:publisher/rdfs:label ?outlet }
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?node
"""
_OTHERS = """
SELECT ?node ?label WHERE {
  { ?node st:jointSpeaker ?other . ?other rdfs:label ?label }
  UNION { ?node st:onBehalfOf ?other . ?other rdfs:label ?label }
} ORDER BY ?node ?label
"""
_STANCES = """
SELECT ?node ?position ?affiliation WHERE {
  ?stance a st:Stance ; st:statement ?node ; st:position/rdfs:label ?position .
  OPTIONAL { ?stance st:affiliation/rdfs:label ?affiliation }
}
"""
_PASSAGES = """
SELECT ?node ?evidence ?exact WHERE {
  ?node a st:Statement ; st:evidence ?evidence .
  ?evidence st:part st:contentPart ; oa:hasSelector/oa:exact ?exact .
} ORDER BY ?node ?evidence
"""
_CLASSES: dict[str, tuple[Kind, str]] = {
    "UnnamedSource": ("actor", "unnamed source"),
    "Organization": ("actor", "organisation"),
    "Country": ("actor", "state"),
    "Person": ("actor", "person"),
    "NewsMediaOrganization": ("outlet", "outlet"),
    "Concept": ("topic", "topic"),
    "Position": ("position", "position"),
}
_LABELS, _ALIASES = ("label", "prefLabel"), ("altLabel", "notation")


def documents(store: Store) -> Iterator[Document]:
    """All that is in force in the graph and can be found, in a fixed order.

    Articles' full texts are not among it, only their headlines and the passages that statements quote.
    """
    uses = {record["node"]: record["n"] for record in _records(store, _USES)}
    yield from _named(store, uses)
    yield from _articles(store, uses)
    yield from _said(store)


def _records(store: Store, text: str) -> list[dict[str, Any]]:
    return from_oxigraph(store.query(text, check=False)).records()


def _gathered(records: Iterable[dict[str, Any]], *columns: str) -> dict[str, list[str]]:
    """For each node the values of some columns, without doubles, in the order of the records."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        for column in columns:
            if record[column] is not None:
                found[record["node"]][str(record[column])] = None
    return {node: list(values) for node, values in found.items()}


def _line(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part is not None and part != "")


def _named(store: Store, uses: dict[str, int]) -> Iterator[Document]:
    classes: dict[str, str] = {}
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record in _records(store, _NAMED):
        node, class_ = record["node"], _last(record["class"])
        if class_ not in classes.get(node, ()):
            # A newspaper may be an outlet and an organisation: the register's word counts.
            classes[node] = min(classes.get(node, class_), class_, key=list(_CLASSES).index)
        kept = names[node][_last(record["property"])]
        if record["name"] not in kept:
            kept.append(str(record["name"]))
    offices: dict[str, list[str]] = defaultdict(list)
    for record in _records(store, _OFFICES):
        office = f"{record['office']}, {record['body']}" if record["office"] else f"in {record['body']}"
        if office not in offices[record["node"]]:
            offices[record["node"]].append(office)
    parents = _gathered(_records(store, _PARENTS), "label")
    for node, class_ in classes.items():
        kind, kind_name = _CLASSES[class_]
        of = names[node]
        labels = [name for key in _LABELS for name in of[key]]
        label = labels[0] if labels else _last(node)
        others = [*labels[1:], *(name for key in _ALIASES for name in of[key])]
        texts = [
            *(text for key in of if key not in (*_LABELS, *_ALIASES) for text in of[key]),
            *offices[node],
        ]
        above = parents.get(node, [])
        yield Document(
            kind=kind,
            iri=node,
            label=label,
            names=tuple(name for name in dict.fromkeys(others) if name != label),
            words=tuple(texts),
            detail=_line(kind_name, *offices[node][:1], *above),
            statement=None,
            uses=uses.get(node, 0),
        )


def _last(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _articles(store: Store, uses: dict[str, int]) -> Iterator[Document]:
    seen = set()
    for record in _records(store, _ARTICLES):
        if record["node"] not in seen:
            seen.add(record["node"])
            yield Document(
                kind="article",
                iri=record["node"],
                label=record["label"],
                detail=_line(record["outlet"], record["published"]),
                context=tuple(str(record[key]) for key in ("author", "file") if record[key]),
                uses=uses.get(record["node"], 0),
            )


def _said(store: Store) -> Iterator[Document]:
    others = _gathered(_records(store, _OTHERS), "label")
    concerns = _gathered(_records(store, _STANCES), "position", "affiliation")
    passages: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record in _records(store, _PASSAGES):
        passages[record["node"]].append((record["evidence"], record["exact"]))
    seen = set()
    for record in _records(store, _STATEMENTS):
        node, claim = record["node"], record["words"]
        if node in seen:
            continue
        seen.add(node)
        detail = _line(record["speaker"], record["said"], record["outlet"])
        context = (*others.get(node, ()), *concerns.get(node, ()))
        yield Document("claim", record["claim"], claim, (), (), detail, context, node)
        for evidence, exact in passages[node]:
            # Where the claim keeps the passage's words, one of them is enough.
            if folded(exact) not in folded(claim):
                yield Document("passage", evidence, exact, (), (), detail, context, node)


__all__ = ["KINDS", "Document", "Kind", "documents"]
