"""Adds what a larger network says to pairs, for a smaller one to learn from (Hinton and others, 2015).

    python -m training.stance.teach ENCODER_FOLDER TEACHER.pt IN.jsonl OUT.jsonl

Each line of OUT is the line of IN with `taught`, the teacher's four chances. What OUT holds already is not
asked again, so that the same command goes on after an interruption.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.stance.evaluate import loaded, logits_of

CHUNK = 512


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the teacher from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.teach")
    parser.add_argument("encoder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--temperature", type=float, default=1.0, help="above 1 makes chances softer")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    model = loaded(options.encoder, options.checkpoint)
    records = [json.loads(line) for line in options.pairs.read_text("utf-8").splitlines()]
    done = len(options.out.read_text("utf-8").splitlines()) if options.out.exists() else 0
    began = time.monotonic()
    with options.out.open("a", encoding="utf-8") as target:
        for start in range(done, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            logits = logits_of(model, options.encoder, [(one["text"], one["position"]) for one in chunk])
            values = np.exp((logits - logits.max(1, keepdims=True)) / options.temperature)
            values /= values.sum(1, keepdims=True)
            lines = [
                json.dumps({**one, "taught": [round(float(value), 4) for value in row]}, ensure_ascii=False)
                for one, row in zip(chunk, values, strict=True)
            ]
            target.write("\n".join(lines) + "\n")
            target.flush()
            pace = (start + len(chunk) - done) / (time.monotonic() - began)
            print(f"{start + len(chunk)} of {len(records)}, {pace:.1f} pairs/s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
