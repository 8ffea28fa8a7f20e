"""Entities as references: canonical label, IRI, and whom they speak for on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.link.affiliation import affiliation_on, office_label, office_on
from kg.link.cast import Cast
from kg.link.countries import state_of_part
from kg.link.descriptions import Description
from kg.link.entities import Entity
from kg.link.houses import Houses
from kg.link.index import RegisterIndex, portfolio
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.newcomers import house_reference, names_state_body
from kg.link.offices import is_spokesman, singular
from kg.model.iris import Iris
from kg.model.register import Actor
from kg.model.statement import ActorReference


class References:
    """Makes the actor references of one article.

    Args:
        index: The register.
        iris: Makes the IRIs of whom the register lacks.
        digest: SHA-256 of the article's text, to which unnamed sources belong.
        cast: The article's entities, for "its" and "the country's".
        houses: Tells their houses apart.
    """

    def __init__(self, index: RegisterIndex, iris: Iris, digest: str, cast: Cast, houses: Houses) -> None:
        """Keep what references are made from."""
        self._index = index
        self._iris = iris
        self._digest = digest
        self._cast = cast
        self._houses = houses

    def of(self, entity: Entity, date: str | None) -> ActorReference:
        """The reference of an entity, with its affiliation on a date."""
        if entity.actor is not None:
            return self._registered(entity, entity.actor, date)
        if entity.kind == "state":
            return ActorReference(self._iris.actor(entity.name), entity.name, entity.name, "state", False)
        if entity.kind == "organization":
            return self._organisation(entity)
        affiliation, member_of = self._described(entity.descriptions, date, named=entity.kind == "person")
        if entity.kind == "unnamed":
            if affiliation is None and entity.owner is not None and _works_for(entity):
                affiliation = self.of(entity.owner, date).affiliation
            label = f"({entity.name})"
            iri = self._iris.unnamed_source(self._digest, entity.name)
            return ActorReference(iri, label, affiliation, "unnamed", False, member_of)
        return ActorReference(
            self._iris.actor(entity.name), entity.name, affiliation, "person", False, member_of
        )

    def _registered(self, entity: Entity, actor: Actor, date: str | None) -> ActorReference:
        affiliation = self._label(affiliation_on(actor, date, self._index.register))
        if affiliation == actor.name and (entity.outlet or self._index.is_outlet(actor)):
            # A newspaper speaks for nobody, not even where the register says nothing of it.
            affiliation = None
        if (
            affiliation is None
            and actor.kind == "person"
            and not actor.memberships
            and actor.own_office is None
        ):
            affiliation = self._described(entity.descriptions, date)[0]
        member_of = None
        if affiliation is None and actor.memberships:
            member_of = self._label(actor.memberships[-1].organization)
        return ActorReference(actor.id, actor.name, affiliation, actor.kind, True, member_of)

    def _organisation(self, entity: Entity) -> ActorReference:
        return house_reference(entity.name, self._index, self._iris, state=entity.state, outlet=entity.outlet)

    def _label(self, iri: str | None) -> str | None:
        actor = self._index.register.by_id.get(iri) if iri else None
        return actor.name if actor else None

    def _described(
        self, descriptions: Iterable[tuple[int, Description]], date: str | None, *, named: bool = True
    ) -> tuple[str | None, str | None]:
        """Affiliation and mere belonging of somebody, from what the article says of them."""
        member_of: str | None = None
        affiliation: str | None = None
        only_member: str | None = None
        for at, description in descriptions:
            house = self._house(description, at, date, known_person=named)
            member_of = member_of or house
            if description.head == "member":
                only_member = only_member or house
            elif description.head in words("confidants") and names_state_body(description.text):
                # "A person briefed on the cabinet's talks" tells what the cabinet thinks.
                affiliation = affiliation or house
            elif description.former or description.private:
                # Who is called a critic, a scholar or a former minister somewhere speaks for nobody.
                return None, house or member_of
            elif description.official:
                affiliation = affiliation or house or self._by_office(description, date)
        return affiliation or only_member, None if affiliation or only_member else member_of

    def _by_office(self, description: Description, date: str | None) -> str | None:
        """Whom somebody serves whose office is named without a house.

        The house in which the register has that very office, if only one has it; else, for ministers and
        other servants of states, the state in which the article is at home.
        """
        named = [h for h in description.houses if not self._is_portfolio_of(description, h)]
        if description.groups or named:
            return None
        description = replace(description, houses=())
        houses = {
            membership.organization
            for person in self._index.register.actors
            for membership in person.memberships
            if membership.office and fold(membership.office) == description.role
        }
        if len(houses) == 1 and not description.plural:
            house = self._index.register.by_id.get(houses.pop())
            return self._label(affiliation_on(house, date, self._index.register)) if house else None
        abroad = singular(description.head) in words("sent_abroad")
        at_home = self._houses.serves_a_state(description) and not abroad
        return self._house(self._houses.at_home(description), 0, date) if at_home else None

    def _house(
        self, description: Description, at: int, date: str | None, *, known_person: bool = True
    ) -> str | None:
        """Label of the state or organisation that a description names or points to."""
        for group in description.groups:
            actor = self._index.register.by_id.get(group)
            if actor is not None:
                return self._label(affiliation_on(actor, date, self._index.register)) or (
                    None if self._index.is_outlet(actor) else self._above_or_self(actor)
                )
        private = self._private_house(description)
        if private is not None:
            return private
        if description.states:
            return self._index.state_label(description.states[0])
        for house in description.houses:
            if _is_place_or_portfolio(house) or self._is_portfolio_of(description, house):
                continue
            if any(fold(house) in (fold(e.name), fold(e.last_name)) for e in self._cast.people):
                continue
            entity = self._cast.organisation_called(house)
            if entity is None and not known_person:
                # A capital letter alone does not make an organisation that an unnamed source could serve.
                continue
            of_a_state = entity is not None and entity.state is not None
            if portfolio(house) is not None and self._index.state_in(house) is None and not of_a_state:
                # "The Health Department's chief" serves the country that the article is at home in.
                return self._index.state_label(
                    self._cast.state_before(at, at - 600, visited=False) or self._houses.home_state()
                )
            reference = self._organisation(entity or Entity("organization", house))
            return reference.affiliation
        if re.search(r"\b(?:country|nation|state)\b", fold(description.role)) or (
            re.match(r"(?:its|their|the country)\b", fold(description.text))
        ):
            return self._index.state_label(self._cast.state_before(at))
        return None

    def _private_house(self, description: Description) -> str | None:
        """The firm, union or party that a description names next to a state: it is what the person serves."""
        for house in description.houses if description.states else ():
            entity = self._cast.organisation_called(house)
            if entity is None or entity.kind != "organization" or _is_place_or_portfolio(house):
                continue
            kinds = self._houses.kinds(entity)
            if "public" not in kinds and (kinds or fold(description.text).startswith(fold(house))):
                return self._organisation(entity).affiliation
        return None

    def _is_portfolio_of(self, description: Description, house: str) -> bool:
        """Whether capitals right before "minister" tell what the minister deals with, not where."""
        if description.head not in ("minister", "secretary", "undersecretary") or self._is_place(house):
            return False
        pattern = rf"{re.escape(house)}\s+(?:[\w-]+\s+){{0,2}}{description.head}"
        before = re.search(pattern, description.text, re.IGNORECASE)
        known = (e for e in self._cast.groups if e.actor is not None)
        return before is not None and not any(fold(house) == fold(e.name) for e in known)

    @staticmethod
    def _is_place(name: str) -> bool:
        return fold(name) in state_of_part()

    def _above_or_self(self, actor: Actor) -> str | None:
        official = any(m.voice == "official" for m in actor.memberships)
        return actor.name if official or not actor.memberships else None

    # --- offices -----------------------------------------------------------------------------------
    def office(self, entity: Entity, date: str | None) -> str | None:
        """Label of the office held on the day: the register's, else the one that the article tells."""
        if entity.actor is not None and entity.actor.kind == "person":
            return office_label(entity.actor, date)
        if entity.kind != "person":
            return None
        for _, description in entity.descriptions:
            if description.official and description.head != "member":
                return _as_office(description)
        for _, description in entity.descriptions:
            if description.is_role and not description.former:
                return _as_office(description)
        return None

    def on_behalf_of(self, entity: Entity, owner: Entity | None, date: str | None) -> ActorReference | None:
        """The organisation or state whose view a spokesman gives; None for anybody else."""
        if entity.actor is not None:
            office = office_on(entity.actor, date)
            if office is None or not is_spokesman(office.office):
                return None
            house = self._index.register.by_id.get(office.organization)
            return self.of(_as_entity(house), date) if house else None
        spokesman = next((d for _, d in entity.descriptions if is_spokesman(d.role) and not d.former), None)
        if spokesman is None:
            return None
        for group in spokesman.groups:
            actor = self._index.register.by_id.get(group)
            if actor is not None:
                return self.of(_as_entity(actor), date)
        if owner is not None and owner.kind != "person":
            return self.of(owner, date)
        if owner is not None and owner.actor is not None:
            house = self._index.register.by_id.get(
                affiliation_on(owner.actor, date, self._index.register) or ""
            )
            return self.of(_as_entity(house), date) if house else None
        if spokesman.states:
            code = spokesman.states[0]
            actor = self._index.state_actor(code)
            label = self._index.state_label(code) or code
            return self.of(Entity("state", label, actor, code), date)
        for house_name in spokesman.houses:
            if not _is_place_or_portfolio(house_name):
                return self._organisation(Entity("organization", house_name))
        return None


def _works_for(entity: Entity) -> bool:
    """Whether an unnamed source serves its owner: an aide, a spokesman, an office, but no critic."""
    served = words("organisation_nouns") | words("state_bodies") | words("confidants")
    return any(d.official or d.head in served for _, d in entity.descriptions)


def _as_entity(actor: Actor) -> Entity:
    return Entity("state" if actor.kind == "state" else "organization", actor.name, actor)


def _is_place_or_portfolio(house: str) -> bool:
    """Whether a capitalised word next to a role is rather what the office deals with ("Energy Minister")."""
    folded = fold(house)
    return all(part in words("portfolios") for part in folded.split())


def _as_office(description: Description) -> str:
    """The office of a description as a label, in the article's spelling where its words stand together.

    >>> _as_office(Description("former anti-nuclear campaigner", "anti nuclear campaigner", "campaigner"))
    'Anti-nuclear Campaigner'
    >>> _as_office(Description("Norway's secretary of state", "secretary of state", "secretary"))
    'Secretary of State'
    """
    small = {"of", "for", "and", "the", "to", "at", "in"}
    spelt = re.search(
        r"[\W_]+".join(map(re.escape, description.role.split())), description.text, re.IGNORECASE
    )
    parts = (spelt[0] if spelt else description.role).split()
    return " ".join(
        part if part in small and i else part[:1].upper() + part[1:] for i, part in enumerate(parts)
    )
