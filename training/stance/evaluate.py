"""How well a checkpoint judges pairs that it was not trained on.

    python -m training.stance.evaluate ENCODER_FOLDER CHECKPOINT.pt pairs/dev.jsonl... [--chances OUT.npz]

Prints figures by corpus and way of making, and by what makes a pair of the corpus hard. `--chances` keeps the
logits for calibration.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from kg.stance.cross_encoder.layout import layout
from training.stance.figures import SIDES, Figures, Judged, by_tag, figures
from training.stance.network import CrossEncoder, tokenizer_of
from training.stance.statements import POLARITIES
from training.stance.train import tensors


def logits_of(model: CrossEncoder, folder: Path, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """Logits [pairs, 4] of texts with their positions."""
    laid = [layout([one]) for one in tokenizer_of(folder).encode_batch(list(pairs))]
    order = sorted(range(len(pairs)), key=lambda index: len(laid[index].pieces))
    found = np.zeros((len(pairs), len(POLARITIES)), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            batch = order[start : start + 32]
            found[batch] = model(*tensors([laid[index] for index in batch]))[:, 0].numpy()
    return found


def loaded(folder: Path, checkpoint: Path) -> CrossEncoder:
    """The network with a checkpoint's running mean of weights."""
    model = CrossEncoder(folder)
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["mean"])
    return model.eval()


def told(name: str, found: Figures) -> str:
    """A line of the table."""
    classes = " ".join(f"{label[:3]} {value:.3f}" for label, value in found.f1.items())
    return (
        f"{name:32} {found.pairs:6} macro {found.macro:.3f} ({classes}) right {found.right:.3f}"
        f" side {found.right_side:.3f} reversed {found.reversed:.3f} abstained {found.abstained:.3f}"
    )


def report(judged: Sequence[Judged], groups: Sequence[str]) -> None:
    """Print the tables."""
    for group in dict.fromkeys(groups):
        inside = [one for one, its in zip(judged, groups, strict=True) if its == group]
        print(told(group, figures(inside)))
        sides = [one for one in inside if one.label in SIDES]
        if len(sides) < len(inside) or group.startswith("perspectrum"):
            print(told(f"  {group}, sides", figures(sides, SIDES)))
    print()
    for tag, found in by_tag([one for one in judged if one.group == "corpus"]).items():
        print(told(tag, found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.evaluate")
    parser.add_argument("encoder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--chances", type=Path, help="keep logits and labels here")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sample", type=int, help="only every so many-th pair")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    records = [json.loads(line) for path in options.pairs for line in path.read_text("utf-8").splitlines()]
    records = [record for record in records if record][:: options.sample or 1]
    pairs = [(record["text"], record["position"]) for record in records]
    logits = logits_of(loaded(options.encoder, options.checkpoint), options.encoder, pairs)
    said = logits.argmax(1)
    judged = [
        Judged(record["label"], POLARITIES[choice], record["origin"], tuple(record["tags"]))
        for record, choice in zip(records, said, strict=True)
    ]
    report(judged, [record["origin"] for record in records])
    ways = [f"{record['origin']} {record['kind']}" for record in records]
    for way in sorted(set(ways)):
        print(told(way, figures([one for one, its in zip(judged, ways, strict=True) if its == way])))
    if options.chances:
        labels = np.array([POLARITIES.index(record["label"]) for record in records])
        np.savez(options.chances, logits=logits, labels=labels)
    return 0


if __name__ == "__main__":
    sys.exit(main())
