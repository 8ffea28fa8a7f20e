"""The codebook as RDF: topics in their hierarchy, positions with their wordings."""

from __future__ import annotations

from pyoxigraph import Quad

from kg.build.terms import DCTERMS, SKOS, ST, Quads, node, text
from kg.model.codebook import Codebook
from kg.model.iris import Iris


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
    return list(dict.fromkeys(quads.found))


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


__all__ = ["codebook_quads", "topic_closure"]
