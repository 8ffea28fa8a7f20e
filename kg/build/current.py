"""The derived graph `current`: what is in force, with everything precomputed that questions ask for.

It follows from the register, the codebook, the articles' graphs and what people coded, and from nothing else:
built whole or followed through one change after the other, in whatever order, it has the same triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.build.change import Change, GraphView, Overlay, graph_quads
from kg.build.codebook_graph import codebook_quads
from kg.build.decisions import latest_version
from kg.build.effective import Effective, effective
from kg.build.grouping import Regrouping, utterance_node
from kg.build.index import (
    NAME,
    Index,
    article_notes,
    copies_among,
    copy_quads,
    entry_quads,
    marks_of,
    name_quads,
)
from kg.build.local import Local, local_part
from kg.build.nodes import Nodes
from kg.build.parting import Verdict
from kg.build.register_graph import register_quads
from kg.build.shared import SharedNodes, said_of, shown_quads
from kg.build.stances import StanceFacts
from kg.build.terms import OA, PROV, RDF, SCHEMA, ST, node
from kg.build.utterance import Entry, grouped
from kg.build.verdicts import decided_on, verdicts_on
from kg.model.codebook import Codebook
from kg.model.iris import Iris, article_key
from kg.model.register import Register

_SHARING = (
    SCHEMA.publisher,
    PROV.wasGeneratedBy,
    PROV.wasAssociatedWith,
    ST.speaker,
    ST.jointSpeaker,
    ST.onBehalfOf,
    ST.actor,
    ST.affiliation,
    ST.describedAffiliation,
)


class Deriver:
    """Derives `current` with one register and one codebook.

    The register and the codebook must be those that the derived graph was last built whole with: when a file
    changes, build everything `anew`.
    """

    def __init__(self, register: Register, codebook: Codebook, iris: Iris) -> None:
        """Keep register and codebook, and work out what follows from them alone."""
        self._iris = iris
        self._facts = StanceFacts(register, codebook)
        self._known = register, codebook
        self._current = node(iris.current_graph)
        self._index = node(iris.index_graph)
        self._register = node(iris.register_graph)
        self._codebook = node(iris.codebook_graph)
        self._files = [*register_quads(register, iris), *codebook_quads(codebook, iris)]

    def effective(self, view: GraphView, digest: str, *, coder: str | None = None) -> Effective | None:
        """What is in force of an article; see `kg.build.effective.effective`."""
        return effective(view, digest, self._iris, *self._known, coder=coder)

    def files_change(self, view: GraphView) -> Change:
        """What changes in the graphs of the register and the codebook; where something does, build `anew`."""
        old = [
            quad
            for graph in (self._iris.register_graph, self._iris.codebook_graph)
            for quad in graph_quads(view, node(graph))
        ]
        return Change.between(old, self._files)

    def article(self, view: GraphView, digest: str, quads: Iterable[Quad] | None) -> Change:
        """The whole change of adding, replacing or removing an article.

        Args:
            view: The graph as it is.
            digest: SHA-256 of the article's text, or its first 16 digits.
            quads: The new named graph of the article; None to remove it. What people coded of it stays.

        Returns:
            Changes of the article's graph, of `current` and of the store's notes: write them in one
            transaction.
        """
        old = graph_quads(view, node(self._iris.article_graph(digest)))
        source = Change.between(old, quads or ())
        return source.then(self._derive(Overlay(view, source), article_key(digest), source))

    def coding(self, view: GraphView, change: Change) -> Change:
        """The whole change of what people coded or decided, with what follows in `current`.

        Args:
            view: The graph as it is.
            change: Change of the graph of human codings, as from `kg.build.human.coded_change` or
                the quads of a decision.
        """
        total = change
        for article in sorted(self._articles_of(view, change), key=str):
            key = article.value.rsplit("/", 1)[-1]
            total = total.then(self._derive(Overlay(view, total), key, change))
        return total

    def _articles_of(self, view: GraphView, change: Change) -> set[NamedNode]:
        after, found = Overlay(view, change), set[NamedNode]()
        subjects: set[object] = set()
        for quad in (*change.add, *change.remove):
            subjects.add(quad.subject)
            if quad.predicate == ST.source and isinstance(quad.object, NamedNode):
                found.add(quad.object)
        for subject in subjects:
            if isinstance(subject, NamedNode):
                for state in (view, after):
                    for quad in state.quads_for_pattern(subject, ST.source, None, None):
                        if isinstance(quad.object, NamedNode):
                            found.add(quad.object)
        return {latest_version(after, article, self._iris) for article in found}

    def _derive(self, before: GraphView, key: str, source: Change) -> Change:
        """What changes in `current` and the notes for one article; `before` has its new sources already."""
        article = node(self._iris.article(key))
        found = self.effective(before, key)
        local = local_part(found, self._facts, self._iris) if found else Local()
        old = self._old_part(before, article)
        index = Index(before, self._iris)
        statements = [quad.subject for quad in old if quad.object == ST.Statement]
        entries = {one: index.entry(one) for one in statements if isinstance(one, NamedNode)}
        old_notes = index.about_article(article)
        if found is None:
            new_notes: list[Quad] = []
        elif old_notes and not any(quad.subject == article for quad in (*source.add, *source.remove)):
            new_notes = old_notes
        else:
            marks = marks_of(article, found.read)
            new_notes = [
                *article_notes(article, marks, self._iris),
                *copy_quads(article, index.find_copies(article, marks), self._iris),
            ]
        old_entries = [
            quad for one in entries for quad in before.quads_for_pattern(one, None, None, self._index)
        ]
        names = list(name_quads(found.names, self._iris)) if found else []
        entry_notes = [*entry_quads(local.entries.values(), self._iris), *names]
        notes = Change.between([*old_entries, *old_notes], [*entry_notes, *new_notes])
        regroup = any(quad not in new_notes for quad in old_notes) or any(
            quad not in old_notes for quad in new_notes
        )
        touched = {
            one for one in {*entries, *local.entries} if regroup or entries.get(one) != local.entries.get(one)
        }
        after = Overlay(before, notes)
        renamed = {quad.subject for quad in (*notes.add, *notes.remove) if quad.predicate == NAME}
        touched |= {one for one in {*entries, *local.entries} if one in renamed}
        told = {Index(after, self._iris).of_today(name) for name in decided_on(before, source, self._iris)}
        groups = Regrouping(before, after, local, touched, set(entries), told, self._iris)
        derived = Change.between([*old, *groups.gone], [*local.quads, *groups.come])
        nodes = SharedNodes(before, source, derived, local.shared, self._iris)
        shared = {
            quad.object for quad in old if quad.predicate in _SHARING and isinstance(quad.object, NamedNode)
        }
        mine = {quad.subject for quad in old}
        wanted = [
            one
            for one in shared.union(local.shared, nodes.described())
            if one not in mine and not self._facts.knows_actor(one)
        ]
        return notes.then(derived).then(nodes.change(wanted))

    def _old_part(self, view: GraphView, article: NamedNode) -> list[Quad]:
        """The article's own part of `current` as it stands there."""
        graph = self._current
        found = list(view.quads_for_pattern(article, None, None, graph))
        for link in view.quads_for_pattern(None, ST.source, article, graph):
            about = list(view.quads_for_pattern(link.subject, None, None, graph))  # type: ignore[arg-type]
            found += about
            for quad in about:
                part = quad.object
                if quad.predicate in (ST.claim, ST.evidence, ST.speaker, ST.jointSpeaker, ST.onBehalfOf):
                    found += self._old_node(view, quad.predicate, part)  # type: ignore[arg-type]
            for decision in view.quads_for_pattern(None, ST.decides, link.subject, graph):  # type: ignore[arg-type]
                found += view.quads_for_pattern(decision.subject, None, None, graph)  # type: ignore[arg-type]
        return list(dict.fromkeys(found))

    def _old_node(self, view: GraphView, link: NamedNode, part: NamedNode) -> Iterator[Quad]:
        said = list(view.quads_for_pattern(part, None, None, self._current))
        if link in (ST.claim, ST.evidence) or any(quad.object == ST.UnnamedSource for quad in said):
            yield from said
        for quad in said:
            if quad.predicate == OA.hasSelector:
                yield from view.quads_for_pattern(quad.object, None, None, self._current)  # type: ignore[arg-type]

    def anew(self, view: GraphView) -> dict[str, Iterable[Quad]]:
        """All graphs that follow from the files and the other graphs, for `kg.store.embedded.Store.rewrite`.

        Register, codebook, `current` and the store's notes are replaced together, so that a process which is
        killed never leaves some of them behind the others.
        """
        return {
            self._iris.register_graph: [q for q in self._files if q.graph_name == self._register],
            self._iris.codebook_graph: [q for q in self._files if q.graph_name != self._register],
            self._iris.index_graph: (),
            self._iris.current_graph: self.whole(view),
        }

    def whole(self, view: GraphView) -> Iterator[Quad]:
        """All quads of `current` and of the store's notes, for building them anew.

        Everything is read from the articles' graphs and from what people coded.
        """
        entries: dict[str, Entry] = {}
        stances: list[tuple[NamedNode, NamedNode]] = []
        marks: dict[NamedNode, frozenset[int]] = {}
        shared: set[NamedNode] = set()
        today: dict[NamedNode, NamedNode] = {}
        agents = {quad.object for quad in self._files if quad.predicate == PROV.wasAssociatedWith}
        for quad in self._files:
            if quad.subject in agents:
                shared.add(quad.subject)  # type: ignore[arg-type]  # who changed the codebook may code as well
            else:
                yield Quad(quad.subject, quad.predicate, quad.object, self._current)
        for key in self._article_keys(view):
            found = self.effective(view, key)
            if found is None:
                continue
            local = local_part(found, self._facts, self._iris)
            yield from local.quads
            yield from entry_quads(local.entries.values(), self._iris)
            yield from name_quads(found.names, self._iris)
            today |= found.names
            entries.update((one.value, entry) for one, entry in local.entries.items())
            stances += local.stances.items()
            shared |= local.shared
            marks[found.article] = marks_of(found.article, found.read)
            yield from article_notes(found.article, marks[found.article], self._iris)
        copies = copies_among(marks)
        for article, others in copies.items():
            yield from copy_quads(article, others, self._iris)
        utterance_of: dict[str, NamedNode] = {}

        def copies_of(article: str) -> list[str]:
            return [one.value for one in copies.get(node(article), ())]

        known_as: dict[str, list[NamedNode]] = {}
        for name, one in today.items():
            known_as.setdefault(one.value, []).append(name)

        def said(statement: str) -> dict[str, Verdict]:
            own = [node(statement), *known_as.get(statement, ())]
            found: dict[str, Verdict] = {}
            for name, verdict in verdicts_on(view, own, self._iris):
                other = name.value if name.value in entries else today.get(name, name).value
                if other != statement and (other not in found or found[other].rank < verdict.rank):
                    found[other] = verdict
            return found

        for group in grouped(entries, copies_of, said):
            utterance, quads = utterance_node([entries[member] for member in group], self._iris)
            yield from quads
            utterance_of.update((member, utterance) for member in group)
        for iri, utterance in utterance_of.items():
            yield Quad(node(iri), ST.utterance, utterance, self._current)
        for stance, statement in stances:
            yield Quad(stance, ST.utterance, utterance_of[statement.value], self._current)
        yield from self._shared_whole(view, shared)

    def _article_keys(self, view: GraphView) -> list[str]:
        found = set()
        for quad in view.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, None):
            if quad.graph_name != self._current and isinstance(quad.subject, NamedNode):
                found.add(quad.subject.value.rsplit("/", 1)[-1])
        return sorted(found)

    def _shared_whole(self, view: GraphView, shared: set[NamedNode]) -> Iterator[Quad]:
        queue = [one for one in shared if not self._facts.knows_actor(one)]
        seen = set(queue)
        files = Nodes(self._files)  # the codebook's graph is replaced together with `current`
        while queue:
            subject = queue.pop()
            said = said_of(view, subject, (self._current, self._index, self._codebook))
            said |= set(files.of(subject))
            yield from shown_quads(subject, said, self._iris)
            for name, value in said:
                if name == PROV.wasAssociatedWith and isinstance(value, NamedNode) and value not in seen:
                    seen.add(value)
                    queue.append(value)


__all__ = ["Deriver"]
