"""The codebook: the user's file of topics and of positions that one can be for or against."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Topic:
    """A SKOS concept; `broader` holds slugs."""

    id: str
    slug: str
    label: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A proposition that one can be for or against.

    Attributes:
        id: IRI.
        topics: Slugs of the topics it belongs to.
        for_phrases: Wordings of somebody who supports it.
        against_phrases: Wordings of somebody who opposes it.
        entails: Slugs of positions that who supports this one supports too.
        excludes: Slugs of positions that who supports this one opposes.
    """

    id: str
    slug: str
    label: str
    topics: tuple[str, ...] = ()
    description: str = ""
    for_phrases: tuple[str, ...] = ()
    against_phrases: tuple[str, ...] = ()
    entails: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Topics and positions, in the order of the file."""

    topics: tuple[Topic, ...] = field(default=())
    positions: tuple[Position, ...] = field(default=())

    @cached_property
    def topic_by_slug(self) -> dict[str, Topic]:
        """Topics by slug."""
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def position_by_slug(self) -> dict[str, Position]:
        """Positions by slug."""
        return {position.slug: position for position in self.positions}
