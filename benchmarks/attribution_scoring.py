"""Counts how well attributions that were found agree with those that a person annotated.

Everything is counted in words, so that quotation marks and punctuation at the edge of a span never count.
`benchmarks.attribution` runs it over annotated articles.
"""

from __future__ import annotations

import bisect
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from training.attribution.annotations import Annotation, Range, outer_of

ENOUGH = 0.5
"""Dice overlap of contents, and share of the shorter source, from which two attributions are a pair."""
LABELS = ("source", "cue", "content")

Words = frozenset[int]


@dataclass(frozen=True)
class Found:
    """One attribution as sets of the numbers of its words."""

    source: Words
    cue: Words
    content: Words
    quoted: bool


class Text:
    """A text's words, and which of them stand inside quotation marks.

    >>> Text("She said “all is well” today.").found(Annotation((), ((4, 8),), ((9, 22),))).quoted
    True
    """

    def __init__(self, text: str) -> None:
        """Find words and marks."""
        found = list(re.finditer(r"\w+", text))
        self._starts = [match.start() for match in found]
        self._ends = [match.end() for match in found]
        marks = quoted_ranges(text)
        self._quoted = {
            number
            for number, start in enumerate(self._starts)
            if any(begin <= start < end for begin, end in marks)
        }

    def words(self, spans: Iterable[Range]) -> Words:
        """The words that some spans touch."""
        numbers: set[int] = set()
        for start, end in spans:
            first = bisect.bisect_right(self._ends, start)
            numbers.update(range(first, bisect.bisect_left(self._starts, end)))
        return frozenset(numbers)

    def found(self, annotation: Annotation) -> Found:
        """An attribution in words; quoted if at least half of its content stands inside marks."""
        content = self.words(annotation.content)
        quoted = 2 * len(content & self._quoted) >= max(1, len(content))
        return Found(self.words(annotation.source), self.words(annotation.cue), content, quoted)


_CLOSING = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "''": "''"}


def quoted_ranges(text: str) -> list[Range]:
    """Where a text is inside quotation marks of any shape, paragraph by paragraph.

    A quotation that opens a paragraph and does not close runs to its end. Straight single marks are taken for
    apostrophes, except two in a row; an apostrophe after a letter and before another closes nothing.

    >>> quoted_ranges("‘It’s so’, he said. „So“")
    [(0, 9), (20, 24)]
    """
    ranges: list[Range] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        at, end = paragraph.span()
        opened: int | None = None
        closing = ""
        while at < end:
            mark = "''" if text.startswith("''", at) else text[at]
            before = text[at - 1 : at]
            after = text[at + len(mark) : at + len(mark) + 1]
            if opened is not None and mark in _ends(closing) and not (mark == "’" and after.isalnum()):
                ranges.append((opened, at + len(mark)))
                opened = None
            elif opened is None and mark in _CLOSING and not before.isalnum():
                opened, closing = at, _CLOSING[mark]
            at += len(mark)
        if opened is not None and opened == paragraph.start():
            ranges.append((opened, end))
    return ranges


def _ends(closing: str) -> tuple[str, ...]:
    return (closing,) if closing == "''" else tuple(closing)


@dataclass
class Tally:
    """Right, found and annotated; F1 and its parts of them.

    >>> tally = Tally(3, 4, 6)
    >>> tally.precision, tally.recall, tally.f1
    (0.75, 0.5, 0.6)
    """

    right: float = 0.0
    found: float = 0.0
    gold: float = 0.0
    covered: float | None = None
    """What of the annotated was covered, where that is not the same as `right`."""

    @property
    def precision(self) -> float:
        """Right share of the found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Found share of the annotated."""
        return (self.right if self.covered is None else self.covered) / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        covered = None
        if self.covered is not None or other.covered is not None:
            covered = (self.covered or 0.0) + (other.covered or 0.0)
        return Tally(self.right + other.right, self.found + other.found, self.gold + other.gold, covered)


FIGURES = ("source", "cue", "content", "content_partial", "pair", "quoted_pair")


@dataclass
class Counts:
    """The tallies of one or more articles.

    Attributes:
        tallies: By figure: exact matches of each label; contents with their overlap; pairs, which have the
            right source and half of the content; pairs whose content is quoted.
        nested: Attributions inside another's content; only how many of them were found is counted.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIGURES})
    nested: Tally = field(default_factory=Tally)

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        tallies = {name: self.tallies[name] + other.tallies[name] for name in FIGURES}
        return Counts(tallies, self.nested + other.nested)


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    result = Counts()
    for one in counts:
        result += one
    return result


def overlap(a: Words, b: Words) -> float:
    """Dice overlap."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def same_source(a: Found, b: Found) -> bool:
    """Whether both have none, or the shorter one lies for the most part in the other.

    A parse would compare heads; "the mayor" and "the mayor, who had come late," are one source to both.
    """
    if not a.source or not b.source:
        return not a.source and not b.source
    return len(a.source & b.source) >= ENOUGH * min(len(a.source), len(b.source))


def matched(found: Sequence[Found], gold: Sequence[Found], *, sources: bool = False) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, the greatest overlap of content first.

    Args:
        found: What was found.
        gold: What was annotated.
        sources: Take only pairs with the same source.
    """
    candidates = [
        (overlap(f.content, g.content), overlap(f.cue, g.cue), -i, -j)
        for i, f in enumerate(found)
        for j, g in enumerate(gold)
        if f.content & g.content and (not sources or same_source(f, g))
    ]
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, i, j in sorted(candidates, reverse=True):
        if -i not in taken[0] and -j not in taken[1]:
            taken[0].add(-i)
            taken[1].add(-j)
            pairs.append((-i, -j))
    return pairs


def count(text: str, found: Sequence[Annotation], gold: Sequence[Annotation]) -> Counts:
    """The counts of one article.

    Annotated attributions inside another's content, which PolNeAR leaves out, are counted apart: finding them
    is neither rewarded nor punished in the other figures.
    """
    words = Text(text)
    readings, annotated = [words.found(one) for one in found], [words.found(one) for one in gold]
    inner = [outer is not None for outer in outer_of(gold)]
    counts = Counts()
    right = {j for i, j in _pairs(readings, annotated)}
    counts.nested = Tally(sum(j in right for j, nested in enumerate(inner) if nested), 0.0, sum(inner))
    inside = {i for i, j in matched(readings, annotated) if inner[j]}
    readings = [one for i, one in enumerate(readings) if i not in inside]
    annotated = [one for one, nested in zip(annotated, inner, strict=True) if not nested]
    for label in LABELS:
        spans = [
            Counter(getattr(one, label) for one in side if getattr(one, label))
            for side in (readings, annotated)
        ]
        if label == "source":
            # Verbs that share a subject share its span: that is one span, as in figures for tagged sentences.
            spans = [Counter(set(side)) for side in spans]
        counts.tallies[label] = Tally((spans[0] & spans[1]).total(), spans[0].total(), spans[1].total())
    partial = Tally(0.0, len(readings), len(annotated), 0.0)
    for i, j in matched(readings, annotated):
        shared = len(readings[i].content & annotated[j].content)
        partial.right += shared / len(readings[i].content)
        partial.covered = (partial.covered or 0.0) + shared / len(annotated[j].content)
    counts.tallies["content_partial"] = partial
    counts.tallies["pair"] = _paired(readings, annotated)
    counts.tallies["quoted_pair"] = _paired(
        [one for one in readings if one.quoted], [one for one in annotated if one.quoted]
    )
    return counts


def _pairs(found: Sequence[Found], gold: Sequence[Found]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, j in matched(found, gold, sources=True)
        if overlap(found[i].content, gold[j].content) >= ENOUGH
    ]


def _paired(found: Sequence[Found], gold: Sequence[Found]) -> Tally:
    return Tally(len(_pairs(found, gold)), len(found), len(gold))


def interval(
    articles: Sequence[Counts], figure: str, *, draws: int = 1000, seed: int = 1
) -> tuple[float, float]:
    """The 95 per cent bootstrap interval of a figure's F1, articles drawn with replacement.

    Args:
        articles: The counts of each article.
        figure: One of `FIGURES`.
        draws: How many samples.
        seed: Of the random numbers, so that the same counts give the same interval.
    """
    drawn = random.Random(seed)
    tallies = [one.tallies[figure] for one in articles]
    values = []
    for _ in range(draws):
        sample = Tally()
        for _ in tallies:
            sample += tallies[drawn.randrange(len(tallies))]
        values.append(sample.f1)
    values.sort()
    return values[int(0.025 * draws)], values[min(draws - 1, int(0.975 * draws))]


__all__ = [
    "ENOUGH",
    "FIGURES",
    "LABELS",
    "Counts",
    "Found",
    "Tally",
    "Text",
    "count",
    "interval",
    "matched",
    "overlap",
    "quoted_ranges",
    "same_source",
    "total",
]
