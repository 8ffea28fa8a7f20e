"""Which stances are taken for which: what a person found against what was found in the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from benchmarks.scoring import Gold, Record, stance_of

STANCES = ("supports", "opposes", "conditional", "neutral", "nothing")
"""What a statement can say on a position; `nothing` where it does not touch it."""

Confusion = Counter[tuple[str, str]]
"""Numbers of pairs of the right stance and the one found."""


def confusion(matched: Iterable[tuple[Gold, Record]]) -> Confusion:
    """Count what was found on each position that either side has, in statements that both found.

    Where several stances are right and another one was found, the first of them counts. Positions on which
    careful people differ are left out, and so is every position that neither side has.
    """
    counts: Confusion = Counter()
    for gold, record in matched:
        found = {item["position"]: stance_of(item) for item in record.get("positions") or []}
        for position in {*gold.positions, *found} - gold.maybe:
            right = gold.positions.get(position, ("nothing",))
            given = found.get(position, "nothing")
            counts[given if given in right else right[0], given] += 1
    return counts


def table(counts: Confusion) -> str:
    """The counts with a line for each right stance and a column for each found one."""
    lines = ["right / found" + "".join(f"{stance:>12}" for stance in STANCES)]
    for right in STANCES:
        # How often rightly nothing was found depends on the size of the codebook alone.
        columns = [found for found in STANCES if (right, found) != ("nothing", "nothing")]
        lines.append(f"{right:13}" + "".join(f"{counts[right, found]:12d}" for found in columns))
    return "\n".join(lines)
