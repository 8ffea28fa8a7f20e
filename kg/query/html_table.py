"""An answer as an HTML table, which is how notebooks show it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kg.query.terms import printable, python_value

if TYPE_CHECKING:
    from kg.query.results import Result

MOST_ROWS = 60
"""Rows that are shown; a notebook is no place for thousands."""


def to_html(result: Result) -> str:
    """The columns that a table for reading has, and the first rows; every value escaped."""
    flat = result.as_rows()
    shown = [place for place, name in enumerate(flat.columns) if name not in result.hidden]
    heads = "".join(f"<th>{escape(flat.columns[place].replace('_', ' '))}</th>" for place in shown)
    lines = []
    for row in flat.rows[:MOST_ROWS]:
        values = [python_value(row[place]) for place in shown]
        texts = ["" if value is None else escape(printable(str(value))) for value in values]
        lines.append("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>")
    title = f"<caption>{escape(result.title)}</caption>" if result.title else ""
    more = f"<p>{len(flat.rows) - MOST_ROWS} more rows</p>" if len(flat.rows) > MOST_ROWS else ""
    return f"<table>{title}<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>{more}"


__all__ = ["to_html"]
