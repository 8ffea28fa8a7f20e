"""Reads what people said of statements and others: one utterance, or different ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from kg.build.change import Change, GraphView
from kg.build.decisions import ON_PAIRS, Decision, is_revoked, read_decision
from kg.build.parting import Verdict
from kg.build.terms import PROV, ST, node
from kg.model.iris import Iris

_LINKS = (PROV.used, *ON_PAIRS.values())


def verdict_of(decision: Decision) -> Verdict:
    """What a decision on pairs says of each of them."""
    same = decision.action == "merge"
    return Verdict(same, decision.adjudicates, decision.sequence, decision.id, decision.coder)


def verdicts_on(
    view: GraphView, names: Iterable[NamedNode], iris: Iris
) -> Iterator[tuple[NamedNode, Verdict]]:
    """All that people said of a statement and others and did not take back.

    Args:
        view: The graph.
        names: The IRIs that people may have decided on the statement by.
        iris: Names of the graphs.

    Yields:
        The IRI of the other statement, as the person knew it, and what was said.
    """
    for name in names:
        for subject in _naming(view, name, iris):
            decision = read_decision(view, subject, iris)
            if decision is None or decision.action not in ON_PAIRS or is_revoked(view, subject, iris):
                continue
            others = decision.together if decision.target == name.value else (decision.target,)
            for other in others:
                yield node(other), verdict_of(decision)


def ever_apart(view: GraphView, names: Iterable[NamedNode], iris: Iris) -> bool:
    """Whether anybody ever told a statement and another one apart, taken back or not."""
    graph = node(iris.coding_graph)
    return any(
        True
        for name in names
        for subject in _naming(view, name, iris)
        for _ in view.quads_for_pattern(subject, ST.differentUtterance, None, graph)
    )


def _naming(view: GraphView, name: NamedNode, iris: Iris) -> Iterator[NamedNode]:
    """The codings that name a statement as their own or as another one of a pair."""
    graph = node(iris.coding_graph)
    for link in _LINKS:
        for quad in view.quads_for_pattern(None, link, name, graph):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


def decided_on(view: GraphView, change: Change, iris: Iris) -> set[NamedNode]:
    """Statements whose utterance a change of the log may move, by the IRIs that people knew them by.

    Args:
        view: The graph with the change.
        change: Change of the graph of human codings.
        iris: Names of the graphs.
    """
    graph, found = node(iris.coding_graph), set[NamedNode]()
    quads = [*change.add, *change.remove]
    queue = [quad.subject for quad in quads if quad.predicate in (*_LINKS, ST.revokes)]
    for quad in quads:
        if quad.predicate in _LINKS and isinstance(quad.object, NamedNode):
            found.add(quad.object)
    seen = set(queue)
    while queue:
        subject = queue.pop()
        for quad in view.quads_for_pattern(subject, None, None, graph):  # type: ignore[arg-type]
            if quad.predicate in _LINKS and isinstance(quad.object, NamedNode):
                found.add(quad.object)
            elif quad.predicate == ST.revokes and quad.object not in seen:
                seen.add(quad.object)  # type: ignore[arg-type]
                queue.append(quad.object)  # type: ignore[arg-type]
    return found


def verdicts_among(
    decisions: Sequence[Decision], of_today: Mapping[str, str]
) -> dict[frozenset[str], Verdict]:
    """What counts of what people said, by pairs of statements.

    Args:
        decisions: Decisions that stand.
        of_today: The statement in force that an IRI means, where it is another one.
    """
    found: dict[frozenset[str], Verdict] = {}
    for decision in decisions:
        if decision.action not in ON_PAIRS:
            continue
        verdict, target = verdict_of(decision), of_today.get(decision.target, decision.target)
        for name in decision.together:
            pair = frozenset((target, of_today.get(name, name)))
            if len(pair) == 2 and (pair not in found or found[pair].rank < verdict.rank):
                found[pair] = verdict
    return found


__all__ = ["decided_on", "ever_apart", "verdict_of", "verdicts_among", "verdicts_on"]
