"""Who speaks for whom on a day: offices, affiliations and belonging, from the register alone.

An *affiliation* is the state or organisation that an actor officially speaks for on the day: up the
register's official memberships to a state, or to an organisation that belongs to nothing. The climb stops at
a state, so that nobody speaks for an alliance by way of one of its members.

Dates are EDTF strings and often vague. The reading is lenient: a membership counts if it may have been held
on the date. Memberships that were surely held on every day of the date go before those that perhaps were;
official offices go before others; of several the most recently begun counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model.dates import Bounds, bounds
from kg.model.register import Actor, Membership, Register, Voice

_ALWAYS = Bounds(None, None)


@dataclass(frozen=True, slots=True)
class Tenure:
    """The time of a membership: when it may have been held, and when it surely was.

    Attributes:
        possible: From the first possible day to the last possible one.
        sure_from: The day from which it was surely held; None for always.
        sure_until: The day up to which it was surely held; None for still.
    """

    possible: Bounds
    sure_from: datetime.date | None
    sure_until: datetime.date | None

    def may_hold(self, when: Bounds) -> bool:
        """Whether it may have been held on a day of `when`."""
        return self.possible.overlaps(when)

    def surely_holds(self, when: Bounds) -> bool:
        """Whether it was held on every day of `when`, at most vague about its own first and last day.

        >>> surely = tenure(Membership("x", since="2008-05-07", until="2012-05")).surely_holds
        >>> surely(bounds("2009-09")), surely(bounds("2008")), surely(bounds("2012-05-02"))
        (True, False, False)
        """
        begun = self.sure_from is None or (when.earliest is not None and self.sure_from <= when.earliest)
        going_on = self.sure_until is None or (when.latest is not None and when.latest <= self.sure_until)
        return begun and going_on


def tenure(membership: Membership) -> Tenure:
    """When a membership was held; an end that the register leaves open is open.

    A membership "until 2012-05" may have ended on any day of May: it was surely held up to the first of them.
    """
    since = bounds(membership.since) if membership.since else _ALWAYS
    until = bounds(membership.until) if membership.until else _ALWAYS
    return Tenure(Bounds(since.earliest, until.latest), since.latest, until.earliest)


def held_on(
    memberships: Iterable[Membership], date: str | None, *, sure_only: bool = False
) -> list[Membership]:
    """The memberships that may have been held on a date, the likeliest first.

    Args:
        memberships: Those to choose from.
        date: EDTF date; None for an unknown one, on which every membership may have been held.
        sure_only: Leave out those that were not surely held on every day of the date.
    """
    when = bounds(date) if date else _ALWAYS
    ranked = []
    for membership in memberships:
        time = tenure(membership)
        sure = time.surely_holds(when)
        if sure or (not sure_only and time.may_hold(when)):
            begun = time.possible.earliest or datetime.date.min
            ranked.append((not sure, membership.voice != "official", -begun.toordinal(), membership))
    ranked.sort(key=lambda entry: entry[:3])
    return [entry[3] for entry in ranked]


def office_on(actor: Actor, date: str | None) -> Membership | None:
    """The office that an actor held on a date, with the organisation it belongs to; None without one.

    >>> actor = Actor("p", "P. Example", "person", memberships=(
    ...     Membership("gov", "President", "2000-05-07", "2008-05-07"),
    ...     Membership("gov", "Prime Minister", "2008-05-08", "2012-05-07")))
    >>> office_on(actor, "2007-02").office, office_on(actor, "2009").office
    ('President', 'Prime Minister')
    >>> office_on(actor, "2014") is None
    True
    """
    return next(iter(held_on((m for m in actor.memberships if m.office), date)), None)


def office_label(actor: Actor, date: str | None) -> str | None:
    """Label of the office of the day, or of one that belongs to no organisation ("historian")."""
    office = office_on(actor, date)
    return office.office if office else actor.own_office


def _official_on(actor: Actor, date: str | None) -> list[Membership]:
    """What an actor speaks for on a date: the office of the day first, then what was surely held."""
    official = [m for m in actor.memberships if m.voice == "official"]
    offices = held_on((m for m in official if m.office), date)
    plain = held_on((m for m in official if not m.office), date)
    chosen = offices[:1] or plain[:1]
    sure = held_on(official, date, sure_only=True)
    return chosen + [m for m in sure if m not in chosen]


def affiliation_on(actor: Actor, date: str | None, register: Register) -> str | None:
    """IRI of the state or organisation that an actor officially speaks for on a date, or None.

    A state speaks for itself, and so does an organisation that belongs to nothing on that day. None is the
    answer for who has no official tie on that day: journalists and newspapers (whose tie to a state is of
    voice `other`), scholars, critics, former office-holders.

    >>> country, ministry = Actor("c", "C", "state"), Actor("m", "M", "organization", (), (Membership("c"),))
    >>> paper = Actor("n", "N", "organization", (), (Membership("c", voice="other"),))
    >>> minister = Actor("p", "P", "person", (), (Membership("m", "Minister", "2007", "2012"),))
    >>> register = Register((country, ministry, paper, minister))
    >>> affiliation_on(minister, "2009-09-18", register), affiliation_on(minister, "2014", register)
    ('c', None)
    >>> affiliation_on(paper, "2009", register) is None
    True
    """
    seen: set[str] = set()
    here = actor
    while here.kind != "state":
        seen.add(here.id)
        tie = next((m for m in _official_on(here, date) if m.organization not in seen), None)
        if tie is None:
            return here.id if here.kind == "organization" and not _belongs_to_something(here, date) else None
        above = register.by_id.get(tie.organization)
        if above is None:
            return tie.organization
        here = above
    return here.id


def _belongs_to_something(organization: Actor, date: str | None) -> bool:
    """Whether an organisation has any tie upwards that may hold on the date, of whatever voice."""
    return bool(held_on(organization.memberships, date))


def voice_on(actor: Actor, date: str | None, register: Register) -> Voice:
    """Whether an actor speaks officially, for a state or an organisation, on a date."""
    return "official" if affiliation_on(actor, date, register) else "other"


def belongs_to(
    actor: Actor, date: str | None, register: Register, voice: Voice = "official"
) -> tuple[str, ...]:
    """IRIs of all that an actor belongs to on a date: itself, and everything up to the state.

    The climb stops at a state: what Russia says is not said by an organisation that Russia is a member of.

    Args:
        actor: Where the climb starts.
        date: EDTF date, or None.
        register: The memberships.
        voice: `official` climbs official memberships of the day; `other` also unofficial and former ones.

    Returns:
        The actor first, then the nearest.

    >>> alliance, country = Actor("a", "A", "organization"), Actor("c", "C", "state", (), (Membership("a"),))
    >>> minister = Actor("p", "P", "person", (), (Membership("c", "Minister", "2007", "2012"),))
    >>> register = Register((alliance, country, minister))
    >>> belongs_to(minister, "2009", register), belongs_to(minister, "2014", register)
    (('p', 'c'), ('p',))
    >>> belongs_to(minister, "2014", register, "other")
    ('p', 'c')
    """
    found = dict.fromkeys([actor.id])
    queue = [actor]
    while queue:
        here = queue.pop(0)
        for above in _above(here, date, voice):
            if above not in found:
                found[above] = None
                if known := register.by_id.get(above):
                    queue.append(known)
    return tuple(found)


def _above(actor: Actor, date: str | None, voice: Voice) -> Iterator[str]:
    if actor.kind == "state":
        return
    ties = _official_on(actor, date) if voice == "official" else actor.memberships
    for tie in ties:
        yield tie.organization


__all__ = [
    "Tenure",
    "affiliation_on",
    "belongs_to",
    "held_on",
    "office_label",
    "office_on",
    "tenure",
    "voice_on",
]
