"""What a change of the codebook does to the stances in the graph."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.build.change import GraphView
from kg.build.nodes import Nodes
from kg.build.records import key_of
from kg.build.terms import RDFS, ST, node
from kg.model.codebook import Codebook
from kg.model.iris import Iris


@dataclass(frozen=True, slots=True)
class Conflict:
    """A statement that took both sides of what is one position now; the position that stays counts.

    Attributes:
        statement: Identifier of the statement.
        label: What it says, and who says it.
        former: Slug of the position that goes.
        position: Slug of the one that takes its place.
        left_out: The stance that counts no more.
    """

    statement: str
    label: str
    former: str
    position: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the stances in force.

    Attributes:
        moved: Number of stances on positions that go which stand on others afterwards.
        people: How many of these people wrote down or confirmed.
        lost: Number of stances that no position is there for afterwards.
        lost_people: How many of these people wrote down or confirmed; the graph keeps them.
        conflicts: Statements that took both sides.
    """

    moved: int = 0
    people: int = 0
    lost: int = 0
    lost_people: int = 0
    conflicts: tuple[Conflict, ...] = ()


def effect_of(view: GraphView, old: Codebook, new: Codebook, iris: Iris) -> Effect:
    """What becomes of the stances in force.

    Args:
        view: The graph, with the old codebook in force.
        old: The codebook as it was.
        new: The codebook as it will be.
        iris: Names of the graphs.
    """
    graph = node(iris.current_graph)
    moved = people = lost = lost_people = 0
    conflicts: list[Conflict] = []
    for position in old.positions:
        if position.slug in new.position_by_slug:
            continue
        for quad in view.quads_for_pattern(None, ST.position, node(position.id), graph):
            if not isinstance(quad.subject, NamedNode):
                continue
            said = Nodes(view.quads_for_pattern(quad.subject, None, None, graph))
            stance = quad.subject
            statement, polarity = said.node(stance, ST.statement), said.node(stance, ST.polarity)
            if statement is None or polarity is None:
                continue
            reviewed = said.node(stance, ST.status) == ST.reviewed
            side = polarity.value.rsplit("#", 1)[-1]
            now = new.in_force(position.slug, side, key_of(statement.value))
            if not now:
                lost, lost_people = lost + 1, lost_people + reviewed
                continue
            moved, people = moved + 1, people + reviewed
            for slug, new_side in now:
                other = _other(view, statement, said.node(stance, ST.actor), slug, old, graph)
                if other is not None and other != new_side:
                    label = said.text(stance, RDFS.label) or ""
                    conflicts.append(Conflict(key_of(statement.value), label, position.slug, slug, new_side))
    return Effect(moved, people, lost, lost_people, tuple(sorted(conflicts, key=lambda one: one.statement)))


def _other(
    view: GraphView,
    statement: NamedNode,
    holder: NamedNode | None,
    slug: str,
    old: Codebook,
    graph: NamedNode,
) -> str | None:
    """Where the same holder stood in the same statement on the position that stays."""
    kept = old.position_by_slug.get(slug)
    for quad in view.quads_for_pattern(None, ST.statement, statement, graph) if kept else ():
        said = Nodes(view.quads_for_pattern(quad.subject, None, None, graph))  # type: ignore[arg-type]
        stance: NamedNode = quad.subject  # type: ignore[assignment]
        if said.node(stance, ST.position) == node(kept.id) and said.node(stance, ST.actor) == holder:  # type: ignore[union-attr]
            polarity = said.node(stance, ST.polarity)
            return polarity.value.rsplit("#", 1)[-1] if polarity else None
    return None


__all__ = ["Conflict", "Effect", "effect_of"]
