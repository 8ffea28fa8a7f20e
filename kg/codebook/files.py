"""What a change of a codebook makes of its files: new texts, and what it does not touch as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.codebook.changes import Plan
from kg.codebook.edits import hunks
from kg.codebook.table_file import TableFile
from kg.codebook.turtle_file import TurtleFile
from kg.codebook.writing import TOPIC_COLUMNS, position_cells, row_text, topic_cells
from kg.ingest.codebook import TOPICS_FILE
from kg.ingest.codebook_history import Entry, history_path
from kg.ingest.decode import read_text
from kg.ingest.turtle import is_turtle
from kg.model.codebook import Codebook, CodebookChange, FormerPosition, Position, Topic
from kg.model.iris import Iris
from kg.model.vocabulary import DCTERMS, RDF, RDFS, SKOS, ST

Texts = dict[Path, str]

_FIELDS: dict[str, tuple[str, ...]] = {
    "label": (SKOS + "prefLabel", RDFS + "label"),
    "slug": (SKOS + "notation",),
    "topics": (ST + "topic",),
    "description": (DCTERMS + "description", SKOS + "definition", RDFS + "comment"),
    "for_phrases": (ST + "wordingFor",),
    "against_phrases": (ST + "wordingAgainst",),
    "entails": (ST + "entails",),
    "excludes": (ST + "excludes",),
}
"""Predicates by field of a position: all are read, the first is written."""


def read_texts(path: Path) -> Texts:
    """The texts of a codebook's files as they are, its history too; empty for one that is not there."""
    return {one: read_text(one) if one.exists() else "" for one in codebook_files(path)}


def codebook_files(path: Path) -> list[Path]:
    """The files that a codebook consists of, there or not, its history last."""
    return [path, *(() if is_turtle(path) else (path.parent / TOPICS_FILE,)), history_path(path)]


def changed_texts(path: Path, texts: Texts, old: Codebook, plan: Plan, iris: Iris) -> Texts:
    """The texts of the codebook's own files after a change, without its history; only those that differ.

    Args:
        path: The codebook.
        texts: Its files as they are, from `read_texts`.
        old: What stands in them.
        plan: The change.
        iris: Names of nodes.
    """
    if is_turtle(path):
        found = {path: _turtle(texts[path], old, plan, iris)}
    else:
        found = {path: _table(texts[path], old, plan)}
        topics = path.parent / TOPICS_FILE
        found[topics] = _topics(texts[topics], old, plan)
    return {one: text for one, text in found.items() if text != texts[one]}


def entry_of(plan: Plan, change: CodebookChange, texts: Texts, after: Texts) -> Entry:
    """The line of a change for the history."""
    former = tuple(FormerPosition(one.position, one.becomes, change.number) for one in plan.former)
    edits = {one.name: hunks(texts[one], text) for one, text in after.items()}
    assigned = {slug: dict(statements) for slug, statements in plan.assigned.items()}
    return Entry(change, former, assigned, edits)


def with_entry(text: str, entry: Entry) -> str:
    """A history with one more line."""
    line = json.dumps(entry.to_json(), ensure_ascii=False, separators=(",", ":"))
    return text + ("" if not text or text.endswith("\n") else "\n") + line + "\n"


def _table(text: str, old: Codebook, plan: Plan) -> str:
    table = TableFile(text, "position")
    slugs = {position.slug for position in plan.positions}
    before: str | None = None
    for position in plan.positions:
        was = old.position_by_slug.get(position.slug)
        if was is None:
            table.put(position.slug, position_cells(position), after=before)
        elif was != position:
            cells, known = position_cells(position), position_cells(was)
            table.put(position.slug, {name: value for name, value in cells.items() if value != known[name]})
        before = position.slug
    for position in old.positions:
        if position.slug not in slugs:
            table.drop(position.slug)
    return table.text


def _topics(text: str, old: Codebook, plan: Plan) -> str:
    changed = [topic for topic in plan.topics if old.topic_by_slug.get(topic.slug) != topic]
    kept = {topic.slug for topic in plan.topics}
    gone = [topic.slug for topic in old.topics if topic.slug not in kept]
    if not changed and not gone:
        return text
    table = TableFile(text or row_text(TOPIC_COLUMNS, {name: name for name in TOPIC_COLUMNS}), "topic")
    for topic in changed:
        names = table.names()
        table.put(topic.slug, topic_cells(topic), after=names[-1] if names else None)
    for slug in gone:
        if slug in table.names():  # positions may name topics that have no row
            table.drop(slug)
    return table.text


def _turtle(text: str, old: Codebook, plan: Plan, iris: Iris) -> str:
    document = TurtleFile(text, iris.base)
    ids = {topic.slug: topic.id for topic in plan.topics}
    ids |= {
        slug: iris.topic(slug) for position in plan.positions for slug in position.topics if slug not in ids
    }
    links = {position.slug: position.id for position in plan.positions}
    for topic in plan.topics:
        was = old.topic_by_slug.get(topic.slug)
        if was != topic:
            document.put(topic.id, _topic_triples(topic, ids))
    before: str | None = None
    for position in plan.positions:
        known = old.position_by_slug.get(position.slug)
        if known is None or known != position:
            triples = _position_triples(document, position, known, ids, links)
            document.put(position.id, triples, after=before)
        before = position.id
    kept = {topic.id for topic in plan.topics} | {position.id for position in plan.positions}
    for subject in (*(topic.id for topic in old.topics), *(position.id for position in old.positions)):
        if subject not in kept:
            document.drop(subject)
    return document.text


def _position_triples(
    document: TurtleFile,
    position: Position,
    was: Position | None,
    topics: dict[str, str],
    links: dict[str, str],
) -> list[ox.Triple]:
    subject = ox.NamedNode(position.id)
    values: dict[str, list[ox.NamedNode | ox.Literal]] = {
        "label": [ox.Literal(position.label)],
        "slug": [ox.Literal(position.slug)],
        "topics": [ox.NamedNode(topics[slug]) for slug in position.topics],
        "description": [ox.Literal(position.description)] if position.description else [],
        "for_phrases": [ox.Literal(words) for words in position.for_phrases],
        "against_phrases": [ox.Literal(words) for words in position.against_phrases],
        "entails": [ox.NamedNode(links[slug]) for slug in position.entails],
        "excludes": [ox.NamedNode(links[slug]) for slug in position.excludes],
    }
    changed = [name for name in _FIELDS if was is None or getattr(was, name) != getattr(position, name)]
    kept = document.triples(position.id) if was is not None else []
    if was is None:
        kind = ox.NamedNode(RDF + "type")
        kept = [ox.Triple(subject, kind, ox.NamedNode(ST + "Position"))]
        changed = [name for name in changed if values[name]]
    gone = {predicate for name in changed for predicate in _FIELDS[name]}
    triples = [triple for triple in kept if triple.predicate.value not in gone]
    for name in changed:
        # The label is written as all nodes of the graph have it.
        predicate = RDFS + "label" if name == "label" else _FIELDS[name][0]
        triples += [ox.Triple(subject, ox.NamedNode(predicate), value) for value in values[name]]
    return triples


def _topic_triples(topic: Topic, topics: dict[str, str]) -> list[ox.Triple]:
    subject = ox.NamedNode(topic.id)
    triples = [
        ox.Triple(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "Concept")),
        ox.Triple(subject, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(topic.label)),
    ]
    broader = ox.NamedNode(SKOS + "broader")
    return triples + [
        ox.Triple(subject, broader, ox.NamedNode(topics[slug])) for slug in topic.broader if slug in topics
    ]


def with_names_of(plan: Plan, path: Path, iris: Iris) -> Plan:
    """The plan with the IRIs that its positions will have: in a table they come from the slugs."""
    if is_turtle(path):
        return plan
    positions = tuple(replace(one, id=iris.position(quote(one.slug, safe="-_.~"))) for one in plan.positions)
    return replace(plan, positions=positions)


__all__ = [
    "Texts",
    "changed_texts",
    "codebook_files",
    "entry_of",
    "read_texts",
    "with_entry",
    "with_names_of",
]
