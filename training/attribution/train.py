"""Trains the tagger on annotated articles.

    python -m training.attribution.train ENCODER_FOLDER OUT.pt --data train.jsonl --data corpus/train:4

The learning rate falls with the steps that are done; a checkpoint is written every few minutes, and the same
command goes on from it. What is kept is the running mean of the weights (exponential moving average), which
does better than the last ones.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from kg.attribute.tagger.network import TAGS
from kg.attribute.tagger.words import split
from training.attribution.annotations import read_annotated
from training.attribution.network import Tagger
from training.attribution.windows import Marked, Window, cuts, mark, window

SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
SINGLE_SHARE = 0.15
"""Share of texts whose double quotation marks are made single ones, as British papers have them."""


def read(sources: list[str], tokenizer: Tokenizer) -> list[tuple[Marked, Marked]]:
    """Annotated articles, each as it is and with single quotation marks.

    Args:
        sources: Brat folders or JSON-lines files, with `:3` behind for those to be taken thrice an epoch.
        tokenizer: Of the transformer.
    """
    found = []
    for source in sources:
        path, _, times = source.partition(":")
        for article in read_annotated(Path(path)):
            forms = (article.text, article.text.translate(SINGLE))
            plain, single = (mark(split(text, tokenizer), article.annotations) for text in forms)
            found += [(plain, single)] * int(times or 1)
    return found


def batches(windows: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, about `pieces` pieces a batch with the padding, in random order."""
    rng.shuffle(windows)
    found: list[list[Window]] = []
    for i in range(0, len(windows), 400):
        batch: list[Window] = []
        for one in sorted(windows[i : i + 400], key=lambda w: len(w.pieces)):
            if batch and len(one.pieces) * (len(batch) + 1) > pieces:
                found.append(batch)
                batch = []
            batch.append(one)
        if batch:
            found.append(batch)
    rng.shuffle(found)
    return found


def padded(arrays: list[np.ndarray], fill: int = 0) -> torch.Tensor:
    """Rows of unlike length as one tensor."""
    out = np.full((len(arrays), max(len(a) for a in arrays)), fill, dtype=np.int64)
    for row, values in enumerate(arrays):
        out[row, : len(values)] = values
    return torch.from_numpy(out)


def encode(model: Tagger, batch: list[Window]) -> tuple[torch.Tensor, torch.Tensor]:
    """States [windows, words, width] of the words' first pieces, and the mask of words."""
    pieces = padded([w.pieces for w in batch])
    mask = padded([np.ones(len(w.pieces), dtype=np.int64) for w in batch])
    states = model.encoder(
        pieces,
        mask,
        padded([w.case for w in batch]),
        padded([w.place for w in batch]),
        padded([w.opening for w in batch]),
    )
    heads = padded([w.heads for w in batch])
    words = padded([np.ones(len(w.heads), dtype=np.int64) for w in batch]).bool()
    return states.gather(1, heads.unsqueeze(-1).expand(-1, -1, states.shape[-1])), words


def loss_of(
    model: Tagger, batch: list[Window], false_cues: int, smoothing: float
) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss of a batch: beginnings of cues, flat tags, and tags for each cue and some words that are none."""
    states, mask = encode(model, batch)
    logits, flat, words, cues = model.heads.first(states)
    begins = padded([w.begins for w in batch]).float()
    begin_loss = functional.binary_cross_entropy_with_logits(logits[mask], begins[mask])
    flat_loss = functional.cross_entropy(
        flat[mask], padded([w.flat for w in batch])[mask], label_smoothing=smoothing
    )
    rows, ats, tags = [], [], []
    longest = mask.shape[1]
    tempting = logits.detach().masked_fill(~mask | begins.bool(), -1e9)
    for row, one in enumerate(batch):
        for at, target in zip(one.cues, one.tags, strict=True):
            rows.append(row)
            ats.append(int(at))
            tags.append(np.pad(target, (0, longest - len(target)), constant_values=-100))
        if false_cues:
            count = min(false_cues, len(one.heads))
            for at in tempting[row].topk(count).indices.tolist():
                if tempting[row, at] > -3:
                    rows.append(row)
                    ats.append(at)
                    tags.append(
                        np.pad(
                            np.zeros(len(one.heads), dtype=np.int64),
                            (0, longest - len(one.heads)),
                            constant_values=-100,
                        )
                    )
    if rows:
        row, at = torch.tensor(rows), torch.tensor(ats)
        scores = model.heads.second(words[row], cues[row, at], at)
        target = torch.from_numpy(np.stack(tags))
        tag_loss = functional.cross_entropy(scores.flatten(0, 1), target.flatten(), label_smoothing=smoothing)
    else:
        tag_loss = logits.sum() * 0
    loss = 4 * begin_loss + 0.5 * flat_loss + 4 * tag_loss
    return loss, {"begins": begin_loss.item(), "flat": flat_loss.item(), "tags": tag_loss.item()}


def main() -> None:
    """Train, with checkpoints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", action="append", required=True, help="annotated articles, `:3` for thrice")
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--minutes", type=float, default=1e9, help="end the schedule after so many minutes")
    parser.add_argument("--batch", type=int, default=2560, help="pieces in a batch")
    parser.add_argument("--longest", type=int, default=222)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to start from")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(arguments.seed)
    tokenizer = Tokenizer.from_file(str(arguments.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = read(arguments.data, tokenizer)
    model = Tagger(arguments.encoder)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, weights_only=True)["mean"])
    mean = copy.deepcopy(model).eval()
    fresh = [p for n, p in model.named_parameters() if not n.startswith("encoder.body")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.body")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": arguments.rate}, {"params": fresh, "lr": 2e-3}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    step, epoch, spent = 0, 0, 0.0
    if arguments.out.exists():
        saved = torch.load(arguments.out, weights_only=False)
        model.load_state_dict(saved["model"])
        mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"])
        step, epoch, spent = saved["step"], saved["epoch"], saved["spent"]
        print(f"going on at step {step}", flush=True)
    began, saved_at = time.monotonic() - spent, time.monotonic()
    progress, running = 0.0, {}

    def save() -> None:
        beside = arguments.out.with_suffix(".part")
        state = {"model": model.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "step": step, "epoch": epoch, "spent": time.monotonic() - began}, beside)
        beside.rename(arguments.out)

    done = False
    while not done and epoch < arguments.epochs:
        rng = random.Random(1000 * arguments.seed + epoch)  # noqa: S311
        drawn = [single if rng.random() < SINGLE_SHARE else plain for plain, single in texts]
        windows = [window(t, a, z) for t in drawn for a, z in cuts(t.words, arguments.longest, rng)]
        order = batches(windows, arguments.batch, rng)
        for number, batch in enumerate(order):
            elapsed = (time.monotonic() - began) / 60
            progress = max((epoch + number / len(order)) / arguments.epochs, elapsed / arguments.minutes)
            if progress >= 1:
                done = True
                break
            factor = min(1.0, (step + 1) / 150) * max(0.01, 1 - progress)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            model.train()
            loss, parts = loss_of(model, batch, 2 if step > 200 else 0, 0.02)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            keep = min(0.998, (step + 1) / (step + 10))
            with torch.no_grad():
                for ours, theirs in zip(mean.parameters(), model.parameters(), strict=True):
                    ours.lerp_(theirs, 1 - keep)
            for name, value in parts.items():
                running[name] = value if name not in running else 0.98 * running[name] + 0.02 * value
            if step % 50 == 0:
                told = " ".join(f"{name} {value:.4f}" for name, value in running.items())
                print(
                    f"{elapsed:.1f} min, epoch {epoch}, step {step} ({100 * progress:.0f} %): {told}",
                    flush=True,
                )
            if time.monotonic() - saved_at > 300:
                save()
                saved_at = time.monotonic()
        epoch += 1
    save()
    print(
        f"done after {step} steps, {(time.monotonic() - began) / 60:.1f} minutes; {len(TAGS)} tags",
        flush=True,
    )


if __name__ == "__main__":
    main()
