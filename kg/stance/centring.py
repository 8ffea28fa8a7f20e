"""Vectors without what they have in common, so that near-by ones stand apart."""

from __future__ import annotations

import numpy as np

from kg.stance.encoder import Vectors

FEW = 4
"""With few texts their mean says little, and taking all of it away would tear near ones apart."""


def common_part(vectors: Vectors) -> Vectors:
    """What vectors [texts, width] have in common, and the less of it the fewer they are, [width]."""
    count = len(vectors)
    return np.asarray(vectors.mean(0) * (count / (count + FEW)), dtype=np.float32)


def without(vectors: Vectors, common: Vectors) -> Vectors:
    """Vectors without a common part; length one."""
    moved = vectors - common
    norm = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(norm, 1e-6), dtype=np.float32)


__all__ = ["common_part", "without"]
