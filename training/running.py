"""What a training keeps and goes on from: weights, their running mean, the optimiser, how far it came."""

from __future__ import annotations

import copy
import time
from pathlib import Path

import torch
from torch import nn


class Running:
    """A training under way.

    Args:
        model: The network that is trained; its weights become those of the checkpoint where there is one.
        optimiser: Of its weights.
        out: The checkpoint.
        decay: How much of the running mean (exponential moving average) stays at each step, in the long run.
        save_seconds: Between two checkpoints.

    Attributes:
        mean: The network with the running mean of the weights, which does better than the last ones.
        step, epoch: How many there were.
    """

    def __init__(
        self, model: nn.Module, optimiser: torch.optim.Optimizer, out: Path, decay: float, save_seconds: float
    ) -> None:
        """Begin, or go on from the checkpoint."""
        self._model, self._optimiser, self._out = model, optimiser, out
        self._decay, self._save_seconds = decay, save_seconds
        self.mean = copy.deepcopy(model).eval()
        self.step, self.epoch, spent = 0, 0, 0.0
        if out.exists():
            saved = torch.load(out, weights_only=True)
            model.load_state_dict(saved["model"])
            self.mean.load_state_dict(saved["mean"])
            optimiser.load_state_dict(saved["optimiser"])
            self.step, self.epoch, spent = saved["step"], saved["epoch"], saved["spent"]
            print(f"going on at step {self.step}", flush=True)
        self._saved_at = time.monotonic()
        self._began = self._saved_at - spent

    @property
    def minutes(self) -> float:
        """How long it has run, interruptions left out."""
        return (time.monotonic() - self._began) / 60

    def stepped(self) -> None:
        """Count a step of the optimiser, and take its weights into the running mean."""
        self.step += 1
        keep = min(self._decay, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            for ours, theirs in zip(self.mean.parameters(), self._model.parameters(), strict=True):
                if theirs.requires_grad:
                    ours.lerp_(theirs, 1 - keep)

    def save_now_and_then(self) -> None:
        """Write the checkpoint if the last one is old enough."""
        if time.monotonic() - self._saved_at > self._save_seconds:
            self.save()
            self._saved_at = time.monotonic()

    def save(self) -> None:
        """Write the checkpoint to the side, then put it in place."""
        beside = self._out.with_suffix(".part")
        weights = {"model": self._model.state_dict(), "mean": self.mean.state_dict()}
        state = {**weights, "optimiser": self._optimiser.state_dict()}
        done = {"step": self.step, "epoch": self.epoch, "spent": time.monotonic() - self._began}
        torch.save({**state, **done}, beside)
        beside.rename(self._out)


__all__ = ["Running"]
