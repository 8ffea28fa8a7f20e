"""What the cross-encoder says of statements and those positions of a codebook that they may be about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.stance.candidates import Array, leads
from kg.stance.cross_encoder import CLASSES, CrossEncoder

UNASKED = (0.005, 0.005, 0.005, 0.985)
"""Chances of a position that retrieval keeps from being asked about."""

CROSS_FEATURES = ("related", "sided", "neutral", "lead_related")
"""Log odds that the passage says something on the position, that it takes a side, that it is neutral; and how
far the position is above the best of the others in the first."""

CROSS_SIDE_FEATURES = ("cross", "cross_related")
"""Log odds of supports against opposes, and the same weighed by the chance that it is about the position."""

_UNRELATED = CLASSES.index("unrelated")


def read_candidates(
    network: CrossEncoder, texts: Sequence[Sequence[str]], labels: Sequence[str], asked: NDArray[np.bool_]
) -> Array:
    """Chances [passages, positions, 4] of supports, opposes, neutral and unrelated.

    Args:
        network: The cross-encoder.
        texts: The excerpts of each passage; that which says most on a position counts.
        labels: The positions as propositions.
        asked: Which pairs are asked about, [passages, positions] of truth values.
    """
    result = np.broadcast_to(np.array(UNASKED), (*asked.shape, len(CLASSES))).copy()
    pairs = [
        (int(row), int(column), text)
        for row, column in zip(*np.nonzero(asked), strict=True)
        for text in texts[row]
    ]
    found = network.chances([(text, labels[column]) for _, column, text in pairs])
    best = np.full(asked.shape, np.inf)
    for (row, column, _), values in zip(pairs, found, strict=True):
        if values[_UNRELATED] < best[row, column]:
            best[row, column] = values[_UNRELATED]
            result[row, column] = values
    return result


def cross_features(said: Array) -> Array:
    """CROSS_FEATURES [passages, positions, 4] of chances [passages, positions, 4]."""
    supports, opposes, neutral, unrelated = np.moveaxis(np.clip(said, 1e-4, 1 - 1e-4), -1, 0)
    related = np.log((1 - unrelated) / unrelated)
    sided = np.log((supports + opposes) / (neutral + unrelated))
    undecided = np.log(neutral / (1 - neutral))
    return np.stack([related, sided, undecided, leads(related)], axis=-1)


def cross_side(said: Array) -> Array:
    """CROSS_SIDE_FEATURES of the four chances of one pair."""
    supports, opposes = np.clip(said[:2], 1e-4, 1)
    odds = float(np.clip(np.log(supports / opposes), -4, 4))
    return np.array([odds, odds * float(1 - said[_UNRELATED])])


__all__ = [
    "CROSS_FEATURES",
    "CROSS_SIDE_FEATURES",
    "UNASKED",
    "cross_features",
    "cross_side",
    "read_candidates",
]
