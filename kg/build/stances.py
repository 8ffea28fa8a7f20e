"""What the derived graph adds to a stance: affiliation, voice, what the holder belongs to, topics."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.build.codebook_graph import topic_closure
from kg.build.nodes import Nodes
from kg.build.terms import ST, node
from kg.link.affiliation import affiliation_on, belongs_to, voice_on
from kg.model.codebook import Codebook
from kg.model.register import Register


class StanceFacts:
    """Computes what is added, from the register and the codebook of today."""

    def __init__(self, register: Register, codebook: Codebook) -> None:
        """Work out the topics of all positions."""
        self._register = register
        self._topics = {
            position.id: topic_closure(codebook, position.topics) for position in codebook.positions
        }
        # Who belongs where on a day is asked again and again with the same few answers.
        self._belonging: dict[tuple[str, str | None], tuple[str | None, tuple[str, ...]]] = {}

    def knows_position(self, position: NamedNode | None) -> bool:
        """Whether the codebook has the position."""
        return position is not None and position.value in self._topics

    def knows_actor(self, actor: NamedNode) -> bool:
        """Whether the register has the actor."""
        return actor.value in self._register.by_id

    def of(
        self, stance: NamedNode, nodes: Nodes, statement: NamedNode, about: Nodes
    ) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Predicates and values to add to a stance; those of the day win over the register's.

        Args:
            stance: The stance.
            nodes: What is said of it.
            statement: Its statement.
            about: What is said of the statement.
        """
        holder, date = nodes.node(stance, ST.actor), nodes.text(stance, ST.date)
        speaker, behalf = about.node(statement, ST.speaker), about.node(statement, ST.onBehalfOf)
        if holder is None:
            return
        given = nodes.node(stance, ST.affiliation)
        own, belonging = self._belongs(holder, date, nodes, given)
        affiliation = given or (node(own) if own else None)
        if affiliation:
            yield ST.affiliation, affiliation
        yield ST.voice, ST.official if affiliation else ST.other
        found = dict.fromkeys(belonging)
        if speaker and speaker != holder and behalf == holder:
            found.update(dict.fromkeys(self._belongs(speaker, date, about, None)[1]))
        for iri in found:
            yield ST.belongsTo, node(iri)
        position = nodes.node(stance, ST.position)
        for iri in self._topics.get(position.value if position else "", ()):
            yield ST.inTopic, node(iri)

    def _belongs(
        self, actor: NamedNode, date: str | None, nodes: Nodes, given: NamedNode | None
    ) -> tuple[str | None, tuple[str, ...]]:
        """Affiliation of the day by the register, and all that the actor belongs to."""
        affiliation, belonging = self._registered(actor.value, date)
        for above in (given, nodes.node(actor, ST.describedAffiliation)):
            if above is not None:
                belonging = tuple(dict.fromkeys((*belonging, *self._registered(above.value, date)[1])))
        return affiliation, belonging

    def _registered(self, iri: str, date: str | None) -> tuple[str | None, tuple[str, ...]]:
        if (iri, date) not in self._belonging:
            actor = self._register.by_id.get(iri)
            if actor is None:
                self._belonging[iri, date] = None, (iri,)
            else:
                voice = voice_on(actor, date, self._register)
                self._belonging[iri, date] = (
                    affiliation_on(actor, date, self._register),
                    belongs_to(actor, date, self._register, voice),
                )
        return self._belonging[iri, date]


__all__ = ["StanceFacts"]
