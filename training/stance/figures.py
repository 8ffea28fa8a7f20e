"""Figures of a judge of pairs against the codes: F1 by class, reversed sides, by what makes a pair hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.stance.statements import POLARITIES, Polarity

SIDES: tuple[Polarity, Polarity] = ("supports", "opposes")


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair's code and what was said of it.

    Attributes:
        group: What the pair belongs to: a field, a corpus, a way it came about.
        tags: What makes it hard.
    """

    label: Polarity
    said: Polarity
    group: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of judged pairs amounts to.

    Attributes:
        pairs: How many.
        f1: F1 by class, of those classes that are coded at all.
        macro: Their mean.
        right: Share of pairs that are right.
        sided: How many are coded with a side.
        right_side: Share of the sided pairs whose side is told and right.
        reversed: Share of the sided pairs whose side is told and wrong.
        abstained: Share of all pairs called neutral or unrelated.
    """

    pairs: int
    f1: dict[Polarity, float]
    macro: float
    right: float
    sided: int
    right_side: float
    reversed: float
    abstained: float


def figures(judged: Sequence[Judged], classes: Sequence[Polarity] = POLARITIES) -> Figures:
    """Figures of some pairs.

    Args:
        judged: The pairs.
        classes: The classes whose F1 is asked.

    >>> found = figures([Judged("supports", "supports"), Judged("opposes", "supports")], SIDES)
    >>> found.macro, found.reversed
    (0.3333333333333333, 0.5)
    """
    labels = np.array([POLARITIES.index(one.label) for one in judged], dtype=int)
    said = np.array([POLARITIES.index(one.said) for one in judged], dtype=int)
    f1: dict[Polarity, float] = {}
    for name in classes:
        number = POLARITIES.index(name)
        if (labels == number).any():
            hits = int(((labels == number) & (said == number)).sum())
            f1[name] = 2 * hits / int((labels == number).sum() + (said == number).sum())
    sided = labels < len(SIDES)
    number = int(sided.sum())
    turned = sided & (said < len(SIDES)) & (said != labels)
    return Figures(
        len(judged),
        f1,
        float(np.mean(list(f1.values()))) if f1 else 0.0,
        float((labels == said).mean()) if len(judged) else 0.0,
        number,
        float((sided & (said == labels)).sum() / number) if number else 0.0,
        float(turned.sum() / number) if number else 0.0,
        float((said >= len(SIDES)).mean()) if len(judged) else 0.0,
    )


def by_tag(judged: Sequence[Judged]) -> dict[str, Figures]:
    """Figures of the pairs of each tag, most frequent tag first."""
    tags: dict[str, list[Judged]] = {}
    for one in judged:
        for tag in one.tags:
            tags.setdefault(tag, []).append(one)
    return {tag: figures(tags[tag]) for tag in sorted(tags, key=lambda tag: (-len(tags[tag]), tag))}


__all__ = ["SIDES", "Figures", "Judged", "by_tag", "figures"]
