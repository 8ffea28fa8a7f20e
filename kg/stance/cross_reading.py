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

CROSS_SIDE_FEATURES = ("cross", "cross_related", "alone", "alone_related", "phrases_asked")
"""Log odds of supports against opposes, and the same weighed by the chance that it is about the position:
read in view of the codebook and of what is before, and read with the position alone. The last are those on
phrases of its supporters, less those on phrases of its opponents."""

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


def cross_side(
    network: CrossEncoder,
    texts: Sequence[str],
    said: Array,
    label: str,
    phrases: tuple[Sequence[str], Sequence[str]],
) -> Array:
    """CROSS_SIDE_FEATURES of a passage and one position.

    Args:
        network: The cross-encoder.
        texts: The excerpts of the passage.
        said: The four chances, read in the codebook's list.
        label: The position as a proposition.
        phrases: Those of supporters and of opponents that are most like the passage.
    """
    by_itself = _read_alone(network, texts, label)
    features = []
    for chances in (said, by_itself):
        odds = float(_odds(chances))
        features += [odds, odds * float(1 - chances[_UNRELATED])]
    return np.array([*features, _read_phrases(network, texts, *phrases)])


def _read_alone(network: CrossEncoder, texts: Sequence[str], label: str) -> Array:
    """The four chances without the rest of codebook and article; the excerpt that says most counts."""
    found = network.chances([(text, label) for text in dict.fromkeys(map(alone, texts))])
    return np.asarray(found[found[:, _UNRELATED].argmin()])


def _read_phrases(
    network: CrossEncoder, texts: Sequence[str], supporters: Sequence[str], opponents: Sequence[str]
) -> float:
    """How much more a passage agrees with what supporters say than with what opponents say, from -4 to 4.

    A phrase that is nearly in the passage's own words is judged more surely than a label is.
    """
    if not supporters or not opponents:
        return 0.0
    text = alone(texts[0])  # holds the whole content
    odds = _odds(network.chances([(text, phrase) for phrase in (*supporters, *opponents)]))
    return float(odds[: len(supporters)].mean() - odds[len(supporters) :].mean()) / 2


def _odds(chances: Array) -> Array:
    """Log odds of supports against opposes, for chances in the last dimension."""
    supports, opposes = np.moveaxis(np.clip(chances[..., :2], 1e-4, 1), -1, 0)
    return np.asarray(np.clip(np.log(supports / opposes), -4, 4))


__all__ = [
    "CROSS_FEATURES",
    "CROSS_SIDE_FEATURES",
    "UNASKED",
    "cross_features",
    "cross_side",
    "read_candidates",
]
