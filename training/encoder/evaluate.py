"""How often an encoder finds the position that a text is about, by likeness alone.

    python -m training.encoder.evaluate MODEL_FOLDER [--tuned TUNED.pt] [--keep 0.1]
    python -m training.encoder.evaluate MODEL_FOLDER --field DIR...

A line for the held-out contrast sets (each claim against the positions of its field, near-by ones included),
and one for each group of fields with a codebook and coded statements: those of `tests/reading` and the
examples, unless `--field` names others. Told are the pairs of a claim and a position that it is about; in how
many of them the position is the most alike of all (`first`), or among the three most alike (`third`), other
right ones left out of account; and the mean reciprocal rank. Vectors are centred as the coder does it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import torch

from kg.ingest.codebook import read_codebook
from kg.model.iris import Iris
from kg.stance.centring import common_part, without
from kg.stance.encoder import Vectors
from training.encoder.export import KEEP, tuned_encoder
from training.encoder.network import SentenceEncoder
from training.encoder.tune import bare_claim, tokenizer_of, vectors
from training.gold_lines import gold_lines
from training.stance.contrast_sets import ContrastSet, read_contrasts

ROOT = Path(__file__).resolve().parents[2]
GROUPS = {
    "development fields": "tests/reading/fields/*",
    "held-out fields": "tests/reading/heldout/*",
    "city-traffic": "examples/city-traffic",
    "missile-defence": "examples/missile-defence",
}
BATCH = 64


class Encoder:
    """An encoder of any number of texts."""

    def __init__(self, network: SentenceEncoder, folder: Path) -> None:
        """Take a network and the tokenizer in its folder."""
        self._network, self._tokenizer = network.eval(), tokenizer_of(folder)

    @torch.no_grad()
    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, [texts, width]."""
        order = np.argsort([len(text) for text in texts])
        found = np.zeros((len(texts), self._network.body.config.hidden_size), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            found[rows] = vectors(self._network, self._tokenizer, [texts[row] for row in rows]).numpy()
        return found


def contrast_ranks(sets: Iterable[ContrastSet], encode: Encoder) -> Iterator[int]:
    """How many positions of its field are more alike to each claim than its own."""
    for _, of_field in groupby(sets, key=lambda one: one.field):
        together = list(of_field)
        positions = encode([*(one.wordings[0] for one in together), *(one.nearby for one in together)])
        claims = [
            (number, bare_claim(text.text))
            for number, one in enumerate(together)
            for text in one.texts
            if text.polarity != "unrelated"
        ]
        near = encode([claim for _, claim in claims]) @ positions.T
        yield from (int((row > row[own]).sum()) for (own, _), row in zip(claims, near, strict=True))


def field_ranks(folder: Path, encode: Encoder) -> Iterator[int]:
    """How many positions of a codebook are more alike to each claim than one that it is about."""
    positions = read_codebook(folder / "codebook.csv", Iris()).positions
    wordings = [
        (number, words)
        for number, one in enumerate(positions)
        for words in (one.label, *one.for_phrases, *one.against_phrases, one.description)
        if words
    ]
    owners = np.array([number for number, _ in wordings])
    found = encode([words for _, words in wordings])
    labels = found[[int(np.argmax(owners == number)) for number in range(len(positions))]]
    common = common_part(labels)
    slugs = [one.slug for one in positions]
    claims = [
        (" ".join(line.content), list(line.positions))
        for line in gold_lines(folder)
        if line.positions and not line.optional
    ]
    near = without(encode([claim for claim, _ in claims]), common) @ without(found, common).T
    for (_, right), row in zip(claims, near, strict=True):
        best = np.array([row[owners == number].max() for number in range(len(positions))])
        wanted = [slugs.index(slug) for slug in right if slug in slugs]
        others = np.setdiff1d(np.arange(len(positions)), wanted)
        yield from (int((best[others] > best[one]).sum()) for one in wanted)


def told(name: str, ranks: Sequence[int]) -> str:
    """A line of figures of ranks, of which 0 is the best.

    >>> told("trams", [0, 0, 1, 3])
    'trams                   4 pairs  first 0.500  third 0.750  reciprocal rank 0.688'
    """
    found = np.array(ranks)
    first, third, mean = (found == 0).mean(), (found < 3).mean(), (1 / (found + 1)).mean()
    return f"{name:20} {len(found):4} pairs  first {first:.3f}  third {third:.3f}  reciprocal rank {mean:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.evaluate")
    parser.add_argument("encoder", type=Path, help="folder of the original weights")
    parser.add_argument("--tuned", type=Path, help="checkpoint of training.encoder.tune")
    parser.add_argument("--keep", type=float, default=KEEP, help="share of the original weights")
    parser.add_argument("--field", type=Path, action="append", help="a folder with codebook and statements")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    encode = Encoder(tuned_encoder(options.encoder, options.tuned, options.keep), options.encoder)
    if options.field:
        for folder in options.field:
            print(told(folder.name, list(field_ranks(folder, encode))))
        return 0
    print(told("contrast sets", list(contrast_ranks(read_contrasts(held_out=True), encode))), flush=True)
    for name, pattern in GROUPS.items():
        folders = [folder for folder in sorted(ROOT.glob(pattern)) if (folder / "codebook.csv").exists()]
        print(told(name, [rank for folder in folders for rank in field_ranks(folder, encode)]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
