"""The cross-encoder's network: a transformer that reads a text and positions together, and a small head.

Any number of positions lie behind the text (`kg.stance.cross_encoder.layout`); each sees the text and
itself, and the text sees all. The head sees the first state, the mean of the text's states, the mean of the
position's, and the product of both means: the sentence encoders that training starts from keep what a passage
is about in the mean of its states, and a side is the product of which way the text and which way the position
points.
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
    """Logits of supports, opposes, neutral and unrelated for a text and positions that lie side by side."""

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
        self.typed = getattr(self.body.config, "type_vocab_size", 0) > 1
        kind = self.body.config.model_type
        self.relative = kind.startswith("deberta")
        self.first_place = self.body.config.pad_token_id + 1 if "roberta" in kind else 0
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.mixed = nn.Linear(4 * width, width)
        self.scores = nn.Linear(width, len(POLARITIES))

    def forward(self, pieces: Tensor, mask: Tensor, part: Tensor, place: Tensor) -> Tensor:
        """Logits [texts, positions, 4].

        Args:
            pieces: Word pieces [texts, pieces].
            mask: 1 where there is a piece, 0 where there is none.
            part: 0 in the text, 1 in the first position, 2 in the second ...
            place: Where each piece stands; each position begins right behind the text.
        """
        more = {"token_type_ids": (part > 0).to(part.dtype)} if self.typed else {}
        states = self.body(
            input_ids=pieces,
            attention_mask=self._attention(mask, part),
            position_ids=place + self.first_place,
            **more,
        ).last_hidden_state
        numbers = torch.arange(part.max() + 1, device=part.device)
        inside = (part.unsqueeze(2) == numbers) & (mask.unsqueeze(2) == 1)
        which = inside.to(states.dtype).transpose(1, 2)
        means = which @ states / which.sum(2, keepdim=True).clamp(min=1)
        positions = means[:, 1:]
        first, text = (values.expand_as(positions) for values in (states[:, :1], means[:, :1]))
        joined = torch.cat([first, text, positions, text * positions], dim=-1)
        scores: Tensor = self.scores(nn.functional.gelu(self.mixed(self.drop(joined))))
        return scores

    def _attention(self, mask: Tensor, part: Tensor) -> Tensor:
        """Which piece sees which, as the transformer takes it.

        DeBERTa knows how far pieces are from each other and takes no mask of pairs: there positions see each
        other.
        """
        if self.relative:
            return mask
        seen = part.unsqueeze(2) * part.unsqueeze(1) == 0
        seen = (seen | (part.unsqueeze(2) == part.unsqueeze(1))) & (mask.unsqueeze(1) == 1)
        return (1.0 - seen.unsqueeze(1).to(torch.float32)) * -1e4


def tokenizer_of(folder: Path) -> Tokenizer:
    """The transformer's tokenizer; of what is too long the text is cut, never the position."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_first")
    return tokenizer


__all__ = ["CrossEncoder", "tokenizer_of"]
