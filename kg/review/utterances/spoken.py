"""Reads the statements of a graph with what tells whether two of them may report one utterance."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.build.index import COPY, ENTRY, NAME
from kg.build.terms import FOAF, RDF, RDFS, SCHEMA, ST, node
from kg.build.utterance import Entry
from kg.store.embedded import Store

Day = datetime.date
VAGUE = datetime.timedelta(days=31)
"""How far an open end of a date is looked into."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who said something, alone, with others or through a spokesman.

    Attributes:
        iri: The actor.
        name: Label.
        person: Whether it is a person.
        unnamed: Whether it is a source without a name.
    """

    iri: str
    name: str
    person: bool = False
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement.

    Attributes:
        entry: What the strict rule knows of it.
        utterance: IRI of its utterance.
        holders: Who said it: the speaker first, joint speakers, and on whose behalf.
        claim: What was said, in words.
        outlet: IRI of the outlet; None if unknown.
        said: EDTF date; None if unknown.
        published: When the article was published, as shown.
        begins: First day that it may have been said on, an open end taken for a month.
        ends: Last day.
        dated: Whether both ends are known.
        stances: The stances: actor, position, polarity.
    """

    entry: Entry
    utterance: str
    holders: tuple[Holder, ...]
    claim: str
    outlet: str | None
    said: str | None
    published: str | None
    begins: Day
    ends: Day
    dated: bool
    stances: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def iri(self) -> str:
        """The statement."""
        return self.entry.statement


@dataclass(frozen=True, slots=True)
class Everything:
    """All statements of a graph.

    Attributes:
        statements: By IRI, in the order of the IRIs.
        copies: For each article the near-identical ones.
        names: Statements of today by the other IRIs that people knew them by.
    """

    statements: dict[str, Spoken]
    copies: dict[str, frozenset[str]]
    names: dict[str, str]


def everything(store: Store) -> Everything:
    """Read all statements that are in force and can be placed in time."""
    return _Reader(store).read()


class _Reader:
    """Reads property by property, much faster than by queries with many optional parts."""

    def __init__(self, store: Store) -> None:
        self._view = store.view
        self._current, self._index = node(store.iris.current_graph), node(store.iris.index_graph)
        self._holders: dict[str, Holder] = {}

    def _column(self, name: NamedNode, graph: NamedNode | None = None) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for quad in self._view.quads_for_pattern(None, name, None, graph or self._current):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                found[quad.subject.value].append(quad.object.value)
        return found

    def _label(self, iri: str) -> str:
        for quad in self._view.quads_for_pattern(node(iri), RDFS.label, None, self._current):
            if isinstance(quad.object, Literal):
                return quad.object.value
        return ""

    def _holder(self, iri: str) -> Holder:
        if iri not in self._holders:
            kinds = {
                quad.object for quad in self._view.quads_for_pattern(node(iri), RDF.type, None, self._current)
            }
            self._holders[iri] = Holder(
                iri, self._label(iri), FOAF.Person in kinds, ST.UnnamedSource in kinds
            )
        return self._holders[iri]

    def read(self) -> Everything:
        """All statements."""
        utterances, claims = self._column(ST.utterance), self._column(ST.claim)
        joint, behalf = self._column(ST.jointSpeaker), self._column(ST.onBehalfOf)
        said, outlets = self._column(ST.said), self._column(ST.outlet)
        published = self._column(SCHEMA.datePublished)
        earliest, latest = self._column(ST.dateEarliest), self._column(ST.dateLatest)
        stances = self._stances()
        found: dict[str, Spoken] = {}
        lines = self._column(ENTRY, self._index)
        for iri in sorted(lines):
            entry = Entry.from_text(lines[iri][0])
            if iri not in utterances or not entry.words:
                continue
            start, end = _span(
                (entry.earliest, entry.latest),
                (_first(earliest, entry.article), _first(latest, entry.article)),
            )
            if start is None or end is None:
                continue
            holders = [entry.speaker, *sorted(joint.get(iri, ())), *sorted(behalf.get(iri, ()))]
            claim = _first(claims, iri)
            found[iri] = Spoken(
                entry,
                utterances[iri][0],
                tuple(self._holder(one) for one in dict.fromkeys(holders) if one),
                (self._label(claim) if claim else "") or " ".join(entry.words),
                _first(outlets, iri),
                _first(said, iri),
                _first(published, entry.article),
                start,
                end,
                bool(entry.earliest and entry.latest),
                frozenset(stances.get(iri, ())),
            )
        copies = {article: frozenset(others) for article, others in self._column(COPY, self._index).items()}
        names = {
            name: statement for statement, known in self._column(NAME, self._index).items() for name in known
        }
        return Everything(found, copies, names)

    def _stances(self) -> dict[str, list[tuple[str, str, str]]]:
        actors, positions, polarities = (self._column(name) for name in (ST.actor, ST.position, ST.polarity))
        found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for stance, statements in self._column(ST.statement).items():
            if stance in actors and stance in positions and stance in polarities:
                polarity = polarities[stance][0].rsplit("#", 1)[-1]
                found[statements[0]].append((actors[stance][0], positions[stance][0], polarity))
        return found


def _first(column: dict[str, list[str]], subject: str) -> str | None:
    return column[subject][0] if subject in column else None


def _span(
    said: tuple[str | None, str | None], published: tuple[str | None, str | None]
) -> tuple[Day | None, Day | None]:
    """The days that something may have been said on; an open end is a month, the unknown ends in print."""
    start, end = (Day.fromisoformat(one) if one else None for one in said)
    if start is None and end is None:
        first, last = (Day.fromisoformat(one) if one else None for one in published)
        end = last or first
    if start is None and end is not None:
        start = end - VAGUE
    if end is None and start is not None:
        end = start + VAGUE
    return start, end


__all__ = ["Everything", "Holder", "Spoken", "everything"]
