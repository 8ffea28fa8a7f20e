"""For or against: what speaks for either side in a claim, as numbers from -1 to 1 that are then weighed."""

from __future__ import annotations

from collections.abc import Sequence

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

NEAREST = 2
"""Phrases on each side of a position that the cross-encoder is asked about as well."""

SIDE_FEATURES = (
    "shared_clause", "shared_noun", "shared_mention", "whole_clause", "whole_noun",
    "valence_clause", "valence_noun", "valence_sentence", "phrases",
    "attitude_clause", "attitude_noun", "attitude_leaning", "attitude_shared", "leaning", "in_cue",
)  # fmt: skip
"""What the parse says of words shared with the position, or of the claim as a whole where none are shared;
praise and blame; likeness to phrases; the cue. Claims with a finite verb and mere nouns are weighed apart."""


def side_features(
    wordings: Wordings, passage: Passage, position: int, attitude: Attitude
) -> tuple[Array, float]:
    """What says which side of a position a passage is on, and how much of it is said outright.

    Returns:
        The SIDE_FEATURES, most of them positive for support and negative for opposition, and the
        evidence: 0 for a
        mere mention, 1 and more for words that take a side.
    """
    items = [item for item in wordings.by_position[position] if item.kind != "description"]
    likeness = _likeness(wordings, passage, items)
    weights = np.exp((likeness - likeness.max()) / SHARPNESS)
    spoken = frozenset(one for item in items for one in item.text.tokens)
    shared = whole = evidence = 0.0
    for item, weight in zip(items, weights, strict=True):
        claim = passage.claim.direction(item.text, wordings.weights, spoken)
        own = item.text.direction(passage.claim, wordings.weights)
        vote = weight * claim.sign * float(np.clip(2 * own.sign, -1, 1)) * item.side
        if passage.claim.shares(item.text):
            shared += vote
        else:
            whole += vote
        evidence += weight * claim.evidence
    total = float(weights.sum())
    turn = attitude.sign
    shared, whole, evidence = shared / total * turn, whole / total * turn, float(evidence / total)
    sides = np.array([item.side for item in items])
    against = likeness[sides < 0]
    phrases = float(likeness[sides > 0].max() - against.max()) if len(against) else 0.0
    leaning = 1.0 if _leaning(wordings, items[0]) >= 0 else -1.0
    judged, around = (float(np.clip(valence(vector) / 3, -1, 1)) * leaning for vector in passage.vectors[:2])
    outright = 1.0 if evidence + attitude.evidence >= OUTRIGHT else 0.0
    clause = 1.0 if passage.claim.finite else 0.0
    noun = 1.0 - clause
    cue = turn * min(attitude.evidence, 1.0)
    row = np.array([
        shared * outright * clause,
        shared * outright * noun,
        shared * (1.0 - outright),
        whole * outright * clause,
        whole * outright * noun,
        judged * turn * clause,
        judged * turn * noun,
        around,
        0.0 if outright and abs(shared) >= 0.5 else float(np.clip(phrases * 4, -1, 1)) * turn,
        cue * clause,
        cue * noun,
        cue * leaning,
        shared * min(attitude.evidence, 1.0),
        leaning,
        turn if attitude.in_cue else 0.0,
    ])  # fmt: skip
    return row, evidence + attitude.evidence


def nearest_phrases(wordings: Wordings, passage: Passage, position: int) -> tuple[list[str], list[str]]:
    """The phrases of supporters and of opponents that are most like a passage, at most NEAREST of each."""
    found: tuple[list[str], list[str]] = ([], [])
    for side, phrases in zip(("for", "against"), found, strict=True):
        items = [item for item in wordings.by_position[position] if item.kind == side]
        if items:
            order = np.argsort(-_likeness(wordings, passage, items), kind="stable")[:NEAREST]
            phrases += [items[int(index)].text.doc.text for index in order]
    return found


def _likeness(wordings: Wordings, passage: Passage, items: Sequence[Wording]) -> Array:
    """How like the claim, or the likest of its clauses, is to each wording, in meaning and words."""
    rows = np.array([item.row for item in items])
    near = np.maximum(
        (wordings.centre(passage.clauses) @ wordings.centred[rows].T).max(0),
        wordings.centre(passage.vectors[0]) @ wordings.centred[rows].T,
    )
    overlap = np.array([wordings.overlap(item, passage.claim.stems) for item in items])
    return np.asarray(0.6 * near + 0.4 * overlap)


def _leaning(wordings: Wordings, label: Wording) -> float:
    """Whether who speaks well of a position's subject is for it (1) or against it (-1).

    A position that something is harmful is supported by blame; one that it should be stopped likewise.
    """
    if not label.text.ought:
        judged = valence(wordings.vectors[label.row])
        if abs(judged) >= 1:
            return judged
    return label.text.direction(None, wordings.weights).sign


__all__ = ["SIDE_FEATURES", "nearest_phrases", "side_features"]
