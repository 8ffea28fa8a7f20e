"""The pages of a position and of a topic: who stands where as of a day, and who agrees with whom."""

from __future__ import annotations

from collections import Counter

from kg.analyse.agreement import Pair, pairs
from kg.analyse.counts import once, utterances
from kg.analyse.records import Stance
from kg.analyse.standing import latest, shifts
from kg.pages.actor import MOST_ROWS
from kg.pages.addresses import Page
from kg.pages.assets import CHART_SCRIPTS, scripts
from kg.pages.chart import chart_data
from kg.pages.material import Material
from kg.pages.node import facts_of
from kg.pages.rendering import Content, Link
from kg.pages.rows import Row, row_of, rows_of
from kg.pages.trust import checked

_MOST_PAIRS = 30
_CHART = (*CHART_SCRIPTS, *scripts("lanes.js"))


def position_content(material: Material, page: Page) -> Content:
    """The page of a position."""
    facts, iri = material.facts, page.iri or ""
    position = facts.positions[iri]
    stances = facts.by_position.get(iri, [])
    now = once(latest(stances))
    shown = stances[-MOST_ROWS:]
    values = {
        "position": position,
        "topics": [material.link(topic) for topic in position.topics],
        "entails": [material.link(other) for other in position.entails],
        "excludes": [material.link(other) for other in position.excludes],
        "now": camps(material, now),
        "shifts": [(row_of(material, one.before), row_of(material, one.after)) for one in shifts(stances)],
        "rows": rows_of(material, reversed(shown)),
        "total": len(stances),
        "utterances": utterances(stances),
        "actors": len({one.actor for one in stances}),
        "outlets": len({one.outlet for one in stances if one.outlet}),
        "reviewed": sum(one.reviewed for one in stances),
        "checked": checked(material, "position", iri),
        "iri": iri,
        "facts": facts_of(material, iri),
    }
    if not stances:
        return Content(position.label, "position.html", values)
    data = {"stances": chart_data(material, stances)}
    return Content(position.label, "position.html", values, (*_CHART, *scripts("standing.js")), data)


def camps(material: Material, stances: list[Stance]) -> list[tuple[str, list[Row]]]:
    """Rows by side, for the three columns of a position: who supports, who is neutral, who opposes."""
    rows = rows_of(material, stances)
    sides = ("supports", "neutral", "opposes")
    return [(side, [row for row in rows if row.polarity == side]) for side in sides]


def topic_content(material: Material, page: Page) -> Content:
    """The page of a topic, with all topics below it."""
    facts, iri = material.facts, page.iri or ""
    topic = facts.topics[iri]
    stances = [one for one in facts.stances.values() if iri in one.topics]
    counts = Counter(one.position for one in once(stances))
    below = [one for one in facts.topics.values() if iri in one.broader]
    mine = {iri, *_below(material, iri)}
    positions = [one for one in facts.positions.values() if mine.intersection(one.topics)]
    listed = [(material.link(one.iri), counts[one.iri], _sides(stances, one.iri)) for one in positions]
    values = {
        "topic": topic,
        "broader": [material.link(one) for one in topic.broader],
        "narrower": [material.link(one.iri) for one in below],
        "positions": sorted(listed, key=lambda entry: (-entry[1], entry[0].label)),
        "pairs": pair_rows(material, pairs(stances, at_least=1)[:_MOST_PAIRS]),
        "rows": rows_of(material, reversed(stances[-MOST_ROWS:])),
        "total": len(stances),
        "utterances": utterances(stances),
        "iri": iri,
        "facts": facts_of(material, iri),
    }
    data = {"stances": chart_data(material, stances[-MOST_ROWS:])} if stances else {}
    return Content(topic.label, "topic.html", values, _CHART if data else (), data)


def _below(material: Material, iri: str) -> set[str]:
    found, queue = set(), [iri]
    while queue:
        above = queue.pop()
        for one in material.facts.topics.values():
            if above in one.broader and one.iri not in found:
                found.add(one.iri)
                queue.append(one.iri)
    return found


def _sides(stances: list[Stance], position: str) -> tuple[int, int, int]:
    """Actors who ever supported, were neutral, opposed."""
    found = {(one.actor, one.polarity) for one in stances if one.position == position}
    counts = Counter(polarity for _, polarity in found)
    return counts["supports"], counts["neutral"], counts["opposes"]


def pair_rows(
    material: Material, found: list[Pair]
) -> list[tuple[Link, Link, list[Link], list[Link], float]]:
    """Pairs with links: two actors, positions that they agree and differ on, and the balance."""
    return [
        (
            material.link(one.first),
            material.link(one.second),
            [material.link(iri) for iri in one.agree],
            [material.link(iri) for iri in one.differ],
            one.balance,
        )
        for one in found
    ]


__all__ = ["camps", "pair_rows", "position_content", "topic_content"]
