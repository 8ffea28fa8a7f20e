"""The network of actors by agreement."""

from __future__ import annotations

from collections import Counter

from kg.analyse.agreement import Pair, pairs, spoken_for
from kg.analyse.records import Stance
from kg.pages.addresses import Page
from kg.pages.assets import CHART_SCRIPTS, scripts
from kg.pages.material import Material
from kg.pages.position import pair_rows
from kg.pages.rendering import Content

_MOST_NODES = 60
_MOST_PAIRS = 60


def network_content(material: Material, page: Page) -> Content:
    """Actors, and those they officially speak for, linked by positions that they share or dispute."""
    stances = list(material.facts.stances.values())
    actors, states = pairs(stances), pairs(stances, spoken_for)
    parts = [
        _part(material, stances, states, by_state=True),
        _part(material, stances, actors, by_state=False),
    ]
    values = {
        "actors": pair_rows(material, actors[:_MOST_PAIRS]),
        "states": pair_rows(material, states[:_MOST_PAIRS]),
    }
    needed = (*CHART_SCRIPTS, *scripts("network.js"))
    return Content("Who agrees with whom", "network.html", values, needed, {"network": parts})


def _part(
    material: Material, stances: list[Stance], found: list[Pair], *, by_state: bool
) -> dict[str, list[list[object]]]:
    """Nodes and links of the drawing: those with most utterances alone, as more could not be told apart."""
    said = {(one.affiliation if by_state else one.actor, one.utterance) for one in stances}
    counts = Counter(name for name, _ in said if name)
    linked = {name for one in found for name in (one.first, one.second)}
    order = sorted((name for name in counts if name in linked), key=lambda name: (-counts[name], name))
    chosen = {name: place for place, name in enumerate(order[:_MOST_NODES])}
    nodes: list[list[object]] = []
    for name in chosen:
        link = material.link(name)
        nodes.append([link.label, link.address, counts[name]])
    return {
        "nodes": nodes,
        "links": [
            [chosen[one.first], chosen[one.second], len(one.agree), len(one.differ), one.balance]
            for one in found
            if one.first in chosen and one.second in chosen
        ],
    }


__all__ = ["network_content"]
