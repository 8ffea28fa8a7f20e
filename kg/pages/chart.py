"""Data of the stance charts: compact, with names written once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.analyse.counts import articles_a_year
from kg.analyse.records import Stance
from kg.pages.material import Material
from kg.pages.rows import row_of
from kg.pages.words import quoted

FIELDS = (
    "page",
    "statement",
    "holder",
    "office",
    "position",
    "sign",
    "condition",
    "date",
    "earliest",
    "latest",
    "reviewed",
    "official",
    "claim",
    "quote",
    "language",
    "article",
    "source",
    "belongs",
    "topics",
    "confidence",
    "utterance",
)
"""What the places of a stance's list are; `holder`, `position`, `article`, `belongs` and `topics` are places
in the list of names; what has one number as `utterance` reports one speech act."""


class _Names:
    """Labels and paths, each written once."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._place: dict[str, int] = {}
        self.list: list[tuple[str, str]] = []

    def place(self, iri: str) -> int:
        if iri not in self._place:
            self._place[iri] = len(self.list)
            self.list.append((self._material.facts.label(iri), self._material.path(iri)))
        return self._place[iri]


def chart_data(material: Material, stances: Iterable[Stance]) -> dict[str, Any]:
    """Stances for `chart.js` and `timeline.js`.

    Returns:
        `fields`, `stances` (a list a stance, in the order of `fields`), `names` (label and path), and
        `articles` (number of articles read by year, of the whole graph).
    """
    facts, names = material.facts, _Names(material)
    found: list[list[object]] = []
    utterances: dict[str, int] = {}
    for one in stances:
        row = row_of(material, one)
        statement, article = facts.statements.get(one.statement), facts.articles.get(one.article)
        found.append(
            [
                row.stance,
                row.statement,
                names.place(one.actor),
                row.office,
                names.place(one.position),
                row.sign,
                one.condition or "",
                row.date,
                one.when.earliest.isoformat() if one.when.earliest else "",
                one.when.latest.isoformat() if one.when.latest else "",
                int(one.reviewed),
                int(one.official),
                one.claim,
                quoted(facts.passages(statement)) if statement else "",
                article.language if article else "en",
                names.place(one.article),
                row.source.label,
                [names.place(iri) for iri in one.belongs_to],
                [names.place(iri) for iri in one.topics],
                one.confidence,
                utterances.setdefault(one.utterance, len(utterances)),
            ]
        )
    years = {str(year): count for year, count in articles_a_year(facts).items()}
    return {"fields": FIELDS, "stances": found, "names": names.list, "articles": years}


__all__ = ["FIELDS", "chart_data"]
