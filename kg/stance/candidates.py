"""Which positions a statement is about: likeness in words and meaning, against the rest of the codebook."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.stance.passages import Passage
from kg.stance.wordings import Wordings

Array = NDArray[np.float64]

FEATURES = (
    "centred_label", "centred_phrase", "centred_best",
    "centred_sentence", "centred_passage", "centred_clause",
    "words_label", "words_label_sentence", "words_phrase", "words_passage",
    "lead", "lead_words", "lead_sentence", "lead_passage", "lead_clause",
    "evidence", "cue", "codebook_phrases",
)  # fmt: skip


def features(wordings: Wordings, passages: Sequence[Passage], cues: Sequence[float]) -> Array:
    """Features [passages, positions, FEATURES] for how likely each passage is about each position.

    Args:
        wordings: The codebook's.
        passages: What is to be coded.
        cues: For each passage, how much its cue alone says that a side is taken.
    """
    size = len(wordings.by_position)
    result = np.zeros((len(passages), size, len(FEATURES)))
    if not passages or not size:
        return result
    column = {name: result[:, :, index] for index, name in enumerate(FEATURES)}
    vectors = np.stack([passage.vectors for passage in passages])
    near = np.asarray(wordings.centre(vectors) @ wordings.centred.T, dtype=np.float64)
    by_clause = [wordings.centre(passage.clauses) @ wordings.centred.T for passage in passages]
    clause = np.stack([values.max(0) for values in by_clause])
    for position, items in enumerate(wordings.by_position):
        rows = [item.row for item in items]
        phrases = [item.row for item in items if item.kind in ("for", "against")] or rows[:1]
        column["centred_label"][:, position] = near[:, 0, rows[0]]
        column["centred_phrase"][:, position] = near[:, 0, phrases].max(1)
        column["centred_best"][:, position] = near[:, 0, rows].max(1)
        column["centred_sentence"][:, position] = near[:, 1, rows].max(1)
        column["centred_passage"][:, position] = near[:, 2, rows].max(1)
        column["centred_clause"][:, position] = clause[:, rows].max(1)
        for index, passage in enumerate(passages):
            claim, sentence = passage.claim.stems, passage.sentence.stems
            column["words_label"][index, position] = wordings.label_coverage(position, claim)
            column["words_label_sentence"][index, position] = wordings.label_coverage(position, sentence)
            column["words_phrase"][index, position] = wordings.phrase_overlap(position, claim)
            column["words_passage"][index, position] = wordings.coverage(position, passage.around.stems)
    column["lead"][:] = leads(column["centred_best"])
    column["lead_words"][:] = leads(column["words_label"] + column["words_phrase"])
    column["lead_sentence"][:] = leads(column["centred_sentence"])
    column["lead_passage"][:] = leads(column["centred_passage"])
    column["lead_clause"][:] = leads(column["centred_clause"])
    for index, (passage, cue) in enumerate(zip(passages, cues, strict=True)):
        column["evidence"][index] = min(passage.claim.evidence, 2.0)
        column["cue"][index] = min(cue, 1.0)
    column["codebook_phrases"][:] = float(wordings.has_phrases)
    return result


def leads(values: Array) -> Array:
    """How far each position is above the best of the others (below: negative), for [passages, positions]."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    order = np.sort(values, axis=1)
    highest, second = order[:, -1:], order[:, -2:-1]
    return np.where(values == highest, values - second, values - highest)


__all__ = ["FEATURES", "Array", "features", "leads"]
