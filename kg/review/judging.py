"""What people have made of a sample so far.

Only the beginning of the random order counts, up to the first thing that nobody looked at: so what people
happened to decide elsewhere, or passed over because it was hard, cannot bend the sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.build.change import GraphView
from kg.build.decisions import Decision, Settled, article_log, latest_version, settled, standing
from kg.build.terms import ST, node
from kg.model.iris import Iris
from kg.review.sample import Sample, SampledPassage, SampledStance, Side, sides_of

_Outcome = TypeVar("_Outcome")
_OPPOSITE = {"supports": "opposes", "opposes": "supports"}


@dataclass(frozen=True, slots=True)
class JudgedStance:
    """A sampled stance with what people made of it.

    Attributes:
        there: Whether that holder takes a stance on that position there at all.
        right: Whether it is also the one that was read.
        reversed: Whether it is the opposite one.
    """

    drawn: SampledStance
    there: bool
    right: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A sampled passage that somebody read in full.

    Attributes:
        found: Stances that stand in it and that the machine had, whatever side it gave them.
        missed: Stances that stand in it and that the machine had not.
    """

    drawn: SampledPassage
    found: tuple[Side, ...]
    missed: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sample with all outcomes; None for what nobody looked at."""

    sample: Sample
    stances: tuple[JudgedStance | None, ...]
    passages: tuple[JudgedPassage | None, ...]

    @property
    def counted_stances(self) -> list[JudgedStance]:
        """Those that count: the beginning of the order."""
        return _beginning(self.stances)

    @property
    def counted_passages(self) -> list[JudgedPassage]:
        """Those that count: the beginning of the order."""
        return _beginning(self.passages)


def _beginning(outcomes: Iterable[_Outcome | None]) -> list[_Outcome]:
    found = []
    for one in outcomes:
        if one is None:
            break
        found.append(one)
    return found


def judged(view: GraphView, iris: Iris, sample: Sample, *, coder: str | None = None) -> Judged:
    """What people have made of a sample.

    Args:
        view: The graph.
        iris: Names of the graphs.
        sample: The sample.
        coder: Only what this person made of it, who is not to see what others did; None for what counts.
    """
    judge = _Judge(view, iris, coder, sample)
    return Judged(
        sample,
        tuple(judge.stance(one) for one in sample.stances),
        tuple(judge.passage(one) for one in sample.passages),
    )


class _Judge:
    def __init__(self, view: GraphView, iris: Iris, coder: str | None, sample: Sample) -> None:
        self._view, self._iris, self._coder, self._recoding = view, iris, coder, sample.recoding
        self._logs: dict[str, list[Decision]] = {}
        self._settled: dict[str, dict[str, Settled]] = {}

    def _log(self, article: str) -> list[Decision]:
        """All decisions on an article, on its later versions too."""
        if article not in self._logs:
            latest = latest_version(self._view, node(article), self._iris)
            self._logs[article] = article_log(self._view, latest, self._iris)
        return self._logs[article]

    def stance(self, one: SampledStance) -> JudgedStance | None:
        if one.article not in self._settled:
            log = self._log(one.article)
            self._settled[one.article] = settled(log, self._iris.statement(""), coder=self._coder)
        verdicts = self._settled[one.article]
        if one.statement in verdicts:
            parts = [verdicts[iri].record for iri in self._parts(one) if iri in verdicts]
            sides = [side for part in parts if part for side in sides_of(part, self._recoding)]
        elif one.written is not None:
            sides = list(one.written)
        else:
            return None
        now = {side.polarity for side in sides if side.what == one.side.what}
        right = one.side.polarity in now
        return JudgedStance(one, bool(now), right, not right and _OPPOSITE.get(one.side.polarity) in now)

    def _parts(self, one: SampledStance) -> list[str]:
        """IRIs of a sampled stance's statement and of all that was split off it."""
        splits = [decision for decision in self._log(one.article) if decision.action == "split"]
        found = [one.statement]
        for decision in splits:
            if decision.target in found:
                parts = (self._iris.statement(record["id"]) for record in decision.becomes)
                found += (iri for iri in parts if iri not in found)
        return found

    def passage(self, one: SampledPassage) -> JudgedPassage | None:
        """The passage as people left it; decisions on later versions of the text have other places in it."""
        log = [decision for decision in self._log(one.article) if decision.article == one.article]
        looks = [
            look.seen["content"][0]
            for look in standing(log)
            if look.action == "look" and look.seen and self._coder in (None, look.coder)
        ]
        if not any((look["start"], look["end"]) == (one.start, one.end) for look in looks):
            return None
        there: list[Side] = []
        verdicts = settled(log, self._iris.statement(""), coder=self._coder)
        for target, verdict in verdicts.items():
            record = verdict.record
            if record is not None and one.start <= record["content"][0]["start"] < one.end:
                there += self._with_voices(target, sides_of(record, self._recoding))
        for target, sides in one.written:
            if target not in verdicts:
                there += sides
        found, missed = _matched(one.read, there)
        return JudgedPassage(one, found, missed)

    def _with_voices(self, statement: str, sides: Sequence[Side]) -> list[Side]:
        """The stances that a person's record says, with whom their holders speak for, as the graph has it."""
        current = node(self._iris.current_graph)
        above: dict[str, str] = {}
        for quad in self._view.quads_for_pattern(None, ST.statement, node(statement), current):
            if not isinstance(quad.subject, NamedNode):
                continue
            of = {
                found.predicate: found.object.value  # type: ignore[union-attr]
                for found in self._view.quads_for_pattern(quad.subject, None, None, current)
                if found.predicate in (ST.actor, ST.affiliation)
            }
            if len(of) == 2:
                above[of[ST.actor]] = of[ST.affiliation]
        return [
            Side(
                side.holder,
                side.position,
                side.polarity,
                tuple(dict.fromkeys((side.holder, above.get(side.holder, side.holder)))),
            )
            for side in sides
        ]


def _matched(read: Sequence[Side], there: Sequence[Side]) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """Which of the stances that are there were read, one for one by holder and position."""
    left = Counter(side.what for side in read)
    found, missed = [], []
    for side in there:
        if left[side.what]:
            left[side.what] -= 1
            found.append(side)
        else:
            missed.append(side)
    return tuple(found), tuple(missed)


__all__ = ["Judged", "JudgedPassage", "JudgedStance", "judged"]
