"""What was coded with a position that the codebook has no more, as it counts today.

Graphs and decisions keep what was read or decided at the time. When they are used, stances on former
positions become stances on what took their place; a stance keeps its IRI.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.build.decisions import Decision
from kg.build.nodes import Nodes, Value
from kg.build.records import Record, key_of
from kg.build.terms import RDFS, ST, node, text
from kg.model.codebook import Codebook
from kg.model.iris import Iris

Said = list[tuple[NamedNode, Value]]


def recoded(nodes: Nodes, codebook: Codebook, iris: Iris) -> Nodes:
    """Nodes whose stances on former positions stand on those of today.

    Where a statement had a stance of the same holder on the position of today already, that one counts.
    Stances on positions that nothing took the place of, or that were split without a word on the statement,
    stay as they are; the derived graph leaves them out.

    Args:
        nodes: What a graph says of an article's statements.
        codebook: The codebook of today, with its former positions.
        iris: Makes the IRIs of further stances, where one becomes several.
    """
    if not codebook.former:
        return nodes
    old: list[NamedNode] = []
    taken: set[tuple[NamedNode | None, ...]] = set()
    for stance in nodes.instances(ST.Stance):
        position = nodes.node(stance, ST.position)
        if position is not None and position.value in codebook.former_by_id:
            old.append(stance)
        else:
            taken.add((nodes.node(stance, ST.statement), nodes.node(stance, ST.actor), position))
    changed: dict[NamedNode, Said | None] = {}
    for stance in old:
        _recode(nodes, stance, codebook, iris, taken, changed)
    return nodes.changed(changed) if changed else nodes


def _recode(
    nodes: Nodes,
    stance: NamedNode,
    codebook: Codebook,
    iris: Iris,
    taken: set[tuple[NamedNode | None, ...]],
    changed: dict[NamedNode, Said | None],
) -> None:
    statement, holder = nodes.node(stance, ST.statement), nodes.node(stance, ST.actor)
    position, polarity = nodes.node(stance, ST.position), nodes.node(stance, ST.polarity)
    if statement is None or holder is None or position is None or polarity is None:
        return
    former = codebook.former_by_id[position.value]
    side = polarity.value.rsplit("#", 1)[-1]
    key = key_of(statement.value)
    now = codebook.in_force(former.position.slug, side, key)
    if not now:
        return
    changed[stance] = None
    first = True
    for slug, new_side in now:
        target = codebook.position_by_slug[slug]
        place = (statement, holder, node(target.id))
        if place in taken:
            continue
        taken.add(place)
        subject = stance if first else node(iris.stance(key, holder.value, target.id))
        first = False
        changed[subject] = _said(nodes, stance, side, new_side, target.id, target.label)


def _said(nodes: Nodes, stance: NamedNode, side: str, new: str, position: str, label: str) -> Said:
    who = (nodes.text(stance, RDFS.label) or "").rsplit(f" {_verb(side)}: ", 1)[0]
    instead: dict[NamedNode, Value] = {
        ST.position: node(position),
        ST.polarity: getattr(ST, new),
        RDFS.label: text(f"{who} {_verb(new)}: {label}"),
    }
    return [(name, instead.get(name, value)) for name, value in nodes.of(stance)]


def _verb(stance: str) -> str:
    return "is neutral on" if stance == "neutral" else stance


def recoded_record(record: Record, codebook: Codebook) -> Record:
    """A record whose positions are those of today; see `recoded`."""
    if not codebook.former or all(
        one["position"] not in codebook.former_by_slug for one in record["positions"]
    ):
        return record
    found: dict[str, Record] = {
        one["position"]: one for one in record["positions"] if one["position"] not in codebook.former_by_slug
    }
    for one in record["positions"]:
        if one["position"] in codebook.former_by_slug:
            for slug, side in codebook.in_force(one["position"], one["stance"], record["id"]):
                found.setdefault(slug, {**one, "position": slug, "stance": side})
    return {**record, "positions": [found[slug] for slug in sorted(found)]}


def recoded_log(log: Iterable[Decision], codebook: Codebook) -> list[Decision]:
    """Decisions whose records have the positions of today."""
    if not codebook.former:
        return list(log)
    return [
        replace(
            one,
            seen=recoded_record(one.seen, codebook) if one.seen and "positions" in one.seen else one.seen,
            becomes=tuple(recoded_record(record, codebook) for record in one.becomes),
        )
        for one in log
    ]


__all__ = ["recoded", "recoded_log", "recoded_record"]
