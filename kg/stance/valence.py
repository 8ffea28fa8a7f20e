"""Whether words praise or blame, from their vector: a linear reading learnt from the lexicon's judgements."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from kg.stance.encoder import FOLDER, Vectors

FILE = FOLDER / "valence.txt"


@lru_cache(maxsize=1)
def _reading() -> Vectors:
    return np.loadtxt(FILE, dtype=np.float32)


def valence(vector: Vectors) -> float:
    """How far a text's vector leans to praise (positive) or blame (negative), as log odds.

    >>> from kg.stance.encoder import encode
    >>> good, bad = encode(["a welcome step", "a slap in the face"])
    >>> valence(good) > 1 > -1 > valence(bad)
    True
    """
    reading = _reading()
    return float(vector @ reading[:-1] + reading[-1])


__all__ = ["valence"]
