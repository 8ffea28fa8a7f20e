"""Fits the weights by which positions and sides are read off statements; writes `kg/stance/weights.toml`.

    python training/stance/fit_weights.py [FOLDER...]

Fitted on the hand-coded articles of `tests/reading/fields` and of `examples/missile-defence`, and on those of
each FOLDER: `codebook.csv`, the articles as text files, and `gold.jsonl` with a statement a line (file,
content, positions, maybe, optional). The statements of `corpus/` only test the side: no weight is fitted on
them. Printed is what comes of leaving each field out in turn; the weights that are written are fitted on all
others together. A few dozen numbers are learnt, no wording of any article.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.ingest.codebook import read_codebook
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.iris import Iris
from kg.model.statement import Statement
from kg.stance.candidates import FEATURES, features
from kg.stance.cues import attitude
from kg.stance.passages import claim_of, passages, read_passages
from kg.stance.votes import SIDE_FEATURES, side_features
from kg.stance.weights import FILE
from kg.stance.wordings import Wordings
from training.stance.statements import Field, read_corpus

HERE = Path(__file__).resolve().parent
FIELDS = HERE.parents[1] / "tests" / "reading" / "fields"
EXAMPLE = HERE.parents[1] / "examples" / "missile-defence"
LIMITS = {"relevance": 0.3, "neutral": 0.45, "side": 0.5, "positions": 3}
CUES = re.compile(
    r"\b(?:said|says|told|added|warned|insisted|urged|called|calls|praised|welcomed|hailed|rejected|dismissed"
    r"|opposed|denied|criticised|condemned|demanded|promised|vowed|refused|backed|objected|complain\w*|argued|asked|offered)\b"
)


def statement_of(gold: dict, text: str) -> Statement | None:
    """A gold statement with the spans of its contents and the nearest cue of its sentence."""
    spans = []
    for words in gold["content"]:
        found = re.search(r"\s+".join(map(re.escape, words.split())), text)
        if found:
            spans.append(Span(found.start(), found.end(), found.group()))
    if not spans:
        return None
    start = max(text.rfind(mark, 0, spans[0].start) for mark in ".\n!?") + 1
    stops = [at for mark in (". ", "\n", ".\n") if (at := text.find(mark, spans[-1].end)) >= 0]
    cues = [
        (min(abs(match.end() - spans[0].start), abs(match.start() - spans[-1].end)), match)
        for match in CUES.finditer(text, start, min(stops, default=len(text)))
        if not any(span.start <= match.start() < span.end for span in spans)
    ]
    near = min(cues, key=lambda pair: pair[0])[1] if cues else None
    cue = Span(near.start(), near.end(), near.group()) if near else None
    return Statement(gold["file"], gold["id"], gold["quote"], None, cue, tuple(spans))


def read_gold(folder: Path) -> list[dict]:
    """Gold lines of a field, or the statements that a project loads, in the form of gold lines."""
    if (folder / "gold.jsonl").exists():
        return [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    found = []
    for number, line in enumerate((folder / "statements.jsonl").read_text("utf-8").splitlines()):
        record = json.loads(line)
        content = record["content"] if isinstance(record["content"], list) else [record["content"]]
        found.append({
            "id": record.get("id") or str(number),
            "file": record["article"],
            "content": [part if isinstance(part, str) else part["text"] for part in content],
            "quote": record.get("quote", "indirect"),
            "positions": {one["position"]: one["stance"] for one in record.get("positions", ())},
            "maybe": [],
            "optional": False,
        })  # fmt: skip
    return found


def read_field(folder: Path) -> tuple[list, list]:
    """Rows for relevance [(features of all positions, gold, slugs)] and for sides [(features, supports)]."""
    codebook = read_codebook(folder / "codebook.csv", Iris())
    wordings = Wordings(codebook.positions)
    slugs = [position.slug for position in codebook.positions]
    golds: dict[str, list[dict]] = {}
    for gold in read_gold(folder):
        golds.setdefault(gold["file"], []).append(gold)
    articles = folder / "articles" if (folder / "articles").is_dir() else folder
    relevance, sides = [], []
    for name, of_file in golds.items():
        article = Article(name, (articles / name).read_text("utf-8"))
        pairs = [(gold, made) for gold in of_file if (made := statement_of(gold, article.text))]
        passages = read_passages([made for _, made in pairs], article)
        cues = [attitude(made, passage.claim) for (_, made), passage in zip(pairs, passages, strict=True)]
        rows = features(wordings, passages, [cue.evidence for cue in cues])
        for (gold, _), passage, cue, row in zip(pairs, passages, cues, rows, strict=True):
            if not gold["optional"]:
                relevance.append((row, gold, slugs))
            for slug, stances in gold["positions"].items():
                polar = [one for one in np.atleast_1d(stances) if one in ("supports", "opposes")]
                if polar and slug in slugs:
                    row_of_side, _ = side_features(wordings, passage, slugs.index(slug), cue)
                    sides.append((row_of_side, polar[0] == "supports"))
    return relevance, sides


def sides_of(field: Field) -> list:
    """The rows for sides of a field of `corpus/`, without an article around the statements."""
    wordings = Wordings(field.positions)
    slugs = [position.slug for position in field.positions]
    made = [
        Statement(field.name, one.id, "indirect", None, one.cue[0], one.content, force=one.force)
        for one in field.statements
    ]
    texts = [one.text for one in field.statements]
    read = passages([claim_of(one) for one in made], texts, texts)
    sides = []
    for statement, coded, passage in zip(made, field.statements, read, strict=True):
        cue_of = attitude(statement, passage.claim)
        for coding in coded.codings:
            if coding.polarity != "neutral":
                row, _ = side_features(wordings, passage, slugs.index(coding.position), cue_of)
                sides.append((row, coding.polarity == "supports"))
    return sides


def fit(rows: np.ndarray, truth: np.ndarray, ridge: float) -> tuple[np.ndarray, float]:
    """Logistic regression on standardised features, by Newton's method; weights for the raw ones."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    design = np.c_[(rows - middle) / spread, np.ones(len(rows))]
    result = np.zeros(design.shape[1])
    free = np.r_[np.ones(rows.shape[1]), 1e-6]
    for _ in range(40):
        chance = 1 / (1 + np.exp(-design @ result))
        slope = design.T @ (chance - truth) + ridge * free * result
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + ridge * np.diag(free)
        result -= np.linalg.solve(curve, slope)
    return result[:-1] / spread, float(result[-1] - (result[:-1] / spread * middle).sum())


def fit_relevance(data: list) -> tuple[np.ndarray, float]:
    """Weights for relevance from the rows of some fields."""
    rows, truth = [], []
    for row, gold, slugs in data:
        for values, slug in zip(row, slugs, strict=True):
            if slug not in gold["maybe"]:
                rows.append(values)
                truth.append(slug in gold["positions"])
    return fit(np.array(rows), np.array(truth, float), 3.0)


def positions_f1(data: list, weights: np.ndarray, constant: float) -> float:
    """F1 over (statement, position) pairs."""
    right = wrong = missed = 0
    for row, gold, slugs in data:
        chance = 1 / (1 + np.exp(-(row @ weights + constant)))
        order = np.argsort(-chance)[: LIMITS["positions"]]
        found = {slugs[k] for k in order if chance[k] >= LIMITS["relevance"]} - set(gold["maybe"])
        wanted = set(gold["positions"])
        right, wrong, missed = (
            right + len(found & wanted),
            wrong + len(found - wanted),
            missed + len(wanted - found),
        )
    return 2 * right / max(1, 2 * right + wrong + missed)


def main() -> None:
    """Fit, report by field left out, write."""
    own = sorted(path.parent for path in FIELDS.glob("*/gold.jsonl"))
    folders = [*own, EXAMPLE, *map(Path, sys.argv[1:])]
    fields = {folder.name: read_field(folder) for folder in folders}
    fields |= {field.name: ([], sides_of(field)) for field in read_corpus()}
    every_odds, every_right = [], []
    for name, (relevance, sides) in fields.items():
        others = [field for other, field in fields.items() if other != name and field[0]]
        found = "    -"
        if relevance:
            weights, constant = fit_relevance([row for rows, _ in others for row in rows])
            found = f"{positions_f1(relevance, weights, constant):.3f}"
        weights, constant = fit_sides([row for _, rows in others for row in rows])
        odds = np.array([row for row, _ in sides]) @ weights + constant
        right = (odds > 0) == np.array([truth for _, truth in sides])
        every_odds.append(odds)
        every_right.append(right)
        print(f"{name:26s} positions {found}  side {told(odds, right)}")
    together = told(np.concatenate(every_odds), np.concatenate(every_right))
    print(f"{'all':26s} positions     -  side {together}")
    relevance = fit_relevance([row for rows, _ in fields.values() for row in rows])
    sides = fit_sides([row for judged, rows in fields.values() if judged for row in rows])
    lines = ["# Fitted by training/stance/fit_weights.py; the limits are set by hand."]
    for table, names, (weights, constant) in (
        ("relevance", FEATURES, relevance),
        ("side", SIDE_FEATURES, sides),
    ):
        lines += [
            f"[{table}]",
            *(f"{name} = {value:.4f}" for name, value in zip(names, weights, strict=True)),
        ]
        lines.append(f"constant = {constant:.4f}")
    lines += ["[limits]", *(f"{name} = {value}" for name, value in LIMITS.items())]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


def told(odds: np.ndarray, right: np.ndarray) -> str:
    """How many sides are told, and how many of those are right, at some limits."""
    words = []
    for limit in (0.0, 0.5, 0.8, 1.0, 1.2, 1.5):
        clear = np.abs(odds) >= limit
        words.append(f"{limit}: {clear.mean():.2f}/{right[clear].mean() if clear.any() else 0:.2f}")
    return "  ".join(words)


def fit_sides(data: list) -> tuple[np.ndarray, float]:
    """Weights for the side taken."""
    return fit(np.array([row for row, _ in data]), np.array([truth for _, truth in data], float), 2.0)


if __name__ == "__main__":
    main()
