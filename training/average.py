"""Averages the weights of several runs, which does a little better than each (Wortsman and others, 2022).

    python -m training.average OUT.pt RUN.pt RUN.pt...

The runs must start from one another: `train --start FIRST.pt` with another seed and a lower rate.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor


def average(runs: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of weights of the same names and shapes."""
    return {name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Average the running means of checkpoints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    runs = [torch.load(path, weights_only=True)["mean"] for path in options.runs]
    torch.save({"mean": average(runs)}, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
