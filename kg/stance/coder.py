"""Coding statements with a codebook: which positions each is about, on which side, on what condition."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.statement import Polarity, PositionStance, Statement
from kg.stance.candidates import Array, features
from kg.stance.conditions import condition
from kg.stance.cross_encoder import CrossEncoder, cross_encoder
from kg.stance.cross_reading import cross_features, cross_side, read_candidates
from kg.stance.cues import Attitude, attitude
from kg.stance.excerpts import excerpts
from kg.stance.passages import Passage, claim_of, read_passages
from kg.stance.terms import stems
from kg.stance.votes import nearest_phrases, side_features
from kg.stance.weights import weights
from kg.stance.wordings import Wordings

Truths = NDArray[np.bool_]


def candidates(chances: Array, limits: Mapping[str, float]) -> Truths:
    """Which positions the cross-encoder is asked about, as truth values [passages, positions].

    Args:
        chances: Of each passage to be about each position, by likeness alone, [passages, positions].
        limits: `asked` is the least chance, `most_asked` the greatest number for a passage.
    """
    most = int(limits["most_asked"])
    asked: Truths = chances >= limits["asked"]
    if chances.shape[1] > most:
        least = np.sort(chances, axis=1)[:, -most][:, None]
        asked &= chances >= least
    return asked


class Coder:
    """Codes statements with one codebook; its wordings are parsed and encoded once.

    Args:
        codebook: The positions to look for; one without positions codes nothing.
        network: Reads statements together with positions; the one that ships with the package unless told.
    """

    def __init__(self, codebook: Codebook, network: CrossEncoder | None = None) -> None:
        """Keep the codebook; it is read when the first statement comes."""
        self._network = network or cross_encoder()
        self._positions = codebook.positions

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings(self._positions)

    def code(self, statements: Sequence[Statement], article: Article) -> list[Statement]:
        """The statements with their positions filled in, in the same order.

        Likeness to the wordings of each position, against those of all others, finds the candidates. The
        cross-encoder reads each of them together with the statement's sentences. What it says is weighed
        with the likeness to decide what the statement is about, and with the reversals in its words and in
        its cue to decide the side. Where a side cannot be told the stance is neutral with low confidence,
        and where the position cannot, nothing is said.

        Args:
            statements: Statements of one article, with spans in its text.
            article: That article.
        """
        if not statements or not self._positions:
            return list(statements)
        passages = read_passages(statements, article)
        cues = [
            attitude(statement, passage.claim)
            for statement, passage in zip(statements, passages, strict=True)
        ]
        rows = features(self._wordings, passages, [cue.evidence for cue in cues])
        texts = [excerpts(statement, article) for statement in statements]
        said = read_candidates(
            self._network,
            texts,
            [position.label for position in self._positions],
            candidates(weights().retrieval.chance(rows), weights().limits),
        )
        chances = weights().relevance.chance(np.concatenate([rows, cross_features(said)], axis=-1))
        return [
            dataclasses.replace(statement, positions=self._stances(statement, *read))
            for statement, *read in zip(statements, passages, texts, chances, said, cues, strict=True)
        ]

    def _stances(
        self,
        statement: Statement,
        passage: Passage,
        texts: Sequence[str],
        chances: Array,
        said: Array,
        cue: Attitude,
    ) -> tuple[PositionStance, ...]:
        limits = weights().limits
        most = int(limits["positions"])
        likely = [int(index) for index in np.argsort(-chances, kind="stable")[:most]]
        likely = [index for index in likely if chances[index] >= limits["relevance"]]
        found = [
            self._stance(
                statement,
                passage,
                index,
                float(chances[index]),
                cross_side(
                    self._network,
                    texts,
                    said[index],
                    self._positions[index].label,
                    nearest_phrases(self._wordings, passage, index),
                ),
                cue,
            )
            for index in likely
        ]
        return tuple(stance for stance in found if stance is not None)

    def _stance(
        self,
        statement: Statement,
        passage: Passage,
        index: int,
        chance: float,
        cross: Array,
        cue: Attitude,
    ) -> PositionStance | None:
        limits = weights().limits
        position = self._positions[index]
        label = self._wordings.by_position[index][0].text
        row, _ = side_features(self._wordings, passage, index, cue)
        odds = float(weights().side.odds(np.concatenate([row, cross])))
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


__all__ = ["Coder", "candidates"]
