"""A random sample, drawn apart from the queue, and what it says of all that was read.

The queue shows what is most likely wrong, so what people find there says nothing of the rest. A sample
does. Two are
drawn: of the stances that the machine read, which tells how many are right; and of the paragraphs of all
articles, which tells how many stances were missed. Both are put in an order that a seed fixes and taken
from its beginning, so that a larger sample holds the smaller one, whoever draws it and whenever.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kg.build.change import graph_quads
from kg.build.decisions import article_log, standing
from kg.build.effective import Effective
from kg.build.nodes import Nodes
from kg.build.records import Record, Recorder
from kg.build.terms import ST, node
from kg.model.article import Article
from kg.review.cases import Field, article_iris, article_of
from kg.store.embedded import Store

SHORTEST = 40
"""Code points from which a paragraph is one that somebody may say something in."""
_CONFIDENCE_Z = 1.959963984540054
_DRAWS = 2000
_Drawn = TypeVar("_Drawn")
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class SampledStance:
    """A stance that the machine read.

    Attributes:
        statement: IRI of its statement.
        right: What a person made of it; None where nobody looked.
    """

    article: str
    statement: str
    position: str
    actor: str
    outlet: str
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class SampledParagraph:
    """A paragraph of an article.

    Attributes:
        missed: Number of stances in it that a person added; None where nobody looked.
    """

    article: str
    outlet: str
    start: int
    end: int
    missed: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval of 95 %.

    Attributes:
        what: What it is the share of; empty for the whole.
        hits: Number of hits.
        looked: Number looked at.
        low: Lower end, from 0 to 1.
        high: Upper end.
    """

    what: str
    hits: int
    looked: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself."""
        return self.hits / self.looked


@dataclass(frozen=True, slots=True)
class Trust:
    """What the samples say.

    Attributes:
        articles: Number of articles read.
        stances: Number of stances that the machine read in them.
        paragraphs: Number of their paragraphs.
        drawn: Size of the samples that were asked for.
        right: Share of stances that are right; None where nobody looked at any.
        by: The same by `outlet`, `actor` and `position`.
        missed: Number of stances missed in the paragraphs looked at.
        looked: Number of paragraphs looked at.
        missed_in_all: Estimate for all paragraphs, with its interval; None where nobody looked at any.
        found: Share of the stances that are there which the machine found, with its interval; None likewise.
    """

    articles: int
    stances: int
    paragraphs: int
    drawn: int
    right: Share | None
    by: dict[str, tuple[Share, ...]]
    missed: int
    looked: int
    missed_in_all: tuple[float, float, float] | None
    found: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Sample:
    """The two samples, and the sizes of what they are drawn from."""

    drawn: int
    stances: tuple[SampledStance, ...]
    paragraphs: tuple[SampledParagraph, ...]
    articles: int
    all_stances: int
    all_paragraphs: int


def draw(store: Store, material: Field, size: int, seed: int = 0) -> Sample:
    """Draw both samples, with what people have made of them so far.

    Args:
        store: The graph.
        material: Register, codebook and names.
        size: Number of stances, and of paragraphs; all where there are fewer.
        seed: Another seed gives another sample.
    """
    stances: list[SampledStance] = []
    paragraphs: list[SampledParagraph] = []
    iris = article_iris(store)
    for iri in iris:
        read = Nodes(graph_quads(store.view, node(material.iris.article_graph(iri.rsplit("/", 1)[-1]))))
        article = article_of(node(iri), read)
        outlet = article.publisher or "unknown outlet"
        recorder = Recorder(read, material.register, material.codebook)
        for statement in read.instances(ST.Statement):
            record = recorder.record(statement)
            actor = record["on_behalf_of"] or record["actor"]
            stances += [
                SampledStance(iri, statement.value, one["position"], actor["label"] if actor else "", outlet)
                for one in record["positions"]
            ]
        paragraphs += [SampledParagraph(iri, outlet, start, end) for start, end in paragraphs_of(article)]
    chosen = _first(stances, size, seed, lambda one: f"{one.statement} {one.position}")
    passages = _first(paragraphs, size, seed, lambda one: f"{one.article} {one.start}")
    judge = _Judge(store, material)
    return Sample(
        size,
        tuple(judge.stance(one) for one in chosen),
        tuple(judge.paragraph(one) for one in passages),
        len(iris),
        len(stances),
        len(paragraphs),
    )


def paragraphs_of(article: Article) -> list[tuple[int, int]]:
    r"""[start, end) of the paragraphs of an article that are long enough and no boilerplate.

    >>> paragraphs_of(Article("a", "Short.\n" + "x" * 50))
    [(7, 57)]
    """
    return [
        (found.start(), found.end())
        for found in _PARAGRAPH.finditer(article.text)
        if len(found[0].strip()) >= SHORTEST and not article.in_boilerplate(found.start(), found.end())
    ]


def _first(some: Sequence[_Drawn], size: int, seed: int, name: Callable[[_Drawn], str]) -> list[_Drawn]:
    return sorted(some, key=lambda one: hashlib.sha256(f"{seed} {name(one)}".encode()).digest())[:size]


class _Judge:
    """Says what people have made of what was drawn."""

    def __init__(self, store: Store, material: Field) -> None:
        self._store = store
        self._material = material
        self._deriver = material.deriver()
        self._found: dict[str, Effective | None] = {}

    def _effective(self, article: str) -> Effective | None:
        if article not in self._found:
            key = article.rsplit("/", 1)[-1]
            self._found[article] = self._deriver.effective(self._store.view, key)
        return self._found[article]

    def stance(self, one: SampledStance) -> SampledStance:
        """The stance, judged: right where its holder, position and polarity were left as they were."""
        found = self._effective(one.article)
        verdict = found.settled.get(node(one.statement)) if found else None
        if found is None or verdict is None:
            return one
        read = self._recorder(found).record(node(one.statement))
        now = verdict.record
        right = now is not None and _holder(now) == _holder(read) and _side(now, one) == _side(read, one)
        return SampledStance(one.article, one.statement, one.position, one.actor, one.outlet, right)

    def paragraph(self, one: SampledParagraph) -> SampledParagraph:
        """The paragraph with the number of stances missed in it, if somebody looked at it."""
        found = self._effective(one.article)
        log = standing(article_log(self._store.view, node(one.article), self._material.iris))
        looks = [look.seen["content"][0] for look in log if look.action == "look" and look.seen]
        if found is None or not any((look["start"], look["end"]) == (one.start, one.end) for look in looks):
            return one
        missed = 0
        for target, verdict in found.settled.items():
            record = verdict.record
            if record is None or not one.start <= record["content"][0]["start"] < one.end:
                continue
            known = target in found.read
            before = self._recorder(found).record(target)["positions"] if known else []
            had = {position["position"] for position in before}
            missed += sum(position["position"] not in had for position in record["positions"])
        return SampledParagraph(one.article, one.outlet, one.start, one.end, missed)

    def _recorder(self, found: Effective) -> Recorder:
        return Recorder(found.read, self._material.register, self._material.codebook)


def _holder(record: Record) -> str | None:
    actor = record["on_behalf_of"] or record["actor"]
    return actor["id"] if actor else None


def _side(record: Record, one: SampledStance) -> str | None:
    return next((p["stance"] for p in record["positions"] if p["position"] == one.position), None)


def estimate(sample: Sample) -> Trust:
    """What a sample says of the whole, with intervals of 95 %.

    Shares have Wilson's interval (Wilson 1927). What was missed is the mean of the paragraphs times their
    number, with the percentiles of a bootstrap over paragraphs; the share that was found puts both
    together, draw by draw.
    """
    judged = [one for one in sample.stances if one.right is not None]
    looked = [one.missed for one in sample.paragraphs if one.missed is not None]
    groups: dict[str, Callable[[SampledStance], str]] = {
        "outlet": lambda one: one.outlet,
        "actor": lambda one: one.actor or "(not named)",
        "position": lambda one: one.position,
    }
    by = {
        name: tuple(
            _share(what, [one for one in judged if of(one) == what])
            for what in sorted({of(o) for o in judged})
        )
        for name, of in groups.items()
    }
    missed_in_all = found = None
    if looked:
        chance = np.random.default_rng(0)
        again = chance.choice(np.array(looked), size=(_DRAWS, len(looked))).mean(axis=1)
        missed = again * sample.all_paragraphs
        estimated = sum(looked) / len(looked) * sample.all_paragraphs
        missed_in_all = (estimated, *_middle(missed))
        if judged:
            share = sum(bool(one.right) for one in judged) / len(judged)
            right = chance.binomial(len(judged), share, size=_DRAWS) / len(judged) * sample.all_stances
            there = np.maximum(right + missed, 1e-9)
            whole = share * sample.all_stances + estimated
            found = (share * sample.all_stances / whole if whole else 1.0, *_middle(right / there))
    return Trust(
        sample.articles,
        sample.all_stances,
        sample.all_paragraphs,
        sample.drawn,
        _share("", judged) if judged else None,
        by,
        sum(looked),
        len(looked),
        missed_in_all,
        found,
    )


def _share(what: str, judged: Iterable[SampledStance]) -> Share:
    values = [bool(one.right) for one in judged]
    return Share(what, sum(values), len(values), *wilson(sum(values), len(values)))


def _middle(draws: npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def wilson(hits: int, looked: int) -> tuple[float, float]:
    """Wilson's score interval of 95 % for a share.

    >>> [round(end, 3) for end in wilson(8, 10)], [round(end, 3) for end in wilson(0, 10)]
    ([0.49, 0.943], [0.0, 0.278])
    """
    if not looked:
        return 0.0, 1.0
    z, share = _CONFIDENCE_Z, hits / looked
    scale = 1 + z * z / looked
    middle = (share + z * z / (2 * looked)) / scale
    half = z * math.sqrt(share * (1 - share) / looked + z * z / (4 * looked * looked)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


__all__ = [
    "SHORTEST",
    "Sample",
    "SampledParagraph",
    "SampledStance",
    "Share",
    "Trust",
    "draw",
    "estimate",
    "paragraphs_of",
    "wilson",
]
