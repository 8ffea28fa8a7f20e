"""The codebook: the user's file of topics and of positions that one can be for or against.

Positions that were merged, split, renamed or taken out are kept as former ones with what took their place, so
that what was coded with them still counts.
"""

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


@dataclass(frozen=True, slots=True)
class Successor:
    """A position that took the place of a former one.

    Attributes:
        position: Its slug.
        turned: Whether its sense is the opposite: who was for the former one is against it.
    """

    position: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Assigned:
    """Which part of a split position a statement is about.

    Attributes:
        position: Slug of the part.
        stance: Where the statement stands on it; None where it stands as it stood on the former one.
        by_machine: Whether no person said so.
    """

    position: str
    stance: str | None = None
    by_machine: bool = False


@dataclass(frozen=True, slots=True)
class FormerPosition:
    """A position that the codebook has no more.

    Attributes:
        position: As it was.
        becomes: What took its place: nothing where it was taken out, several where it was split.
        change: Number of the change in the codebook's history.
        assigned: For a split position the parts of each statement, by the statement's identifier.
    """

    position: Position
    becomes: tuple[Successor, ...]
    change: int
    assigned: tuple[tuple[str, tuple[Assigned, ...]], ...] = ()

    def parts_of(self, statement: str) -> tuple[Assigned, ...] | None:
        """The parts that a statement is about; None where nobody said."""
        return next((parts for key, parts in self.assigned if key == statement), None)


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """One change of a codebook, from its history.

    Attributes:
        number: 1, 2, 3 ...
        action: What was done: merge, split, rename, import, divide, undo.
        by: Who did it.
        time: When, as the text of an `xsd:dateTime`.
        what: In words.
        why: The reason given, or empty.
        undoes: Number of the change that this one took back.
    """

    number: int
    action: str
    by: str
    time: str
    what: str
    why: str = ""
    undoes: int | None = None


@dataclass(frozen=True)
class Codebook:
    """Topics and positions, in the order of the file.

    Attributes:
        topics: Topics.
        positions: Positions in force.
        former: Positions that were, the latest last; those that are in force again are not among them.
        changes: How it came about.
    """

    topics: tuple[Topic, ...] = field(default=())
    positions: tuple[Position, ...] = field(default=())
    # What is coded anew depends on the positions in force alone, so that digests leave these out.
    former: tuple[FormerPosition, ...] = field(default=(), repr=False)
    changes: tuple[CodebookChange, ...] = field(default=(), repr=False)

    @cached_property
    def topic_by_slug(self) -> dict[str, Topic]:
        """Topics by slug."""
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def position_by_slug(self) -> dict[str, Position]:
        """Positions by slug."""
        return {position.slug: position for position in self.positions}

    @cached_property
    def former_by_slug(self) -> dict[str, FormerPosition]:
        """Former positions by slug."""
        return {one.position.slug: one for one in self.former}

    @cached_property
    def former_by_id(self) -> dict[str, FormerPosition]:
        """Former positions by IRI."""
        return {one.position.id: one for one in self.former}

    @cached_property
    def with_former(self) -> Codebook:
        """The codebook with the former positions among the others, to write down what was coded with them."""
        if not self.former:
            return self
        return Codebook(self.topics, (*self.positions, *(one.position for one in self.former)))

    def in_force(self, position: str, stance: str, statement: str = "") -> tuple[tuple[str, str], ...]:
        """What a stance is today that was coded with a position, perhaps a former one.

        Args:
            position: Slug of the position that it was coded with.
            stance: supports, opposes or neutral.
            statement: Identifier of the statement.

        Returns:
            Slugs of positions in force, each with a stance. None where the position was taken out, or split
            and nobody said which part the statement is about.

        >>> new, old = Position("p:new", "new", "New"), Position("p:old", "old", "Old")
        >>> book = Codebook((), (new,), (FormerPosition(old, (Successor("new", True),), 1),))
        >>> book.in_force("old", "supports")
        (('new', 'opposes'),)
        """
        found: dict[str, str] = {}
        queue, seen = [(position, stance)], set()
        while queue:
            slug, side = queue.pop(0)
            if slug in self.position_by_slug:
                found.setdefault(slug, side)
                continue
            former = self.former_by_slug.get(slug)
            if former is None or slug in seen:
                continue
            seen.add(slug)
            parts = former.parts_of(statement)
            if parts is not None:
                queue += [(part.position, part.stance or side) for part in parts]
            elif len(former.becomes) == 1:
                queue.append((former.becomes[0].position, turned(side) if former.becomes[0].turned else side))
        return tuple(found.items())

    def successors(self, position: str) -> tuple[str, ...]:
        """Slugs of the positions in force that took the place of one; its own where it is in force."""
        found: dict[str, None] = {}
        queue, seen = [position], set()
        while queue:
            slug = queue.pop(0)
            if slug in self.position_by_slug:
                found[slug] = None
            elif slug in self.former_by_slug and slug not in seen:
                seen.add(slug)
                queue += [one.position for one in self.former_by_slug[slug].becomes]
        return tuple(found)


def turned(stance: str) -> str:
    """The stance on the opposite position.

    >>> turned("supports"), turned("neutral")
    ('opposes', 'neutral')
    """
    return {"supports": "opposes", "opposes": "supports"}.get(stance, stance)
