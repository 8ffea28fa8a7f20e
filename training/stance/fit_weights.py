"""Fits the weights by which positions and sides are read off statements; writes `kg/stance/weights.toml`.

    python training/stance/fit_weights.py [FOLDER...]

What the cross-encoder says is one of the things that are weighed, so fit again after each training of it.
Fitted on the hand-coded articles of `tests/reading/fields` and of `examples/missile-defence`, and on those
of each FOLDER: `codebook.csv`, the articles as text files, and `gold.jsonl` with a statement a line (file,
content, positions, maybe, optional). Printed is what comes of leaving each field out in turn, and of all
together on the coded articles that are held out; the weights that are written are fitted on all together. A
few dozen numbers are learnt, no wording of any article.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.ingest.codebook import read_codebook
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.codebook import Position
from kg.model.iris import Iris
from kg.model.statement import Statement
from kg.stance.candidates import FEATURES, features
from kg.stance.coder import candidates
from kg.stance.cross_encoder import cross_encoder
from kg.stance.cross_reading import UNASKED, cross_features, cross_side, read_candidates
from kg.stance.cues import attitude
from kg.stance.excerpts import excerpts
from kg.stance.passages import read_passages
from kg.stance.votes import nearest_phrases, side_features
from kg.stance.weights import ALL_SIDE_FEATURES, FILE, RELEVANCE_FEATURES
from kg.stance.wordings import Wordings
from training.codebooks import with_phrases
from training.gold_lines import GoldLine, gold_lines
from training.stance.coded_articles import CodedInArticle, Debate, read_debates

HERE = Path(__file__).resolve().parent
FIELDS = HERE.parents[1] / "tests" / "reading" / "fields"
EXAMPLE = HERE.parents[1] / "examples" / "missile-defence"
LIMITS = {
    "asked": 0.03,
    "most_asked": 10,
    "relevance": 0.45,
    "neutral": 0.7,
    "side": 0.15,
    "positions": 2,
}
PHRASES = (None, 4, 0)
"""Phrases on each side of a position with which each field is read, for codebooks with many, few and none."""
CUES = re.compile(
    r"\b(?:said|says|told|added|warned|insisted|urged|called|calls|praised|welcomed|hailed|rejected|dismissed"
    r"|opposed|denied|criticised|condemned|demanded|promised|vowed|refused|backed|objected|complain\w*|argued|asked"
    r"|offered)\b"
)


def statement_of(gold: GoldLine, text: str) -> Statement | None:
    """A gold statement with the spans of its contents and the nearest cue of its sentence."""
    spans = []
    for words in gold.content:
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
    name = gold.actor.strip("()").split(" ")[-1]
    end = min(stops, default=len(text))
    at = text.find(name, start, end) if name and near else -1
    inside = any(span.start <= at < span.end for span in spans)
    source = Span(at, at + len(name), name) if at >= 0 and not inside else None
    return Statement(gold.file, gold.id, gold.quote, source, cue, tuple(spans))


@dataclass
class Read:
    """A gold statement, made ready.

    Attributes:
        gold: Its line.
        slugs: Of the codebook's positions.
        rows: FEATURES of every position.
        said: What the cross-encoder says on every position, [positions, 4].
        sides: SIDE_FEATURES of the positions it takes a side on, and whether it supports them.
    """

    gold: GoldLine
    slugs: list[str]
    rows: np.ndarray
    said: np.ndarray
    sides: list[tuple[int, np.ndarray, bool]]

    def relevance(self, retrieval: tuple[np.ndarray, float]) -> np.ndarray:
        """RELEVANCE_FEATURES of every position, with the candidates of some weights for retrieval."""
        asked = candidates(chance_of(self.rows, retrieval)[None], LIMITS)[0]
        said = np.where(asked[:, None], self.said, np.array(UNASKED))
        return np.concatenate([self.rows, cross_features(said[None])[0]], axis=-1)


def read_field(folder: Path, phrases: int | None = None) -> list[Read]:
    """The gold statements of a folder.

    Args:
        folder: Codebook, articles and gold lines.
        phrases: Only so many phrases are taken of each side of a position.
    """
    articles = folder / "articles" if (folder / "articles").is_dir() else folder
    coded: dict[str, Article] = {}
    pairs = []
    for gold in gold_lines(folder):
        name = gold.file
        if name not in coded:
            coded[name] = Article(name, (articles / name).read_text("utf-8"))
        if made := statement_of(gold, coded[name].text):
            pairs.append((gold, coded[name], made))
    return read(pairs, with_phrases(read_codebook(folder / "codebook.csv", Iris()), phrases).positions)


def read_debate(debate: Debate) -> list[Read]:
    """The statements of coded articles."""
    coded = [(_as_gold_line(one), one.article, one.statement) for one in debate.statements]
    return read(coded, debate.positions)


def _as_gold_line(one: CodedInArticle) -> GoldLine:
    statement = one.statement
    return GoldLine(
        id=statement.id,
        file=one.article.name,
        actor=statement.source.text if statement.source else "",
        quote=statement.quote,
        content=tuple(span.text for span in statement.content),
        positions={slug: (stance,) for slug, stance in one.polarities.items()},
        maybe=one.doubtful,
    )


def read(coded: Sequence[tuple[GoldLine, Article, Statement]], positions: Sequence[Position]) -> list[Read]:
    """Gold lines with their articles and statements, those of an article one behind the other, made ready."""
    wordings = Wordings(positions)
    slugs = [position.slug for position in positions]
    labels = [position.label for position in positions]
    found = []
    for _, of_article in groupby(coded, key=lambda one: one[1].name):
        golds, articles, statements = zip(*of_article, strict=True)
        passages = read_passages(statements, articles[0])
        cues = [attitude(one, passage.claim) for one, passage in zip(statements, passages, strict=True)]
        rows = features(wordings, passages, [cue.evidence for cue in cues])
        texts = [excerpts(one, articles[0]) for one in statements]
        asked = np.ones((len(texts), len(slugs)), dtype=bool)
        said = read_candidates(cross_encoder(), texts, labels, asked)
        everything = zip(golds, passages, texts, cues, rows, said, strict=True)
        for gold, passage, of_statement, cue, row, chances in everything:
            sides = []
            for slug, stances in gold.positions.items():
                polar = [one for one in stances if one in ("supports", "opposes")]
                if polar and slug in slugs:
                    index = slugs.index(slug)
                    row_of_side, _ = side_features(wordings, passage, index, cue)
                    phrases = nearest_phrases(wordings, passage, index)
                    cross = cross_side(cross_encoder(), of_statement, chances[index], labels[index], phrases)
                    sides.append((index, np.concatenate([row_of_side, cross]), polar[0] == "supports"))
            found.append(Read(gold, slugs, row, chances, sides))
    return found


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


def fit_relevance(data: list[Read], rows_of: Callable[[Read], np.ndarray]) -> tuple[np.ndarray, float]:
    """Weights for being about a position, from the features of some statements."""
    rows, truth = [], []
    for one in data:
        if one.gold.optional:
            continue
        for values, slug in zip(rows_of(one), one.slugs, strict=True):
            if slug not in one.gold.maybe:
                rows.append(values)
                truth.append(slug in one.gold.positions)
    return fit(np.array(rows), np.array(truth, float), 3.0)


def fit_all(data: list[Read]) -> dict[str, tuple[np.ndarray, float]]:
    """All weights by name."""
    retrieval = fit_relevance(data, lambda one: one.rows)
    sides = [(row, truth) for one in data for _, row, truth in one.sides]
    return {
        "retrieval": retrieval,
        "relevance": fit_relevance(data, lambda one: one.relevance(retrieval)),
        "side": fit(np.array([row for row, _ in sides]), np.array([truth for _, truth in sides], float), 2.0),
    }


def positions_f1(data: list[Read], chances: Callable[[Read], np.ndarray]) -> float:
    """F1 over (statement, position) pairs."""
    right = wrong = missed = 0
    for one in data:
        if one.gold.optional:
            continue
        chance = chances(one)
        order = np.argsort(-chance)[: LIMITS["positions"]]
        maybe = set(one.gold.maybe)
        found = {one.slugs[k] for k in order if chance[k] >= LIMITS["relevance"]} - maybe
        wanted = set(one.gold.positions)
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return 2 * right / max(1, 2 * right + wrong + missed)


def chance_of(rows: np.ndarray, weights: tuple[np.ndarray, float]) -> np.ndarray:
    """Chances of rows of features."""
    return 1 / (1 + np.exp(-(rows @ weights[0] + weights[1])))


def chances_by(fitted: dict[str, tuple[np.ndarray, float]], one: Read) -> np.ndarray:
    """Chances of every position by all that is weighed."""
    return chance_of(one.relevance(fitted["retrieval"]), fitted["relevance"])


def main() -> None:
    """Fit, report by field left out, write."""
    own = sorted(path.parent for path in FIELDS.glob("*/gold.jsonl"))
    fields = {
        (folder.name, phrases): read_field(folder, phrases)
        for folder in [*own, EXAMPLE, *map(Path, sys.argv[1:])]
        for phrases in PHRASES
    }
    every_odds, every_right, alone = [], [], []
    for (name, phrases), inside in fields.items():
        fitted = fit_all([one for (other, _), reads in fields.items() if other != name for one in reads])
        by_likeness = positions_f1(
            inside, lambda one, fitted=fitted: chance_of(one.rows, fitted["retrieval"])
        )
        by_all = positions_f1(inside, lambda one, fitted=fitted: chances_by(fitted, one))
        sides = [(row, truth) for one in inside for _, row, truth in one.sides]
        truth = np.array([right for _, right in sides])
        odds = np.array([row for row, _ in sides]) @ fitted["side"][0] + fitted["side"][1]
        cross = np.array([row[ALL_SIDE_FEATURES.index("cross")] for row, _ in sides])
        every_odds.append(odds)
        every_right.append((odds > 0) == truth)
        alone.append((cross > 0) == truth)
        print(
            f"{name:20s} {_named(phrases):12s} positions {by_likeness:.3f} -> {by_all:.3f}"
            f"  side {told(odds, every_right[-1])}"
            f"  cross-encoder alone {alone[-1].mean():.2f}"
        )
    together = told(np.concatenate(every_odds), np.concatenate(every_right))
    print(f"{'all':33s} side {together}  cross-encoder alone {np.concatenate(alone).mean():.2f}")
    fitted = fit_all([one for reads in fields.values() for one in reads])
    held_out = [one for debate in read_debates(held_out=True) for one in read_debate(debate)]
    print(
        f"{'coded articles':20s} positions {positions_f1(held_out, lambda one: chances_by(fitted, one)):.3f}"
    )
    lines = ["# Fitted by training/stance/fit_weights.py; the limits are set by hand."]
    for table, names in (
        ("retrieval", FEATURES),
        ("relevance", RELEVANCE_FEATURES),
        ("side", ALL_SIDE_FEATURES),
    ):
        lines.append(f"[{table}]")
        lines += [f"{name} = {value:.4f}" for name, value in zip(names, fitted[table][0], strict=True)]
        lines.append(f"constant = {fitted[table][1]:.4f}")
    lines += ["[limits]", *(f"{name} = {value}" for name, value in LIMITS.items())]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


def _named(phrases: int | None) -> str:
    return "all phrases" if phrases is None else f"{phrases} phrases"


def told(odds: np.ndarray, right: np.ndarray) -> str:
    """How many sides are told, and how many of those are right, at some limits."""
    words = []
    for limit in (0.0, 0.5, 0.8, 1.0, 1.2, 1.5):
        clear = np.abs(odds) >= limit
        words.append(f"{limit}: {clear.mean():.2f}/{right[clear].mean() if clear.any() else 0:.2f}")
    return "  ".join(words)


if __name__ == "__main__":
    main()
