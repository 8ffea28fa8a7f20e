"""What is left of decisions on several articles when one of them is forgotten.

A decision that statements report one utterance, or different ones, goes on holding for those of them that are
still there; what it says of the forgotten article, and that article's words, go. A revocation goes with what
it takes back and stays with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.build.change import GraphView
from kg.build.decisions import ON_PAIRS, Decision, read_decision
from kg.build.records import key_of
from kg.build.terms import ST, node
from kg.model.iris import Iris


def decisions_left(
    view: GraphView, subjects: Iterable[NamedNode], gone: Collection[str], iris: Iris
) -> tuple[list[NamedNode], list[Decision]]:
    """The decisions that forgetting articles touches, and what takes their place.

    Args:
        view: The graph.
        subjects: What the graph of human codings has of the articles.
        gone: IRIs of the articles.
        iris: Makes the IRIs.

    Returns:
        The decisions among the subjects with all that revokes them; and what is left of these, under the same
        IRIs.
    """
    touched: dict[str, Decision] = {}
    queue = list(subjects)
    while queue:
        subject = queue.pop()
        decision = None if subject.value in touched else read_decision(view, subject, iris)
        if decision is not None:
            touched[decision.id] = decision
            revoking = view.quads_for_pattern(None, ST.revokes, subject, node(iris.coding_graph))
            queue += [quad.subject for quad in revoking if isinstance(quad.subject, NamedNode)]
    left: dict[str, Decision] = {}
    for decision in sorted(touched.values(), key=lambda one: one.sequence):
        if decision.revokes is None:
            rest = _without(decision, gone, iris)
        else:
            revoked = left.get(decision.revokes)
            rest = revoked and replace(decision, article=revoked.article, target=revoked.target)
        if rest is not None:
            left[decision.id] = rest
    return [node(iri) for iri in touched], list(left.values())


def _without(decision: Decision, gone: Collection[str], iris: Iris) -> Decision | None:
    """What a decision says of statements of other articles than those that are gone; None for nothing."""
    if decision.action not in ON_PAIRS:
        return None
    there = [iri for iri in decision.together if _article(iri, iris) not in gone]
    others = [one for one in decision.others if iris.statement(one["id"]) in there]
    if decision.article not in gone:
        return replace(decision, together=tuple(there), others=tuple(others)) if there else None
    if decision.action == "differ" or len(there) < 2:
        # Each of the others was told apart from the one that is gone, not from each other.
        return None
    first, *rest = there
    seen = next((one for one in others if one["id"] == key_of(first)), None)
    return replace(
        decision,
        article=_article(first, iris),
        target=first,
        seen=seen,
        together=tuple(rest),
        others=tuple(one for one in others if one is not seen),
    )


def _article(statement: str, iris: Iris) -> str:
    """IRI of the article that a statement was first read in."""
    return iris.article(key_of(statement).split(".")[0])


__all__ = ["decisions_left"]
