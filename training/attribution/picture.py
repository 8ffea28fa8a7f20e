"""Draws how far confidence can be trusted, and what a threshold costs."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "stance graph"  # The same figures give the same bytes.
from matplotlib import pyplot  # noqa: E402


def draw(bins: list[tuple[float, float, int]], curve: list[tuple[float, float, float]], target: Path) -> None:
    """Write an SVG picture of two charts.

    Args:
        bins: Mean confidence, share right and number of attributions of each bin.
        curve: Threshold, precision and recall.
        target: The file.
    """
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 4.2), layout="constrained")
    left.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    left.plot([sure for sure, _, _ in bins], [share for _, share, _ in bins], marker="o", color="#1f5a8c")
    for sure, share, count in bins:
        left.annotate(str(count), (sure, share), textcoords="offset points", xytext=(5, -11), fontsize=8)
    left.set(
        xlabel="confidence",
        ylabel="share right",
        title="Attributions by confidence",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    right.plot([r for _, _, r in curve], [p for _, p, _ in curve], marker="o", color="#b8591f")
    for threshold, precision, recall in curve:
        right.annotate(
            f"{threshold:g}", (recall, precision), textcoords="offset points", xytext=(5, 4), fontsize=8
        )
    right.set(xlabel="recall", ylabel="precision", title="By threshold", xlim=(0, 1), ylim=(0, 1))
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, metadata={"Date": None})


__all__ = ["draw"]
