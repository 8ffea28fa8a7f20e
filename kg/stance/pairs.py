"""Pairs of a text and a position, without a codebook: supports, opposes, neutral or unrelated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.stance.cross_encoder import CLASSES, Calibration, Chances, Class, CrossEncoder, cross_encoder

SIDES = 2
"""How many of the CLASSES, the first ones, take a side."""


def judge(text: str, position: str) -> tuple[Class, float]:
    """What a text says on a position, with a calibrated confidence from 0 to 1.

    >>> judge("The tram line must be scrapped.", "The tram line should be built")[0]
    'opposes'
    >>> judge("Whales are mammals.", "The tram line should be built")[0]
    'unrelated'
    """
    return judge_many([(text, position)])[0]


def judge_many(
    pairs: Sequence[tuple[str, str]], network: CrossEncoder | None = None
) -> list[tuple[Class, float]]:
    """What each text says on its position.

    Args:
        pairs: A text and a position each, of any number.
        network: What judges; the one that ships with the package unless told.

    Returns:
        For each pair the verdict and its confidence.
    """
    network = network or cross_encoder()
    return list(verdicts(network.chances(pairs), network.calibration))


def verdicts(values: Chances, limits: Calibration) -> Iterable[tuple[Class, float]]:
    """The verdict for each row of chances, and how likely it is to be right.

    The likeliest class is told, but a side only where it leads the other side clearly. Else it is neutral:
    what may well be for or against a position is about it.

    >>> import numpy as np
    >>> cautious = Calibration(1.0, lead=0.7)
    >>> rows = np.array([[0.5, 0.1, 0.2, 0.2], [0.4, 0.3, 0.2, 0.1], [0.1, 0.1, 0.2, 0.6]])
    >>> list(verdicts(rows, cautious))
    [('supports', 0.5), ('neutral', 0.2), ('unrelated', 0.6)]
    """
    for row in values:
        choice = int(row.argmax())
        if choice < SIDES and row[choice] < limits.lead * row[:SIDES].sum():
            choice = CLASSES.index("neutral")
        yield CLASSES[choice], round(float(row[choice]), 4)


__all__ = ["judge", "judge_many", "verdicts"]
