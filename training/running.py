"""What a training keeps and goes on from, how fast it learns, and what it tells of itself."""

from __future__ import annotations

import copy
import time
from pathlib import Path

import torch
from torch import Tensor, nn

LEAST_RATE = 0.02
"""Share of the highest learning rate that a training ends with."""
TOLD_AFTER = 50
"""Steps between two lines on how far it is."""


class Running:
    """A training under way.

    Args:
        model: The network that is trained; its weights become those of the checkpoint where there is one.
        optimiser: Of its weights; its learning rates are the highest ones.
        out: The checkpoint.
        decay: How much of the running mean (exponential moving average) stays at each step, in the long run.
        save_seconds: Between two checkpoints.
        warm_up: Steps over which the learning rates rise.

    Attributes:
        mean: The network with the running mean of the weights, which does better than the last ones.
        step, epoch: How many there were.
    """

    def __init__(
        self,
        model: nn.Module,
        optimiser: torch.optim.Optimizer,
        out: Path,
        decay: float,
        save_seconds: float,
        warm_up: int,
    ) -> None:
        """Begin, or go on from the checkpoint."""
        self._rates, self._warm_up = [group["lr"] for group in optimiser.param_groups], warm_up
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

    def progress(self, share: float, epochs: float, minutes: float) -> float:
        """How much of the training is done, from 0 to 1: by rounds or by time, whichever is more.

        Args:
            share: Of this round, what is done.
            epochs: Rounds of the whole training.
            minutes: Its time.
        """
        return min(1.0, max((self.epoch + share) / epochs, self.minutes / minutes))

    def set_rates(self, progress: float) -> None:
        """Set the learning rates: they rise over the first steps and fall with what is done."""
        share = min(1.0, (self.step + 1) / self._warm_up) * max(LEAST_RATE, 1 - progress)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * share

    def tell(self, progress: float, learnt: str) -> None:
        """Print every now and then how far it is, and what was learnt."""
        if self.step % TOLD_AFTER == 0:
            done = f"{self.minutes:.1f} min, epoch {self.epoch}, step {self.step} ({100 * progress:.0f} %)"
            print(f"{done}: {learnt}", flush=True)

    def learn(self, loss: Tensor) -> None:
        """Take a step of the optimiser against a loss; gradients are kept to a length of one."""
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        learning = [parameter for group in self._optimiser.param_groups for parameter in group["params"]]
        nn.utils.clip_grad_norm_(learning, 1.0)
        self._optimiser.step()
        self._stepped()

    def _stepped(self) -> None:
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

    def end(self) -> None:
        """Write the last checkpoint and say so."""
        self.save()
        print(f"done after {self.step} steps, {self.minutes:.1f} minutes", flush=True)

    def save(self) -> None:
        """Write the checkpoint to the side, then put it in place."""
        beside = self._out.with_suffix(".part")
        weights = {"model": self._model.state_dict(), "mean": self.mean.state_dict()}
        state = {**weights, "optimiser": self._optimiser.state_dict()}
        done = {"step": self.step, "epoch": self.epoch, "spent": time.monotonic() - self._began}
        torch.save({**state, **done}, beside)
        beside.rename(self._out)


__all__ = ["Running"]
