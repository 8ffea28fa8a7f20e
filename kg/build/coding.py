"""Codings: who wrote nodes of the graph, with what and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from kg.build.nodes import Nodes
from kg.build.terms import PROV, ST, Quads, moment, node, text
from kg.model.iris import Iris

NOT_READ = "0" * 64
"""Digest of no model: of the coding of an article that was taken in and that nothing has read yet."""

AgentKind = Literal["software", "person"]


@dataclass(frozen=True, slots=True)
class CodingAgent:
    """One act of coding: a software with its model, or a person, at a time.

    Attributes:
        name: Name of the software or of the person.
        time: When it ended; one time for a whole run, so that all nodes of the run share one coding.
        version: Version of the software; None for a person.
        model_digest: Digest of the models and rules that a software coded with; None for a person.
        extractor: Name and version of the extractor that found the attributions; None where that is unknown.
        activity: IRI of the act where it has one already, as a decision has; None to make one.
    """

    name: str
    time: datetime.datetime
    kind: AgentKind = "software"
    version: str | None = None
    model_digest: str | None = None
    extractor: str | None = None
    activity: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether a person coded."""
        return self.kind == "person"

    def iri(self, iris: Iris) -> str:
        """IRI of the act of coding."""
        if self.activity is not None:
            return self.activity
        when = moment(self.time).value
        return iris.coding([self.kind, self.name, self.version or "", self.model_digest or "", when])

    @property
    def label(self) -> str:
        """What a reader sees: "Read by kg 0.1.0 with rules", "Coded by Jo Coder"."""
        if self.is_person:
            return f"Coded by {self.name}"
        software = f"{self.name} {self.version}" if self.version else self.name
        return f"Read by {software} with {self.extractor}" if self.extractor else f"Read by {software}"


def add_coding(quads: Quads, coding: CodingAgent, iris: Iris, label: str | None = None) -> None:
    """Add a coding and its agent.

    Args:
        quads: Where to.
        coding: Who coded, with what, when.
        iris: Makes the IRIs.
        label: Label instead of the usual one.
    """
    add_coding_as(quads, coding.iri(iris), coding, iris, label or coding.label)


def add_coding_as(quads: Quads, iri: str, coding: CodingAgent, iris: Iris, label: str) -> None:
    """Add a coding under an IRI of its own, with its agent."""
    activity = node(iri)
    quads.thing(activity, label, ST.Coding)
    agent = node(iris.agent(coding.name))
    quads.add(activity, PROV.wasAssociatedWith, agent)
    quads.add(activity, PROV.endedAtTime, moment(coding.time))
    if coding.version:
        quads.add(activity, ST.softwareVersion, text(coding.version))
    if coding.model_digest:
        quads.add(activity, ST.modelDigest, text(coding.model_digest))
    if coding.extractor:
        quads.add(activity, ST.extractor, text(coding.extractor))
    quads.thing(agent, coding.name, PROV.Person if coding.is_person else PROV.SoftwareAgent)


def is_read(nodes: Nodes, article: NamedNode) -> bool:
    """Whether a machine has read an article, by its own graph; not where its text was only taken in."""
    coding = nodes.node(article, PROV.wasGeneratedBy)
    return coding is not None and nodes.text(coding, ST.modelDigest) != NOT_READ


__all__ = ["NOT_READ", "AgentKind", "CodingAgent", "add_coding", "add_coding_as", "is_read"]
