"""The first page, and the page that says how the graph was made and how far it can be trusted."""

from __future__ import annotations

from collections import Counter

from kg.analyse.counts import articles_a_year, once, overview
from kg.pages.addresses import Page, fragment_of
from kg.pages.assets import CHART_SCRIPTS, scripts
from kg.pages.material import Material
from kg.pages.rendering import Content
from kg.pages.rows import rows_of
from kg.pages.timeline import first_lanes
from kg.pages.trust import checked, checked_tables
from kg.pages.words import day

_MOST = 8


def index_content(material: Material, page: Page) -> Content:
    """The first page."""
    facts = material.facts
    seen = overview(facts)
    stances = list(facts.stances.values())
    dated = [one for one in stances if one.when.dated]
    official = [one for one in dated if one.official]
    positions = Counter(position for position, _ in {(one.position, one.utterance) for one in stances})
    topics = Counter(topic for one in once(stances) for topic in one.topics)
    most = sorted(positions.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST]
    values = {
        "seen": seen,
        "first": seen.first_said.year if seen.first_said else None,
        "last": seen.last_said.year if seen.last_said else None,
        "newest": day(seen.newest),
        "coded_at": (seen.coded_at or "")[:10],
        "reviewed_share": _share(seen.reviewed, seen.stances),
        "doubtful_share": _share(seen.doubtful, seen.stances),
        "actors": [material.link(iri) for iri in first_lanes(stances)],
        "positions": [(material.link(iri), count) for iri, count in most],
        "topics": [
            material.link(iri)
            for iri, _ in sorted(topics.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST]
        ],
        "checked": checked(material),
        "newest_rows": rows_of(material, reversed(official[-_MOST:])),
    }
    years = {str(year): count for year, count in articles_a_year(facts).items()}
    sides = Counter((one.when.year, one.polarity) for one in dated)
    bars = [[str(year), side, count] for (year, side), count in sorted(sides.items(), key=str)]
    needed = (*CHART_SCRIPTS, *scripts("home.js"))
    return Content("Overview", "index.html", values, needed, {"years": {"articles": years, "sides": bars}})


def _share(part: int, whole: int) -> str:
    """A share in words, never rounded to none or all where it is not.

    >>> _share(0, 90), _share(1, 900), _share(45, 90), _share(90, 90)
    ('none', 'under 1 %', '50 %', 'all')
    """
    if not whole or not part:
        return "none"
    if part == whole:
        return "all"
    percent = 100 * part / whole
    return "under 1 %" if percent < 1 else "over 99 %" if percent > 99 else f"{percent:.0f} %"


def about_content(material: Material, page: Page) -> Content:
    """How the graph was made and how far it can be trusted; its codings and coders."""
    facts = material.facts
    shown = set(material.addresses.nodes_on(page))
    codings = [one for one in facts.codings.values() if one.iri in shown]
    counts = Counter(one.coding for one in facts.statements.values())
    others = sorted(shown - {one.iri for one in codings})
    values = {
        "seen": overview(facts),
        "reviewed_share": _share(sum(one.reviewed for one in facts.stances.values()), len(facts.stances)),
        "doubtful_share": _share(overview(facts).doubtful, len(facts.stances)),
        "codings": [(fragment_of(one.iri), one, counts[one.iri]) for one in codings],
        "agents": [(fragment_of(iri), facts.label(iri), iri) for iri in others],
        "checked": checked(material),
        "checked_tables": checked_tables(material),
        "base": material.iris.base,
        "graph": material.iris.current_graph,
    }
    return Content("How this was made", "about.html", values)


__all__ = ["about_content", "index_content"]
