"""What the cross-encoder says of statements and those positions of a codebook that they may be about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.stance.candidates import Array, leads
from kg.stance.cross_encoder import CLASSES, CrossEncoder
from kg.stance.excerpts import alone

UNASKED = (0.005, 0.005, 0.005, 0.985)
"""Chances of a position that retrieval keeps from being asked about."""

CROSS_FEATURES = ("related", "sided", "neutral", "lead_related")
"""Log odds that the passage says something on the position, that it takes a side, that it is neutral; and how
far the position is above the best of the others in the first."""

CROSS_SIDE_FEATURES = ("cross", "cross_related", "alone", "alone_related")
"""Log odds of supports against opposes, and the same weighed by the chance that it is about the position:
read in view of the codebook and of what is before, and read with the position alone."""

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
    for row, columns in enumerate(asked):
        (places,) = np.nonzero(columns)
        if len(places):
            positions = [labels[int(place)] for place in places]
            found = np.stack([network.of_list(text, positions) for text in texts[row]])
            telling = found[..., _UNRELATED].argmin(axis=0)
            result[row, places] = found[telling, np.arange(len(places))]
    return result


def cross_features(said: Array) -> Array:
    """CROSS_FEATURES [passages, positions, 4] of chances [passages, positions, 4]."""
    supports, opposes, neutral, unrelated = np.moveaxis(np.clip(said, 1e-4, 1 - 1e-4), -1, 0)
    related = np.log((1 - unrelated) / unrelated)
    sided = np.log((supports + opposes) / (neutral + unrelated))
    undecided = np.log(neutral / (1 - neutral))
    return np.stack([related, sided, undecided, leads(related)], axis=-1)


def read_alone(network: CrossEncoder, texts: Sequence[str], label: str) -> Array:
    """The four chances of a passage and one position, without the rest of codebook and article.

    Args:
        network: The cross-encoder.
        texts: The excerpts of the passage; that which says most on the position counts.
        label: The position as a proposition.
    """
    found = network.chances([(text, label) for text in dict.fromkeys(map(alone, texts))])
    return np.asarray(found[found[:, _UNRELATED].argmin()])


def cross_side(said: Array, by_itself: Array) -> Array:
    """CROSS_SIDE_FEATURES of the four chances of one pair, read in the codebook's list and by itself."""
    features = []
    for chances in (said, by_itself):
        supports, opposes = np.clip(chances[:2], 1e-4, 1)
        odds = float(np.clip(np.log(supports / opposes), -4, 4))
        features += [odds, odds * float(1 - chances[_UNRELATED])]
    return np.array(features)


__all__ = [
    "CROSS_FEATURES",
    "CROSS_SIDE_FEATURES",
    "UNASKED",
    "cross_features",
    "cross_side",
    "read_alone",
    "read_candidates",
]
