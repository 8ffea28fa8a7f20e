"""The register as RDF: actors, their names, and their dated memberships and posts."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg.build.terms import FOAF, ORG, SCHEMA, SKOS, ST, Quads, date_bounds, edtf_date, node, text
from kg.model.iris import Iris
from kg.model.register import Actor, Membership, Register
from kg.model.vocabulary import WIKIDATA


def actor_class(kind: str) -> NamedNode:
    """Class of a kind of actor; states are countries and no organisations.

    >>> actor_class("state")
    <NamedNode value=https://schema.org/Country>
    """
    return {
        "person": FOAF.Person,
        "organization": ORG.Organization,
        "state": SCHEMA.Country,
        "unnamed": ST.UnnamedSource,
    }[kind]


def register_quads(register: Register, iris: Iris) -> list[Quad]:
    """The register's named graph.

    Args:
        register: All actors.
        iris: Makes the IRIs of memberships and posts.
    """
    quads = Quads(iris.register_graph)
    for actor in register.actors:
        subject = node(actor.id)
        quads.thing(subject, actor.name, actor_class(actor.kind))
        quads.add(subject, SKOS.altLabel, *(text(alias) for alias in actor.aliases))
        if actor.wikidata:
            quads.add(subject, SCHEMA.sameAs, node(WIKIDATA + actor.wikidata))
        if actor.own_office:
            quads.add(subject, SCHEMA.jobTitle, text(actor.own_office))
        for membership in actor.memberships:
            _add_membership(quads, actor, membership, register, iris)
    return list(dict.fromkeys(quads.found))


def held(membership: Membership) -> str | None:
    """When a membership was held, as an EDTF interval; None where neither end is known.

    >>> held(Membership("x", since="2011-01"))
    '2011-01/..'
    """
    if not (membership.since or membership.until):
        return None
    return f"{membership.since or '..'}/{membership.until or '..'}"


def _add_membership(
    quads: Quads, actor: Actor, membership: Membership, register: Register, iris: Iris
) -> None:
    above = register.by_id.get(membership.organization)
    name = above.name if above else membership.organization
    organization = node(membership.organization)
    subject = node(iris.membership(actor.id, membership.organization, membership.office, membership.since))
    quads.thing(subject, f"{actor.name}, {membership.office or 'member'} ({name})", ORG.Membership)
    quads.add(subject, ORG.member, node(actor.id))
    quads.add(subject, ORG.organization, organization)
    quads.add(subject, ST.voice, ST.official if membership.voice == "official" else ST.other)
    if membership.office:
        post = node(iris.post(membership.organization, membership.office))
        quads.add(subject, ORG.role, post)
        quads.thing(post, membership.office, ORG.Post)
        quads.add(post, ORG.postIn, organization)
    if when := held(membership):
        quads.add(subject, ST.held, edtf_date(when))
        for predicate, limit in date_bounds(when):
            quads.add(subject, predicate, limit)


__all__ = ["actor_class", "held", "register_quads"]
