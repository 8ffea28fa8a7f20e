"""Follows utterances through a change of one article, in `current`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode, Quad

from kg.build.change import GraphView
from kg.build.index import Index
from kg.build.local import Local
from kg.build.terms import ST, Quads, day, node
from kg.build.utterance import Entry, common_bounds, grouped
from kg.model.iris import Iris


def utterance_node(entries: Iterable[Entry], iris: Iris) -> tuple[NamedNode, list[Quad]]:
    """The utterance of a group of statements, named after the first of them, and its quads in `current`."""
    members = sorted(entries, key=lambda entry: entry.statement)
    utterance = node(iris.utterance(members[0].statement.rsplit("/", 1)[-1]))
    quads = Quads(iris.current_graph)
    quads.thing(utterance, members[0].label, ST.Utterance)
    limits = common_bounds(members)
    if limits.earliest:
        quads.add(utterance, ST.dateEarliest, day(limits.earliest))
    if limits.latest:
        quads.add(utterance, ST.dateLatest, day(limits.latest))
    return utterance, quads.found


class Regrouping:
    """The utterances that an article's change touches.

    Only groups that lose, gain or may gain a statement are worked out anew; as every other statement keeps
    all its partners, nothing else can change.

    Attributes:
        gone: Quads of `current` that go, beside those of the article's own part.
        come: Quads that come, those for the article's own part included.
    """

    def __init__(
        self,
        before: GraphView,
        after: GraphView,
        local: Local,
        touched: Collection[NamedNode],
        earlier: Collection[NamedNode],
        iris: Iris,
    ) -> None:
        """Work the groups out.

        Args:
            before: The graph with the old notes and the old `current`.
            after: The same with the new notes.
            local: The article's own part, new.
            touched: Its statements, old and new, whose group may change.
            earlier: Its statements that `current` has already.
            iris: Names of the graphs.
        """
        self.gone: list[Quad] = []
        self.come: list[Quad] = []
        self._before = before
        self._current = node(iris.current_graph)
        old, new = Index(before, iris), Index(after, iris)
        affected = self._affected(old, new, local, touched, earlier)
        mine = {*earlier, *local.entries}
        entries: dict[str, Entry] = {}
        for statement in affected:
            entry = local.entries.get(statement) if statement in mine else new.entry(statement)
            if entry:
                entries[statement.value] = entry
        dead = {utterance for statement in affected if (utterance := self._utterance_of(statement))}
        for utterance in dead:
            self.gone += before.quads_for_pattern(utterance, None, None, self._current)
        chosen: dict[str, NamedNode] = {}
        for group in grouped(entries, lambda iri: [copy.value for copy in new.copies(node(iri))]):
            utterance, quads = utterance_node([entries[member] for member in group], iris)
            self.come += quads
            chosen.update((member, utterance) for member in group)
        self._move_others({iri: one for iri, one in chosen.items() if node(iri) not in mine})
        self._add_own(local, chosen)

    def _affected(
        self,
        old: Index,
        new: Index,
        local: Local,
        touched: Collection[NamedNode],
        earlier: Collection[NamedNode],
    ) -> set[NamedNode]:
        """Statements whose groups are worked out anew, with those of the article that are no more."""
        affected = set(touched)
        for statement in touched:
            if statement in earlier:
                affected |= old.members(statement)
            if statement in local.entries:
                for partner in new.partners(local.entries[statement]):
                    affected |= old.members(partner)
        return affected

    def _utterance_of(self, statement: NamedNode) -> NamedNode | None:
        for quad in self._before.quads_for_pattern(statement, ST.utterance, None, self._current):
            if isinstance(quad.object, NamedNode):
                return quad.object
        return None

    def _move_others(self, chosen: dict[str, NamedNode]) -> None:
        """Let statements of other articles, and their stances, point to their new utterances."""
        for iri, utterance in chosen.items():
            statement = node(iri)
            was = self._utterance_of(statement)
            if was == utterance or was is None:
                continue
            stances = self._before.quads_for_pattern(None, ST.statement, statement, self._current)
            for subject in (statement, *(quad.subject for quad in stances)):
                self.gone.append(Quad(subject, ST.utterance, was, self._current))
                self.come.append(Quad(subject, ST.utterance, utterance, self._current))

    def _add_own(self, local: Local, chosen: dict[str, NamedNode]) -> None:
        for statement in local.entries:
            utterance = chosen.get(statement.value) or self._utterance_of(statement)
            if utterance:
                self.come.append(Quad(statement, ST.utterance, utterance, self._current))
                chosen[statement.value] = utterance
        for stance, statement in local.stances.items():
            self.come.append(Quad(stance, ST.utterance, chosen[statement.value], self._current))


__all__ = ["Regrouping", "utterance_node"]
