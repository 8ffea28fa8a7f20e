"""Codebooks with fewer phrases than they have, to learn and to measure what phrases bring."""

from __future__ import annotations

from dataclasses import replace

from kg.model.codebook import Codebook


def with_phrases(codebook: Codebook, most: int | None) -> Codebook:
    """The codebook with the first phrases of each side of its positions.

    Args:
        codebook: Any.
        most: Phrases that are kept on each side of a position; None keeps all.
    """
    if most is None:
        return codebook
    positions = tuple(
        replace(
            position,
            for_phrases=position.for_phrases[:most],
            against_phrases=position.against_phrases[:most],
        )
        for position in codebook.positions
    )
    return replace(codebook, positions=positions)


__all__ = ["with_phrases"]
