"""How far the machine's reading can be trusted: what a sample says of all that was read.

For the whole and by outlet, actor and position: how many of the stances are right, how many say the opposite,
and how many of those that stand in the articles were missed, each with its interval (`kg.review.intervals`).
Stances are a simple random sample; those of one group are one of the group. Missed ones come in passages that
were read in full: their share is a ratio of two totals over passages, whatever group is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.build.change import GraphView
from kg.build.decisions import Decision
from kg.build.terms import RDFS, node
from kg.model.iris import Iris
from kg.review.intervals import cluster_interval, share_interval, total_interval
from kg.review.judging import Judged, JudgedPassage, JudgedStance, judged
from kg.review.sample import UNKNOWN_OUTLET, Sample, Side, latest_sample, state_of

LEAST = 5
"""Number of stances looked at below which nothing is said of a group, unless these are all of it."""
_KeysOf = Callable[[str, Side], Iterable[str]]
"""The groups of one kind that a stance belongs to, from its outlet and itself."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval of 95 %.

    Attributes:
        hits: Number of hits.
        looked: Number looked at.
        low: Lower end, from 0 to 1.
        high: Upper end.
        complete: Whether everything was looked at, so that nothing is estimated.
    """

    hits: int
    looked: int
    low: float
    high: float
    complete: bool = False

    @property
    def value(self) -> float:
        """The share itself."""
        return self.hits / self.looked

    @property
    def tells(self) -> bool:
        """Whether enough was looked at to say anything."""
        return self.complete or self.looked >= LEAST


@dataclass(frozen=True, slots=True)
class Group:
    """What the sample says of a group of stances.

    Attributes:
        key: IRI of the outlet, actor or position; empty for the whole and for an unknown outlet.
        label: Its name.
        stances: Number of stances that the machine read in it.
        right: Share that is right; None where nobody looked at any.
        reversed: Share that says the opposite of what is right; None likewise.
        missed: Share of the stances that are there which the machine missed; None where none was seen in
            passages read in full.
    """

    key: str
    label: str
    stances: int
    right: Share | None
    reversed: Share | None
    missed: Share | None


@dataclass(frozen=True, slots=True)
class Trust:
    """What a sample says.

    Attributes:
        sample: The sample.
        drawn_by: Who drew it.
        drawn_on: The day that it was drawn.
        whole: Of all stances.
        by: The groups by `outlet`, `actor` and `position`, those with most stances first.
        passages: Number of passages read in full.
        passage_articles: Number of articles that these stand in.
        missed_in_all: Number of stances missed in all passages, with its interval; None if it cannot be told.
        waiting: Number of things drawn that do not count yet: nobody looked at them, or at one before them.
        changed: Whether articles came, went or were read again since it was drawn.
    """

    sample: Sample
    drawn_by: str
    drawn_on: str
    whole: Group
    by: dict[str, tuple[Group, ...]]
    passages: int
    passage_articles: int
    missed_in_all: tuple[float, float, float] | None
    waiting: int
    changed: bool

    @property
    def tells(self) -> bool:
        """Whether anything was looked at."""
        return self.whole.right is not None or self.passages > 0

    def group(self, kind: str, key: str) -> Group | None:
        """The group of an outlet, actor or position; None where nothing of it was drawn."""
        return next((one for one in self.by.get(kind, ()) if one.key == key), None)


def trust_of(view: GraphView, iris: Iris) -> Trust | None:
    """What the latest sample says by what counts now; None where nobody drew one."""
    found = latest_sample(view, iris)
    if found is None:
        return None
    sample, decision = found
    changed = state_of(view, iris)[1] != sample.state
    return estimate(judged(view, iris, sample), decision, changed, _Labels(view, iris, sample))


class _Labels:
    """Names of groups: as they were when the sample was drawn, else as the graph has them."""

    def __init__(self, view: GraphView, iris: Iris, sample: Sample) -> None:
        self._view, self._graph, self._known = view, node(iris.current_graph), sample.labels

    def __call__(self, key: str) -> str:
        if key in self._known or not key.startswith(("http:", "https:", "urn:")):
            return self._known.get(key, key)
        quads = self._view.quads_for_pattern(NamedNode(key), RDFS.label, None, self._graph)
        return min((quad.object.value for quad in quads), default=key.rsplit("/", 1)[-1])  # type: ignore[union-attr]


def estimate(
    found: Judged,
    decision: Decision | None = None,
    changed: bool = False,
    label: Callable[[str], str] | None = None,
) -> Trust:
    """What a sample says of the whole and of each group.

    Args:
        found: The sample with its outcomes.
        decision: Who drew it when.
        changed: Whether the graph was read again since.
        label: The name of a group's key.
    """
    sample, stances, passages = found.sample, found.counted_stances, found.counted_passages
    names = label or (lambda key: sample.labels.get(key, key))
    whole = _group("", "", sample.all_stances, stances, passages, sample, lambda outlet, side: True)
    keys: dict[str, _KeysOf] = {
        "outlet": lambda outlet, side: (outlet,),
        "actor": lambda outlet, side: side.voices,
        "position": lambda outlet, side: (sample.positions.get(side.position, side.position),),
    }
    by = {
        kind: _groups(keys_of, sample.counts.get(kind, {}), stances, passages, sample, names)
        for kind, keys_of in keys.items()
    }
    return Trust(
        sample,
        decision.coder if decision else "",
        f"{decision.time:%Y-%m-%d}" if decision else "",
        whole,
        by,
        len(passages),
        len({one.drawn.article for one in passages}),
        _missed_in_all(whole, passages, sample),
        len(found.stances) + len(found.passages) - len(stances) - len(passages),
        changed,
    )


def _groups(
    keys_of: _KeysOf,
    counts: dict[str, int],
    stances: list[JudgedStance],
    passages: list[JudgedPassage],
    sample: Sample,
    label: Callable[[str], str],
) -> tuple[Group, ...]:
    keys = {key for one in stances for key in keys_of(one.drawn.outlet, one.drawn.side)}
    seen = [(one.drawn.outlet, side) for one in passages for side in (*one.found, *one.missed)]
    keys |= {key for outlet, side in seen for key in keys_of(outlet, side)}
    found = [
        _group(
            key,
            label(key) or UNKNOWN_OUTLET,
            counts.get(key, 0),
            [one for one in stances if key in keys_of(one.drawn.outlet, one.drawn.side)],
            passages,
            sample,
            lambda outlet, side, key=key: key in keys_of(outlet, side),  # type: ignore[misc]
        )
        for key in keys
    ]
    return tuple(sorted(found, key=lambda one: (-one.stances, one.label, one.key)))


def _group(
    key: str,
    label: str,
    number: int,
    stances: list[JudgedStance],
    passages: list[JudgedPassage],
    sample: Sample,
    belongs: Callable[[str, Side], bool],
) -> Group:
    clusters = [
        (
            sum(belongs(one.drawn.outlet, side) for side in one.missed),
            sum(belongs(one.drawn.outlet, side) for side in (*one.found, *one.missed)),
        )
        for one in passages
    ]
    there = sum(things for _, things in clusters)
    missed = None
    if there:
        ends = cluster_interval(clusters, len(passages), sample.all_passages)
        complete = len(passages) >= sample.all_passages
        missed = Share(sum(hits for hits, _ in clusters), there, *ends, complete)
    return Group(
        key,
        label,
        number,
        _share([one.right for one in stances], number),
        _share([one.reversed for one in stances], number),
        missed,
    )


def _share(outcomes: list[bool], number: int) -> Share | None:
    if not outcomes:
        return None
    hits, looked = sum(outcomes), len(outcomes)
    return Share(hits, looked, *share_interval(hits, looked, number), looked >= number)


def _missed_in_all(
    whole: Group, passages: list[JudgedPassage], sample: Sample
) -> tuple[float, float, float] | None:
    """How many were missed, by how many were in the passages read; the sampled stances have no say."""
    if not whole.missed or not whole.missed.tells:
        return None
    clusters = [(len(one.missed), len(one.found) + len(one.missed)) for one in passages]
    middle = whole.missed.hits * sample.all_passages / len(passages)
    return middle, *total_interval(clusters, len(passages), sample.all_passages)


__all__ = ["LEAST", "Group", "Share", "Trust", "estimate", "trust_of"]
