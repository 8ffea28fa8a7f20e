"""Articles as the graph keeps them, back as plain data."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.build.nodes import Nodes
from kg.build.terms import RDFS, SCHEMA, ST
from kg.model.article import Article
from kg.store.embedded import Store


def stored_article(store: Store, iri: str) -> Article | None:
    """An article from its named graph, with its text and all that is known of it; None if it is not there.

    Args:
        store: The graph.
        iri: IRI of the article, which ends in its digest.
    """
    graph = NamedNode(store.iris.article_graph(iri.rsplit("/", 1)[-1]))
    subject = NamedNode(iri)
    nodes = Nodes(store.view.quads_for_pattern(subject, None, None, graph))
    text = nodes.text(subject, SCHEMA.text)
    if text is None:
        return None
    outlet = nodes.node(subject, SCHEMA.publisher)
    names = Nodes(store.view.quads_for_pattern(outlet, RDFS.label, None, graph)) if outlet else None
    ranges = (part.split("-") for part in (nodes.text(subject, ST.boilerplate) or "").split())
    return Article(
        name=nodes.text(subject, ST.fileName) or iri,
        text=text,
        published=nodes.text(subject, SCHEMA.datePublished),
        dated_by=nodes.text(subject, ST.datedBy),
        publisher=names.text(outlet, RDFS.label) if names and outlet else None,
        url=nodes.text(subject, SCHEMA.url),
        title=nodes.text(subject, SCHEMA.headline),
        author=nodes.text(subject, SCHEMA.author),
        language=nodes.text(subject, SCHEMA.inLanguage) or "en",
        boilerplate=tuple((int(start), int(end)) for start, end in ranges),
    )
