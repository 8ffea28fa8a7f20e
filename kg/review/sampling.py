"""Works through a sample at a desk: which sample, and what in it waits for this person."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.errors import UsageError
from kg.review.cases import ArticleCases
from kg.review.decisions import Desk
from kg.review.judging import Judged, judged
from kg.review.sample import Sample, SampledPassage, SampledStance, latest_sample, state_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a sample waits for a person, in its random order.

    Attributes:
        stances: Stances, of statements that are still there to decide on.
        passages: Passages to read in full.
        done: Number of both that this person, or anybody where the person sees it, has looked at.
        gone: Number of both that the graph has no more.
    """

    stances: tuple[SampledStance, ...]
    passages: tuple[SampledPassage, ...]
    done: int
    gone: int

    @property
    def statements(self) -> list[str]:
        """IRIs of the statements of the stances, each once."""
        return list(dict.fromkeys(one.statement for one in self.stances))


def current_sample(desk: Desk, size: int | None = None, seed: int | None = None) -> tuple[Sample, bool]:
    """The sample to work through: the latest, or a new one.

    A new one is drawn where there is none, where a larger one or another seed is asked for, and where
    articles came, went or were read again since. What was decided before counts in it too.

    Args:
        desk: Whose; draws it where need be.
        size: Number of stances, and of passages; None for the latest sample's.
        seed: Fixes the order; None for the latest sample's, else 0.

    Returns:
        The sample; and whether it was drawn just now.

    Raises:
        UsageError: There is no sample and no size was given.
    """
    with desk.reading() as store:
        found = latest_sample(store.view, desk.material.iris)
        state = state_of(store.view, desk.material.iris)[1]
        latest = found[0] if found else None
        usable = latest is not None and latest.state == state and (seed is None or latest.seed == seed)
        if latest is not None and usable and (size is None or size <= latest.size):
            whole = not _waiting(desk, judged(store.view, desk.material.iris, latest)).gone
            if whole:
                return latest, False
    if latest is None and size is None:
        raise UsageError("no sample was drawn yet", hint="'kg review --sample 50' draws one")
    largest = max(size or 0, latest.size if latest and usable else 0) or (latest.size if latest else 1)
    return desk.draw(largest, seed if seed is not None else latest.seed if latest else 0), True


def waiting(desk: Desk, sample: Sample) -> Waiting:
    """What of a sample waits for this person."""
    with desk.reading() as store:
        found = judged(store.view, desk.material.iris, sample, coder=desk.coder.sees)
    return _waiting(desk, found)


def _waiting(desk: Desk, found: Judged) -> Waiting:
    articles: dict[str, ArticleCases | None] = {}

    def article(iri: str) -> ArticleCases | None:
        if iri not in articles:
            try:
                articles[iri] = desk.article(iri)
            except UsageError:
                articles[iri] = None
        return articles[iri]

    stances: list[SampledStance] = []
    passages: list[SampledPassage] = []
    done = gone = 0
    for one, outcome in zip(found.sample.stances, found.stances, strict=True):
        if outcome is not None:
            done += 1
        elif (cases := article(one.article)) is not None and one.statement in cases.cases:
            stances.append(one)
        else:
            gone += 1
    for place, read in zip(found.sample.passages, found.passages, strict=True):
        if read is not None:
            done += 1
        elif (cases := article(place.article)) is not None and cases.iri == place.article:
            passages.append(place)
        else:
            gone += 1
    return Waiting(tuple(stances), tuple(passages), done, gone)


__all__ = ["Waiting", "current_sample", "waiting"]
