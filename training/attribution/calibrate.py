"""Fits how sure joined candidates of tagger and rules are, on annotated articles that the tagger never saw.

    python -m training.attribution.calibrate WEIGHTS_FOLDER DEV.jsonl [--write] [--picture docs/FILE.svg]

Prints figures of each article's candidates judged by weights that were fitted on the other articles (in five
parts), so that nobody is judged by what was fitted on himself; `--write` then fits on all and writes
`calibration.toml`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.attribute.candidate import Candidate
from kg.attribute.reader import gathered, settled
from kg.attribute.tagger.joining import CALIBRATION, Joined, confidence, joined
from kg.attribute.tagger.network import Network
from kg.attribute.tagger.reader import LEAST
from kg.attribute.tagger.tagging import tag
from kg.attribute.text_map import TextMap, text_map
from kg.model.article import Article
from training.attribution.annotations import AnnotatedArticle, Annotation, read_annotated

CASES = ("both", "tagger", "rules")
THRESHOLDS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_TAGGED = ("begins", "sure of cue", "sure of source", "sure of content", "no source", "quoted")
SIGNS = {
    "both": (*_TAGGED, "rule", "same content", "same source"),
    "tagger": _TAGGED,
    "rules": ("begins", "rule", "layout", "no source", "quoted"),
}


@dataclass(frozen=True)
class Judged:
    """A joined candidate with whether the annotators have it."""

    joined: Joined
    right: bool


def _same_source(candidate: Candidate, gold: Annotation) -> bool:
    if candidate.source is None or not gold.source:
        return candidate.source is None and not gold.source
    return any(a < candidate.source[1] and candidate.source[0] < z for a, z in gold.source)


def judge(found: Sequence[Joined], gold: Sequence[Annotation]) -> list[Judged]:
    """Pair candidates with annotations one to one: sources overlap, contents are alike by 0.5 or more."""
    pairs = sorted(
        (
            (one.candidate.likeness(other.content), i, k)
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


def candidates(annotated: AnnotatedArticle, network: Network) -> tuple[TextMap, list[Joined]]:
    """What tagger and rules find in an annotated article."""
    article = Article(annotated.name, annotated.text)
    text = text_map(article.text)
    tagging = tag(article.text, text.parts, text.quotes, network)
    return text, joined(text, gathered(text, article), tagging)


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


def written(table: dict[str, dict[str, float]]) -> str:
    """The table as TOML."""
    lines = [
        "# Made by training/attribution/calibrate.py: weights of signs; confidence = 1 / (1 + exp(-sum)).\n"
    ]
    for case, weights in table.items():
        lines.append(f"\n[{case}]\n")
        lines += [f'"{name}" = {weight:.4f}\n' for name, weight in weights.items()]
    return "".join(lines)


def parts(count: int, of: int = 5, seed: int = 0) -> list[int]:
    """Which of five parts each article is in."""
    order = [i % of for i in range(count)]
    random.Random(seed).shuffle(order)  # noqa: S311
    return order


def held_out(judged: list[list[Judged]]) -> list[list[float]]:
    """For each candidate of each article its confidence by weights fitted on the other parts' articles."""
    where = parts(len(judged))
    chances: list[list[float]] = [[] for _ in judged]
    for part in range(max(where) + 1):
        table = fit([one for i, several in enumerate(judged) if where[i] != part for one in several])
        for i, several in enumerate(judged):
            if where[i] == part:
                chances[i] = [confidence(one.joined, table) for one in several]
    return chances


def reliability(
    chances: list[float], rights: list[bool], bins: int = 10
) -> tuple[list[tuple[float, float, int]], float]:
    """Mean confidence and share right in equally wide bins, and the expected calibration error.

    The error is that of Naeini and others (2015): the mean distance of the two, weighed by the bins' sizes.
    """
    rows, error = [], 0.0
    which = np.minimum((np.array(chances) * bins).astype(int), bins - 1)
    for number in range(bins):
        inside = which == number
        if inside.any():
            sure, right = float(np.mean(np.array(chances)[inside])), float(np.mean(np.array(rights)[inside]))
            rows.append((sure, right, int(inside.sum())))
            error += abs(sure - right) * inside.sum() / len(chances)
    return rows, error


def main() -> None:
    """Fit, report, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--write", action="store_true", help="fit on all and write calibration.toml")
    parser.add_argument(
        "--picture", type=Path, help="draw reliability and precision over recall to this SVG file"
    )
    arguments = parser.parse_args()
    network = Network(arguments.weights)
    articles = read_annotated(arguments.dev)
    judged, kept = [], []
    for article in articles:
        text, found = candidates(article, network)
        judged.append(judge(found, article.annotations))
        kept.append((text, judged[-1]))
    chances = held_out(judged)
    gold = sum(len(article.annotations) for article in articles)
    for case in CASES:
        rows = [j.right for several in judged for j in several if j.joined.case == case]
        print(f"{case}: {len(rows)} candidates, {100 * np.mean(rows):.0f} % right")
    curve = []
    for least in THRESHOLDS:
        sure, right = settled_at(kept, chances, [a.annotations for a in articles], least)
        precision, recall = sum(right) / max(1, len(right)), sum(right) / gold
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        curve.append((least, precision, recall))
        print(f"threshold {least:.2f}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
        if least == LEAST:
            bins, error = reliability(sure, right)
            print(f"  expected calibration error {error:.3f}")
    if arguments.picture:
        from training.attribution.picture import draw

        draw(bins, curve, arguments.picture)
    if arguments.write:
        table = fit([one for several in judged for one in several])
        CALIBRATION.write_text(written(table), encoding="utf-8")


def settled_at(
    kept: list[tuple[TextMap, list[Judged]]],
    chances: list[list[float]],
    gold: list[tuple[Annotation, ...]],
    least: float,
) -> tuple[list[float], list[bool]]:
    """Confidence of what is read with a threshold, conflicts settled, and whether the annotators have it."""
    sure: list[float] = []
    right: list[bool] = []
    for (text, several), ours, wanted in zip(kept, chances, gold, strict=True):
        above = [
            j.joined.candidate.with_(confidence=c) for j, c in zip(several, ours, strict=True) if c >= least
        ]
        found, _ = settled(text, above)
        again = judge([Joined(candidate, "both", {}) for candidate in found], wanted)
        sure += [candidate.confidence for candidate in found]
        right += [one.right for one in again]
    return sure, right


if __name__ == "__main__":
    main()
