"""Batches of windows, what a tagger says of them, and its loss."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.attribution.network import Tagger
from training.attribution.windows import Window

SMOOTHING = 0.02
FALSE_CUES = 2
"""How many words that begin no cue, but look as if, are asked for too, so that the tags say no there."""
TEMPTING = -3.0
"""Logit from which on a word looks as if it began a cue."""
WEIGHTS = {"begins": 4.0, "flat": 0.5, "tags": 4.0}
"""Weights of the parts of the loss."""


def batches(lengths: Sequence[int], pieces: int, rng: random.Random) -> list[list[int]]:
    """Indices of texts of like length together, about `pieces` word pieces a batch, in random order."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    found: list[list[int]] = []
    for i in range(0, len(order), 400):
        batch: list[int] = []
        for one in sorted(order[i : i + 400], key=lengths.__getitem__):
            if batch and lengths[one] * (len(batch) + 1) > pieces:
                found.append(batch)
                batch = []
            batch.append(one)
        if batch:
            found.append(batch)
    rng.shuffle(found)
    return found


def padded(arrays: Sequence[np.ndarray], fill: int = 0) -> Tensor:
    """Rows of unlike length as one tensor."""
    out = np.full((len(arrays), max(len(a) for a in arrays)), fill, dtype=np.int64)
    for row, values in enumerate(arrays):
        out[row, : len(values)] = values
    return torch.from_numpy(out)


@dataclass(frozen=True)
class Said:
    """What a tagger says of a batch.

    Attributes:
        mask: Which words there are [windows, words].
        begins: Logit of each word to begin a cue [windows, words].
        flat: Logits of flat tags [windows, words, tags].
        words, cues: Each word reduced, to be set against a cue or as one [windows, words, 128].
    """

    mask: Tensor
    begins: Tensor
    flat: Tensor
    words: Tensor
    cues: Tensor


def said(model: Tagger, batch: Sequence[Window]) -> Said:
    """Run the encoder and the first heads over a batch."""
    mask = padded([np.ones(len(w.pieces), dtype=np.int64) for w in batch])
    features = (padded([getattr(w, name) for w in batch]) for name in ("case", "place", "opening"))
    states = model.encoder(padded([w.pieces for w in batch]), mask, *features)
    heads = padded([w.heads for w in batch])
    states = states.gather(1, heads.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
    words = padded([np.ones(len(w.heads), dtype=np.int64) for w in batch]).bool()
    return Said(words, *model.heads.first(states))


@dataclass(frozen=True)
class Asked:
    """For which words the tags are asked: cues, and words that only look like one.

    Attributes:
        row, at: Window and word of each.
        tags: The right tags [asked, words], -100 beyond the window.
    """

    row: Tensor
    at: Tensor
    tags: Tensor


def asked(batch: Sequence[Window], found: Said, false_cues: int) -> Asked | None:
    """The cues of a batch and the words that tempt most; None where there are none."""
    longest = found.mask.shape[1]
    rows: list[int] = []
    ats: list[int] = []
    tags: list[np.ndarray] = []

    def ask(row: int, at: int, right: np.ndarray) -> None:
        rows.append(row)
        ats.append(at)
        tags.append(np.pad(right, (0, longest - len(right)), constant_values=-100))

    begins = padded([w.begins for w in batch]).bool()
    tempting = found.begins.detach().masked_fill(~found.mask | begins, -1e9)
    for row, one in enumerate(batch):
        for at, right in zip(one.cues, one.tags, strict=True):
            ask(row, int(at), right)
        for at in tempting[row].topk(min(false_cues, len(one.heads))).indices.tolist():
            if tempting[row, at] > TEMPTING:
                ask(row, at, np.zeros(len(one.heads), dtype=np.int64))
    if not rows:
        return None
    return Asked(torch.tensor(rows), torch.tensor(ats), torch.from_numpy(np.stack(tags)))


def tag_logits(model: Tagger, found: Said, question: Asked) -> Tensor:
    """Logits of the tags [asked, words, 7]."""
    cues = found.cues[question.row, question.at]
    scores: Tensor = model.heads.second(found.words[question.row], cues, question.at)
    return scores


def losses(model: Tagger, batch: Sequence[Window], found: Said, question: Asked | None) -> dict[str, Tensor]:
    """Loss against the annotations: beginnings of cues, flat tags, tags for each cue."""
    mask = found.mask
    parts = {
        "begins": functional.binary_cross_entropy_with_logits(
            found.begins[mask], padded([w.begins for w in batch]).float()[mask]
        ),
        "flat": functional.cross_entropy(
            found.flat[mask], padded([w.flat for w in batch])[mask], label_smoothing=SMOOTHING
        ),
    }
    if question is not None:
        logits = tag_logits(model, found, question).flatten(0, 1)
        parts["tags"] = functional.cross_entropy(logits, question.tags.flatten(), label_smoothing=SMOOTHING)
    return parts


def total(parts: dict[str, Tensor]) -> Tensor:
    """The parts of a loss by their weights."""
    return torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum()


__all__ = [
    "FALSE_CUES",
    "Asked",
    "Said",
    "asked",
    "batches",
    "losses",
    "padded",
    "said",
    "tag_logits",
    "total",
]
