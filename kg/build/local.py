"""The part of the derived graph that belongs to one article alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.build.effective import Effective
from kg.build.likeness import plain_words
from kg.build.nodes import Nodes, Value, content_of
from kg.build.stances import StanceFacts
from kg.build.terms import OA, PROV, RDF, RDFS, SCHEMA, ST, node
from kg.build.utterance import Entry
from kg.model.iris import Iris

_LEFT_OUT = (SCHEMA.text, ST.boilerplate)
_RECOMPUTED = (ST.status, ST.reports, PROV.wasRevisionOf, ST.affiliation, ST.voice)


@dataclass
class Local:
    """An article's own part of the derived graph, without what it shares with others.

    Attributes:
        quads: Quads of the derived graph.
        entries: What the search for utterances needs to know of each statement.
        stances: The statement of each stance.
        shared: Nodes that other articles may refer to too: outlets, codings, actors whom the register lacks.
    """

    quads: list[Quad] = field(default_factory=list)
    entries: dict[NamedNode, Entry] = field(default_factory=dict)
    stances: dict[NamedNode, NamedNode] = field(default_factory=dict)
    shared: set[NamedNode] = field(default_factory=set)


def local_part(found: Effective, facts: StanceFacts, iris: Iris) -> Local:
    """The part of the derived graph that belongs to one article.

    Args:
        found: What is in force of the article.
        facts: Computes what is added to stances.
        iris: Names of the graphs.
    """
    return _Writer(found, facts, iris).local


class _Writer:
    def __init__(self, found: Effective, facts: StanceFacts, iris: Iris) -> None:
        self.local = Local()
        self._found = found
        self._facts = facts
        self._graph = node(iris.current_graph)
        self._described: set[NamedNode] = set()
        self._outlet = found.read.node(found.article, SCHEMA.publisher)
        for name, value in found.read.of(found.article):
            if name not in _LEFT_OUT:
                self._add(found.article, name, value)
        self._share(found.read, found.article, SCHEMA.publisher, PROV.wasGeneratedBy)
        for statement, nodes in found.statements.items():
            self._add_statement(statement, nodes)
        self._polarities: dict[NamedNode, dict[NamedNode, set[NamedNode]]] = {}
        for stance, nodes in found.stances.items():
            self._add_stance(stance, nodes)
        for statement, polarities in self._polarities.items():
            entry = self.local.entries[statement]
            self.local.entries[statement] = entry._replace(sides=_sides(polarities))
        for decision, nodes in found.decisions.items():
            self._copy(nodes, decision)
            self._share(nodes, decision, PROV.wasAssociatedWith)

    def _add(self, subject: NamedNode, predicate: NamedNode, value: Value) -> None:
        self.local.quads.append(Quad(subject, predicate, value, self._graph))

    def _copy(self, nodes: Nodes, subject: NamedNode, without: tuple[NamedNode, ...] = ()) -> None:
        for name, value in nodes.of(subject):
            if name not in without:
                self._add(subject, name, value)

    def _share(self, nodes: Nodes, subject: NamedNode, *predicates: NamedNode) -> None:
        found = nodes.nodes(subject, *predicates)
        self.local.shared.update(one for one in found if one not in self._found.decisions)

    def _add_statement(self, statement: NamedNode, nodes: Nodes) -> None:
        found = self._found
        self._copy(nodes, statement, _RECOMPUTED)
        self._add(statement, ST.status, found.status[statement])
        for inner in nodes.nodes(statement, ST.reports):
            target = found.instead.get(inner, inner)
            if target in found.statements and target != statement:
                self._add(statement, ST.reports, target)
        if self._outlet:
            self._add(statement, ST.outlet, self._outlet)
        self._share(nodes, statement, PROV.wasGeneratedBy)
        for actor in nodes.nodes(statement, ST.speaker, ST.jointSpeaker, ST.onBehalfOf):
            self._add_actor(actor, nodes)
        for part in nodes.nodes(statement, ST.claim, ST.evidence):
            self._copy(nodes, part)
            for selector in nodes.nodes(part, OA.hasSelector):
                self._copy(nodes, selector)
        self.local.entries[statement] = self._entry(statement, nodes)

    def _add_actor(self, actor: NamedNode, nodes: Nodes) -> None:
        """An unnamed source belongs to the article; others are shared, unless the register has them."""
        if self._facts.knows_actor(actor) or actor in self._described:
            return
        if ST.UnnamedSource not in nodes.values(actor, RDF.type):
            self.local.shared.add(actor)
            return
        self._described.add(actor)
        self._copy(nodes, actor)
        for above in nodes.nodes(actor, ST.describedAffiliation):
            self._add_actor(above, nodes)

    def _entry(self, statement: NamedNode, nodes: Nodes) -> Entry:
        speaker = nodes.node(statement, ST.speaker)
        unnamed = speaker is not None and ST.UnnamedSource in nodes.values(speaker, RDF.type)
        name = nodes.text(speaker, RDFS.label) if unnamed and speaker else None
        return Entry(
            statement=statement.value,
            article=self._found.article.value,
            speaker=speaker.value if speaker else "",
            unnamed=name,
            spoken=nodes.node(statement, ST.quotation) in (ST.direct, ST.mixed),
            earliest=nodes.text(statement, ST.dateEarliest),
            latest=nodes.text(statement, ST.dateLatest),
            words=plain_words(content_of(nodes, statement)),
            label=nodes.text(statement, RDFS.label) or "",
        )

    def _add_stance(self, stance: NamedNode, nodes: Nodes) -> None:
        if not self._facts.knows_position(nodes.node(stance, ST.position)):
            return  # the codebook of today has no such position
        statement = nodes.node(stance, ST.statement)
        if statement is None:
            return
        about = self._found.statements[statement]
        self._copy(nodes, stance, _RECOMPUTED)
        self._add(stance, ST.status, self._found.status[stance])
        for name in (ST.speaker, ST.office):
            for value in about.values(statement, name):
                self._add(stance, name, value)
        for name, added in self._facts.of(stance, nodes, statement, about):
            self._add(stance, name, added)
            if name == ST.affiliation:
                self._add_actor(added, nodes)
        if self._outlet:
            self._add(stance, ST.outlet, self._outlet)
        for actor in nodes.nodes(stance, ST.actor):
            self._add_actor(actor, nodes)
        self._share(nodes, stance, PROV.wasGeneratedBy)
        self.local.stances[stance] = statement
        position, polarity = nodes.node(stance, ST.position), nodes.node(stance, ST.polarity)
        if position and polarity:
            self._polarities.setdefault(statement, {}).setdefault(position, set()).add(polarity)


def _sides(polarities: Mapping[NamedNode, set[NamedNode]]) -> tuple[tuple[str, str], ...]:
    """Positions that a statement supports alone or opposes alone, whoever of its holders does."""
    names = {ST.supports: "supports", ST.opposes: "opposes"}
    found = []
    for position, taken in polarities.items():
        sides = [name for polarity, name in names.items() if polarity in taken]
        if len(sides) == 1:
            found.append((position.value, sides[0]))
    return tuple(sorted(found))


__all__ = ["Local", "local_part"]
