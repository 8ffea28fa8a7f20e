"""Follows utterances through a change of one article, in `current`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode, Quad

from kg.build.change import GraphView
from kg.build.index import Index
from kg.build.local import Local
from kg.build.parting import Groups, Verdict
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

    A group that loses a statement is worked out anew; other groups can only grow together through new
    statements, so that one more copy of a much-printed report is not compared with all pairs of the others.
    Where people told statements apart a group is not all that is linked with it; then all that is linked is
    worked out anew.

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
        told: Collection[NamedNode],
        iris: Iris,
    ) -> None:
        """Work the groups out.

        Args:
            before: The graph with the old notes and the old `current`.
            after: The same with the new notes.
            local: The article's own part, new.
            touched: Its statements, old and new, whose group may change.
            earlier: Its statements that `current` has already.
            told: Statements, of other articles too, that people just decided on as parts of utterances.
            iris: Names of the graphs.
        """
        self.gone: list[Quad] = []
        self.come: list[Quad] = []
        self._before = before
        self._current = node(iris.current_graph)
        self._local = local
        self._gone_statements = {one for one in earlier if one not in local.entries}
        self._old, self._new = Index(before, iris), Index(after, iris)
        touched = {*touched, *(one for one in told if one in local.entries)}
        fresh = [one for one in touched if one in local.entries]
        partners = {one: self._partners(one) for one in fresh}
        losing = self._utterances(one for one in touched if one in earlier)
        losing |= self._utterances(told)
        growing = self._utterances(other for found in partners.values() for other in found) - losing
        if self._parted(fresh, losing | growing):
            losing |= growing | self._linked(fresh, losing | growing)
            growing, partners = set(), {}
        for utterance in losing | growing:
            self.gone += before.quads_for_pattern(utterance, None, None, self._current)
        left = {one for utterance in losing for one in self._old.members(utterance)}
        whole = [self._old.members(utterance) for utterance in growing]
        entries = self._entries([*fresh, *left, *(one for members in whole for one in members)])
        groups = Groups(entries)
        for members in whole:
            groups.join_all(one.value for one in members)
        anew = left.difference(touched) if partners else {*left, *fresh}
        rest = {one.value: entries[one.value] for one in anew if one.value in entries}
        for group in grouped(rest, self._copies_of, self._said_of):
            groups.join_all(group)
        for one, found in partners.items():
            groups.join_all([one.value, *(other.value for other in found)])
        chosen: dict[str, NamedNode] = {}
        for group in groups.all():
            utterance, quads = utterance_node([entries[member] for member in group], iris)
            self.come += quads
            chosen.update((member, utterance) for member in group)
        mine = {*earlier, *local.entries}
        self._move_others({iri: one for iri, one in chosen.items() if node(iri) not in mine})
        self._add_own(local, chosen)

    def _partners(self, statement: NamedNode) -> set[NamedNode]:
        """Statements that the rule or people link with one."""
        entry = self._local.entries.get(statement) or self._new.entry(statement)
        return self._new.partners(entry) | self._new.merged(statement) if entry else set()

    def _parted(self, statements: Iterable[NamedNode], utterances: Iterable[NamedNode]) -> bool:
        """Whether anybody ever told apart statements among these."""
        members = (one for utterance in utterances for one in self._old.members(utterance))
        return any(self._new.ever_apart(one) for one in (*statements, *members))

    def _linked(self, statements: Iterable[NamedNode], utterances: set[NamedNode]) -> set[NamedNode]:
        """All utterances that are linked with statements and utterances, over whatever is between.

        An utterance is closed under links unless people told statements of it apart from others.
        """
        found, queue = set[NamedNode](), list(utterances)
        for statement in statements:
            queue += self._utterances(self._partners(statement))
        while queue:
            utterance = queue.pop()
            if utterance in found:
                continue
            found.add(utterance)
            members = self._old.members(utterance)
            if any(self._new.ever_apart(one) for one in members):
                queue += self._utterances(other for one in members for other in self._partners(one))
        return found

    def _utterances(self, statements: Iterable[NamedNode]) -> set[NamedNode]:
        found = (self._old.utterance(statement) for statement in statements)
        return {utterance for utterance in found if utterance}

    def _copies_of(self, article: str) -> list[str]:
        return [copy.value for copy in self._new.copies(node(article))]

    def _said_of(self, statement: str) -> dict[str, Verdict]:
        return {other.value: verdict for other, verdict in self._new.said(node(statement)).items()}

    def _entries(self, statements: Iterable[NamedNode]) -> dict[str, Entry]:
        """What the rule needs to know of statements; those that are no more are left out."""
        found: dict[str, Entry] = {}
        for statement in statements:
            entry = self._local.entries.get(statement)
            if entry is None and statement not in self._gone_statements:
                entry = self._new.entry(statement)
            if entry:
                found[statement.value] = entry
        return found

    def _move_others(self, chosen: dict[str, NamedNode]) -> None:
        """Let statements of other articles, and their stances, point to their new utterances."""
        for iri, utterance in chosen.items():
            statement = node(iri)
            was = self._old.utterance(statement)
            if was == utterance or was is None:
                continue
            stances = self._before.quads_for_pattern(None, ST.statement, statement, self._current)
            for subject in (statement, *(quad.subject for quad in stances)):
                self.gone.append(Quad(subject, ST.utterance, was, self._current))
                self.come.append(Quad(subject, ST.utterance, utterance, self._current))

    def _add_own(self, local: Local, chosen: dict[str, NamedNode]) -> None:
        for statement in local.entries:
            utterance = chosen.get(statement.value) or self._old.utterance(statement)
            if utterance:
                self.come.append(Quad(statement, ST.utterance, utterance, self._current))
                chosen[statement.value] = utterance
        for stance, statement in local.stances.items():
            self.come.append(Quad(stance, ST.utterance, chosen[statement.value], self._current))


__all__ = ["Regrouping", "utterance_node"]
