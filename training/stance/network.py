"""The cross-encoder's network: a transformer that reads text and position together, and a small head.

The head sees the first state, the mean of the text's states, the mean of the position's, and the product of
both means: the sentence encoders that training starts from keep what a passage is about in the mean of its
states, and a side is the product of which way the text and which way the position points.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from kg.stance.cross_encoder import LONGEST
from training.stance.statements import POLARITIES


class CrossEncoder(nn.Module):
    """Logits of supports, opposes, neutral and unrelated for a text and a position."""

    def __init__(self, folder: Path) -> None:
        """Load the transformer's weights; the head begins at random."""
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
        if getattr(self.body, "pooler", None) is not None:
            self.body.pooler = None
        for module in self.body.modules():
            if isinstance(module, nn.Dropout):
                # It costs a tenth of the time, and pairs are seen a few times only.
                module.p = 0.0
        self.typed = bool(getattr(self.body.config, "type_vocab_size", 0))
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.mixed = nn.Linear(4 * width, width)
        self.scores = nn.Linear(width, len(POLARITIES))

    def forward(self, pieces: Tensor, mask: Tensor, part: Tensor) -> Tensor:
        """Logits [pairs, 4].

        Args:
            pieces: Word pieces [pairs, pieces].
            mask: 1 where there is a piece, 0 where there is none.
            part: 0 in the text, 1 in the position.
        """
        more = {"token_type_ids": part} if self.typed else {}
        states = self.body(input_ids=pieces, attention_mask=mask, **more).last_hidden_state
        there, second = mask.unsqueeze(-1).to(states.dtype), part.unsqueeze(-1).to(states.dtype)
        text, position = there * (1 - second), there * second
        means = [(states * which).sum(1) / which.sum(1).clamp(min=1) for which in (text, position)]
        joined = torch.cat([states[:, 0], *means, means[0] * means[1]], dim=-1)
        scores: Tensor = self.scores(nn.functional.gelu(self.mixed(self.drop(joined))))
        return scores


def tokenizer_of(folder: Path) -> Tokenizer:
    """The transformer's tokenizer; of what is too long the text is cut, never the position."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_first")
    return tokenizer


__all__ = ["CrossEncoder", "tokenizer_of"]
