"""Trains the cross-encoder on pairs.

    python -m training.stance.train ENCODER_FOLDER OUT.pt --data pairs/train.jsonl[:0.7] [--start BEFORE.pt]

A line of a data file is what `training.stance.pairs` writes; where `training.stance.teach` added what a
larger network says of it (`taught`, four chances), both count. The learning rate falls with the steps that
are done, or with the minutes where they are fewer. A checkpoint is written every few minutes, and the same
command goes on from it. What is kept is the running mean of the weights (exponential moving average).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn

from training.attribution.learning import batches
from training.running import Running
from training.stance.network import CrossEncoder, tokenizer_of
from training.stance.statements import POLARITIES

WARM_UP = 100
SAVE_SECONDS = 240
MEAN_DECAY = 0.995
"""How much of the running mean of the weights stays at each step."""
PACE_SECONDS = 10
SMOOTHING = 0.05
TAUGHT = 0.7
"""Share of the teacher's chances in what is aimed at, where there are any and the pair is coded too, unless a
file of pairs says another."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair and the chances that are aimed at."""

    text: str
    position: str
    aim: tuple[float, ...]


def examples(source: str) -> list[Example]:
    """The pairs of a file with what is aimed at for each.

    Args:
        source: Path of the file; behind a colon the share of the teacher's chances.
    """
    path, _, given = source.partition(":")
    share = float(given or TAUGHT)
    found = []
    for line in Path(path).read_text("utf-8").splitlines():
        pair = json.loads(line)
        taught, label = pair.get("taught"), pair.get("label")
        aim = np.zeros(len(POLARITIES))
        if label is not None:
            aim += SMOOTHING / len(POLARITIES)
            aim[POLARITIES.index(label)] += 1 - SMOOTHING
        if taught is not None:
            aim = np.array(taught) if label is None else share * np.array(taught) + (1 - share) * aim
        found.append(Example(pair["text"], pair["position"], tuple(float(value) for value in aim)))
    return found


def tensors(encodings: Sequence[Encoding]) -> tuple[Tensor, Tensor, Tensor]:
    """Word pieces, mask and parts [pairs, pieces] of a batch."""
    longest = max(len(one.ids) for one in encodings)
    pieces, mask, part = (np.zeros((len(encodings), longest), dtype=np.int64) for _ in range(3))
    for row, one in enumerate(encodings):
        size = len(one.ids)
        parts = one.type_ids if any(one.type_ids) else [int(which == 1) for which in one.sequence_ids]
        pieces[row, :size], mask[row, :size], part[row, :size] = one.ids, 1, parts
    return torch.from_numpy(pieces), torch.from_numpy(mask), torch.from_numpy(part)


@dataclass
class Course:
    """How a training goes.

    Attributes:
        out: The checkpoint.
        epochs: Rounds over the pairs.
        minutes: The end, whatever the rounds.
        pieces: Word pieces in a batch.
        rate: Highest learning rate of the transformer; the head has ten times as much.
        seed: Of all that is drawn.
    """

    out: Path
    epochs: float = 3
    minutes: float = 1e9
    pieces: int = 1024
    rate: float = 1e-4
    seed: int = 0


def run(model: CrossEncoder, tokenizer: Tokenizer, pairs: Sequence[Example], course: Course) -> None:
    """Train, with checkpoints.

    Args:
        model: The network.
        tokenizer: Its tokenizer.
        pairs: What it learns from.
        course: How.
    """
    torch.manual_seed(course.seed)
    torch.set_flush_denormal(True)
    words = {id(p) for n, p in model.named_parameters() if "word_embeddings" in n}
    body = [p for n, p in model.named_parameters() if n.startswith("body.") and id(p) not in words]
    head = [p for n, p in model.named_parameters() if not n.startswith("body.")]
    for parameter in model.parameters():
        # Words that training does not meet must stay beside those that it does.
        parameter.requires_grad_(id(parameter) not in words)
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": course.rate}, {"params": head, "lr": 10 * course.rate}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    under_way = Running(model, optimiser, course.out, MEAN_DECAY, SAVE_SECONDS, WARM_UP)
    running, pace, read, told = 0.0, 0.0, 0, time.monotonic()
    progress = 0.0
    while progress < 1 and under_way.epoch < course.epochs:
        rng = random.Random(1000 * course.seed + under_way.epoch)  # noqa: S311
        encodings = tokenizer.encode_batch([(pair.text, pair.position) for pair in pairs])
        order = batches([len(one.ids) for one in encodings], course.pieces, rng)
        for number, indices in enumerate(order):
            progress = under_way.progress(number / len(order), course.epochs, course.minutes)
            if progress >= 1:
                break
            under_way.set_rates(progress)
            model.train()
            inputs = tensors([encodings[index] for index in indices])
            aims = torch.tensor([pairs[index].aim for index in indices])
            loss = nn.functional.cross_entropy(model(*inputs), aims)
            under_way.learn(loss)
            read += int(inputs[1].sum())
            running = 0.98 * (running or loss.item()) + 0.02 * loss.item()
            if time.monotonic() - told > PACE_SECONDS:
                pace, read, told = read / (time.monotonic() - told), 0, time.monotonic()
            under_way.tell(progress, f"loss {running:.4f}, {pace:.0f} pieces/s")
            under_way.save_now_and_then()
        under_way.epoch += 1
    under_way.end()


def main(arguments: Sequence[str] | None = None) -> int:
    """Train from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.train", description="Train on pairs.")
    parser.add_argument("encoder", type=Path, help="folder of the transformer to start from")
    parser.add_argument("out", type=Path, help="the checkpoint; where it exists, training goes on from it")
    parser.add_argument(
        "--data", action="append", required=True, metavar="FILE[:SHARE]",
        help="pairs as JSON lines; behind a colon the teacher's share where a pair is coded too (0.7)",
    )  # fmt: skip
    parser.add_argument("--start", type=Path, help="a checkpoint of another training to start from")
    parser.add_argument("--epochs", type=float, default=Course.epochs)
    parser.add_argument("--minutes", type=float, default=Course.minutes, help="end after so many minutes")
    parser.add_argument("--rate", type=float, default=Course.rate, help="highest learning rate")
    parser.add_argument("--pieces", type=int, default=Course.pieces, help="word pieces in a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    model = CrossEncoder(options.encoder)
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=True)["mean"])
    pairs = [pair for path in options.data for pair in examples(path)]
    print(f"{len(pairs)} pairs", flush=True)
    course = Course(options.out, options.epochs, options.minutes, options.pieces, options.rate, options.seed)
    run(model, tokenizer_of(options.encoder), pairs, course)
    return 0


if __name__ == "__main__":
    sys.exit(main())
