"""Registers in Turtle: reads the shape of the register graph (ORG, FOAF, SKOS, schema.org)."""

from __future__ import annotations

import re

from kg.ingest.turtle import Graph
from kg.ingest.voices import usual_voice
from kg.model.dates import bounds
from kg.model.errors import InputError
from kg.model.register import Actor, Membership, RegisteredKind, Voice
from kg.model.vocabulary import FOAF, ORG, OWL, RDF, SCHEMA, SKOS, ST

_CLASSES: tuple[tuple[str, RegisteredKind], ...] = (
    (FOAF + "Person", "person"),
    (SCHEMA + "Person", "person"),
    (SCHEMA + "Country", "state"),
    (ORG + "Organization", "organization"),
    (ORG + "FormalOrganization", "organization"),
    (ORG + "OrganizationalUnit", "organization"),
    (FOAF + "Organization", "organization"),
    (SCHEMA + "Organization", "organization"),
    (SCHEMA + "GovernmentOrganization", "organization"),
    (SCHEMA + "NewsMediaOrganization", "organization"),
)
_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)")


def actors_of_turtle(graph: Graph) -> list[Actor]:
    """The actors of a register graph, in the order of the file; each keeps its IRI.

    Raises:
        InputError: An actor has no name or is person and organisation at once, a membership lacks its member
            or its organisation, names one that is not in the file, or has a wrong date.
    """
    kinds: dict[str, RegisteredKind] = {}
    for iri in graph.instances(*(name for name, _ in _CLASSES)):
        kinds[iri] = _kind(graph, iri)
    memberships = _memberships(graph, kinds)
    return [
        Actor(
            id=iri,
            name=_name(graph, iri),
            kind=kind,
            aliases=tuple(name for name in _names(graph, iri)[1:] if name != _name(graph, iri)),
            memberships=tuple(memberships.get(iri, ())),
            wikidata=_wikidata(graph, iri),
            own_office=graph.text(iri, SCHEMA + "jobTitle"),
        )
        for iri, kind in kinds.items()
    ]


def _kind(graph: Graph, iri: str) -> RegisteredKind:
    if iri.startswith("_:"):
        raise InputError("an actor has no IRI", where=graph.where, hint="give each actor an IRI of its own")
    types = graph.values(iri, RDF + "type")
    kinds = {kind for name, kind in _CLASSES if name in types}
    # A country may well be called an organisation too; a person may not.
    if "person" in kinds and len(kinds) > 1:
        raise InputError(f"<{iri}> is a person and an organisation", where=graph.where)
    return next(kind for kind in ("person", "state", "organization") if kind in kinds)


def _name(graph: Graph, iri: str) -> str:
    name = graph.label(iri)
    if not name:
        raise InputError(f"<{iri}> has no name", where=graph.where, hint="give it an rdfs:label")
    return name


def _names(graph: Graph, iri: str) -> tuple[str, ...]:
    return (_name(graph, iri), *graph.values(iri, SKOS + "altLabel"))


def _wikidata(graph: Graph, iri: str) -> str | None:
    same = graph.values(iri, SCHEMA + "sameAs", OWL + "sameAs", SKOS + "exactMatch")
    return next((match[1] for value in same if (match := _WIKIDATA.fullmatch(value))), None)


def _memberships(graph: Graph, kinds: dict[str, RegisteredKind]) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = {}
    for node in graph.instances(ORG + "Membership"):
        name = f"the membership {graph.label(node) or node}"
        member = graph.value(node, ORG + "member")
        group = graph.value(node, ORG + "organization")
        if member is None or group is None:
            lacks = "org:member" if member is None else "org:organization"
            raise InputError(f"{name} lacks {lacks}", where=graph.where)
        for iri in (member, group):
            if iri not in kinds:
                raise InputError(
                    f"{name} names <{iri}>, which is no actor of the file",
                    where=graph.where,
                    hint="give it a type (foaf:Person, org:Organization or schema:Country) and a label",
                )
        if kinds[group] == "person":
            raise InputError(f"{name} has a person as its organisation", where=graph.where)
        office = _office(graph, node)
        since, until = _held(graph, node, name)
        voice = _voice(graph, node, name) or usual_voice(
            kinds[member], _names(graph, member), office, kinds[group], _names(graph, group)
        )
        new = Membership(group, office, since, until, voice)
        if new not in found.setdefault(member, []):
            found[member].append(new)
    return found


def _office(graph: Graph, node: str) -> str | None:
    post = graph.value(node, ORG + "role")
    return (graph.label(post) if post else None) or graph.text(node, SCHEMA + "roleName")


def _held(graph: Graph, node: str, name: str) -> tuple[str | None, str | None]:
    """The two ends of `st:held`, or of the dates beside it."""
    held = graph.value(node, ST + "held")
    if held is None:
        since = graph.value(node, ST + "dateEarliest", SCHEMA + "startDate")
        until = graph.value(node, ST + "dateLatest", SCHEMA + "endDate")
    else:
        ends = held.split("/")
        since, until = ends[0], ends[-1]
    try:
        if held is not None:
            bounds(held)
        dates = [end if end not in (None, "", "..") else None for end in (since, until)]
        checked = [bounds(end) for end in dates if end]
    except InputError as error:
        raise InputError(f"{name}: {error.what}", where=graph.where, hint=error.hint) from error
    if (
        len(checked) == 2
        and checked[0].earliest
        and checked[1].latest
        and checked[1].latest < checked[0].earliest
    ):
        raise InputError(f"{name} ends before it begins", where=graph.where)
    return dates[0], dates[1]


def _voice(graph: Graph, node: str, name: str) -> Voice | None:
    value = graph.value(node, ST + "voice")
    if value is None:
        return None
    word = value.removeprefix(ST)
    if word == "official" or word == "other":
        return "official" if word == "official" else "other"
    raise InputError(f"{name} has the voice {value}", where=graph.where, hint="use st:official or st:other")


__all__ = ["actors_of_turtle"]
