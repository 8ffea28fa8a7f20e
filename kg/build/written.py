"""What people wrote down of an article and of earlier versions of its text, where the words stand today."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.build.anchoring import anchored
from kg.build.article_graph import coded_quads
from kg.build.change import GraphView
from kg.build.coding import CodingAgent
from kg.build.decisions import versions
from kg.build.nodes import Nodes, closure
from kg.build.records import Record, Recorder, statement_of
from kg.build.terms import PROV, RDFS, ST, node
from kg.model.article import Article
from kg.model.codebook import Codebook
from kg.model.iris import Iris, person_name
from kg.model.register import Register


@dataclass(frozen=True, slots=True)
class Written:
    """A statement that a person wrote down.

    Attributes:
        statement: Its node.
        record: What it says.
        coding: Who wrote it down, and when.
    """

    statement: NamedNode
    record: Record
    coding: CodingAgent


def written(
    view: GraphView, own: NamedNode, article: Article, iris: Iris, register: Register, codebook: Codebook
) -> tuple[Nodes, list[Written]]:
    """What people wrote down of an article, where its words stand in its text.

    Args:
        view: The graph.
        own: Its node.
        article: The article, with its text of today.
        iris: Names of the graphs.
        register: Known actors.
        codebook: Known positions.

    Returns:
        The statements and stances with all that describes them, and the statements whose words are gone.
    """
    quads, lost = closure(view, node(iris.coding_graph), _coded_of(view, own, iris)), list[Written]()
    standing: dict[CodingAgent, list[Written]] = {}
    for one in written_of(view, versions(view, own, iris)[1:], iris, register, codebook):
        found = anchored(one.record, article.text)
        if found is None:
            lost.append(one)
        else:
            standing.setdefault(one.coding, []).append(replace(one, record=found))
    # With the positions of their day, so that stances keep their IRIs where they are recoded.
    of_their_day = codebook.with_former
    for coding, those in standing.items():
        statements = [
            replace(statement_of(one.record, article.name, of_their_day), reports=one.record["reports"])
            for one in those
        ]
        quads += coded_quads(article, statements, coding, iris, of_their_day, register=register)
    return Nodes(dict.fromkeys(quads)), lost


def written_of(
    view: GraphView, articles: Sequence[NamedNode], iris: Iris, register: Register, codebook: Codebook
) -> Iterator[Written]:
    """What people wrote down of articles, as they wrote it, whether the graph still has these or not."""
    for article in articles:
        nodes = Nodes(closure(view, node(iris.coding_graph), _coded_of(view, article, iris)))
        recorder = Recorder(nodes, register, codebook.with_former)
        for statement in nodes.instances(ST.Statement):
            yield Written(statement, recorder.record(statement), coding_of(nodes, statement))


def coding_of(nodes: Nodes, statement: NamedNode) -> CodingAgent:
    """The person who wrote a statement down, and when."""
    coding = nodes.node(statement, PROV.wasGeneratedBy)
    agent = nodes.node(coding, PROV.wasAssociatedWith) if coding else None
    name = nodes.text(agent, RDFS.label) if agent else None
    time = nodes.text(coding, PROV.endedAtTime) if coding else None
    return CodingAgent(
        person_name(name or "somebody"),
        datetime.datetime.fromisoformat(time or "1970-01-01T00:00:00Z"),
        "person",
        activity=coding.value if coding else None,
        agent=agent.value if agent else None,
    )


def _coded_of(view: GraphView, article: NamedNode, iris: Iris) -> list[NamedNode]:
    """The statements, stances and decisions that the graph of human codings has of an article."""
    found: Iterator[Quad] = view.quads_for_pattern(None, ST.source, article, node(iris.coding_graph))
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


__all__ = ["Written", "coding_of", "written", "written_of"]
