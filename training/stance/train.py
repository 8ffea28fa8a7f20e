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
from tokenizers import Tokenizer
from torch import Tensor

from kg.stance.cross_encoder.layout import Layout, layout
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
    """A text, positions, and for each the chances that are aimed at; None where nobody knows."""

    text: str
    positions: tuple[str, ...]
    aims: tuple[tuple[float, ...] | None, ...]


def examples(source: str) -> list[Example]:
    """What a file has to learn from: pairs, and texts with lists of positions.

    Args:
        source: Path of the file; behind a colon the share of the teacher's chances.
    """
    path, _, given = source.partition(":")
    share = float(given or TAUGHT)
    found = []
    for line in Path(path).read_text("utf-8").splitlines():
        one = json.loads(line)
        if "positions" in one:
            aims = tuple(_aim(label) for label in one["labels"])
            found.append(Example(one["text"], tuple(one["positions"]), aims))
            continue
        aim, taught = _aim(one.get("label")), one.get("taught")
        if taught is not None:
            told = np.array(taught)
            aim = tuple((told if aim is None else share * told + (1 - share) * np.array(aim)).tolist())
        found.append(Example(one["text"], (one["position"],), (aim,)))
    return found


def _aim(label: str | None) -> tuple[float, ...] | None:
    if label is None:
        return None
    least = SMOOTHING / len(POLARITIES)
    return tuple(1 - SMOOTHING + least if label == one else least for one in POLARITIES)


def tensors(laid: Sequence[Layout]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Word pieces, mask, parts and places [texts, pieces] of a batch."""
    longest = max(len(one.pieces) for one in laid)
    pieces, mask, part, place = (np.zeros((len(laid), longest), dtype=np.int64) for _ in range(4))
    for row, one in enumerate(laid):
        size = len(one.pieces)
        mask[row, :size] = 1
        for into, values in ((pieces, one.pieces), (part, one.part), (place, one.place)):
            into[row, :size] = values
    return torch.from_numpy(pieces), torch.from_numpy(mask), torch.from_numpy(part), torch.from_numpy(place)


def loss_of(logits: Tensor, batch: Sequence[Example]) -> Tensor:
    """What there is to learn from a batch.

    Of each text the mean cross-entropy over its positions; and where it has several and is about one of them,
    minus the logarithm of the share that those have which it is about, by the odds of being related at all (a
    listwise loss: Cao and others, ICML 2007).

    Args:
        logits: [texts, positions, 4].
        batch: As many texts.
    """
    most = logits.shape[1]
    blank = (0.0,) * len(POLARITIES)
    aims = torch.tensor([
        [aim or blank for aim in one.aims] + [blank] * (most - len(one.aims)) for one in batch
    ])  # fmt: skip
    known = aims.sum(2) > 0
    each = -(aims * logits.log_softmax(2)).sum(2)
    loss = (each * known).sum(1) / known.sum(1).clamp(min=1)
    lists = [row for row, one in enumerate(batch) if len(one.positions) > 1]
    if lists:
        odds = logits[lists, :, :-1].logsumexp(2) - logits[lists, :, -1]
        related = (aims[lists, :, -1] < 0.5) & known[lists]
        odds = odds.masked_fill(~known[lists], -1e4)
        share = odds.masked_fill(~related, -1e4).logsumexp(1) - odds.logsumexp(1)
        listwise = torch.zeros_like(loss)
        listwise[lists] = -share * related.any(1)
        loss = loss + listwise
    return loss.mean()


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
    laid = [
        layout(tokenizer.encode_batch([(one.text, position) for position in one.positions])) for one in pairs
    ]
    while progress < 1 and under_way.epoch < course.epochs:
        rng = random.Random(1000 * course.seed + under_way.epoch)  # noqa: S311
        order = batches([len(one.pieces) for one in laid], course.pieces, rng)
        for number, indices in enumerate(order):
            progress = under_way.progress(number / len(order), course.epochs, course.minutes)
            if progress >= 1:
                break
            under_way.set_rates(progress)
            model.train()
            inputs = tensors([laid[index] for index in indices])
            loss = loss_of(model(*inputs), [pairs[index] for index in indices])
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
