"""Measures how far suggested groups of claims are the positions that a person made.

    python -m benchmarks.suggesting                        # the fields of tests/reading and the example
    python -m benchmarks.suggesting FOLDER --gold GOLD     # articles of your own, gold lines elsewhere
    python -m benchmarks.suggesting --ways                 # other ways of grouping, at their best thresholds

Groups are made of the contents that a person marked, whether they have a position or not, and compared with
the positions that the person gave them. docs/quality.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from benchmarks.reading import EXAMPLE, FIELDS
from kg.codebook.corpus import Said, said_in
from kg.codebook.grouping import Linkage, Matrix, agglomerate, common_words
from kg.codebook.suggestion import LIKENESS, features, group, telling_words
from kg.ingest.articles import read_articles

Groups = list[list[int]]
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 14))


@dataclass(frozen=True, slots=True)
class Figures:
    """How well groups fit positions.

    Attributes:
        precision: B-cubed precision: share of a statement's group that shares a position with it.
        recall: B-cubed recall: share of those that share a position with it that are in its group.
        f1: Their harmonic mean.
        rand: Adjusted Rand index, on the first position of each statement.
        covered: Share of the positions with two or more statements that are the majority of some group.
        pure: Share of a group's statements that have its most frequent position, statements without any
            position counted as wrong; mean over groups of two or more.
        groups: Number of groups of two or more.
        left: Share of statements that no group took in.
    """

    precision: float
    recall: float
    f1: float
    rand: float
    covered: float
    pure: float
    groups: float
    left: float


@dataclass(frozen=True, slots=True)
class Way:
    """A way of finding out how alike claims are."""

    name: str
    sentence: float = 0.0
    around: float = 0.0
    words: float = 0.0
    centre: bool = True
    linkage: Linkage = "average"

    def likeness(self, corpus: Sequence[Said]) -> Matrix:
        """Likeness of all claims, [statements, statements]."""
        vectors = features(corpus, sentence=self.sentence, around=self.around, centre=self.centre)
        near = vectors @ vectors.T
        if self.words:
            near = near + np.float32(self.words) * common_words(telling_words(corpus))
        return np.asarray(near, dtype=np.float32)


WAYS = (
    Way("claim alone, not centred", centre=False),
    Way("claim alone"),
    Way("claim + sentence", sentence=0.5),
    Way("claim + sentence + sentence before", sentence=0.5, around=0.5),
    Way("the same, not centred", sentence=0.5, around=0.5, centre=False),
    Way("the same, complete linkage", sentence=0.5, around=0.5, linkage="complete"),
    Way("the same + words (the way that ships)", sentence=0.5, around=0.5, words=0.3),
    Way("the same, complete linkage and words", sentence=0.5, around=0.5, words=0.3, linkage="complete"),
)


def read_corpus(folder: Path, gold: Path | None = None) -> list[Said]:
    """The contents that a person marked in a folder's articles, with their positions."""
    place = gold or next(
        (folder / name for name in ("gold.jsonl", "statements.jsonl") if (folder / name).is_file()), folder
    )
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    lines = [
        json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line
    ]
    names = {line.get("file") or line["article"] for line in lines}
    paths = [path for path in sorted(folder.rglob("*")) if path.name in names]
    articles = {article.name: article for article in read_articles(paths)}
    found: list[Said] = []
    for line in lines:
        article = articles[line.get("file") or line["article"]]
        pieces = [piece if isinstance(piece, str) else piece["text"] for piece in line["content"]]
        spans = []
        for piece in pieces:
            start = article.text.find(piece)
            if start >= 0:
                spans.append({"start": start, "end": start + len(piece), "text": piece})
        if not spans:
            continue
        spans.sort(key=lambda span: span["start"])
        given = line.get("positions") or {}
        slugs = list(given) if isinstance(given, dict) else [one["position"] for one in given]
        record = {
            "article": article.name,
            "content": spans,
            "actor": line.get("actor"),
            "positions": [{"position": f"{folder.name}/{slug}"} for slug in slugs],
        }
        found += said_in([record], article)
    return found


def figures(corpus: Sequence[Said], groups: Groups) -> Figures:
    """Compare groups of a corpus with the positions of its statements; those in no group stand alone."""
    group_of = {member: number for number, members in enumerate(groups) for member in members}
    alone = len(groups)
    labels = [group_of.get(number, alone + number) for number in range(len(corpus))]
    coded = [number for number, said in enumerate(corpus) if said.positions]
    gold = {number: set(corpus[number].positions) for number in coded}
    precision, recall = [], []
    for one in coded:
        mates = [other for other in coded if labels[other] == labels[one]]
        alike = [other for other in coded if gold[one] & gold[other]]
        precision.append(np.mean([bool(gold[one] & gold[other]) for other in mates]))
        recall.append(np.mean([labels[other] == labels[one] for other in alike]))
    p, r = (float(np.mean(values)) if values else 0.0 for values in (precision, recall))
    several = [members for members in groups if len(members) > 1]
    counts = [Counter(slug for member in members for slug in corpus[member].positions) for members in several]
    majority = {
        slug
        for members, count in zip(several, counts, strict=True)
        for slug, number in count.items()
        if number > 1 and number > len(members) / 2
    }
    wanted = [slug for slug, number in Counter(s for n in coded for s in gold[n]).items() if number > 1]
    pure = [max(count.values(), default=0) / len(m) for m, count in zip(several, counts, strict=True)]
    return Figures(
        p,
        r,
        2 * p * r / (p + r) if p + r else 0.0,
        adjusted_rand(
            [corpus[number].positions[0] for number in coded], [labels[number] for number in coded]
        ),
        sum(slug in majority for slug in wanted) / len(wanted) if wanted else 0.0,
        float(np.mean(pure)) if pure else 0.0,
        float(len(several)),
        1 - len(group_of) / len(corpus) if corpus else 0.0,
    )


def adjusted_rand(some: Sequence[object], others: Sequence[object]) -> float:
    """Agreement of two ways of grouping, 0 by chance and 1 where they are the same (Hubert and Arabie 1985).

    >>> adjusted_rand([1, 1, 2, 2], ["a", "a", "b", "b"])
    1.0
    """

    def pairs(counts: Counter[object]) -> float:
        return sum(number * (number - 1) / 2 for number in counts.values())

    both = pairs(Counter(zip(some, others, strict=True)))
    one, other = pairs(Counter(some)), pairs(Counter(others))
    total = len(some) * (len(some) - 1) / 2
    chance = one * other / total if total else 0.0
    most = (one + other) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def mean(rows: Sequence[Figures]) -> Figures:
    """The mean of each figure."""
    return Figures(*(float(np.mean([getattr(row, field.name) for row in rows])) for field in fields(Figures)))


def shipped(corpus: Sequence[Said]) -> Groups:
    """The groups that `kg codebook suggest` makes."""
    return [one.members for one in group(corpus, LIKENESS, 2)[0]]


def baselines() -> dict[str, Callable[[Sequence[Said]], Groups]]:
    """Ways that anything has to be better than."""

    def by_article(corpus: Sequence[Said]) -> Groups:
        found: dict[str, list[int]] = {}
        for number, said in enumerate(corpus):
            found.setdefault(said.article, []).append(number)
        return list(found.values())

    return {
        "every claim alone": lambda corpus: [],
        "all in one group": lambda corpus: [list(range(len(corpus)))],
        "a group an article": by_article,
    }


def row(name: str, found: Figures) -> str:
    """A line of the table."""
    values = asdict(found)
    number = values.pop("groups")
    cells = " ".join(f"{value:9.3f}" for value in values.values())
    return f"{name:44} {cells} {number:7.1f}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, help="folder of articles; those that come with kg")
    parser.add_argument("--gold", type=Path, help="gold lines, where they stand elsewhere")
    parser.add_argument("--ways", action="store_true", help="try other ways of grouping")
    chosen = parser.parse_args()
    names = [field.name for field in fields(Figures) if field.name != "groups"]
    print(f"{'':44} " + " ".join(f"{name:>9}" for name in names) + "  groups")
    if chosen.folder:
        corpus = read_corpus(chosen.folder, chosen.gold)
        for name, make in {**baselines(), "as suggested": shipped}.items():
            print(row(name, figures(corpus, make(corpus))))
        return
    sets = {
        kind: [read_corpus(path.parent) for path in sorted((FIELDS / kind).glob("*/gold.jsonl"))]
        for kind in ("fields", "heldout")
    }
    sets["example"] = [read_corpus(EXAMPLE)]
    for kind in ("fields", "heldout"):
        sets[f"{kind} in one"] = [[said for corpus in sets[kind] for said in corpus]]
    for kind, corpora in sets.items():
        for name, make in {**baselines(), "as suggested": shipped}.items():
            print(row(f"{kind}: {name}", mean([figures(corpus, make(corpus)) for corpus in corpora])))
    if chosen.ways:
        for kind in ("fields", "fields in one"):
            for way in WAYS:
                near = [way.likeness(corpus) for corpus in sets[kind]]
                best = max(
                    (
                        (
                            mean(
                                [
                                    figures(corpus, agglomerate(values, least, way.linkage))
                                    for corpus, values in zip(sets[kind], near, strict=True)
                                ]
                            ),
                            least,
                        )
                        for least in THRESHOLDS
                    ),
                    key=lambda pair: pair[0].f1,
                )
                print(row(f"{kind}: {way.name} ({best[1]})"[:44], best[0]))


if __name__ == "__main__":
    main()
