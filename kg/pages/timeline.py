"""The stance timeline: all stances with filters, and a page a year so that none is left out of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.analyse.records import Stance
from kg.pages.actor import MOST_ROWS
from kg.pages.addresses import Page
from kg.pages.assets import CHART_SCRIPTS, scripts
from kg.pages.chart import chart_data
from kg.pages.material import Material
from kg.pages.rendering import Content, Link
from kg.pages.rows import rows_of

DATA_FILE = "data/timeline.json"
_MOST_IN_PAGE = 1000
"""Stances whose data stand in the page itself; where there are more a file is loaded."""
_FIRST_LANES = 8


def year_path(year: int | None) -> str:
    """Path of the page of a year, or of what nothing dates."""
    return f"timeline/{year:04d}.html" if year is not None else "timeline/undated.html"


def years_of(stances: Iterable[Stance]) -> dict[int | None, int]:
    """Number of stances by the year that lists them; what nothing dates comes last."""
    counts = Counter(one.when.year for one in stances)
    return dict(sorted(counts.items(), key=lambda entry: (entry[0] is None, entry[0] or 0)))


def year_links(stances: Iterable[Stance]) -> list[tuple[Link, int]]:
    """Links to the pages of the years, with numbers of stances."""
    return [
        (Link(str(year) if year is not None else "not dated", year_path(year)), number)
        for year, number in years_of(stances).items()
    ]


def first_lanes(stances: Iterable[Stance]) -> list[str]:
    """Whom the chart shows before anybody chooses: those officially spoken for, most often heard first.

    Where nobody speaks officially they are the holders themselves.
    """
    every = list(stances)
    heard = {(one.affiliation, one.utterance) for one in every if one.affiliation}
    counts = Counter(name for name, _ in heard or {(one.actor, one.utterance) for one in every})
    return [
        name for name, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:_FIRST_LANES]
    ]


def timeline_content(material: Material, page: Page) -> Content:
    """The timeline of all actors."""
    facts = material.facts
    stances = list(facts.stances.values())
    whole = len(stances) <= _MOST_IN_PAGE
    values = {
        "rows": rows_of(material, stances[-MOST_ROWS:]),
        "total": len(stances),
        "actors": len({one.actor for one in stances}),
        "articles": len(facts.articles),
        "years": year_links(stances),
        "topics": [(material.link(iri), material.path(iri)) for iri in facts.topics],
        "data_file": "" if whole else DATA_FILE,
    }
    data: dict[str, object] = {"lanes": [material.path(iri) for iri in first_lanes(stances)]}
    if whole:
        data["stances"] = chart_data(material, stances)
    needed = (*CHART_SCRIPTS, *scripts("lanes.js", "timeline.js"))
    return Content("Positions over time", "timeline.html", values, needed, data)


def year_content(material: Material, page: Page) -> Content:
    """All stances of a year."""
    stances = [one for one in material.facts.stances.values() if year_path(one.when.year) == page.path]
    year = stances[0].when.year if stances else None
    years = year_links(material.facts.stances.values())
    values = {"rows": rows_of(material, stances), "years": years, "total": len(stances)}
    title = f"Positions of {year}" if year is not None else "Positions without a date"
    return Content(title, "year.html", values)


__all__ = [
    "DATA_FILE",
    "first_lanes",
    "timeline_content",
    "year_content",
    "year_links",
    "year_path",
    "years_of",
]
