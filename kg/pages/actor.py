"""The page of an actor: offices over time, stances by position, changes of side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.analyse.counts import once, utterances
from kg.analyse.records import Actor, Membership, Stance
from kg.analyse.standing import latest, shifts
from kg.pages.addresses import Page, fragment_of
from kg.pages.assets import CHART_SCRIPTS, scripts
from kg.pages.chart import chart_data
from kg.pages.material import Material
from kg.pages.node import facts_of
from kg.pages.rendering import Content, Link
from kg.pages.rows import Row, row_of, rows_of
from kg.pages.trust import checked
from kg.pages.words import KINDS, when

MOST_ROWS = 400
"""Stances that a page lists; where there are more the newest show, and the timeline's years have them all."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office or membership as a row."""

    anchor: str
    what: str
    person: Link
    body: Link
    held: str
    first: str
    last: str
    official: bool


@dataclass(frozen=True, slots=True)
class Side:
    """An actor on one position: how often on which side, and where it stands now.

    Attributes:
        counts: Utterances for, neutral and against.
        now: The latest stances.
    """

    position: Link
    supports: int
    neutral: int
    opposes: int
    now: list[Row]


def actor_content(material: Material, page: Page) -> Content:
    """The page of an actor, and of all that belongs to it."""
    facts, iri = material.facts, page.iri or ""
    actor = facts.actors[iri]
    stances = facts.by_actor.get(iri, [])
    own = [one for one in stances if iri in (one.actor, one.speaker)]
    held = [_office(material, one) for one in facts.memberships if one.member == iri]
    members = [one for one in facts.memberships if one.organization == iri]
    said = [one for one in facts.statements.values() if iri == one.speaker or iri in one.joint]
    values = {
        "actor": actor,
        "kind": KINDS[actor.kind],
        "described": material.link(actor.described) if actor.described else None,
        "offices": held,
        "members": [_office(material, one) for one in members],
        "posts": _posts(material, iri),
        "sides": sides(material, stances),
        "shifts": [(row_of(material, one.before), row_of(material, one.after)) for one in shifts(stances)],
        "rows": rows_of(material, reversed(stances[-MOST_ROWS:])),
        "total": len(stances),
        "utterances": utterances(stances),
        "own": len(own),
        "holders": holders(material, stances),
        "reviewed": sum(one.reviewed for one in stances),
        "checked": checked(material, "actor", iri),
        "statements": [(material.link(one.iri), when(one.when)) for one in said[-MOST_ROWS:]],
        "statements_total": len(said),
        "web": _web(actor),
        "iri": iri,
        "facts": facts_of(material, iri),
        "lanes": "position" if len({one.actor for one in stances}) < 2 else "holder",
    }
    data: dict[str, object] = {}
    if stances:
        data["stances"] = chart_data(material, stances[-MOST_ROWS:])
    if held:
        data["offices"] = [[one.what, one.body.label, one.first, one.last] for one in held]
    needed = (*CHART_SCRIPTS, *scripts("lanes.js")) if data else ()
    return Content(actor.label, "actor.html", values, needed, data)


def sides(material: Material, stances: list[Stance]) -> list[Side]:
    """Where an actor stands by position, those with most utterances first."""
    by_position: dict[str, list[Stance]] = {}
    for one in stances:
        by_position.setdefault(one.position, []).append(one)
    found = []
    for position, group in by_position.items():
        counts = Counter(polarity for polarity, _ in {(one.polarity, one.utterance) for one in group})
        now = rows_of(material, once(latest(group)))
        found.append(
            Side(material.link(position), counts["supports"], counts["neutral"], counts["opposes"], now[-4:])
        )
    return sorted(found, key=lambda one: (-(one.supports + one.neutral + one.opposes), one.position.label))


def holders(material: Material, stances: list[Stance]) -> list[tuple[Link, int]]:
    """Who holds the stances, those with most utterances first."""
    counts = Counter(actor for actor, _ in {(one.actor, one.utterance) for one in stances})
    found = [(material.link(iri), number) for iri, number in counts.items()]
    return sorted(found, key=lambda entry: (-entry[1], entry[0].label, entry[0].address))


def _office(material: Material, membership: Membership) -> Office:
    held = membership.held
    return Office(
        anchor=fragment_of(membership.iri),
        what=membership.office or "member",
        person=material.link(membership.member),
        body=material.link(membership.organization),
        held=when(held) if held.dated else "no dates known",
        first=held.earliest.isoformat() if held.earliest else "",
        last=held.latest.isoformat() if held.latest else "",
        official=membership.official,
    )


def _posts(material: Material, iri: str) -> list[tuple[str, str]]:
    """Places and names of the posts of an organisation."""
    shown = [one for one in material.addresses.nodes_on(Page(material.path(iri), "actor", iri)) if one != iri]
    names = [(fragment_of(one), material.facts.label(one)) for one in shown]
    return [entry for entry in names if entry[0].startswith("post-")]


def _web(actor: Actor) -> list[str]:
    return [iri for iri in actor.same_as if iri.startswith(("https://", "http://"))]


__all__ = ["MOST_ROWS", "actor_content", "holders", "sides"]
