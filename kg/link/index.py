"""The register as an index: names, surnames, states by their many names, state bodies and offices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.link.countries import state_names
from kg.link.lexicon import words
from kg.link.names import bare_name, fold, given_names, same_person, sound_key, surname
from kg.link.offices import office_fit
from kg.model.dates import Bounds, bounds
from kg.model.register import Actor, Membership, Register

_PORTFOLIOS = (
    (r"foreign|external|state department|department of state|\bmfa\b", "foreign"),
    (r"defen[cs]e|pentagon", "defence"),
    (r"interior|home office|home affairs|homeland", "interior"),
    (r"finance|treasury|exchequer|economy", "finance"),
    (r"justice", "justice"),
    (r"energy", "energy"),
    (r"environment|climate|ecology", "environment"),
    (r"health", "health"),
    (r"trade|commerce", "trade"),
    (r"agricultur|farm", "agriculture"),
    (r"education|schools", "education"),
    (r"culture|arts", "culture"),
    (r"transport|railways", "transport"),
    (r"labou?r|employment", "labour"),
    (r"housing", "housing"),
    (r"mining|mines", "mining"),
    (r"fisher", "fisheries"),
    (r"industry", "industry"),
    (r"infrastructure|public works", "infrastructure"),
    (r"science|technology", "science"),
    (r"immigration|migration", "immigration"),
)  # fmt: skip
_MINISTRY = re.compile(r"\b(?:ministry|department|office|treasury|pentagon|mfa)\b")
_PLAIN = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of the register whose office fits a description.

    Attributes:
        fit: From 0 to 1.
        ended: Whether the office had ended before the day in question.
    """

    actor: Actor
    membership: Membership
    fit: float
    ended: bool


def portfolio(wording: str) -> str | None:
    """What a ministry deals with, in one word; None where the wording names no ministry.

    >>> portfolio("Ministry of Foreign Affairs"), portfolio("US Defense Department"), portfolio("Greenpeace")
    ('foreign', 'defence', None)
    """
    folded = fold(wording)
    if not _MINISTRY.search(folded) or "prime minister" in folded:
        return None
    return next((name for pattern, name in _PORTFOLIOS if re.search(pattern, folded)), None)


class RegisterIndex:
    """Finds actors of a register by the wordings of articles."""

    def __init__(self, register: Register) -> None:
        """Index the register; the states of the world are loaded at the first question about one."""
        self.register = register
        self._exact: dict[str, list[Actor]] = {}
        self._squashed: dict[str, Actor] = {}
        self._surnames: dict[str, list[Actor]] = {}
        for actor in register.actors:
            for name in (actor.name, *actor.aliases):
                key = fold(name).removeprefix("the ")
                if actor not in self._exact.setdefault(key, []):
                    self._exact[key].append(actor)
                if actor.kind == "person":
                    last = sound_key(surname(name).split()[-1]) if surname(name) else ""
                    if last and actor not in self._surnames.setdefault(last, []):
                        self._surnames[last].append(actor)
                else:
                    self._squashed.setdefault(_PLAIN.sub("", key), actor)

    @cached_property
    def longest(self) -> int:
        """Words of the longest name or alias."""
        return max((len(key.split()) for key in self._exact), default=1)

    @cached_property
    def _states(self) -> dict[str, Actor]:
        """States of the register by ISO 3166 code, or by their IRI where ISO knows none of their names."""
        found: dict[str, Actor] = {}
        for actor in self.register.actors:
            if actor.kind == "state":
                keys = [fold(name).removeprefix("the ") for name in (actor.name, *actor.aliases)]
                codes = [state_names().names[key] for key in keys if key in state_names().names]
                found.setdefault(codes[0] if codes else actor.id, actor)
        return found

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Adjectives of the register's states that ISO does not know, from their names: "Kalvian" of Kalvia.

        A word is taken for one if it goes on where the name's last vowels end, with an adjective's ending.
        """
        found: dict[str, str] = {}
        for code, actor in self._states.items():
            if code == actor.id:
                stem = re.sub(r"[aeiouy]+$", "", fold(actor.name))
                for ending in ("n", "an", "ian", "ean", "ese", "i", "ish", "ic", "er"):
                    found.setdefault(stem + ending, code)
                    found.setdefault(fold(actor.name) + ending, code)
        return found

    @cached_property
    def lower_aliases(self) -> frozenset[str]:
        """Names of organisations that the register itself writes in lower case ("the chamber")."""
        names = (name for actor in self.register.actors if actor.kind != "person" for name in actor.aliases)
        bare = (name.removeprefix("the ").removeprefix("The ") for name in names)
        return frozenset(name for name in bare if name and name == name.lower())

    @cached_property
    def _code_of_state(self) -> dict[str, str]:
        return {actor.id: code for code, actor in self._states.items()}

    @cached_property
    def _acronyms(self) -> dict[str, Actor]:
        found: dict[str, Actor | None] = {}
        for actor in self.register.actors:
            if actor.kind == "organization":
                for name in (actor.name, *actor.aliases):
                    initials = "".join(word[0] for word in name.split() if word[:1].isupper())
                    if len(initials) >= 3:
                        known = found.setdefault(initials.lower(), actor)
                        if known is not None and known is not actor:
                            found[initials.lower()] = None
        return {key: actor for key, actor in found.items() if actor is not None}

    @cached_property
    def _bodies(self) -> dict[tuple[str, str], Actor]:
        found: dict[tuple[str, str], Actor] = {}
        for actor in self.register.actors:
            if actor.kind == "organization":
                for name in (actor.name, *actor.aliases):
                    deals_with = portfolio(name)
                    code = self.state_of(actor)
                    if deals_with and code:
                        found.setdefault((code, deals_with), actor)
        return found

    def state_actor(self, code: str) -> Actor | None:
        """The register's actor for an ISO 3166 code."""
        return self._states.get(code)

    def state_code(self, wording: str) -> str | None:
        """ISO 3166 code of a state by name, adjective, capital, seat, or an alias of the register."""
        for actor in self._exact.get(fold(wording).removeprefix("the "), ()):
            if actor.kind == "state":
                return self._code_of_state.get(actor.id)
            if actor.kind == "organization":
                return None
        return self.adjectives.get(fold(wording)) or state_names().code(wording)

    def state_label(self, code: str | None) -> str | None:
        """Canonical name of a state: the register's, else the usual English one."""
        if code is None:
            return None
        actor = self.state_actor(code)
        return actor.name if actor else state_names().labels.get(code)

    def state_in(self, name: str) -> str | None:
        """ISO 3166 code of the state that the name of an organisation begins with."""
        parts = name.split()
        return self.state_code("".join(parts[:1])) or self.state_code(" ".join(parts[:2]))

    def state_of(self, actor: Actor) -> str | None:
        """ISO 3166 code of the state that an actor belongs to by whatever membership."""
        queue, seen = [actor], {actor.id}
        while queue:
            here = queue.pop(0)
            if here.kind == "state":
                return self._code_of_state.get(here.id)
            for membership in here.memberships:
                above = self.register.by_id.get(membership.organization)
                if above and above.id not in seen:
                    seen.add(above.id)
                    queue.append(above)
        return None

    def group(self, wording: str) -> Actor | None:
        """The organisation or state of that very name, alias or acronym, whatever its case."""
        key = fold(wording).removeprefix("the ")
        found = [actor for actor in self._exact.get(key, ()) if actor.kind != "person"]
        if found:
            return found[0]
        seat = next((entry for entry in words("organisation_seats") if entry.startswith(f"{key}: ")), None)
        if seat is not None:
            return next(
                (a for a in self._exact.get(seat.split(": ")[1], ()) if a.kind == "organization"), None
            )
        squashed = self._squashed.get(_PLAIN.sub("", key))
        if squashed and len(key) > 3:
            return squashed
        compact = wording.strip().removeprefix("the ").replace(".", "")
        return self._acronyms.get(compact.lower()) if compact.isupper() and len(compact) >= 3 else None

    def begins_group(self, wording: str) -> bool:
        """Whether the name or alias of an organisation or state begins with these words and goes on."""
        return fold(wording) in self._beginnings

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        keys = [key.split() for key, actors in self._exact.items() if any(a.kind != "person" for a in actors)]
        return frozenset(" ".join(parts[:size]) for parts in keys for size in range(1, len(parts)))

    def body(self, state: str, wording: str) -> Actor | None:
        """The register's ministry of a state by what it deals with."""
        deals_with = portfolio(wording)
        return self._bodies.get((state, deals_with)) if deals_with else None

    def is_name(self, wording: str) -> bool:
        """Whether this is the name or alias of a person as it stands."""
        return any(actor.kind == "person" for actor in self._exact.get(fold(wording), ()))

    def has_surname(self, word: str) -> bool:
        """Whether a person of the register has this surname, in whatever transliteration."""
        return sound_key(word) in self._surnames

    def people(self, name: str) -> list[Actor]:
        """People of the register whom a name can mean: by the whole name, else by surname and given names.

        Args:
            name: With or without titles; a surname alone may give several people.
        """
        bare = bare_name(name)
        exact = [actor for actor in self._exact.get(fold(bare), ()) if actor.kind == "person"]
        if exact:
            return exact
        last = surname(bare)
        candidates = self._surnames.get(sound_key(last.split()[-1]), []) if last else []
        found = [actor for actor in candidates if self._agrees(bare, actor)]
        if found or not given_names(bare):
            return found
        # A slip in the surname is forgiven only next to the right given name.
        return [
            actor
            for actor in self.register.actors
            if actor.kind == "person" and sound_key(given_names(bare)[0]) in sound_key(actor.name).split()
            and same_person(bare, actor.name)
        ]  # fmt: skip

    @staticmethod
    def _agrees(name: str, actor: Actor) -> bool:
        return any(same_person(name, known, slips=False) for known in (actor.name, *actor.aliases))

    def holders(
        self,
        role: str,
        groups: Iterable[str],
        states: Iterable[str],
        date: str | None,
        *,
        former: bool = False,
    ) -> list[Holder]:
        """People whose office fits a description, the best first.

        Args:
            role: Words of the office without the state or organisation ("foreign minister").
            groups: IRIs of organisations that the description names.
            states: ISO 3166 codes of the states that it names.
            date: EDTF date on which the office is held; None for any.
            former: Whether the office had ended by then.
        """
        when = bounds(date) if date else Bounds(None, None)
        wanted_groups, wanted_states = set(groups), set(states)
        if not wanted_groups and not wanted_states:
            return []
        found = []
        for actor in self.register.actors:
            if actor.kind != "person":
                continue
            for membership in actor.memberships:
                if membership.office is None:
                    continue
                fit = office_fit(role, membership.office) * self._belonging(
                    membership, wanted_groups, wanted_states
                )
                if fit <= 0.3:
                    continue
                since = bounds(membership.since) if membership.since else Bounds(None, None)
                until = bounds(membership.until) if membership.until else Bounds(None, None)
                time = Bounds(since.earliest, until.latest)
                ended = until.before(when) if until.latest else False
                if (ended if former else time.overlaps(when)) or (
                    former and fit > 0.7 and until.latest is not None
                ):
                    found.append(Holder(actor, membership, fit, ended))
        return sorted(found, key=lambda holder: -holder.fit)

    def _belonging(self, membership: Membership, groups: set[str], states: set[str]) -> float:
        """How well the house of an office fits the organisations and states of a description."""
        house = self.register.by_id.get(membership.organization)
        if house is None:
            return 0.0
        score = 1.0
        office = fold(membership.office or "")
        for group in groups:
            actor = self.register.by_id.get(group)
            named = actor is not None and any(
                re.search(rf"\b{re.escape(fold(name))}\b", office) for name in (actor.name, *actor.aliases)
            )
            if house.id != group and not named and group not in self._above(house):
                return 0.0
            score *= 1.0 if house.id == group or named else 0.8
        for state in states:
            if self.state_of(house) != state:
                actor = self.state_actor(state)
                if actor is None or not re.search(rf"\b{re.escape(fold(actor.name))}\b", office):
                    return 0.0
        return score

    def _above(self, actor: Actor) -> set[str]:
        found: set[str] = set()
        queue = [actor]
        while queue:
            here = queue.pop()
            for membership in here.memberships:
                if membership.organization not in found:
                    found.add(membership.organization)
                    above = self.register.by_id.get(membership.organization)
                    if above:
                        queue.append(above)
        return found

    def is_outlet(self, actor: Actor) -> bool:
        """Whether an organisation of the register publishes: by its name and aliases.

        >>> RegisterIndex(Register()).is_outlet(Actor("x", "The Evening Herald", "organization"))
        True
        """
        names = " ".join(fold(name) for name in (actor.name, *actor.aliases)).split()
        return actor.kind == "organization" and bool(words("outlet_words") & set(names))
