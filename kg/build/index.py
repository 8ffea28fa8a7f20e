"""The store's own notes: what finds utterances and near-identical articles without reading everything.

They stand in a named graph of their own (`Iris.index_graph`), follow from the other graphs, and are no part
of what is exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.change import GraphView
from kg.build.nodes import Nodes
from kg.build.parting import Verdict
from kg.build.terms import SCHEMA, ST, node, text
from kg.build.utterance import Entry, keys, same_copy, same_speech
from kg.build.verdicts import ever_apart, verdicts_on
from kg.ingest.duplicates import bands, body, near_identical, shingles
from kg.model.article import Article
from kg.model.iris import Iris

_NAMESPACE = "urn:stance-graph:index:"
ENTRY = NamedNode(_NAMESPACE + "entry")
KEY = NamedNode(_NAMESPACE + "key")
MARKS = NamedNode(_NAMESPACE + "marks")
BAND = NamedNode(_NAMESPACE + "band")
COPY = NamedNode(_NAMESPACE + "copy")
NAME = NamedNode(_NAMESPACE + "name")


def marks_of(article: NamedNode, nodes: Nodes) -> frozenset[int]:
    """Shingles of an article's text without its boilerplate, from its named graph."""
    ranges = []
    for part in (nodes.text(article, ST.boilerplate) or "").split():
        start, _, end = part.partition("-")
        ranges.append((int(start), int(end)))
    whole = nodes.text(article, SCHEMA.text) or ""
    return shingles(body(Article("", whole, boilerplate=tuple(ranges))))


def entry_quads(entries: Iterable[Entry], iris: Iris) -> Iterator[Quad]:
    """Notes on statements: what the rule of same speech needs, and the keys that find them."""
    graph = node(iris.index_graph)
    for entry in entries:
        subject = node(entry.statement)
        yield Quad(subject, ENTRY, text(entry.to_text()), graph)
        for key in keys(entry):
            yield Quad(subject, KEY, Literal(key), graph)


def name_quads(names: Mapping[NamedNode, NamedNode], iris: Iris) -> Iterator[Quad]:
    """Notes on statements: by which other IRIs people knew them when they decided on utterances."""
    graph = node(iris.index_graph)
    return (Quad(statement, NAME, name, graph) for name, statement in names.items())


def article_notes(article: NamedNode, marks: frozenset[int], iris: Iris) -> Iterator[Quad]:
    """Notes on an article: its shingles and the keys that find its near-identical ones."""
    graph = node(iris.index_graph)
    yield Quad(article, MARKS, Literal(" ".join(f"{mark:x}" for mark in sorted(marks))), graph)
    for band in bands(marks):
        yield Quad(article, BAND, Literal(band), graph)


def copy_quads(article: NamedNode, others: Iterable[NamedNode], iris: Iris) -> Iterator[Quad]:
    """Notes that articles are near-identical, in both directions."""
    graph = node(iris.index_graph)
    for other in others:
        yield Quad(article, COPY, other, graph)
        yield Quad(other, COPY, article, graph)


class Index:
    """Looks things up in the notes of a store."""

    def __init__(self, view: GraphView, iris: Iris) -> None:
        """Look into this view."""
        self._view = view
        self._iris = iris
        self._graph = node(iris.index_graph)
        self._current = node(iris.current_graph)
        self._entries: dict[NamedNode, Entry | None] = {}
        self._by_article: dict[NamedNode, list[Entry]] = {}

    def entry(self, statement: NamedNode) -> Entry | None:
        """The note on a statement."""
        if statement not in self._entries:
            found = self._view.quads_for_pattern(statement, ENTRY, None, self._graph)
            lines = [quad.object.value for quad in found if isinstance(quad.object, Literal)]
            self._entries[statement] = Entry.from_text(lines[0]) if lines else None
        return self._entries[statement]

    def about_article(self, article: NamedNode) -> list[Quad]:
        """All notes on an article itself, and those of others that it is a copy of."""
        own = list(self._view.quads_for_pattern(article, None, None, self._graph))
        return own + list(self._view.quads_for_pattern(None, COPY, article, self._graph))

    def copies(self, article: NamedNode) -> set[NamedNode]:
        """The articles noted as near-identical to an article."""
        found = self._view.quads_for_pattern(article, COPY, None, self._graph)
        return {quad.object for quad in found if isinstance(quad.object, NamedNode)}

    def find_copies(self, article: NamedNode, marks: frozenset[int]) -> set[NamedNode]:
        """The noted articles whose text is near-identical."""
        near = {
            quad.subject
            for band in bands(marks)
            for quad in self._view.quads_for_pattern(None, BAND, Literal(band), self._graph)
        }
        return {
            other
            for other in near
            if isinstance(other, NamedNode) and other != article and near_identical(marks, self._marks(other))
        }

    def _marks(self, article: NamedNode) -> frozenset[int]:
        for quad in self._view.quads_for_pattern(article, MARKS, None, self._graph):
            if isinstance(quad.object, Literal):
                return frozenset(int(mark, 16) for mark in quad.object.value.split())
        return frozenset()

    def partners(self, entry: Entry) -> set[NamedNode]:
        """Statements that report the same speech as this one."""
        found: set[NamedNode] = set()
        seen = {node(entry.statement)}
        for key in keys(entry):
            for quad in self._view.quads_for_pattern(None, KEY, Literal(key), self._graph):
                other = quad.subject
                if isinstance(other, NamedNode) and other not in seen:
                    seen.add(other)
                    about = self.entry(other)
                    if about and same_speech(entry, about):
                        found.add(other)
        for copy in self.copies(node(entry.article)):
            found.update(node(about.statement) for about in self._of_article(copy) if same_copy(entry, about))
        return found

    def names(self, statement: NamedNode) -> list[NamedNode]:
        """The IRIs that people may have decided on a statement by: its own first."""
        found = self._view.quads_for_pattern(statement, NAME, None, self._graph)
        return [statement, *(quad.object for quad in found if isinstance(quad.object, NamedNode))]

    def of_today(self, name: NamedNode) -> NamedNode:
        """The statement in force that an IRI means."""
        if self.entry(name) is None:
            for quad in self._view.quads_for_pattern(None, NAME, name, self._graph):
                if isinstance(quad.subject, NamedNode):
                    return quad.subject
        return name

    def said(self, statement: NamedNode) -> dict[NamedNode, Verdict]:
        """What people said of this statement and others that are there: what counts of each pair."""
        found: dict[NamedNode, Verdict] = {}
        for name, verdict in verdicts_on(self._view, self.names(statement), self._iris):
            other = self.of_today(name)
            if other == statement or self.entry(other) is None:
                continue
            if other not in found or found[other].rank < verdict.rank:
                found[other] = verdict
        return found

    def merged(self, statement: NamedNode) -> set[NamedNode]:
        """Statements that a person put together with this one, and that are there."""
        return {other for other, verdict in self.said(statement).items() if verdict.same}

    def ever_apart(self, statement: NamedNode) -> bool:
        """Whether anybody ever told this statement and another one apart, taken back or not."""
        return ever_apart(self._view, self.names(statement), self._iris)

    def _of_article(self, article: NamedNode) -> list[Entry]:
        """The notes on the statements of an article."""
        if article not in self._by_article:
            found = self._view.quads_for_pattern(None, ST.source, article, self._current)
            entries = [self.entry(quad.subject) for quad in found if isinstance(quad.subject, NamedNode)]
            self._by_article[article] = [entry for entry in entries if entry]
        return self._by_article[article]

    def utterance(self, statement: NamedNode) -> NamedNode | None:
        """The utterance that a statement belongs to in the derived graph."""
        for quad in self._view.quads_for_pattern(statement, ST.utterance, None, self._current):
            if isinstance(quad.object, NamedNode):
                return quad.object
        return None

    def members(self, utterance: NamedNode) -> set[NamedNode]:
        """The statements of an utterance."""
        found = self._view.quads_for_pattern(None, ST.utterance, utterance, self._current)
        subjects = {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}
        return {subject for subject in subjects if self.entry(subject)}


def copies_among(notes: Mapping[NamedNode, frozenset[int]]) -> dict[NamedNode, set[NamedNode]]:
    """Near-identical articles among all, for building everything anew."""
    by_band: dict[str, list[NamedNode]] = {}
    found: dict[NamedNode, set[NamedNode]] = {}
    for article, marks in notes.items():
        near: set[NamedNode] = set()
        for band in bands(marks):
            near.update(by_band.setdefault(band, []))
            by_band[band].append(article)
        for other in near:
            if near_identical(marks, notes[other]):
                found.setdefault(article, set()).add(other)
                found.setdefault(other, set()).add(article)
    return found


__all__ = [
    "ENTRY",
    "Index",
    "article_notes",
    "copies_among",
    "copy_quads",
    "entry_quads",
    "marks_of",
    "name_quads",
]
