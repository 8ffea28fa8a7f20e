"""Fits the calibration of the cross-encoder on pairs that it was not trained on.

    python -m training.stance.calibrate kg/stance/cross_encoder LOGITS.npz... [--write]

A file of logits is what `training.stance.evaluate --chances` keeps. Each file counts the same, however many
pairs it has. Fitted is one factor, the inverse of a temperature (Guo and others, 2017). Printed are the
expected calibration error before and after, and what the limit of telling a side comes to in each file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kg.model.digests import write_digests
from kg.stance.cross_encoder import Calibration
from kg.stance.pairs import verdicts
from training.attribution.calibrate import reliability
from training.stance.export import FILES, PLAIN, as_toml
from training.stance.figures import SIDES, Judged, figures
from training.stance.statements import POLARITIES


def fitted(parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> Calibration:
    """The calibration with the least mean log loss over the parts.

    Args:
        parts: Logits [pairs, 4] and labels [pairs] of each.
    """
    scale = torch.ones((), requires_grad=True)
    optimiser = torch.optim.LBFGS([scale], max_iter=200)
    tensors = [(torch.from_numpy(logits).float(), torch.from_numpy(labels)) for logits, labels in parts]

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        losses = [nn.functional.cross_entropy(scale * logits, labels) for logits, labels in tensors]
        loss = torch.stack(losses).mean()
        loss.backward()
        return loss

    optimiser.step(closure)
    return Calibration(round(float(scale.detach()), 4), PLAIN.lead)


def calibration_error(chances: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: how far the greatest chance is from the share that is right, by bins.

    >>> calibration_error(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0, 1]))
    0.5
    """
    _, error = reliability(list(chances.max(1)), list(chances.argmax(1) == labels), bins)
    return float(error)


def judged(logits: np.ndarray, labels: np.ndarray, calibration: Calibration) -> list[Judged]:
    """What would be told of each pair."""
    told = verdicts(calibration.chances(logits), calibration)
    return [Judged(POLARITIES[label], said) for label, (said, _) in zip(labels, told, strict=True)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Calibrate from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.calibrate")
    parser.add_argument("folder", type=Path, help="of the exported network")
    parser.add_argument("logits", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    parts = []
    for path in options.logits:
        with np.load(path) as held:
            parts.append((held["logits"], held["labels"]))
    found = fitted(parts)
    print(found)
    for path, (logits, labels) in zip(options.logits, parts, strict=True):
        before, after = (calibration_error(one.chances(logits), labels) for one in (PLAIN, found))
        print(f"{path.name}: calibration error {before:.3f} -> {after:.3f}")
        for lead in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
            pairs = judged(logits, labels, Calibration(found.scale, lead))
            whole = figures(pairs)
            sides = figures([one for one in pairs if one.label in SIDES], SIDES)
            print(
                f"  lead {lead:.2f}: macro of four {whole.macro:.3f}, of the sides {sides.macro:.3f},"
                f" reversed {sides.reversed:.3f}"
            )
    if options.write:
        (options.folder / "calibration.toml").write_text(as_toml(found), "utf-8")
        write_digests(options.folder, [name for name in FILES if (options.folder / name).is_file()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
