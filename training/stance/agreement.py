"""Agreement of coders: raw, chance-corrected, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def krippendorff_alpha(units: Sequence[Sequence[Hashable]]) -> float:
    """Krippendorff's alpha for nominal codes: 1 perfect, 0 as by chance, below 0 worse.

    Args:
        units: For each thing coded the codes that it was given, in any order; who gave none is left out.

    Returns:
        1 - observed / expected disagreement; 1.0 where nobody had a choice (a single code throughout).

    Raises:
        ValueError: No unit has two codes.

    The coincidence matrix of Krippendorff, Content Analysis (2004), chapter 11.

    >>> krippendorff_alpha([["s", "s"], ["o", "o"], ["s", "o"], ["n", "n"]]) # doctest: +ELLIPSIS
    0.666...
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    paired = [codes for codes in units if len(codes) > 1]
    if not paired:
        raise ValueError("no unit was coded twice")
    for codes in paired:
        for at, one in enumerate(codes):
            for other in (*codes[:at], *codes[at + 1 :]):
                weights[one, other] = weights.get((one, other), 0.0) + 1 / (len(codes) - 1)
    totals: Counter[Hashable] = Counter()
    for codes in paired:
        totals.update(codes)
    number = sum(totals.values())
    observed = sum(weight for (one, other), weight in weights.items() if one != other) / number
    expected = 1 - sum(total * (total - 1) for total in totals.values()) / (number * (number - 1))
    return 1.0 if expected == 0 else 1 - observed / expected


def raw_agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Share of pairs with the same code.

    >>> raw_agreement([("s", "s"), ("s", "o")])
    0.5
    """
    return sum(one == other for one, other in pairs) / max(1, len(pairs))


def confusion(pairs: Sequence[tuple[str, str]], codes: Sequence[str]) -> str:
    """A table in Markdown: a row for each code of the first coder, a column for each of the second."""
    counts = Counter(pairs)
    lines = ["| | " + " | ".join(codes) + " |", "|---|" + "---|" * len(codes)]
    lines += [f"| {one} | " + " | ".join(str(counts[one, other]) for other in codes) + " |" for one in codes]
    return "\n".join(lines)


__all__ = ["confusion", "krippendorff_alpha", "raw_agreement"]
