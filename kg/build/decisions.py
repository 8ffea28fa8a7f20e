"""Decisions: a person accepts or rejects a statement or stance, and the node is kept for ever.

A decision is a coding of its own in the graph of human codings. The node that is decided on is copied there,
with its evidence, so that it keeps its IRI and its words whatever a later reading makes of the article.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode, Quad

from kg.build.change import Change, GraphView
from kg.build.coding import CodingAgent, add_coding_as
from kg.build.nodes import Nodes, closure, content_of
from kg.build.terms import PROV, RDF, ST, Quads, node
from kg.build.words import dice, words_of
from kg.model.errors import UsageError
from kg.model.iris import Iris

Decision = Literal["reviewed", "rejected"]
SAME_WORDS = 0.5
"""Dice overlap of content words from which two statements of one article are readings of the same words."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The latest decision on a node."""

    status: NamedNode
    coding: NamedNode


def decision_change(
    view: GraphView, target: str, decision: Decision, coder: str, time: datetime.datetime, iris: Iris
) -> Change:
    """What recording a decision changes in the graph of human codings.

    The derived graph has to follow: hand the result to `kg.build.current.Deriver.coding`.

    Args:
        view: The graph.
        target: IRI of a statement or stance.
        decision: `reviewed` to accept it, `rejected` to strike it out.
        coder: Name of the person.
        time: When; the latest decision on a node wins.
        iris: Makes the IRIs.

    Raises:
        UsageError: There is no statement or stance of that IRI.
    """
    subject, graph = node(target), node(iris.coding_graph)
    if _home(view, subject, iris) is None:
        raise UsageError(
            f"<{target}> is no statement or stance of the graph", hint="copy the IRI from a query's result"
        )
    status = ST.reviewed if decision == "reviewed" else ST.rejected
    old = list(view.quads_for_pattern(subject, ST.status, None, graph))
    add = Quads(iris.coding_graph)
    for kept in _kept(view, subject, decision, iris):
        if (kept.subject, kept.predicate) != (subject, ST.status):
            add.found.append(Quad(kept.subject, kept.predicate, kept.object, graph))
    person = CodingAgent(coder, time, "person")
    activity = iris.coding(["decision", coder, target, decision, time.isoformat()])
    add_coding_as(add, activity, person, iris, f"{coder}: {decision}")
    add.add(node(activity), ST.decides, subject)
    add.add(node(activity), ST.decision, status)
    add.add(subject, ST.status, status)
    return Change.between(old, add.found)


def _kept(view: GraphView, subject: NamedNode, decision: Decision, iris: Iris) -> list[Quad]:
    """What is copied to the human codings, so that the node can outlive the reading that it comes from.

    With an accepted stance goes its statement, with an accepted statement its stances; of what is struck
    out the node alone is kept.
    """
    coding = node(iris.coding_graph)
    found: list[Quad] = []
    for one in [subject, *(_linked(view, subject, iris) if decision == "reviewed" else ())]:
        home = _home(view, one, iris)
        if home is None or home == coding:
            continue
        if decision == "reviewed":
            found += closure(view, home, [one])
        else:
            found += view.quads_for_pattern(one, None, None, home)
    return found


def _linked(view: GraphView, subject: NamedNode, iris: Iris) -> list[NamedNode]:
    """The statement of a stance, the stances of a statement."""
    found: dict[object, None] = {}
    for quad in (
        *view.quads_for_pattern(subject, ST.statement, None, None),
        *view.quads_for_pattern(None, ST.statement, subject, None),
    ):
        if quad.graph_name != node(iris.current_graph):
            other = quad.object if quad.subject == subject else quad.subject
            found[other] = None
    return sorted((one for one in found if isinstance(one, NamedNode)), key=str)


def _home(view: GraphView, subject: NamedNode, iris: Iris) -> NamedNode | None:
    """The graph that describes a statement or stance: that of human codings first."""
    skipped = {iris.current_graph, iris.index_graph}
    found = set()
    for kind in (ST.Statement, ST.Stance):
        for quad in view.quads_for_pattern(subject, RDF.type, kind, None):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in skipped:
                found.add(quad.graph_name)
    coding = node(iris.coding_graph)
    return coding if coding in found else min(found, key=str, default=None)


def decisions_on(
    view: GraphView, subjects: Iterable[NamedNode], graph: NamedNode
) -> dict[NamedNode, Decided]:
    """The latest decision on each of the nodes that people decided on.

    Args:
        view: The graph.
        subjects: Statements and stances.
        graph: The graph of human codings.
    """
    found: dict[NamedNode, Decided] = {}
    for subject in subjects:
        dated = []
        for quad in view.quads_for_pattern(None, ST.decides, subject, graph):
            said = Nodes(view.quads_for_pattern(quad.subject, None, None, graph))  # type: ignore[arg-type]
            coding = next(iter(said))
            status, time = said.node(coding, ST.decision), said.text(coding, PROV.endedAtTime)
            if status:
                dated.append((time or "", coding.value, Decided(status, coding)))
        if dated:
            found[subject] = max(dated, key=lambda entry: entry[:2])[2]
    return found


def revision_quads(view: GraphView, quads: Iterable[Quad], article: str, iris: Iris) -> list[Quad]:
    """Links from a new reading of an article to what people reviewed of an earlier one.

    Where a statement of the new reading has the words of a kept one but another IRI, it is a revision of it.

    Args:
        view: The graph, with the human codings.
        quads: The new named graph of the article.
        article: IRI of the article.
        iris: Names of the graphs.

    Returns:
        `prov:wasRevisionOf` quads to add to the article's graph.
    """
    graph = node(iris.coding_graph)
    start = [
        quad.subject
        for quad in view.quads_for_pattern(None, ST.source, node(article), graph)
        if isinstance(quad.subject, NamedNode)
    ]
    kept, fresh = Nodes(closure(view, graph, start)), Nodes(quads)
    earlier = [(old, words_of(content_of(kept, old))) for old in kept.instances(ST.Statement)]
    found = []
    for new in fresh.instances(ST.Statement) if earlier else []:
        words = words_of(content_of(fresh, new))
        home = node(iris.base + "graph/article/" + article.rsplit("/", 1)[-1])
        found += [
            Quad(new, PROV.wasRevisionOf, old, home)
            for old, said in earlier
            if old not in fresh and dice(words, said) >= SAME_WORDS
        ]
    return found


__all__ = ["SAME_WORDS", "Decided", "Decision", "decision_change", "decisions_on", "revision_quads"]
