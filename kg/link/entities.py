"""Whom and what an article speaks of: people, organisations and states, with every mention."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from kg.link.descriptions import Description
from kg.link.names import given_names, surname
from kg.model.register import Actor

Kind = Literal["person", "organization", "state", "unnamed"]
Gender = Literal["f", "m"]


@dataclass(frozen=True, slots=True)
class Mention:
    """The characters [start, end) that name an entity.

    Attributes:
        subject: Whether it is the subject of its clause.
        possessive: Whether it only owns what follows ("Lee's decision").
    """

    start: int
    end: int
    subject: bool = False
    possessive: bool = False


@dataclass(eq=False)
class Entity:
    """Somebody or something that the article names or describes.

    Attributes:
        name: Canonical name: the register's, else the fullest of the article.
        actor: The register's actor, if it has one.
        state: ISO 3166 code of a state, or of the state whose body an organisation is.
        descriptions: What the article says the entity is, each with the offset where it says so.
        forms: How often the article has each full form of a person's name.
        outlet: Whether it is a newspaper, agency or broadcaster.
        members: The entities of a joint source; empty for all else.
        owner: Whose spokesman, aide or ministry an unnamed source is.
    """

    kind: Kind
    name: str
    actor: Actor | None = None
    state: str | None = None
    descriptions: list[tuple[int, Description]] = field(default_factory=list)
    gender: Gender | None = None
    mentions: list[Mention] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    outlet: bool = False
    members: tuple[Entity, ...] = ()
    owner: Entity | None = None

    @property
    def full(self) -> bool:
        """Whether a person is known by more than a surname."""
        return self.actor is not None or bool(given_names(self.name))

    @property
    def last_name(self) -> str:
        """The surname of a person."""
        return surname(self.name)

    def latest(self, before: int, count: int) -> list[Mention]:
        """The last mentions that end at or before an offset, the last one first."""
        found: list[Mention] = []
        for place in range(bisect_right(self.mentions, before, key=lambda m: m.start) - 1, -1, -1):
            if self.mentions[place].end <= before:
                found.append(self.mentions[place])
                if len(found) == count:
                    break
        return found

    def last_mention(self, before: int) -> Mention | None:
        """The last mention that ends at or before an offset."""
        return next(iter(self.latest(before, 1)), None)

    def named(self, form: str) -> None:
        """Count a full form of the name; the commonest, of equals the longest, is canonical."""
        self.forms[form] += 1
        if self.actor is None:
            self.name = max(self.forms, key=lambda known: (self.forms[known], len(known)))

    def add(self, mention: Mention) -> None:
        """Keep a mention, in the order of the text, unless one with the same characters is there."""
        place = bisect_left(self.mentions, mention.start, key=lambda m: m.start)
        if place < len(self.mentions) and self.mentions[place].start == mention.start:
            return
        self.mentions.insert(place, mention)
