"""Exports the cross-encoder for the package: 8-bit ONNX for one text at a time.

    python -m training.stance.export ENCODER_FOLDER CHECKPOINT.pt kg/stance/cross_encoder [--full]
    python -m training.stance.export ENCODER_FOLDER CHECKPOINT.pt my-model --tokenizer

`--full` leaves the weights in full precision, to see what the 8 bits cost. `--tokenizer` writes the
transformer's tokenizer too, which the package's network shares with the sentence encoder. Calibration is the
work of `training.stance.calibrate`; until then the folder gets a plain one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.model.digests import write_digests
from kg.stance.cross_encoder import Calibration
from training.quantising import write_onnx
from training.stance.evaluate import loaded
from training.stance.network import CrossEncoder

FILES = ("model.onnx", "calibration.toml", "tokenizer.json")

PLAIN = Calibration(1.0, lead=0.75)
"""Before it is fitted. The lead is set by hand, with what `training.stance.calibrate` prints in view."""


def as_toml(calibration: Calibration) -> str:
    """The file `calibration.toml` of a calibration."""
    return (
        "# Fitted by training/stance/calibrate.py; the lead is set by hand in export.py.\n"
        f"scale = {calibration.scale}\nlead = {calibration.lead}\n"
    )


class WithoutPadding(nn.Module):
    """The network for texts without padding."""

    def __init__(self, model: CrossEncoder) -> None:
        """Wrap the network."""
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, part: Tensor, place: Tensor) -> Tensor:
        """Logits [texts, positions, 4]."""
        scores: Tensor = self.model(pieces, torch.ones_like(pieces), part, place)
        return scores


def export(model: CrossEncoder, target: Path, full: bool = False) -> None:
    """Write `model.onnx` and the digests."""
    target.mkdir(parents=True, exist_ok=True)
    pieces = torch.ones(2, 11, dtype=torch.long)
    part = torch.tensor([[0] * 5 + [1] * 4 + [2] * 2] * 2)
    place = torch.tensor([[0, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6]] * 2)
    laid = {0: "texts", 1: "pieces"}
    names = (("pieces", "part", "place"), ("scores",))
    free = {**dict.fromkeys(names[0], laid), "scores": {0: "texts", 1: "positions"}}
    write_onnx(WithoutPadding(model), (pieces, part, place), target / "model.onnx", names, free, full)
    calibration = target / "calibration.toml"
    if not calibration.is_file():
        calibration.write_text(as_toml(PLAIN), "utf-8")
    write_digests(target, [name for name in FILES if (target / name).is_file()])


def main(arguments: Sequence[str] | None = None) -> int:
    """Export from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.export")
    parser.add_argument("encoder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--tokenizer", action="store_true")
    options = parser.parse_args(arguments)
    if options.tokenizer:
        options.target.mkdir(parents=True, exist_ok=True)
        shutil.copy(options.encoder / "tokenizer.json", options.target)
    export(loaded(options.encoder, options.checkpoint), options.target, options.full)
    return 0


if __name__ == "__main__":
    sys.exit(main())
