"""Which statements and stances of one article are in force, after what people decided.

People beat the machine: their own statements show, and a machine's statement of the same words gives way;
what a person rejected never shows; what a person accepted is taken as it stood then.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.build.change import GraphView, graph_quads
from kg.build.decisions import SAME_WORDS, Decided, decisions_on
from kg.build.nodes import Nodes, closure, content_of
from kg.build.terms import PROV, RDF, SCHEMA, ST, node
from kg.build.words import dice, words_of
from kg.model.iris import Iris

_HIDDEN = (ST.rejected, ST.superseded)


@dataclass
class Effective:
    """What is in force of one article.

    Attributes:
        article: The article's node.
        read: What the article's own graph says.
        coded: What people wrote or decided.
        statements: Statements in force, with the nodes that describe them.
        stances: Stances in force, with the nodes that describe them.
        status: The status of each of them.
        decisions: Codings of decisions on them.
        instead: Statements that gave way, with what took their place.
    """

    article: NamedNode
    read: Nodes
    coded: Nodes
    statements: dict[NamedNode, Nodes] = field(default_factory=dict)
    stances: dict[NamedNode, Nodes] = field(default_factory=dict)
    status: dict[NamedNode, NamedNode] = field(default_factory=dict)
    decisions: list[NamedNode] = field(default_factory=list)
    instead: dict[NamedNode, NamedNode] = field(default_factory=dict)


def effective(view: GraphView, digest: str, iris: Iris) -> Effective | None:
    """What is in force of an article; None if the graph does not have it.

    Args:
        view: The graph.
        digest: SHA-256 of the article's text, or its first 16 digits.
        iris: Names of the graphs.
    """
    article, graph = node(iris.article(digest)), node(iris.coding_graph)
    read = Nodes(graph_quads(view, node(iris.article_graph(digest))))
    if SCHEMA.NewsArticle not in read.values(article, RDF.type):
        return None
    start = [
        quad.subject
        for quad in view.quads_for_pattern(None, ST.source, article, graph)
        if isinstance(quad.subject, NamedNode)
    ]
    coded = Nodes(closure(view, graph, start))
    result = Effective(article, read, coded)
    subjects = dict.fromkeys(
        subject
        for nodes in (coded, read)
        for kind in (ST.Statement, ST.Stance)
        for subject in nodes.instances(kind)
    )
    decided = decisions_on(view, subjects, graph)
    coded.take_in(closure(view, graph, (one.coding for one in decided.values())))
    _choose_statements(result, decided)
    _choose_stances(result, decided)
    shown = (*result.statements, *result.stances)
    result.decisions = [decided[subject].coding for subject in shown if subject in decided]
    return result


def _status(nodes: Nodes, subject: NamedNode, decided: dict[NamedNode, Decided]) -> NamedNode:
    if subject in decided:
        return decided[subject].status
    return nodes.node(subject, ST.status) or ST.candidate


def _choose_statements(result: Effective, decided: dict[NamedNode, Decided]) -> None:
    human: list[tuple[NamedNode, tuple[str, ...]]] = []
    for statement in result.coded.instances(ST.Statement):
        status = _status(result.coded, statement, decided)
        if status not in _HIDDEN:
            result.statements[statement], result.status[statement] = result.coded, status
            human.append((statement, words_of(content_of(result.coded, statement))))
    for statement in result.read.instances(ST.Statement):
        status = _status(result.read, statement, decided)
        if statement in result.coded or status in _HIDDEN:
            continue
        if human:
            words = words_of(content_of(result.read, statement))
            best = max(human, key=lambda other: (dice(words, other[1]), other[0].value))
            if dice(words, best[1]) >= SAME_WORDS:
                result.instead[statement] = best[0]
                continue
        result.statements[statement], result.status[statement] = result.read, status


def _choose_stances(result: Effective, decided: dict[NamedNode, Decided]) -> None:
    rejected = {
        stance
        for stance in result.coded.instances(ST.Stance)
        if _status(result.coded, stance, decided) in _HIDDEN
    }
    for nodes in (result.coded, result.read):
        for stance in nodes.instances(ST.Stance):
            if stance in result.stances or (nodes is result.read and stance in rejected):
                continue
            status, statement = _status(nodes, stance, decided), nodes.node(stance, ST.statement)
            if nodes is result.coded and status == ST.candidate and statement in result.read:
                continue  # kept for a statement that somebody accepted; its latest reading counts
            if status in _HIDDEN or statement not in result.statements:
                continue
            if nodes is result.read and _by_person(result.statements[statement], statement):
                continue  # the person said which stances the statement takes
            result.stances[stance], result.status[stance] = nodes, status


def _by_person(nodes: Nodes, statement: NamedNode) -> bool:
    coding = nodes.node(statement, PROV.wasGeneratedBy)
    agent = nodes.node(coding, PROV.wasAssociatedWith) if coding else None
    return agent is not None and PROV.Person in nodes.values(agent, RDF.type)


__all__ = ["Effective", "effective"]
