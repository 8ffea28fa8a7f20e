"""Who agrees with whom: actors as a network of shared and of opposite stances.

Measured as in discourse network analysis (Leifeld, "Discourse Network Analysis", in the Oxford Handbook of
Political Networks, 2017): a position that both support or both oppose links two actors in the congruence
network, one that they take opposite sides on in the conflict network. Their difference, divided by the
average number of positions that the two take a side on, tells allies from opponents whatever the number
of their statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from kg.analyse.records import Stance


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors and the positions that they share.

    Attributes:
        first: One actor; the two are in the order of their IRIs.
        second: The other.
        agree: Positions that both support or both oppose.
        differ: Positions that one supports and the other opposes.
        balance: Number of `agree` less number of `differ`, divided by the average number of positions that
            the two take a side on: from -1 (opponents) to 1 (allies).
    """

    first: str
    second: str
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    balance: float


def _itself(stance: Stance) -> str | None:
    return stance.actor


def spoken_for(stance: Stance) -> str | None:
    """Whom the holder of a stance officially speaks for; None for all others."""
    return stance.affiliation


def pairs(
    stances: Iterable[Stance], who: Callable[[Stance], str | None] = _itself, at_least: int = 1
) -> list[Pair]:
    """All pairs of actors who take a side on a position in common.

    Who was on both sides of a position in the time looked at agrees and differs there with everybody else who
    takes a side on it; conditions do not count, neutral stances take no side.

    Args:
        stances: Those that count.
        who: Whom a stance is counted for; the holder unless told.
        at_least: Number of positions that a pair shares at least.

    Returns:
        The pairs, those with most positions in common first.
    """
    sides: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in stances:
        name = who(one)
        if name and one.polarity != "neutral":
            sides[one.position][name].add(one.polarity)
    agree: dict[tuple[str, str], list[str]] = defaultdict(list)
    differ: dict[tuple[str, str], list[str]] = defaultdict(list)
    positions: dict[str, int] = defaultdict(int)
    for position in sorted(sides):
        by_actor = sides[position]
        for name in by_actor:
            positions[name] += 1
        for first, second in combinations(sorted(by_actor), 2):
            if by_actor[first] & by_actor[second]:
                agree[first, second].append(position)
            if by_actor[first] - by_actor[second] or by_actor[second] - by_actor[first]:
                differ[first, second].append(position)
    found = []
    for key in agree.keys() | differ.keys():
        same, other = agree.get(key, []), differ.get(key, [])
        if len(set(same) | set(other)) >= at_least:
            average = (positions[key[0]] + positions[key[1]]) / 2
            balance = round((len(same) - len(other)) / average, 4)
            found.append(Pair(*key, tuple(same), tuple(other), balance))
    return sorted(found, key=lambda p: (-len(set(p.agree) | set(p.differ)), p.first, p.second))


__all__ = ["Pair", "pairs", "spoken_for"]
