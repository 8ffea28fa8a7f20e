"""Codings: who wrote nodes of the graph, with what and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from kg.build.change import GraphView
from kg.build.nodes import Nodes
from kg.build.terms import PROV, RDF, RDFS, ST, Quads, moment, node, text
from kg.model.errors import UsageError
from kg.model.iris import Iris, person_name

NOT_READ = "0" * 64
"""Digest of no model: of the coding of an article that was taken in and that nothing has read yet."""

AgentKind = Literal["software", "person"]

MACHINE = "machine"
"""Name that the machine goes by where it is measured against people."""


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
        agent: IRI of the software or person where the graph has one already; None to make it from the name.
    """

    name: str
    time: datetime.datetime
    kind: AgentKind = "software"
    version: str | None = None
    model_digest: str | None = None
    extractor: str | None = None
    activity: str | None = None
    agent: str | None = None

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


def checked_person(name: str) -> str:
    """The name that somebody gives as a person's, as it is written down.

    Raises:
        UsageError: It is blank, or has line feeds or other control characters, which would break lists of
            what people did; or it is "machine", which agreement is measured with.
    """
    found = name.strip()
    if not found:
        raise UsageError("who codes needs a name", hint="it was blank")
    if not found.isprintable():
        raise UsageError(f"{name!r} is no name", hint="write it without line feeds and control characters")
    if found.casefold() == MACHINE:
        raise UsageError(f"'{found}' is no person's name here", hint="the machine's own coding has it")
    return person_name(found)


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
    made = iris.person(coding.name) if coding.is_person else iris.software(coding.name)
    agent = node(coding.agent or made)
    quads.add(activity, PROV.wasAssociatedWith, agent)
    quads.add(activity, PROV.endedAtTime, moment(coding.time))
    if coding.version:
        quads.add(activity, ST.softwareVersion, text(coding.version))
    if coding.model_digest:
        quads.add(activity, ST.modelDigest, text(coding.model_digest))
    if coding.extractor:
        quads.add(activity, ST.extractor, text(coding.extractor))
    quads.thing(
        agent,
        person_name(coding.name) if coding.is_person else coding.name,
        PROV.Person if coding.is_person else PROV.SoftwareAgent,
    )


def is_read(nodes: Nodes, article: NamedNode) -> bool:
    """Whether a machine has read an article, by its own graph; not where its text was only taken in."""
    coding = nodes.node(article, PROV.wasGeneratedBy)
    return coding is not None and nodes.text(coding, ST.modelDigest) != NOT_READ


def person_in(view: GraphView, name: str, iris: Iris) -> str:
    """IRI of a person who codes: the one that the graph of human codings has, else a new one of their own.

    Args:
        view: The graph.
        name: The name.
        iris: Makes the IRI.
    """
    graph, label = node(iris.coding_graph), text(person_name(name))
    people = {
        quad.subject
        for quad in view.quads_for_pattern(None, RDFS.label, label, graph)
        for _ in view.quads_for_pattern(quad.subject, RDF.type, PROV.Person, graph)  # type: ignore[arg-type]
    }
    for person in sorted(people, key=str):
        if isinstance(person, NamedNode) and _names(view, person, graph) == {label.value}:
            return person.value
    usual = iris.person(name)
    known = [_names(view, node(usual), one) for one in (graph, node(iris.codebook_graph))]
    softwares = view.quads_for_pattern(node(usual), RDF.type, PROV.SoftwareAgent, None)
    taken = bool(set().union(*known) - {label.value}) or any(True for _ in softwares)
    return iris.person(name, taken=taken)


def _names(view: GraphView, person: NamedNode, graph: NamedNode) -> set[str]:
    found = view.quads_for_pattern(person, RDFS.label, None, graph)
    return {person_name(quad.object.value) for quad in found}  # type: ignore[union-attr]


__all__ = [
    "MACHINE",
    "NOT_READ",
    "AgentKind",
    "CodingAgent",
    "add_coding",
    "add_coding_as",
    "checked_person",
    "is_read",
    "person_in",
]
