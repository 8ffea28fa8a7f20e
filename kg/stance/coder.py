"""Coding statements with a codebook: which positions each is about, on which side, on what condition."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.statement import Polarity, PositionStance, Statement
from kg.stance.candidates import Array, features
from kg.stance.conditions import condition
from kg.stance.cues import Attitude, attitude
from kg.stance.passages import Passage, claim_of, read_passages
from kg.stance.terms import stems
from kg.stance.votes import side_features
from kg.stance.weights import weights
from kg.stance.wordings import Wordings


class Coder:
    """Codes statements with one codebook; its wordings are parsed and encoded once.

    Args:
        codebook: The positions to look for; one without positions codes nothing.
    """

    def __init__(self, codebook: Codebook) -> None:
        """Keep the codebook; it is read when the first statement comes."""
        self._positions = codebook.positions
        self._wordings: Wordings | None = None

    def code(self, statements: Sequence[Statement], article: Article) -> list[Statement]:
        """The statements with their positions filled in, in the same order.

        What a statement is about is decided by likeness to the wordings of each position against those of all
        others; the side by reversals in its words and in its cue. Where a side cannot be told the stance is
        neutral with low confidence, and where the position cannot, nothing is said.

        Args:
            statements: Statements of one article, with spans in its text.
            article: That article.
        """
        if not statements or not self._positions:
            return list(statements)
        if self._wordings is None:
            self._wordings = Wordings(self._positions)
        passages = read_passages(statements, article)
        cues = [
            attitude(statement, passage.claim)
            for statement, passage in zip(statements, passages, strict=True)
        ]
        chances = weights()[0].chance(features(self._wordings, passages, [cue.evidence for cue in cues]))
        return [
            dataclasses.replace(statement, positions=self._stances(statement, passage, chance, cue))
            for statement, passage, chance, cue in zip(statements, passages, chances, cues, strict=True)
        ]

    def _stances(
        self, statement: Statement, passage: Passage, chances: Array, cue: Attitude
    ) -> tuple[PositionStance, ...]:
        limits = weights()[2]
        most = int(limits["positions"])
        likely = [int(index) for index in np.argsort(-chances, kind="stable")[:most]]
        likely = [index for index in likely if chances[index] >= limits["relevance"]]
        if not likely:
            return ()
        found = [self._stance(statement, passage, index, float(chances[index]), cue) for index in likely]
        return tuple(stance for stance in found if stance is not None)

    def _stance(
        self, statement: Statement, passage: Passage, index: int, chance: float, cue: Attitude
    ) -> PositionStance | None:
        assert self._wordings is not None  # noqa: S101 - set by code(), the only caller
        _, side, limits = weights()
        position = self._positions[index]
        label = self._wordings.by_position[index][0].text
        row, _ = side_features(self._wordings, passage, index, cue)
        odds = float(side.odds(row))
        if cue.asks or (cue.denies and label.ought) or abs(odds) < limits["side"]:
            if chance < limits["neutral"]:
                return None
            return PositionStance(position.slug, "neutral", None, round(chance * 0.5, 4))
        polarity: Polarity = "supports" if odds > 0 else "opposes"
        words = None
        if condition(position.label) is None and " only " not in f" {position.label} ":
            words = condition(claim_of(statement), stems(position.label))
        sure = 1 / (1 + np.exp(-abs(odds)))
        return PositionStance(position.slug, polarity, words, round(float(chance * sure), 4))


__all__ = ["Coder"]
