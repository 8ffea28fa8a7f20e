"""What people said of pairs of statements, and the groups that follow from it.

People say of two statements that they report the same utterance, or that they report different ones. Who
disagrees with whom is settled in this order:

1. Of what people said of one pair, an adjudication counts before all else, then the latest that nobody took
   back.
2. Two statements of which "different" counts are never in one utterance, however many others link them.
3. "Same" of people joins utterances: adjudications first, then the latest first, each unless it would bring
   together a pair of which "different" counts.
4. The strict rule of the machine joins what is left, the likest words first, under the same condition.

So where one says A = B and A = C, and B and C were told apart, the later of the two holds and the earlier has
no effect; it stands in the log, and `overruled` lists it for somebody to settle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What counts of what people said of two statements.

    Attributes:
        same: Whether they report the same utterance; else they report different ones.
        adjudicates: Whether it settles what several coders said.
        sequence: Its place in the log.
        decision: IRI of the decision.
        coder: Who said it.
    """

    same: bool
    adjudicates: bool
    sequence: int
    decision: str = ""
    coder: str = ""

    @property
    def rank(self) -> tuple[bool, int]:
        """What is greater counts before what is less."""
        return self.adjudicates, self.sequence


class Groups:
    """Connected groups, kept as a forest of parents (union-find)."""

    def __init__(self, members: Iterable[str]) -> None:
        """Each member is a group of its own."""
        self._parent = {member: member for member in members}

    def find(self, member: str) -> str:
        """What stands for the member's group."""
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        self._parent[self.find(one)] = self.find(other)

    def join_all(self, members: Iterable[str]) -> None:
        """Make one group of those of all the members."""
        found = list(members)
        for other in found[1:]:
            self.join(found[0], other)

    def all(self) -> list[list[str]]:
        """The groups, each sorted."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.find(member), []).append(member)
        return list(found.values())


class _Apart:
    """Groups that keep apart what people told apart."""

    def __init__(self, members: Collection[str], apart: Iterable[frozenset[str]]) -> None:
        self.groups = Groups(members)
        self._members = {member: {member} for member in members}
        self._against: dict[str, set[str]] = {member: set() for member in members}
        for pair in apart:
            one, other = sorted(pair)
            self._against[one].add(other)
            self._against[other].add(one)

    def join(self, one: str, other: str) -> None:
        """Make one group of two, unless that brought together what was told apart."""
        first, second = self.groups.find(one), self.groups.find(other)
        if first == second or self._against[first] & self._members[second]:
            return
        self.groups.join(first, second)
        root = self.groups.find(first)
        gone = second if root == first else first
        self._members[root] |= self._members.pop(gone)
        self._against[root] |= self._against.pop(gone)


def parted(
    members: Collection[str],
    verdicts: Mapping[frozenset[str], Verdict],
    links: Iterable[tuple[float, str, str]],
) -> list[list[str]]:
    """The groups of statements that people and the machine link and that people told apart.

    Args:
        members: IRIs of statements.
        verdicts: What counts of what people said, by pairs of members.
        links: Pairs that the strict rule links, with the likeness of their words, in any order.

    Returns:
        Groups, each sorted.

    >>> same, apart = Verdict(True, False, 1), Verdict(False, False, 3)
    >>> said = {frozenset("ab"): same, frozenset("ac"): Verdict(True, False, 2), frozenset("bc"): apart}
    >>> parted("abc", said, [(1.0, "b", "c")])
    [['a', 'c'], ['b']]
    """
    found = _Apart(members, (pair for pair, verdict in verdicts.items() if not verdict.same))
    by_people = [(verdict, sorted(pair)) for pair, verdict in verdicts.items() if verdict.same]
    for _, (one, other) in sorted(
        by_people, key=lambda item: (not item[0].adjudicates, -item[0].sequence, item[1])
    ):
        found.join(one, other)
    by_machine = [(-likeness, min(one, other), max(one, other)) for likeness, one, other in links]
    for _, first, second in sorted(by_machine):
        found.join(first, second)
    return found.groups.all()


@dataclass(frozen=True, slots=True)
class Overruled:
    """A "same" that counts for its pair and has no effect, because others keep the two apart.

    Attributes:
        pair: The two statements, sorted.
        verdict: What was said of them.
        against: Pairs that were told apart and that would come together, each with what was said of it.
    """

    pair: tuple[str, str]
    verdict: Verdict
    against: tuple[tuple[tuple[str, str], Verdict], ...]


def overruled(verdicts: Mapping[frozenset[str], Verdict], group_of: Mapping[str, str]) -> Iterator[Overruled]:
    """What people said is the same and stays apart nevertheless, in the order of the pairs.

    Args:
        verdicts: What counts of what people said, by pairs of statements.
        group_of: The group of each statement in force.
    """
    apart: dict[frozenset[str], list[tuple[tuple[str, str], Verdict]]] = {}
    for pair, verdict in verdicts.items():
        one, other = sorted(pair)
        if not verdict.same and one in group_of and other in group_of:
            groups = frozenset((group_of[one], group_of[other]))
            apart.setdefault(groups, []).append(((one, other), verdict))
    for pair in sorted(verdicts, key=sorted):
        one, other = sorted(pair)
        if not verdicts[pair].same or one not in group_of or other not in group_of:
            continue
        if group_of[one] != group_of[other]:
            against = apart.get(frozenset((group_of[one], group_of[other])), [])
            yield Overruled((one, other), verdicts[pair], tuple(sorted(against, key=lambda item: item[0])))


__all__ = ["Groups", "Overruled", "Verdict", "overruled", "parted"]
