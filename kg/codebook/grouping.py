"""Groups claims by what they are about: likeness in meaning and words, then agglomerative clustering.

Average linkage (Sokal and Michener 1958, UPGMA) with the update of Lance and Williams (1967), on likenesses.
Claims for and against one thing are near to each other in the vectors of sentence encoders, which is what is
wanted here: both belong to one position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kg.stance.centring import common_part, without
from kg.stance.terms import Weights

Matrix = NDArray[np.float32]
Linkage = Literal["average", "complete"]

NOTHING = np.float32(-2.0)
"""Less than any likeness: a group with itself, and a group that is no more."""


def centred(vectors: Matrix) -> Matrix:
    """Vectors without what all of them have in common, length one.

    Args:
        vectors: [texts, width], of length one.
    """
    if len(vectors) < 2:
        return vectors
    return without(vectors, common_part(vectors))


def common_words(stems: Sequence[frozenset[str]]) -> Matrix:
    """How far texts share their telling words: cosine of their stems weighted by how rare they are.

    Args:
        stems: Stems of each text.

    Returns:
        Array [texts, texts] from 0 to 1.
    """
    weights = Weights(set(one) for one in stems)
    columns = {stem: column for column, stem in enumerate(sorted(set().union(*stems)))}
    rows = np.zeros((len(stems), max(1, len(columns))), dtype=np.float32)
    for row, found in enumerate(stems):
        for stem in found:
            rows[row, columns[stem]] = weights[stem]
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.maximum(norm, 1e-6)
    return np.asarray(rows @ rows.T, dtype=np.float32)


def agglomerate(likeness: Matrix, least: float, linkage: Linkage = "average") -> list[list[int]]:
    """Put what is alike together, the likest first, as long as groups are alike enough.

    Args:
        likeness: Symmetric array [things, things].
        least: Groups of less likeness stay apart.
        linkage: Likeness of two groups: the mean over their members, or that of the unlikest two.

    Returns:
        Groups of indices, each sorted, by their first member; things that are like nothing are groups of one.

    >>> near = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]], dtype=np.float32)
    >>> agglomerate(near, 0.5)
    [[0, 1], [2]]
    """
    count = len(likeness)
    left = likeness.astype(np.float32, copy=True)
    np.fill_diagonal(left, NOTHING)
    sizes = np.ones(count, dtype=np.float32)
    members = [[index] for index in range(count)]
    alive = np.ones(count, dtype=bool)
    best = left.argmax(1) if count else np.zeros(0, dtype=np.int64)
    value = left[np.arange(count), best] if count else np.zeros(0, dtype=np.float32)
    while count > 1:
        first = int(value.argmax())
        if value[first] < least:
            break
        second = int(best[first])
        first, second = min(first, second), max(first, second)
        if linkage == "average":
            share = sizes[first] / (sizes[first] + sizes[second])
            row = share * left[first] + (1 - share) * left[second]
        else:
            row = np.minimum(left[first], left[second])
        members[first] += members[second]
        sizes[first] += sizes[second]
        alive[second] = False
        row[~alive] = NOTHING
        row[first] = NOTHING
        left[first], left[:, first] = row, row
        left[second], left[:, second] = NOTHING, NOTHING
        value[second] = NOTHING
        # Only rows whose best one has just changed are looked through again.
        stale = np.flatnonzero(alive & ((best == first) | (best == second)))
        for index in {first, *(int(one) for one in stale)}:
            best[index] = int(left[index].argmax())
            value[index] = left[index, best[index]]
        better = np.flatnonzero(alive & (row > value))
        best[better], value[better] = first, row[better]
    return sorted((sorted(members[index]) for index in np.flatnonzero(alive)), key=lambda group: group[0])


__all__ = ["Linkage", "Matrix", "agglomerate", "centred", "common_words"]
