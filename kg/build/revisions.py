"""Links from a new reading of an article to what people wrote or decided on before."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.build.change import GraphView
from kg.build.decisions import article_log, settled, versions
from kg.build.nodes import Nodes, closure, content_of
from kg.build.records import Record
from kg.build.terms import PROV, ST, node
from kg.build.words import dice, words_of
from kg.model.iris import Iris

SAME_WORDS = 0.5
"""Dice overlap of content words from which two statements of one article are readings of the same words."""


def revision_quads(view: GraphView, quads: Iterable[Quad], article: str, iris: Iris) -> list[Quad]:
    """Links from a new reading of an article to what people reviewed of an earlier one.

    Where a statement of the new reading has the words of a kept one but another IRI, it is a revision of it.

    Args:
        view: The graph, with the human codings.
        quads: The new named graph of the article.
        article: IRI of the article.
        iris: Names of the graphs.

    Returns:
        `prov:wasRevisionOf` quads to add to the article's graph.
    """
    graph, source = node(iris.coding_graph), node(article)
    start = [
        quad.subject
        for version in versions(view, source, iris)
        for quad in view.quads_for_pattern(None, ST.source, version, graph)
        if isinstance(quad.subject, NamedNode)
    ]
    kept, fresh = Nodes(closure(view, graph, start)), Nodes(quads)
    earlier = [(old, words_of(content_of(kept, old))) for old in kept.instances(ST.Statement)]
    for iri, one in settled(article_log(view, source, iris), iris.statement("")).items():
        record = one.record or one.decision.seen
        if record:
            earlier.append((node(iri), words_of(words_in(record))))
    home = node(iris.article_graph(article.rsplit("/", 1)[-1]))
    found = []
    for new in fresh.instances(ST.Statement) if earlier else []:
        words = words_of(content_of(fresh, new))
        found += [
            Quad(new, PROV.wasRevisionOf, old, home)
            for old, said in earlier
            if old not in fresh and dice(words, said) >= SAME_WORDS
        ]
    return list(dict.fromkeys(found))


def words_in(record: Record) -> str:
    """The content of a record."""
    return " ".join(span["text"] for span in record["content"])


__all__ = ["SAME_WORDS", "revision_quads", "words_in"]
