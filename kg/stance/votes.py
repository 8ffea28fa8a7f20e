"""For or against: what speaks for either side in a claim, as numbers from -1 to 1 that are then weighed."""

from __future__ import annotations

import numpy as np

from kg.stance.candidates import Array
from kg.stance.cues import Attitude
from kg.stance.passages import Passage
from kg.stance.valence import valence
from kg.stance.wordings import Wording, Wordings

SHARPNESS = 0.08
"""How fast the weight of a wording falls with its likeness to the claim."""

OUTRIGHT = 0.4
"""From which evidence on a claim counts as taking a side and not as a mere mention."""

SIDE_FEATURES = (
    "parse_outright", "parse_mention", "valence", "phrases_unclear", "attitude",
)  # fmt: skip


def side_features(
    wordings: Wordings, passage: Passage, position: int, attitude: Attitude
) -> tuple[Array, float]:
    """What says which side of a position a passage is on, and how much of it is said outright.

    Returns:
        The SIDE_FEATURES, each positive for support and negative for opposition, and the evidence: 0 for a
        mere mention, 1 and more for words that take a side.
    """
    items = [item for item in wordings.by_position[position] if item.kind != "description"]
    rows = np.array([item.row for item in items])
    near = np.maximum(
        (wordings.centre(passage.clauses) @ wordings.centred[rows].T).max(0),
        wordings.centre(passage.vectors[0]) @ wordings.centred[rows].T,
    )
    overlap = np.array([wordings.overlap(item, passage.claim.stems) for item in items])
    likeness = 0.6 * near + 0.4 * overlap
    weights = np.exp((likeness - likeness.max()) / SHARPNESS)
    spoken = frozenset(one for item in items for one in item.text.tokens)
    side = evidence = 0.0
    for item, weight in zip(items, weights, strict=True):
        claim = passage.claim.direction(item.text, wordings.weights, spoken)
        own = item.text.direction(passage.claim, wordings.weights)
        side += weight * claim.sign * float(np.clip(2 * own.sign, -1, 1)) * item.side
        evidence += weight * claim.evidence
    side, evidence = float(side / weights.sum()), float(evidence / weights.sum())
    sides = np.array([item.side for item in items])
    against = likeness[sides < 0]
    phrases = float(likeness[sides > 0].max() - against.max()) if len(against) else 0.0
    label = _leaning(wordings, items[0])
    judged = float(np.clip(valence(passage.vectors[0]) / 3, -1, 1)) * (1.0 if label >= 0 else -1.0)
    turn = attitude.sign
    outright = evidence + attitude.evidence >= OUTRIGHT
    if attitude.in_cue:
        judged = 0.0
    clear = outright and abs(side) >= 0.5
    phrases = float(np.clip(phrases * 4, -1, 1))
    row = np.array([
        side * turn if outright else 0.0,
        0.0 if outright else side * turn,
        judged * turn,
        0.0 if clear else phrases * turn,
        turn * min(attitude.evidence, 1.0),
    ])  # fmt: skip
    return row, evidence + attitude.evidence


def _leaning(wordings: Wordings, label: Wording) -> float:
    """Whether who speaks well of a position's subject is for it (1) or against it (-1).

    A position that something is harmful is supported by blame; one that it should be stopped likewise.
    """
    if not label.text.ought:
        judged = valence(wordings.vectors[label.row])
        if abs(judged) >= 1:
            return judged
    return label.text.direction(None, wordings.weights).sign


__all__ = ["SIDE_FEATURES", "side_features"]
