"""Krippendorff's alpha for nominal values: agreement beyond chance, for any number of coders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha with the nominal metric.

    After Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), whose example with four observers
    and twelve units is the doctest: 0.743.

    Args:
        units: For each unit the values that coders gave it, in any order, gaps left out. Units with fewer
        than
            two values say nothing and are passed over.

    Returns:
        1 for perfect agreement, 0 for what chance gives, less for worse; None where there is nothing to
        compare, or where all values are the same, so that chance cannot be told from agreement.

    >>> units = "111 2232 3333 3333 2222 1234 4444 1121 2222 555 11 3".split()
    >>> round(nominal_alpha(units), 3)
    0.743
    """
    counted = [Counter(values) for values in units if len(values) > 1]
    sizes = [sum(counts.values()) for counts in counted]
    total = sum(sizes)
    values: Counter[Hashable] = Counter()
    for counts in counted:
        values.update(counts)
    expected = total * total - sum(number * number for number in values.values())
    if expected == 0:
        return None
    observed = sum(
        (size * size - sum(number * number for number in counts.values())) / (size - 1)
        for counts, size in zip(counted, sizes, strict=True)
    )
    return 1 - (total - 1) * observed / expected


__all__ = ["nominal_alpha"]
