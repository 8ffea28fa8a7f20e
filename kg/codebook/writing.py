"""Codebooks as files: CSV with its topics beside it, or Turtle; what is written is read back as the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from kg.build.codebook_graph import codebook_quads
from kg.model.codebook import Codebook, Position, Topic
from kg.model.iris import Iris
from kg.store.serialise import serialise

COLUMNS = ("position", "label", "topic", "description", "for", "against", "entails", "excludes")
TOPIC_COLUMNS = ("topic", "label", "broader")


def position_cells(position: Position) -> dict[str, str]:
    """A position as the cells of its row, by column.

    >>> position_cells(Position("p:a", "a", "A", ("x", "y"), for_phrases=("yes", "aye")))["for"]
    'yes|aye'
    """
    return {
        "position": position.slug,
        "label": position.label,
        "topic": " ".join(position.topics),
        "description": position.description,
        "for": "|".join(position.for_phrases),
        "against": "|".join(position.against_phrases),
        "entails": " ".join(position.entails),
        "excludes": " ".join(position.excludes),
    }


def topic_cells(topic: Topic) -> dict[str, str]:
    """A topic as the cells of its row, by column."""
    return {"topic": topic.slug, "label": topic.label, "broader": " ".join(topic.broader)}


def codebook_csv(codebook: Codebook) -> str:
    """The positions as a CSV table; `entails` and `excludes` only where any position has them."""
    rows = [position_cells(position) for position in codebook.positions]
    columns = [
        column
        for column in COLUMNS
        if column not in ("entails", "excludes") or any(row[column] for row in rows)
    ]
    return _table(columns, rows)


def topics_csv(codebook: Codebook) -> str:
    """The topics as the CSV table that stands beside the codebook's."""
    return _table(TOPIC_COLUMNS, [topic_cells(topic) for topic in codebook.topics])


def codebook_turtle(codebook: Codebook, iris: Iris) -> str:
    """The codebook as Turtle in the shape of its graph, with what became of earlier positions."""
    triples = [quad.triple for quad in codebook_quads(codebook, iris)]
    return serialise(triples, "ttl", base=iris.base).decode("utf-8")


def row_text(columns: tuple[str, ...] | list[str], cells: Mapping[str, str], delimiter: str = ",") -> str:
    """One row of a table, with its line's end."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([cells.get(column, "") for column in columns])
    return out.getvalue()


def _table(columns: tuple[str, ...] | list[str], rows: list[dict[str, str]]) -> str:
    return row_text(columns, {column: column for column in columns}) + "".join(
        row_text(columns, row) for row in rows
    )


__all__ = [
    "COLUMNS",
    "TOPIC_COLUMNS",
    "codebook_csv",
    "codebook_turtle",
    "position_cells",
    "row_text",
    "topic_cells",
    "topics_csv",
]
