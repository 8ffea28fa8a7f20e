"""Nodes of actors in an article's graph: those of the register by their IRI, others with what is known."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.build.register_graph import actor_class
from kg.build.terms import ST, Quads, node
from kg.link.affiliation import affiliation_on
from kg.link.countries import is_state_name
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.iris import Iris
from kg.model.register import Actor, Register
from kg.model.statement import ActorKind, ActorReference


def names_of(register: Register) -> dict[str, Actor]:
    """Actors by their names and aliases without regard to case; names go before aliases, the first wins.

    >>> names_of(Register((Actor("x", "Russia", "state", ("Moscow",)),)))["moscow"].name
    'Russia'
    """
    found: dict[str, Actor] = {}
    for actor in register.actors:
        found.setdefault(folded(actor.name), actor)
    for actor in register.actors:
        for alias in actor.aliases:
            found.setdefault(folded(alias), actor)
    return found


def folded(name: str) -> str:
    """A name for comparison: without regard to case, white space and the kind of apostrophe.

    >>> folded(" Cote d’Ivoire ")
    "cote d'ivoire"
    """
    return " ".join(name.replace("’", "'").split()).casefold()


class ActorNodes:
    """Gives the nodes of actors and adds those that the register lacks.

    A person whom the register lacks is a candidate until somebody adds them; an unnamed source belongs to its
    article; both are described where they stand.
    """

    def __init__(self, quads: Quads, article: Article, iris: Iris, register: Register | None) -> None:
        """Add to `quads`, for one article."""
        self._quads = quads
        self._digest = article.digest
        self._iris = iris
        self._register = register
        self._names = names_of(register) if register else {}
        self._added: set[str] = set()

    def nobody(self, source: Span | None) -> ActorReference:
        """An unnamed source for a statement that nobody is linked to, named by the words that stand there."""
        words = " ".join(source.text.split()) if source else ""
        label = f"({words})" if words else "(not named)"
        iri = self._iris.unnamed_source(self._digest, label)
        return ActorReference(iri, label, kind="unnamed", known=False)

    def node(self, actor: ActorReference) -> NamedNode:
        """The node of an actor; describes it on first use if the register lacks it."""
        subject = node(actor.id)
        registered = self._register.by_id.get(actor.id) if self._register else None
        known = actor.known if self._register is None else registered is not None
        if not known and actor.id not in self._added:
            self._added.add(actor.id)
            self._quads.thing(subject, actor.label, actor_class(actor.kind))
            if actor.kind == "unnamed":
                described = actor.affiliation or actor.member_of
                if described:
                    self._quads.add(subject, ST.describedAffiliation, self._named(described))
            else:
                self._quads.add(subject, ST.status, ST.candidate)
        return subject

    def affiliation(self, holder: ActorReference, date: str | None) -> NamedNode | None:
        """The affiliation of a holder, where the register does not tell it for that day anyway."""
        if not holder.affiliation:
            return None
        named = self._iri_of(holder.affiliation)
        registered = self._register.by_id.get(holder.id) if self._register else None
        if self._register and registered:
            if affiliation_on(registered, date, self._register) == named:
                return None
        elif self._register is None and holder.known:
            return None
        return self._named(holder.affiliation)

    def _iri_of(self, name: str) -> str:
        found = self._names.get(folded(name))
        return found.id if found else self._iris.actor(name)

    def _named(self, name: str) -> NamedNode:
        """Node of a state or organisation from its name."""
        iri = self._iri_of(name)
        known = self._register is None or iri in self._register.by_id
        kind: ActorKind = "state" if is_state_name(name) else "organization"
        return self.node(ActorReference(iri, name, kind=kind, known=known))


__all__ = ["ActorNodes", "folded", "names_of"]
