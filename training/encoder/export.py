"""Exports a BERT sentence encoder as an int8 ONNX file that gives one normalised vector a text.

    python -m training.encoder.export MODEL_FOLDER kg/stance/encoder [--tuned TUNED.pt] [--keep 0.1]

MODEL_FOLDER holds the original weights (`config.json`, `model.safetensors`, `tokenizer.json`), TUNED.pt what
`training.encoder.tune` made of them. `--keep` says how much of the original weights is mixed into the tuned
ones, so that what the encoder knew of other texts is not lost (Wortsman and others 2022). Written are
`model.onnx` (mean pooling and normalisation inside, 8-bit weights), `tokenizer.json` without padding and
truncation (the caller sets them) and `digest.txt`, the SHA-256 of both, which is checked when the encoder is
loaded.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from kg.model.digests import write_digests
from training.encoder.network import SentenceEncoder
from training.quantising import write_onnx, write_tokenizer

KEEP = 0.1
"""Share of the original weights."""


def mixed(tuned: SentenceEncoder, original: SentenceEncoder, keep: float) -> SentenceEncoder:
    """The tuned network with its weights drawn towards the original ones, in place.

    Args:
        tuned: The network that is changed.
        original: Of the same make.
        keep: 0 leaves the tuned weights, 1 makes the original ones of them.
    """
    with torch.no_grad():
        for ours, theirs in zip(tuned.parameters(), original.parameters(), strict=True):
            ours.lerp_(theirs, keep)
    return tuned


def tuned_encoder(folder: Path, tuned: Path | None, keep: float) -> SentenceEncoder:
    """The encoder of a folder; with a checkpoint of its tuning, between both as `mixed` says."""
    encoder = SentenceEncoder(folder)
    if tuned is not None:
        encoder.load_state_dict(torch.load(tuned, weights_only=True)["mean"])
        encoder = mixed(encoder, SentenceEncoder(folder), keep)
    return encoder


def export(encoder: SentenceEncoder, tokenizer_file: Path, target: Path) -> None:
    """Write model, tokenizer and digest to `target`."""
    target.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 7, dtype=torch.long)
    text = {0: "texts", 1: "tokens"}
    names = (("input_ids", "attention_mask"), ("vectors",))
    free = {"input_ids": text, "attention_mask": text, "vectors": {0: "texts"}}
    write_onnx(encoder, (ids, torch.ones_like(ids)), target / "model.onnx", names, free)
    write_tokenizer(tokenizer_file, target / "tokenizer.json")
    write_digests(target, ["model.onnx", "tokenizer.json"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Export from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.export")
    parser.add_argument("encoder", type=Path, help="folder of the original weights")
    parser.add_argument("target", type=Path)
    parser.add_argument("--tuned", type=Path, help="checkpoint of training.encoder.tune")
    parser.add_argument("--keep", type=float, default=KEEP, help="share of the original weights")
    options = parser.parse_args(arguments)
    encoder = tuned_encoder(options.encoder, options.tuned, options.keep)
    export(encoder, options.encoder / "tokenizer.json", options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
