"""The sentence encoder's network: a transformer whose states' mean is a text's vector."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import AutoModel


class SentenceEncoder(torch.nn.Module):
    """The transformer with mean pooling over the tokens and a vector of length one."""

    def __init__(self, folder: Path) -> None:
        """Load the weights without the pooling head, which sentence vectors do not use."""
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Vectors [texts, width] of token ids and mask [texts, tokens]."""
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(pooled, dim=-1)


__all__ = ["SentenceEncoder"]
