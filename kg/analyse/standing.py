"""Where everybody stands on a position on a day, and who changed sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.analyse.records import Day, Stance


def latest(stances: Iterable[Stance], as_of: Day | None = None) -> list[Stance]:
    """The stances that no later one of the same actor on the same position has certainly replaced.

    As the query `latest`: a stance is replaced only if its last possible day comes before the first possible
    day of another; where dates overlap several are the latest. What nothing dates is left out.

    Args:
        stances: Any stances, in the order of their dates.
        as_of: Leave out what was certainly said after this day.
    """
    by_pair: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for one in stances:
        known = one.when.earliest is None or as_of is None or one.when.earliest <= as_of
        if one.when.dated and known:
            by_pair[one.actor, one.position].append(one)
    found = []
    for group in by_pair.values():
        newest = max((one.when.earliest or Day.min) for one in group)
        found += [one for one in group if one.when.latest is None or one.when.latest >= newest]
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """Two stances of one actor on one position with different polarity, one certainly before the other."""

    before: Stance
    after: Stance


def shifts(stances: Sequence[Stance]) -> list[Shift]:
    """Who changed sides, as the query `shifts`: one pair for all reprints of the same two utterances.

    A stance is set against those of its holder on the position that are certainly before it, and of these
    against those with the last day alone.
    """
    by_pair: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for one in stances:
        by_pair[one.actor, one.position].append(one)
    found: dict[tuple[str, ...], list[Shift]] = defaultdict(list)
    for (actor, position), group in by_pair.items():
        for after in group:
            first = after.when.earliest
            ends = [one.when.latest for one in group if first and one.when.latest and one.when.latest < first]
            for before in group:
                if (
                    ends
                    and before.when.latest == max(ends)
                    and before.polarity != after.polarity
                    and before.utterance != after.utterance
                ):
                    sides = before.polarity, after.polarity
                    key = (actor, position, before.utterance, after.utterance, *sides)
                    found[key].append(Shift(before, after))
    kept = [
        Shift(
            min((one.before for one in group), key=lambda s: s.iri),
            min((one.after for one in group), key=lambda s: s.iri),
        )
        for group in found.values()
    ]
    return sorted(kept, key=lambda one: (*one.after.when.order, *one.before.when.order, one.after.iri))


__all__ = ["Shift", "latest", "shifts"]
