"""How much was read and how much of it people looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.analyse.facts import Facts
from kg.analyse.records import Day, Stance


def articles_a_year(facts: Facts) -> dict[int, int]:
    """Articles by year of publication, years without any included; what nothing dates is left out."""
    years = Counter(one.published.year for one in facts.articles.values())
    dated = [year for year in years if year is not None]
    return {year: years[year] for year in range(min(dated), max(dated) + 1)} if dated else {}


def utterances(stances: list[Stance]) -> int:
    """Number of speech acts: what thirty papers reprint is one voice."""
    return len({one.utterance for one in stances})


def once(stances: Iterable[Stance]) -> list[Stance]:
    """One of all reports of a stance in one utterance, the reviewed before others, in the order given."""
    found: dict[tuple[object, ...], Stance] = {}
    for one in stances:
        conditional = bool(one.condition) and one.polarity != "neutral"
        key = one.utterance, one.actor, one.position, one.polarity, conditional
        if key not in found or one.reviewed > found[key].reviewed:
            found[key] = one
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Overview:
    """What the graph holds and how far it was checked.

    Attributes:
        reviewed: Stances that a person wrote down or accepted.
        doubtful: Stances that nobody reviewed and that the machine was less than half sure of.
        one_article: Utterances that one article alone reports.
        newest: Last day that an article may have been published on.
        first_said: First day of a dated stance.
        last_said: Last day of a dated stance.
        coded_at: When the last coding ended.
    """

    articles: int
    outlets: int
    statements: int
    stances: int
    utterances: int
    actors: int
    positions: int
    positions_taken: int
    reviewed: int
    doubtful: int
    one_article: int
    newest: Day | None
    first_said: Day | None
    last_said: Day | None
    coded_at: str | None


def overview(facts: Facts) -> Overview:
    """Count what the graph holds."""
    stances = list(facts.stances.values())
    starts = [one.when.earliest for one in stances if one.when.earliest]
    ends = [one.when.latest for one in stances if one.when.latest]
    articles = facts.articles.values()
    return Overview(
        articles=len(articles),
        outlets=len({one.outlet for one in articles if one.outlet}),
        statements=len(facts.statements),
        stances=len(stances),
        utterances=len(facts.statements_by_utterance),
        actors=len({one.speaker for one in facts.statements.values()}),
        positions=len(facts.positions),
        positions_taken=len(facts.by_position),
        reviewed=sum(one.reviewed for one in stances),
        doubtful=sum(not one.reviewed and (one.confidence or 1) < 0.5 for one in stances),
        one_article=sum(
            len({one.article for one in group}) == 1 for group in facts.statements_by_utterance.values()
        ),
        newest=max((one.published.latest for one in articles if one.published.latest), default=None),
        first_said=min(starts, default=None),
        last_said=max(ends, default=None),
        coded_at=max((one.time for one in facts.codings.values() if one.time), default=None),
    )


__all__ = ["Overview", "articles_a_year", "once", "overview", "utterances"]
