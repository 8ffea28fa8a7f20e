"""Fits how sure joined candidates of tagger and rules are, on annotated articles that the tagger never saw.

    python -m training.attribution.calibrate WEIGHTS_FOLDER DEV.jsonl [--write] [--curve docs/...]

Prints figures of each article's candidates judged by weights that were fitted on the other articles (in five parts),
so that nobody is judged by what was fitted on himself; `--write` then fits on all and writes `calibration.toml`.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.attribute.candidate import Candidate, Range
from kg.attribute.reader import gathered
from kg.attribute.tagger.joining import CALIBRATION, Joined, joined
from kg.attribute.tagger.network import Network
from kg.attribute.tagger.tagging import tag
from kg.attribute.text_map import TextMap, text_map
from kg.model.article import Article

CASES = ("both", "tagger", "rules")
SIGNS = {
    "both": ("begins", "sure of cue", "sure of source", "sure of content", "no source", "quoted", "rule", "same content", "same source"),
    "tagger": ("begins", "sure of cue", "sure of source", "sure of content", "no source", "quoted"),
    "rules": ("begins", "rule", "layout", "no source", "quoted"),
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A joined candidate with whether the annotators have it."""

    joined: Joined
    right: bool


def _overlap(spans: tuple[Range, ...], others: list[list[int]]) -> int:
    return sum(max(0, min(end, stop) - max(start, begin)) for start, end in spans for begin, stop in others)


def _alike(candidate: Candidate, gold: dict[str, Any]) -> float:
    length = candidate.length + sum(end - start for start, end in gold["content_spans"])
    return 2 * _overlap(candidate.content, gold["content_spans"]) / length if length else 0.0


def _same_source(candidate: Candidate, gold: dict[str, Any]) -> bool:
    spans = gold["source_spans"]
    if candidate.source is None or not spans:
        return candidate.source is None and not spans
    return _overlap((candidate.source,), spans) > 0


def judge(found: list[Joined], gold: list[dict[str, Any]]) -> list[Judged]:
    """Pair candidates with annotations one to one: the same source and likeness of contents of 0.5 or more."""
    pairs = sorted(
        (
            (_alike(one.candidate, other), i, k)
            for i, one in enumerate(found)
            for k, other in enumerate(gold)
            if _same_source(one.candidate, other)
        ),
        reverse=True,
    )
    right: set[int] = set()
    used: set[int] = set()
    for alike, i, k in pairs:
        if alike >= 0.5 and i not in right and k not in used:
            right.add(i)
            used.add(k)
    return [Judged(one, i in right) for i, one in enumerate(found)]


def candidates(record: dict[str, Any], network: Network) -> tuple[TextMap, Article, list[Joined]]:
    """What tagger and rules find in an annotated article."""
    article = Article(record["doc_id"], record["text"])
    text = text_map(article.text)
    tagging = tag(article.text, text.parts, text.quotes, network)
    return text, article, joined(text, gathered(text, article), tagging)


def fit(judged: list[Judged]) -> dict[str, dict[str, float]]:
    """Weights by case and sign."""
    table: dict[str, dict[str, float]] = {}
    for case in CASES:
        rows = [j for j in judged if j.joined.case == case]
        matrix = np.array([[j.joined.signs.get(name, 0.0) for name in SIGNS[case]] for j in rows])
        model = LogisticRegression(C=1.0, max_iter=1000).fit(matrix, [j.right for j in rows])
        table[case] = {"constant": float(model.intercept_[0])} | {
            name: float(weight) for name, weight in zip(SIGNS[case], model.coef_[0], strict=True)
        }
    return table


def chance(one: Joined, table: dict[str, dict[str, float]]) -> float:
    """Confidence by a table of weights."""
    weights = table[one.case]
    total = weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in one.signs.items())
    return float(1 / (1 + np.exp(-total)))


def written(table: dict[str, dict[str, float]]) -> str:
    """The table as TOML."""
    lines = [
        "# Made by training/attribution/calibrate.py: weights of signs, for confidence = 1 / (1 + exp(-sum)).\n"
    ]
    for case, weights in table.items():
        lines.append(f"\n[{case}]\n")
        lines += [f'"{name}" = {weight:.4f}\n' for name, weight in weights.items()]
    return "".join(lines)


def parts(count: int, of: int = 5, seed: int = 0) -> list[int]:
    """Which of five parts each article is in."""
    order = [i % of for i in range(count)]
    random.Random(seed).shuffle(order)
    return order


def main() -> None:
    """Fit and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    network = Network(arguments.weights)
    records = [json.loads(line) for line in arguments.dev.read_text(encoding="utf-8").splitlines()]
    judged = [judge(candidates(record, network)[2], record["attributions"]) for record in records]
    everything = [one for several in judged for one in several]
    gold = sum(len(record["attributions"]) for record in records)
    where = parts(len(records))
    chances, rights = [], []
    for part in range(max(where) + 1):
        table = fit([one for i, several in enumerate(judged) if where[i] != part for one in several])
        for i, several in enumerate(judged):
            if where[i] == part:
                chances += [chance(one.joined, table) for one in several]
                rights += [one.right for one in several]
    order = np.argsort(chances)[::-1]
    hits = np.cumsum(np.array(rights)[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + gold)
    best = int(f1.argmax())
    print(
        f"best F1 {100 * f1[best]:.1f} at confidence {np.array(chances)[order][best]:.2f}, before conflicts are settled"
    )
    for case in CASES:
        rows = [j.right for j in everything if j.joined.case == case]
        print(f"{case}: {len(rows)} candidates, {100 * np.mean(rows):.0f} % right")
    if arguments.write:
        CALIBRATION.write_text(written(fit(everything)), encoding="utf-8")


if __name__ == "__main__":
    main()
