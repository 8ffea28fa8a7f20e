"""Reads the derived graph into records, each class when it is first asked for."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import cast

from pyoxigraph import Literal, NamedNode

from kg.analyse.records import (
    Actor,
    ActorKind,
    Article,
    Coding,
    Membership,
    Passage,
    Polarity,
    Position,
    Stance,
    Statement,
    Topic,
    When,
)
from kg.build.change import GraphView
from kg.build.terms import DCTERMS, FOAF, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, ST

_Column = dict[str, list[str]]
_ACTOR_KINDS: tuple[tuple[NamedNode, ActorKind], ...] = (
    (SCHEMA.Country, "state"),
    (ORG.Organization, "organization"),
    (FOAF.Person, "person"),
    (ST.UnnamedSource, "unnamed"),
)


class Facts:
    """The derived graph as records.

    Classes are read whole, property by property, much faster than by queries with many optional parts.
    """

    def __init__(self, view: GraphView, graph: str) -> None:
        """Read one named graph, which does not change while this is used.

        Args:
            view: What has it.
            graph: Its IRI.
        """
        self._view, self._graph = view, NamedNode(graph)
        self._columns: dict[NamedNode, _Column] = {}
        self._labels: dict[str, str] = {}

    def _column(self, property_: NamedNode) -> _Column:
        """Values of a property by subject, sorted."""
        if property_ not in self._columns:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for quad in self._view.quads_for_pattern(None, property_, None, self._graph):
                found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]
            for values in found.values():
                values.sort()
            self._columns[property_] = dict(found)
        return self._columns[property_]

    def _all(self, property_: NamedNode, iri: str) -> tuple[str, ...]:
        return tuple(self._column(property_).get(iri, ()))

    def _one(self, property_: NamedNode, iri: str) -> str | None:
        values = self._column(property_).get(iri)
        return values[0] if values else None

    def _alone(self, property_: NamedNode, iri: str) -> str | None:
        """The value of a property that most nodes have, of which few are asked for."""
        if not iri:
            return None
        quads = self._view.quads_for_pattern(NamedNode(iri), property_, None, self._graph)
        return min((q.object.value for q in quads if isinstance(q.object, Literal)), default=None)

    def _name(self, property_: NamedNode, iri: str) -> str:
        """The last part of a value that is one of the ontology's own individuals."""
        return (self._one(property_, iri) or "").rpartition("#")[2]

    def _when(self, shown: NamedNode, iri: str) -> When:
        first, last = self._one(ST.dateEarliest, iri), self._one(ST.dateLatest, iri)
        return When(
            self._one(shown, iri),
            datetime.date.fromisoformat(first) if first else None,
            datetime.date.fromisoformat(last) if last else None,
        )

    def _instances(self, *classes: NamedNode) -> list[str]:
        found: dict[str, None] = {}
        for cls in classes:
            for quad in self._view.quads_for_pattern(None, RDF.type, cls, self._graph):
                found[quad.subject.value] = None  # type: ignore[union-attr]
        return sorted(found)

    def label(self, iri: str) -> str:
        """The label of a node; the last part of its IRI where it has none."""
        if iri not in self._labels:
            last = iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]
            self._labels[iri] = self._alone(RDFS.label, iri) or last
        return self._labels[iri]

    @cached_property
    def stances(self) -> dict[str, Stance]:
        """All stances by IRI, in the order of their dates."""
        found = [self._stance(iri) for iri in self._instances(ST.Stance)]
        found.sort(key=lambda one: (*one.when.order, self.label(one.actor), one.position, one.iri))
        return {one.iri: one for one in found}

    def _stance(self, iri: str) -> Stance:
        confidence = self._one(ST.confidence, iri)
        return Stance(
            iri=iri,
            actor=self._one(ST.actor, iri) or "",
            speaker=self._one(ST.speaker, iri) or "",
            position=self._one(ST.position, iri) or "",
            polarity=cast(Polarity, self._name(ST.polarity, iri)),
            claim=self.label(self._one(ST.claim, iri) or ""),
            statement=self._one(ST.statement, iri) or "",
            article=self._one(ST.source, iri) or "",
            utterance=self._one(ST.utterance, iri) or iri,
            when=self._when(ST.date, iri),
            outlet=self._one(ST.outlet, iri),
            affiliation=self._one(ST.affiliation, iri),
            office=self._one(ST.office, iri),
            condition=self._one(ST.condition, iri),
            official=self._name(ST.voice, iri) == "official",
            reviewed=self._name(ST.status, iri) == "reviewed",
            confidence=float(confidence) if confidence else None,
            belongs_to=self._all(ST.belongsTo, iri),
            topics=self._all(ST.inTopic, iri),
        )

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements by IRI, in the order of their dates."""
        found = [self._statement(iri) for iri in self._instances(ST.Statement)]
        found.sort(key=lambda one: (*one.when.order, one.iri))
        return {one.iri: one for one in found}

    def _statement(self, iri: str) -> Statement:
        confidence = self._one(ST.confidence, iri)
        return Statement(
            iri=iri,
            label=self.label(iri),
            speaker=self._one(ST.speaker, iri) or "",
            joint=self._all(ST.jointSpeaker, iri),
            on_behalf_of=self._one(ST.onBehalfOf, iri),
            office=self._one(ST.office, iri),
            quotation=self._name(ST.quotation, iri),
            force=self._name(ST.force, iri),
            claim=self.label(self._one(ST.claim, iri) or ""),
            article=self._one(ST.source, iri) or "",
            utterance=self._one(ST.utterance, iri),
            when=self._when(ST.said, iri),
            reviewed=self._name(ST.status, iri) == "reviewed",
            confidence=float(confidence) if confidence else None,
            coding=self._one(PROV.wasGeneratedBy, iri),
            reports=self._all(ST.reports, iri),
            evidence=self._all(ST.evidence, iri),
            revision_of=self._all(PROV.wasRevisionOf, iri),
        )

    def passages(self, statement: Statement) -> list[Passage]:
        """The passages that prove a statement, in the order of the text."""
        found = []
        for iri in statement.evidence:
            selector = self._one(OA.hasSelector, iri) or ""
            start, end = self._one(OA.start, selector), self._one(OA.end, selector)
            if start and end:
                found.append(
                    Passage(
                        iri=iri,
                        part=self._name(ST.part, iri).removesuffix("Part"),
                        start=int(start),
                        end=int(end),
                        exact=self._one(OA.exact, selector) or "",
                        before=self._one(OA.prefix, selector) or "",
                        after=self._one(OA.suffix, selector) or "",
                    )
                )
        return sorted(found, key=lambda one: (one.start, one.end, one.iri))

    @cached_property
    def articles(self) -> dict[str, Article]:
        """All articles by IRI, in the order of publication."""
        found = []
        for iri in self._instances(SCHEMA.NewsArticle):
            found.append(
                Article(
                    iri=iri,
                    title=self._one(SCHEMA.headline, iri) or self.label(iri),
                    outlet=self._one(SCHEMA.publisher, iri),
                    published=self._when(SCHEMA.datePublished, iri),
                    url=self._one(SCHEMA.url, iri),
                    author=self._one(SCHEMA.author, iri),
                    language=self._one(SCHEMA.inLanguage, iri) or "en",
                    file_name=self._one(ST.fileName, iri),
                    sha256=self._alone(ST.sha256, iri),
                    dated_by=self._one(ST.datedBy, iri),
                )
            )
        found.sort(key=lambda one: (*one.published.order, one.iri))
        return {one.iri: one for one in found}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """All actors by IRI, in the order of their names."""
        found: dict[str, Actor] = {}
        for cls, kind in _ACTOR_KINDS:
            for iri in self._instances(cls):
                if iri not in found:
                    found[iri] = Actor(
                        iri=iri,
                        label=self.label(iri),
                        kind=kind,
                        aliases=self._all(SKOS.altLabel, iri),
                        same_as=self._all(SCHEMA.sameAs, iri),
                        known=self._name(ST.status, iri) != "candidate" and kind != "unnamed",
                        described=self._one(ST.describedAffiliation, iri),
                    )
        return dict(sorted(found.items(), key=lambda item: (item[1].label.casefold(), item[0])))

    @cached_property
    def memberships(self) -> list[Membership]:
        """All offices and memberships, in the order of their beginnings."""
        found = []
        for iri in self._instances(ORG.Membership):
            post = self._one(ORG.role, iri)
            found.append(
                Membership(
                    iri=iri,
                    member=self._one(ORG.member, iri) or "",
                    organization=self._one(ORG.organization, iri) or "",
                    office=self.label(post) if post else None,
                    held=self._when(ST.held, iri),
                    official=self._name(ST.voice, iri) == "official",
                )
            )
        return sorted(found, key=lambda one: (*one.held.order, one.iri))

    @cached_property
    def positions(self) -> dict[str, Position]:
        """All positions by IRI, in the order of their words."""
        found = [
            Position(
                iri=iri,
                label=self.label(iri),
                description=self._one(DCTERMS.description, iri),
                topics=self._all(ST.topic, iri),
                wordings_for=self._all(ST.wordingFor, iri),
                wordings_against=self._all(ST.wordingAgainst, iri),
                entails=self._all(ST.entails, iri),
                excludes=self._all(ST.excludes, iri),
            )
            for iri in self._instances(ST.Position)
        ]
        found.sort(key=lambda one: (one.label, one.iri))
        return {one.iri: one for one in found}

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """All topics by IRI, in the order of their names."""
        found = [
            Topic(iri, self.label(iri), self._all(SKOS.broader, iri)) for iri in self._instances(SKOS.Concept)
        ]
        found.sort(key=lambda one: (one.label, one.iri))
        return {one.iri: one for one in found}

    @cached_property
    def outlets(self) -> dict[str, str]:
        """Names of the outlets by IRI, in the order of the names."""
        found = {iri: self.label(iri) for iri in self._instances(SCHEMA.NewsMediaOrganization)}
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))

    @cached_property
    def codings(self) -> dict[str, Coding]:
        """All codings by IRI, in the order of time."""
        found = []
        for iri in self._instances(ST.Coding):
            agents = self._all(PROV.wasAssociatedWith, iri)
            found.append(
                Coding(
                    iri=iri,
                    label=self.label(iri),
                    time=self._one(PROV.endedAtTime, iri),
                    agents=agents,
                    version=self._one(ST.softwareVersion, iri),
                    model_digest=self._one(ST.modelDigest, iri),
                    decides=self._all(ST.decides, iri),
                    decision=self._name(ST.decision, iri) or None,
                )
            )
        found.sort(key=lambda one: (one.time or "", one.iri))
        return {one.iri: one for one in found}

    @cached_property
    def by_actor(self) -> dict[str, list[Stance]]:
        """Stances by everybody whom they belong to: holders, speakers and what these belonged to."""
        return _grouped((name, one) for one in self.stances.values() for name in one.belongs_to)

    @cached_property
    def by_position(self) -> dict[str, list[Stance]]:
        """Stances by position."""
        return _grouped((one.position, one) for one in self.stances.values())

    @cached_property
    def by_statement(self) -> dict[str, list[Stance]]:
        """Stances by statement."""
        return _grouped((one.statement, one) for one in self.stances.values())

    @cached_property
    def statements_by_article(self) -> dict[str, list[Statement]]:
        """Statements by article."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for one in self.statements.values():
            found[one.article].append(one)
        return dict(found)

    @cached_property
    def statements_by_utterance(self) -> dict[str, list[Statement]]:
        """Statements by utterance."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for one in self.statements.values():
            if one.utterance:
                found[one.utterance].append(one)
        return dict(found)

    @cached_property
    def reported_in(self) -> dict[str, list[str]]:
        """For each statement that is reported, the statements that report it."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.statements.values():
            for inner in one.reports:
                found[inner].append(one.iri)
        return dict(found)


def _grouped(pairs: Iterable[tuple[str, Stance]]) -> dict[str, list[Stance]]:
    found: dict[str, list[Stance]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)


__all__ = ["Facts"]
