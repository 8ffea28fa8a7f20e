"""Pairs of a text and a position, without a codebook: supports, opposes, neutral or unrelated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np

from kg.model.codebook import Position
from kg.stance.cues import Attitude
from kg.stance.passages import passages
from kg.stance.votes import side_features
from kg.stance.weights import weights
from kg.stance.wordings import Wordings

Verdict = Literal["supports", "opposes", "neutral", "unrelated"]

NEAR = 0.35
"""Likeness (cosine) in the middle between related and unrelated texts."""
WORD = 0.5
"""How much shared words add to it, from none to all of the position's."""
BATCH = 256


def judge(text: str, position: str) -> tuple[Verdict, float]:
    """What a text says on a position, with a confidence from 0 to 1.

    >>> judge("The tram line must be scrapped.", "The tram line should be built")[0]
    'opposes'
    >>> judge("Whales are mammals.", "The tram line should be built")[0]
    'unrelated'
    """
    return judge_many([(text, position)])[0]


def judge_many(pairs: Sequence[tuple[str, str]]) -> list[tuple[Verdict, float]]:
    """What each text says on its position; equal texts and positions are read once a batch.

    Args:
        pairs: A text and a position each, of any number.

    Returns:
        For each pair the verdict and its confidence.
    """
    result: list[tuple[Verdict, float]] = []
    for start in range(0, len(pairs), BATCH):
        result.extend(_judge_batch(pairs[start : start + BATCH]))
    return result


def _judge_batch(pairs: Sequence[tuple[str, str]]) -> list[tuple[Verdict, float]]:
    labels = list(dict.fromkeys(position for _, position in pairs))
    wordings = _wordings(tuple(labels))
    texts = list(dict.fromkeys(text for text, _ in pairs))
    read = dict(zip(texts, passages(texts), strict=True))
    row_of = {label: row for row, label in enumerate(labels)}
    _, side, limits = weights()
    result: list[tuple[Verdict, float]] = []
    for text, label in pairs:
        passage, row = read[text], row_of[label]
        item = wordings.by_position[row][0]
        likeness = float((passage.clauses @ wordings.vectors[item.row]).max())
        likeness = max(likeness, float(passage.vectors[0] @ wordings.vectors[item.row]))
        likeness += WORD * wordings.overlap(item, passage.claim.stems)
        related = float(1 / (1 + np.exp(-12 * (likeness - NEAR))))
        if related < 0.5:
            result.append(("unrelated", round(1 - related, 4)))
            continue
        values, _ = side_features(wordings, passage, row, Attitude())
        odds = float(side.odds(values))
        if abs(odds) < limits["side"]:
            result.append(("neutral", round(related * 0.5, 4)))
        else:
            sure = float(1 / (1 + np.exp(-abs(odds))))
            result.append(("supports" if odds > 0 else "opposes", round(related * sure, 4)))
    return result


@lru_cache(maxsize=8)
def _wordings(labels: tuple[str, ...]) -> Wordings:
    made = [Position(str(row), str(row), label) for row, label in enumerate(labels)]
    return Wordings(made, contrast=False)


__all__ = ["Verdict", "judge", "judge_many"]
