"""The weights of what is read off a statement, as they were fitted, and the limits of keeping silent."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.stance.candidates import FEATURES, Array
from kg.stance.cross_reading import CROSS_FEATURES, CROSS_SIDE_FEATURES
from kg.stance.votes import SIDE_FEATURES

FILE = Path(__file__).resolve().parent / "weights.toml"


@dataclass(frozen=True)
class Linear:
    """A logistic reading of features."""

    weights: Array
    constant: float

    def odds(self, features: Array) -> Array:
        """Log odds, for features in the last dimension."""
        return np.asarray(features @ self.weights + self.constant)

    def chance(self, features: Array) -> Array:
        """Chance from 0 to 1, for features in the last dimension."""
        return np.asarray(1 / (1 + np.exp(-self.odds(features))))


def _linear(table: Mapping[str, float], names: Sequence[str]) -> Linear:
    return Linear(np.array([table.get(name, 0.0) for name in names]), float(table["constant"]))


@dataclass(frozen=True)
class Weights:
    """All that is fitted.

    Attributes:
        retrieval: Whether a passage is about a position, from likeness alone.
        relevance: The same with what the cross-encoder says.
        side: Whether it supports the position or opposes it.
        limits: When to ask the cross-encoder, and when to keep silent, by name.
    """

    retrieval: Linear
    relevance: Linear
    side: Linear
    limits: Mapping[str, float]


RELEVANCE_FEATURES = (*FEATURES, *CROSS_FEATURES)
ALL_SIDE_FEATURES = (*SIDE_FEATURES, *CROSS_SIDE_FEATURES)


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights, read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Weights(
        _linear(data["retrieval"], FEATURES),
        _linear(data["relevance"], RELEVANCE_FEATURES),
        _linear(data["side"], ALL_SIDE_FEATURES),
        data["limits"],
    )


__all__ = ["ALL_SIDE_FEATURES", "FILE", "RELEVANCE_FEATURES", "Linear", "Weights", "weights"]
