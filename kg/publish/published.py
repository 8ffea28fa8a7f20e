"""The published graph: what is in force, with quoted passages kept short and texts left at home.

A passage that is longer than the limit is cut at a word, and its selector with it: start and end then enclose
exactly the words that are published, so that whoever has the article finds them there. A comment says how far
the passage goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.article_graph import CONTEXT
from kg.build.change import GraphView
from kg.build.terms import OA, RDF, RDFS, SCHEMA, ST, integer, node, shortened, text
from kg.model.iris import Iris

QUOTE_LIMIT = 300
"""Code points of a passage, a claim or a condition that are published unless told otherwise."""
LEAST_LIMIT = 80
"""Below this, passages would say nothing."""


def published_quads(
    view: GraphView, iris: Iris, *, limit: int = QUOTE_LIMIT, full_texts: bool = False
) -> Iterator[Quad]:
    """The quads of a release, in the graph `current`; with full texts also the articles' own graphs' texts.

    Args:
        view: The project's graph.
        iris: Names of the graphs.
        limit: Code points of a passage, claim or condition that are published.
        full_texts: Publish the articles' texts as well.
    """
    current = node(iris.current_graph)
    gone, come = _cuts(view, current, limit)
    for quad in view.quads_for_pattern(None, None, None, current):
        if quad not in gone:
            yield quad
    yield from come
    if full_texts:
        yield from _texts(view, iris)


def _cuts(view: GraphView, graph: NamedNode, limit: int) -> tuple[set[Quad], list[Quad]]:
    """Quads with too long words, and those that take their place."""
    gone: set[Quad] = set()
    come: list[Quad] = []
    for quad in view.quads_for_pattern(None, OA.exact, None, graph):
        if isinstance(quad.object, Literal) and len(quad.object.value) > limit:
            _cut_passage(view, quad, limit, gone, come)
    for cls, property_ in ((ST.Claim, RDFS.label), (ST.Stance, ST.condition)):
        for quad in view.quads_for_pattern(None, property_, None, graph):
            value = quad.object
            if isinstance(value, Literal) and len(value.value) > limit and _is(view, quad, cls):
                gone.add(quad)
                come.append(Quad(quad.subject, property_, text(shortened(value.value, limit)), graph))
    if limit < _LONGEST_LABEL:
        for cls in (OA.SpecificResource, OA.TextQuoteSelector):
            _cut_labels(view, graph, cls, limit, gone, come)
    return gone, come


# Labels of passages have this many code points at most, as `kg.build.article_graph` makes them.
_LONGEST_LABEL = 210


def _cut_labels(
    view: GraphView, graph: NamedNode, cls: NamedNode, limit: int, gone: set[Quad], come: list[Quad]
) -> None:
    for one in view.quads_for_pattern(None, RDF.type, cls, graph):
        for quad in view.quads_for_pattern(_named(one), RDFS.label, None, graph):
            label = quad.object
            if isinstance(label, Literal) and len(label.value) > limit:
                gone.add(quad)
                come.append(Quad(quad.subject, RDFS.label, text(shortened(label.value, limit)), graph))


def _cut_passage(view: GraphView, exact: Quad, limit: int, gone: set[Quad], come: list[Quad]) -> None:
    selector, graph = _named(exact), exact.graph_name
    said = {q.predicate: q for q in view.quads_for_pattern(selector, None, None, graph)}  # type: ignore[arg-type]
    whole = exact.object.value if isinstance(exact.object, Literal) else ""
    kept = cut_words(whole, limit)
    start = said.get(OA.start)
    end = said.get(OA.end)
    suffix = said.get(OA.suffix)
    gone.add(exact)
    come.append(Quad(selector, OA.exact, text(kept), graph))
    if start is None or end is None or not isinstance(start.object, Literal):
        return
    after = suffix.object.value if suffix is not None and isinstance(suffix.object, Literal) else ""
    gone.update(quad for quad in (end, suffix) if quad is not None)
    come.append(Quad(selector, OA.end, integer(int(start.object.value) + len(kept)), graph))
    come.append(Quad(selector, OA.suffix, text((whole[len(kept) :] + after)[:CONTEXT]), graph))
    last = end.object.value if isinstance(end.object, Literal) else "?"
    note = f"Cut after {len(kept)} characters; the passage goes on to character {last} of the article."
    for quad in view.quads_for_pattern(None, OA.hasSelector, selector, graph):  # type: ignore[arg-type]
        come.append(Quad(quad.subject, RDFS.comment, text(note), graph))


def cut_words(words: str, limit: int) -> str:
    """The beginning of a passage up to a limit, ending with a whole word where there is one.

    >>> cut_words("We shall take part, if we can.", 20)
    'We shall take part,'
    """
    if len(words) <= limit:
        return words
    whole = re.match(r"(.*\S)\s", words[: limit + 1], re.DOTALL)
    return whole[1] if whole else words[:limit]


def _texts(view: GraphView, iris: Iris) -> Iterator[Quad]:
    """Each article's text in `current`, and with its boilerplate where pages look for it."""
    current = node(iris.current_graph)
    for quad in view.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, current):
        article = _named(quad)
        home = node(iris.article_graph(article.value.rsplit("/", 1)[-1]))
        for property_ in (SCHEMA.text, ST.boilerplate):
            for found in view.quads_for_pattern(article, property_, None, home):
                yield found
                if property_ == SCHEMA.text:
                    yield Quad(article, property_, found.object, current)


def _is(view: GraphView, quad: Quad, cls: NamedNode) -> bool:
    return any(True for _ in view.quads_for_pattern(_named(quad), RDF.type, cls, quad.graph_name))  # type: ignore[arg-type]


def _named(quad: Quad) -> NamedNode:
    if not isinstance(quad.subject, NamedNode):
        raise ValueError(f"a node without an IRI: {quad.subject}")
    return quad.subject


__all__ = ["LEAST_LIMIT", "QUOTE_LIMIT", "cut_words", "published_quads"]
