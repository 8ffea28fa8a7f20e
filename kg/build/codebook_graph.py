"""The codebook as RDF: topics in their hierarchy, positions with their wordings, and what they were before.

A position that was merged, split, renamed or taken out keeps its node: deprecated, with what took its place
and which change did it, so that its IRI still leads somewhere.
"""

from __future__ import annotations

import datetime

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.coding import CodingAgent, add_coding_as
from kg.build.terms import DCTERMS, OWL, PROV, RDFS, SKOS, ST, Quads, moment, node, text
from kg.model.codebook import Codebook, CodebookChange
from kg.model.iris import Iris, person_name


def codebook_quads(codebook: Codebook, iris: Iris) -> list[Quad]:
    """The codebook's named graph.

    Args:
        codebook: Topics and positions.
        iris: Makes the IRI of the codebook itself.
    """
    quads = Quads(iris.codebook_graph)
    scheme = node(iris.base + "codebook")
    quads.thing(scheme, "Codebook", SKOS.ConceptScheme)
    topics = {topic.slug: node(topic.id) for topic in codebook.topics}
    positions = {position.slug: node(position.id) for position in codebook.positions}
    for topic in codebook.topics:
        subject = node(topic.id)
        quads.thing(subject, topic.label, SKOS.Concept)
        quads.add(subject, SKOS.prefLabel, text(topic.label))
        quads.add(subject, SKOS.inScheme, scheme)
        quads.add(subject, SKOS.broader, *(topics.get(slug) for slug in topic.broader))
    for position in codebook.positions:
        subject = node(position.id)
        quads.thing(subject, position.label, ST.Position)
        quads.add(subject, SKOS.notation, text(position.slug))
        quads.add(subject, ST.topic, *(topics.get(slug) for slug in position.topics))
        if position.description:
            quads.add(subject, DCTERMS.description, text(position.description))
        quads.add(subject, ST.wordingFor, *(text(words) for words in position.for_phrases))
        quads.add(subject, ST.wordingAgainst, *(text(words) for words in position.against_phrases))
        quads.add(subject, ST.entails, *(positions.get(slug) for slug in position.entails))
        quads.add(subject, ST.excludes, *(positions.get(slug) for slug in position.excludes))
    _add_history(quads, codebook, iris)
    return list(dict.fromkeys(quads.found))


def _add_history(quads: Quads, codebook: Codebook, iris: Iris) -> None:
    changes = {change.number: change for change in codebook.changes}
    people: dict[str, str] = {}
    for change in codebook.changes:
        subject = change_node(change, iris)
        when = datetime.datetime.fromisoformat(change.time)
        agent = iris.person(change.by)
        others = people.setdefault(agent, person_name(change.by)) != person_name(change.by)
        coder = CodingAgent(change.by, when, "person", agent=iris.person(change.by, taken=others))
        add_coding_as(quads, subject.value, coder, iris, f"{change.by}: {change.what}")
        if change.why:
            quads.add(subject, RDFS.comment, text(change.why))
        undone = changes.get(change.undoes or 0)
        if undone is not None:
            quads.add(subject, ST.revokes, change_node(undone, iris))
    former = {one.position.slug: node(one.position.id) for one in codebook.former}
    positions = {position.slug: node(position.id) for position in codebook.positions} | former
    for one in codebook.former:
        subject, position = node(one.position.id), one.position
        quads.thing(subject, position.label, PROV.Entity)
        quads.add(subject, SKOS.notation, text(position.slug))
        quads.add(subject, OWL.deprecated, Literal(True))
        if position.description:
            quads.add(subject, DCTERMS.description, text(position.description))
        for successor in one.becomes:
            target = positions.get(successor.position)
            quads.add(subject, DCTERMS.isReplacedBy, target)
            if successor.turned:
                quads.add(subject, ST.replacedByOpposite, target)
            if target is not None:
                quads.add(target, PROV.wasRevisionOf, subject)
        made = changes.get(one.change)
        if made is not None:
            quads.add(subject, PROV.wasInvalidatedBy, change_node(made, iris))
            when = datetime.datetime.fromisoformat(made.time)
            quads.add(subject, PROV.invalidatedAtTime, moment(when))


def change_node(change: CodebookChange, iris: Iris) -> NamedNode:
    """The node of a change of the codebook."""
    return node(iris.coding(["codebook", change.number, change.by, change.time]))


def topic_closure(codebook: Codebook, slugs: tuple[str, ...]) -> list[str]:
    """IRIs of topics and of all that are broader, the given ones first.

    >>> from kg.model.codebook import Topic
    >>> book = Codebook((Topic("t:sea", "sea", "Sea"), Topic("t:fish", "fish", "Fish", ("sea",))))
    >>> topic_closure(book, ("fish",))
    ['t:fish', 't:sea']
    """
    found: dict[str, None] = {}
    queue = list(slugs)
    while queue:
        topic = codebook.topic_by_slug.get(queue.pop(0))
        if topic and topic.id not in found:
            found[topic.id] = None
            queue.extend(topic.broader)
    return list(found)


__all__ = ["change_node", "codebook_quads", "topic_closure"]
