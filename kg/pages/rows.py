"""A stance as a row of a table, with links: the same in all tables, so that they read alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.analyse.records import Article, Stance
from kg.pages.material import Material
from kg.pages.rendering import Link
from kg.pages.words import when


@dataclass(frozen=True, slots=True)
class Row:
    """A stance as tables show it.

    Attributes:
        iso: The date as a machine reads it, for sorting; empty where nothing dates it.
        date: The date in words.
        who: The holder.
        office: The speaker and the office, where they say more than the holder's name; empty otherwise.
        sign: -1 opposes, 0 neutral, 1 supports.
        stance: Address of the stance's page.
        statement: Address of the statement's page.
    """

    iso: str
    date: str
    who: Link
    office: str
    polarity: str
    sign: int
    condition: str | None
    reviewed: bool
    confidence: float | None
    official: bool
    position: Link
    claim: str
    source: Link
    stance: str
    statement: str


SIGNS = {"opposes": -1, "neutral": 0, "supports": 1}


def source_of(material: Material, article: Article | None) -> str:
    """Outlet and date of an article: "Exapress, 14 Nov 2008"."""
    if article is None:
        return "unknown article"
    outlet = material.facts.label(article.outlet) if article.outlet else article.title
    return f"{outlet}, {when(article.published)}" if article.published.dated else outlet


def row_of(material: Material, stance: Stance) -> Row:
    """A stance as a row."""
    facts = material.facts
    parts = [facts.label(stance.speaker)] if stance.speaker != stance.actor else []
    parts += [stance.office] if stance.office else []
    article = facts.articles.get(stance.article)
    earliest = stance.when.earliest or stance.when.latest
    return Row(
        iso=earliest.isoformat() if earliest else "",
        date=when(stance.when),
        who=material.link(stance.actor),
        office=", ".join(parts),
        polarity=stance.polarity,
        sign=SIGNS.get(stance.polarity, 0),
        condition=stance.condition,
        reviewed=stance.reviewed,
        confidence=stance.confidence,
        official=stance.official,
        position=material.link(stance.position),
        claim=stance.claim,
        source=Link(source_of(material, article), material.path(stance.article)),
        stance=material.path(stance.iri),
        statement=material.path(stance.statement),
    )


def rows_of(material: Material, stances: Iterable[Stance]) -> list[Row]:
    """Stances as rows, in their order."""
    return [row_of(material, one) for one in stances]


__all__ = ["SIGNS", "Row", "row_of", "rows_of", "source_of"]
