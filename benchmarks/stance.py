"""Measures `kg stance` on claims with a position, on pairs that were joined at random, and its speed.

    python -m benchmarks.stance [PAIRS.jsonl] [--model FOLDER] [--seed 1]

A line of PAIRS has `text`, `position` and `stance` (supports or opposes), as the Perspectrum corpus has
(Chen and others, 2019). Where no file is named, the coded pairs of `training/stance/corpus` do, which
the network was trained on. Three figures come of it:

- supports against opposes: macro-F1, where an abstention counts as wrong, and the share that is turned round;
- each text with a position drawn at random: the share called unrelated or neutral;
- the same with another position of its topic: one of the three most alike among the other positions.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.model.errors import InputError, KgError
from kg.stance.cross_encoder import cross_encoder
from kg.stance.encoder import encode
from kg.stance.pairs import judge_many
from training.stance.figures import SIDES, Judged, figures
from training.stance.pairs import corpus_pairs
from training.stance.statements import Polarity, read_corpus

NEAREST = 3
MOST = 2100


def coded_pairs(path: Path | None) -> list[tuple[str, str, Polarity]]:
    """Texts with their positions and sides, of a file or of the project's corpus.

    Raises:
        InputError: The file cannot be read, or a line is not what it should be.
    """
    if path is None:
        pairs = corpus_pairs(read_corpus(), 0, random.Random(1))
        return [(one.text, one.position, one.label) for one in pairs if one.label in SIDES][:MOST]
    found = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError("cannot be read", where=path) from error
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            found.append((str(record["text"]), str(record["position"]), record["stance"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("a line needs text, position and stance", where=f"{path}:{number}") from error
    return found


def joined_at_random(
    coded: Sequence[tuple[str, str, Polarity]], choice: random.Random
) -> dict[str, list[tuple[str, str]]]:
    """Each text with a position that is not its own: of any topic, and of its own topic."""
    positions = sorted({position for _, position, _ in coded})
    vectors = encode(positions)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    near = {
        position: [positions[index] for index in np.argsort(-row)[:NEAREST]]
        for position, row in zip(positions, likeness, strict=True)
    }
    anywhere = [
        (text, choice.choice([one for one in positions if one != position])) for text, position, _ in coded
    ]
    of_the_topic = [(text, choice.choice(near[position])) for text, position, _ in coded]
    return {"any position": anywhere, "a position of the same topic": of_the_topic}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stance", description=__doc__.split("\n")[0])
    parser.add_argument("pairs", type=Path, nargs="?")
    parser.add_argument("--model", type=Path, help="folder of a cross-encoder of your own")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        coded = coded_pairs(options.pairs)
        network = cross_encoder(options.model)
        began = time.process_time(), time.monotonic()
        said = judge_many([(text, position) for text, position, _ in coded], network)
    except KgError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    spent, passed = time.process_time() - began[0], time.monotonic() - began[1]
    judged = [Judged(label, verdict) for (_, _, label), (verdict, _) in zip(coded, said, strict=True)]
    found = figures(judged, SIDES)
    print(
        f"supports against opposes: {found.pairs} pairs, macro-F1 {found.macro:.3f}, reversed"
        f" {found.reversed:.3f}, abstained {found.abstained:.3f}"
    )
    for name, pairs in joined_at_random(coded, random.Random(options.seed)).items():
        verdicts = [verdict for verdict, _ in judge_many(pairs, network)]
        apart = sum(verdict not in SIDES for verdict in verdicts) / len(verdicts)
        print(f"joined with {name}: {len(pairs)} pairs, unrelated or neutral {apart:.3f}")
    print(
        f"pairs a second: {len(coded) / passed:.0f} by the clock, {len(coded) / spent:.0f} of processor time"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
