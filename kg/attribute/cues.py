"""How often a cue attributes: figures by lemma and construction, from `cues.tsv`.

The figures were counted in the training part of PolNeAR (Newell, Margolin and Ruths, 2018; US political
news): for each pair of lemma and construction, how many of its occurrences outside quotation marks the
annotators took for an attribution with that content. Only counts are kept here, no text.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

from kg.attribute import lexicon

_WEIGHT = 2.5
"""How many occurrences the class's share weighs against a pair's own count."""

_LISTED = (
    lexicon.SAY
    | lexicon.DEMAND
    | lexicon.OFFER
    | lexicon.DENY
    | lexicon.REJECT
    | lexicon.PRAISE
    | lexicon.CRITICISE
    | lexicon.WARN
    | lexicon.ASK
)


def _listed(lemma: str, construction: str) -> bool:
    construction = construction.rstrip("@")
    if construction.startswith(("n.", "l.")):
        return lemma in lexicon.NOUNS
    if construction.startswith("a."):
        return lemma in lexicon.ADJECTIVES
    return lemma in _LISTED


class CueTable:
    """Shares of attributions by lemma and construction, smoothed by those of its class.

    A pair that was seldom or never seen is judged by the listed (or else the unlisted) lemmas that were seen
    in the same construction.
    """

    def __init__(self, counts: dict[tuple[str, str], tuple[int, int]]) -> None:
        """Keep the counts (occurrences, attributions) and sum them up by class."""
        self.counts = counts
        sums: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0])
        for (lemma, construction), (seen, right) in counts.items():
            entry = sums[_listed(lemma, construction), construction]
            entry[0] += seen
            entry[1] += right
        self.classes = {key: (right + 0.3) / (seen + 3) for key, (seen, right) in sums.items()}

    def share(self, lemma: str, construction: str) -> float:
        """Estimated share, from 0 to 1, of such occurrences that are attributions."""
        seen, right = self.counts.get((lemma, construction), (0, 0))
        prior = self.classes.get((_listed(lemma, construction), construction), 0.1)
        return (right + _WEIGHT * prior) / (seen + _WEIGHT)


LAYOUT_SHARES = {
    "quote after": 0.97,
    "quote before": 0.92,
    "according": 0.87,
    "left": 0.82,
    "judgement": 0.82,
    "pull quote": 0.8,
    "fallback": 0.7,
    "headline": 0.6,
    "quote alone": 0.6,
    "block": 0.5,
}
"""Shares of attributions among candidates whatever the lemma, from 400 articles of the same part."""


@lru_cache(maxsize=1)
def cue_table() -> CueTable:
    """The table that comes with the package, read once."""
    counts = {}
    for line in files("kg.attribute").joinpath("cues.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, construction, seen, right = line.split("\t")
            counts[lemma, construction] = (int(seen), int(right))
    return CueTable(counts)


__all__ = ["LAYOUT_SHARES", "CueTable", "cue_table"]
