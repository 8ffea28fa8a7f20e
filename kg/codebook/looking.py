"""The positions of a codebook, with what was said on them: for lists and for one position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pyoxigraph as ox

from kg.codebook.changes import known
from kg.model.codebook import Codebook, Position
from kg.query.results import Result, from_oxigraph
from kg.store.embedded import Store

_COUNTS = """
SELECT ?position ?polarity (COUNT(*) AS ?stances) WHERE {
  SELECT DISTINCT ?position ?polarity ?actor_ ?utterance WHERE {
    ?stance a st:Stance ; st:position ?position ; st:polarity ?polarity ; st:actor ?actor_ ;
      st:utterance ?utterance .
  }
} GROUP BY ?position ?polarity
"""
_EXAMPLES = """
SELECT ?position ?polarity ?utterance ?who ?date ?claim ?source WHERE {
  ?stance a st:Stance ; st:position ?position ; st:polarity ?polarity ; st:actor/rdfs:label ?who ;
    st:utterance ?utterance ; st:claim/rdfs:label ?claim ; st:source/rdfs:label ?source .
  OPTIONAL { ?stance st:date ?date }
} ORDER BY ?date ?who ?claim
"""
_SIDES = ("supports", "opposes", "neutral")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One position, with numbers of stances by side; all reports of one utterance count once."""

    position: str
    label: str
    topics: str
    supports: int
    opposes: int
    neutral: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All about one position.

    Attributes:
        status: `in force` or `former`.
        history: Changes that it was part of, in words.
        replaced_by: For a former one, slugs of what took its place.
        stances: Numbers by side; all reports of one utterance count once.
        examples: Some stances by side, in words, one of each utterance.
    """

    position: str
    iri: str
    label: str
    status: str
    topics: tuple[str, ...]
    description: str
    for_phrases: tuple[str, ...]
    against_phrases: tuple[str, ...]
    entails: tuple[str, ...]
    excludes: tuple[str, ...]
    replaced_by: tuple[str, ...]
    history: tuple[str, ...]
    stances: dict[str, int]
    examples: dict[str, list[str]]


def entries(codebook: Codebook, store: Store | None) -> list[Entry]:
    """All positions in the order of the codebook; without a graph nothing was said on any."""
    counts = _counts(store)
    return [
        Entry(one.slug, one.label, " ".join(one.topics), *(counts.get((one.id, side), 0) for side in _SIDES))
        for one in codebook.positions
    ]


def entries_table(found: Sequence[Entry]) -> Result:
    """The entries as a table."""
    columns = tuple(field.name for field in fields(Entry))
    rows = tuple(tuple(ox.Literal(getattr(one, name)) for name in columns) for one in found)
    return Result(columns, rows)


def shown(codebook: Codebook, name: str, store: Store | None) -> Shown:
    """All about one position, in force or former.

    Raises:
        UsageError: There is none of that name.
    """
    former = codebook.former_by_slug.get(name)
    position = former.position if former and name not in codebook.position_by_slug else known(codebook, name)
    in_force = position.slug in codebook.position_by_slug
    counts = _counts(store)
    return Shown(
        position.slug,
        position.id,
        position.label,
        "in force" if in_force else "former",
        position.topics,
        position.description,
        position.for_phrases,
        position.against_phrases,
        position.entails,
        position.excludes,
        () if in_force else codebook.successors(position.slug),
        tuple(_history(codebook, position)),
        {side: counts.get((position.id, side), 0) for side in _SIDES},
        _examples(store, position),
    )


def position_lines(one: Shown) -> Iterator[str]:
    """A position for people to read."""
    yield f"{one.label} ({one.position})"
    if one.status == "former":
        yield f"  former       replaced by {', '.join(one.replaced_by) or 'nothing'}"
    values: Mapping[str, Any] = {
        "topics": ", ".join(one.topics),
        "description": one.description,
        "for": " | ".join(one.for_phrases),
        "against": " | ".join(one.against_phrases),
        "entails": ", ".join(one.entails),
        "excludes": ", ".join(one.excludes),
        "IRI": one.iri,
    }
    for name, value in values.items():
        if value:
            yield f"  {name:12} {value}"
    for side in _SIDES:
        if one.stances[side]:
            yield f"  {side:12} {one.stances[side]}"
            for line in one.examples.get(side, []):
                yield f"               {line}"
    for line in one.history:
        yield f"  history      {line}"


def _history(codebook: Codebook, position: Position) -> Iterator[str]:
    numbers = {
        one.change
        for one in codebook.former
        if position.slug in (one.position.slug, *codebook.successors(one.position.slug))
    }
    for change in codebook.changes:
        if change.number in numbers:
            why = f": {change.why}" if change.why else ""
            yield f"{change.time} {change.by}: {change.what}{why}"


def _counts(store: Store | None) -> dict[tuple[str, str], int]:
    if store is None:
        return {}
    rows = from_oxigraph(store.query(_COUNTS, check=False)).records()
    return {(str(row["position"]), _side(row)): int(str(row["stances"])) for row in rows}


def _side(row: Mapping[str, Any]) -> str:
    return str(row["polarity"]).rsplit("#", 1)[-1]


def _examples(store: Store | None, position: Position) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if store is None:
        return found
    told = set()
    for row in from_oxigraph(store.query(_EXAMPLES, check=False)).records():
        side = _side(row)
        report = side, row["utterance"], row["who"]
        if row["position"] != position.id or report in told:
            continue
        told.add(report)
        if len(found.setdefault(side, [])) < _SHOWN:
            found[side].append(f"{row['date'] or 'undated'} {row['who']}: {row['claim']} ({row['source']})")
    return found


__all__ = ["Entry", "Shown", "entries", "entries_table", "position_lines", "shown"]
