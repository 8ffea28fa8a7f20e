"""Intervals of 95 % for shares that a random sample gives.

Every share has Wilson's score interval (Wilson 1927). It keeps its promise for small samples and for shares
near none and all, where the usual one shrinks to a point, and it is not as wide as the exact one of Clopper
and Pearson, which promises more than it says (Brown, Cai and DasGupta 2001). What is not a simple sample of
independent things is put in as the simple sample that would tell as much, its *effective size*: more than was
looked at where little is left that was not, less where what was looked at comes in clusters (Korn and
Graubard 1998).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_Z = 1.959963984540054


def wilson(hits: float, looked: float) -> tuple[float, float]:
    """Wilson's score interval of 95 % for a share; sizes need not be whole numbers.

    >>> [round(end, 3) for end in wilson(8, 10)], [round(end, 3) for end in wilson(0, 10)]
    ([0.49, 0.943], [0.0, 0.278])
    """
    if not looked:
        return 0.0, 1.0
    share = hits / looked
    scale = 1 + _Z * _Z / looked
    middle = (share + _Z * _Z / (2 * looked)) / scale
    half = _Z * math.sqrt(share * (1 - share) / looked + _Z * _Z / (4 * looked * looked)) / scale
    return (max(0.0, middle - half) if hits else 0.0), (min(1.0, middle + half) if hits < looked else 1.0)


def share_interval(hits: int, looked: int, whole: int) -> tuple[float, float]:
    """The interval of a share in a simple random sample of a finite whole.

    Args:
        hits: Number of hits.
        looked: Size of the sample.
        whole: Size of what it was drawn from; where all was looked at, the share is known.

    >>> share_interval(8, 10, 10), [round(end, 3) for end in share_interval(8, 10, 20)]
    ((0.8, 0.8), [0.578, 0.921])
    """
    if not looked:
        return 0.0, 1.0
    share = hits / looked
    if looked >= whole:
        return share, share
    size = looked * (whole - 1) / (whole - looked)
    return wilson(share * size, size)


def cluster_interval(clusters: Sequence[tuple[int, int]], looked: int, whole: int) -> tuple[float, float]:
    """The interval of a share of things that were sampled in clusters, as stances are in passages.

    The variance is that of a ratio of two totals over the clusters, put into Wilson's interval as effective
    size, lessened by how little a few clusters tell of their own variance (Student). Where all or none are
    hits that variance is unknown; then each cluster counts as one thing.

    Args:
        clusters: Hits and things of each cluster looked at; those without any may be left out.
        looked: Number of clusters looked at, those without any included.
        whole: Number of clusters that there are.

    >>> [round(end, 3) for end in cluster_interval([(0, 2), (0, 1), (0, 5)], 10, 1000)]
    [0.0, 0.559]
    """
    filled = [(hits, things) for hits, things in clusters if things]
    hits, things = sum(one for one, _ in filled), sum(one for _, one in filled)
    if not things:
        return 0.0, 1.0
    share = hits / things
    if looked >= whole:
        return share, share
    left = 1 - looked / whole
    if share in (0.0, 1.0):
        size = float(len(filled))
    else:
        spread = sum((one - share * many) ** 2 for one, many in filled)
        variance = looked / max(1, looked - 1) * spread / things**2
        size = min(float(things), share * (1 - share) / variance) if variance else float(things)
        size *= (_Z / student(len(filled) - 1)) ** 2
    size = max(1.0, size) / left
    return wilson(share * size, size)


def total_interval(clusters: Sequence[tuple[int, int]], looked: int, whole: int) -> tuple[float, float]:
    """The interval of the number of hits in all clusters, of which a simple random sample was looked at.

    Wilson's interval for a count, put in as the count that would tell as much were each hit independent:
    less where hits come in clusters, by their variance among those looked at (Student). Without any hit that
    variance is unknown; then hits may come as things do.

    Args:
        clusters: Hits and things of each cluster looked at; those without any may be left out.
        looked: Number of clusters looked at, those without any included.
        whole: Number of clusters that there are.

    >>> [round(end) for end in total_interval([(1, 2), (2, 3), (1, 1)], 10, 1000)]
    [123, 1296]
    """
    hits, things = sum(one for one, _ in clusters), sum(one for _, one in clusters)
    if looked >= whole:
        return float(hits), float(hits)
    if hits:
        mean = hits / looked
        spread = sum(one * one for one, _ in clusters) - hits * mean
        weight = max(1.0, spread / max(1, looked - 1) / mean) * (student(looked - 1) / _Z) ** 2
    else:
        weight = things / max(1, sum(1 for _, one in clusters if one)) or 1.0
    weight *= 1 - looked / whole
    middle, half = hits / weight + _Z * _Z / 2, _Z * math.sqrt(hits / weight + _Z * _Z / 4)
    low = (middle - half) * weight * whole / looked if hits else 0.0
    return max(float(hits), low), (middle + half) * weight * whole / looked


def student(freedom: int) -> float:
    """The 97.5 % quantile of Student's distribution, by the expansion of Cornish and Fisher; exact up to 3.

    >>> [round(student(n), 2) for n in (1, 2, 3, 5, 30)]
    [12.71, 4.3, 3.18, 2.57, 2.04]
    """
    if freedom < 1:
        return 12.706
    if freedom < 4:
        return (12.706, 4.303, 3.182)[freedom - 1]
    z, n = _Z, float(freedom)
    terms = (
        z,
        (z**3 + z) / (4 * n),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3),
    )
    return sum(terms)


__all__ = ["cluster_interval", "share_interval", "student", "total_interval", "wilson"]
