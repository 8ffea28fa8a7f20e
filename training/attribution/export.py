"""Exports trained weights for the package: the encoder as 8-bit ONNX, the heads as small matrices.

    python -m training.attribution.export ENCODER_FOLDER TAGGER.pt kg/attribute/tagger/weights [--full]

`--full` leaves the encoder in full precision, to see what the 8 bits cost.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kg.model.digests import write_digests
from training.attribution.network import Encoder, Heads
from training.quantising import write_onnx, write_tokenizer

SECOND = (
    "cross",
    "word_alone.weight",
    "word_alone.bias",
    "cue_alone.weight",
    "mixed.weight",
    "distance.weight",
)
"""What is applied for each cue, outside of the ONNX file."""


class First(nn.Module):
    """The encoder with what is read off every word, for one window without padding."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        """Join the parts."""
        super().__init__()
        self.encoder = encoder
        self.heads = heads

    def forward(
        self, pieces: Tensor, case: Tensor, place: Tensor, opening: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Cue logits, reduced words and reduced cues of every piece."""
        states = self.encoder(pieces, torch.ones_like(pieces), case, place, opening)
        begins, _, words, cues = self.heads.first(states)
        return begins, words, cues


def export(source: Path, weights: Path, target: Path, full: bool = False) -> None:
    """Write `encoder.onnx`, `heads.npz`, `tokenizer.json` and `digest.txt` to `target`."""
    target.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(source, attention="eager")
    heads = Heads(encoder.body.config.hidden_size)
    saved = torch.load(weights, weights_only=True, map_location="cpu")["mean"]
    encoder.load_state_dict(
        {k.removeprefix("encoder."): v for k, v in saved.items() if k.startswith("encoder.")}
    )
    heads.load_state_dict({k.removeprefix("heads."): v for k, v in saved.items() if k.startswith("heads.")})
    model = First(encoder, heads)
    example = tuple(torch.ones(1, 9, dtype=torch.long) for _ in range(4))
    names = (("pieces", "case", "place", "opening"), ("begins", "words", "cues"))
    free = {name: {0: "windows", 1: "pieces"} for part in names for name in part}
    write_onnx(model, example, target / "encoder.onnx", names, free, full)
    state = heads.state_dict()
    np.savez_compressed(target / "heads.npz", **{name: state[name].numpy() for name in SECOND})
    write_tokenizer(source / "tokenizer.json", target / "tokenizer.json")
    write_digests(target, ["encoder.onnx", "heads.npz", "tokenizer.json"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--full", action="store_true")
    arguments = parser.parse_args()
    export(arguments.encoder, arguments.weights, arguments.target, arguments.full)
