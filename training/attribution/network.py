"""The tagger's network: an encoder, a head that finds where cues begin, and one that reads for a given cue.

The second head works as in semantic role labelling (Cai and others, 2018, "A full end-to-end semantic role
labeler"): for the first word of a cue it gives every word of the window one of seven tags: outside, or
beginning or inside of the cue itself, of its source or of its content. Contents may so be discontinuous,
overlap with those of another cue, or hold another attribution.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from kg.attribute.tagger.network import TAGS
from kg.attribute.tagger.words import CASES, OPENINGS, PLACES
from training.attribution.windows import FLAT

WIDTH = 128
"""Numbers that a word is reduced to before it is set against a cue."""
DISTANCES = 32


def distance_bucket(distance: Tensor) -> Tensor:
    """Signed distance in words, put into 32 buckets: exact up to 6, then ever wider."""
    size = distance.abs()
    wide = 6 + (torch.log2(size.clamp(min=1).float() / 6) * 2).floor().clamp(0, 9).long()
    bucket = torch.where(size <= 6, size, wide + 0)
    return torch.where(distance < 0, 16 + bucket.clamp(max=15), bucket.clamp(max=15))


class Encoder(nn.Module):
    """Transformer over word pieces, with three small features of each word added to its embedding."""

    def __init__(self, folder: Path, attention: str = "sdpa") -> None:
        """Load the transformer's weights; the features begin without effect."""
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation=attention)
        width = self.body.config.hidden_size
        self.case, self.place, self.opening = (nn.Embedding(n, width) for n in (CASES, PLACES, OPENINGS))
        for table in (self.case, self.place, self.opening):
            nn.init.zeros_(table.weight)

    def forward(self, pieces: Tensor, mask: Tensor, case: Tensor, place: Tensor, opening: Tensor) -> Tensor:
        """States [windows, pieces, width]."""
        embedded = self.body.embeddings.word_embeddings(pieces)
        embedded = embedded + self.case(case) + self.place(place) + self.opening(opening)
        states: Tensor = self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return states


class Heads(nn.Module):
    """What is read off the states of words."""

    def __init__(self, width: int) -> None:
        """Make the heads for states of that width."""
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.begins = nn.Linear(width, 1)
        self.flat = nn.Linear(width, len(FLAT))
        self.word = nn.Linear(width, WIDTH)
        self.cue = nn.Linear(width, WIDTH)
        self.cross = nn.Parameter(torch.randn(WIDTH, len(TAGS), WIDTH) * 0.02)
        self.word_alone = nn.Linear(WIDTH, len(TAGS))
        self.cue_alone = nn.Linear(WIDTH, len(TAGS), bias=False)
        self.mixed = nn.Linear(WIDTH, len(TAGS), bias=False)
        self.distance = nn.Embedding(DISTANCES, len(TAGS))
        nn.init.zeros_(self.distance.weight)

    def first(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Of states [..., words, width]: cue logits [..., words], flat tags, reduced words, reduced cues."""
        states = self.drop(states)
        reduced = torch.nn.functional.gelu(self.word(states))
        cues = torch.nn.functional.gelu(self.cue(states))
        return self.begins(states).squeeze(-1), self.flat(states), reduced, cues

    def second(self, words: Tensor, cues: Tensor, at: Tensor) -> Tensor:
        """Tags [cues, words, 7] of the words of one window each.

        Args:
            words: Reduced words [cues, words, 128], of the window that each cue stands in.
            cues: Reduced cues [cues, 128].
            at: Index of each cue's first word [cues].
        """
        matrix = torch.einsum("cp,ptr->ctr", cues, self.cross)
        scores = torch.einsum("cwr,ctr->cwt", words, matrix)
        mixed = self.mixed(torch.tanh(words + cues.unsqueeze(1)))
        where = torch.arange(words.shape[1], device=words.device).unsqueeze(0) - at.unsqueeze(1)
        alone = self.word_alone(words) + self.cue_alone(cues).unsqueeze(1) + mixed
        return scores + alone + self.distance(distance_bucket(where))


class Tagger(nn.Module):
    """Encoder and heads."""

    def __init__(self, folder: Path) -> None:
        """Start from the transformer in `folder`."""
        super().__init__()
        self.encoder = Encoder(folder)
        self.heads = Heads(self.encoder.body.config.hidden_size)
