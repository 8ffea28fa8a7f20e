"""The register: the user's file of actors, their aliases and their dated offices and memberships."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

RegisteredKind = Literal["person", "organization", "state"]
Voice = Literal["official", "other"]


@dataclass(frozen=True, slots=True)
class Membership:
    """That an actor belonged to an organisation or state for a time, in an office or without one.

    Attributes:
        organization: IRI of what the actor belongs to.
        office: Label of the office held ("Prime Minister"), or None for a mere membership.
        since: EDTF date from which, or None where unknown or always.
        until: EDTF date up to which, or None where unknown or still.
        voice: `official` where who holds it speaks for the organisation; `other` for newspapers, parties,
            scholars and the like, which belong to a state without speaking for it.
    """

    organization: str
    office: str | None = None
    since: str | None = None
    until: str | None = None
    voice: Voice = "official"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation or state of the register.

    Attributes:
        id: IRI.
        aliases: Other names, as they stand in articles.
        wikidata: Wikidata identifier such as `Q7747`, or None.
        own_office: Label of an office without an organisation ("historian"), or None.
    """

    id: str
    name: str
    kind: RegisteredKind
    aliases: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    wikidata: str | None = None
    own_office: str | None = None


@dataclass(frozen=True)
class Register:
    """All actors of a register, by IRI, in the order of the file."""

    actors: tuple[Actor, ...] = field(default=())

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """Actors by IRI."""
        return {actor.id: actor for actor in self.actors}
