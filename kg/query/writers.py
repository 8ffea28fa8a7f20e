"""Writes answers: a registry of formats, each a function from a result to text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.model.errors import UsageError
from kg.query.card import to_card
from kg.query.results import Result
from kg.query.terms import Term, Value, printable, shorten
from kg.store.serialise import RdfFormatName, serialise

Writer = Callable[[Result], str]
TABLE_WIDTH = 160


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    text = shorten(term.value) if isinstance(term, ox.NamedNode) else term.value
    return printable(text)


def to_table(result: Result, width: int = TABLE_WIDTH, colour: bool = False) -> str:
    """A table to read, without the columns that the query hides and those in which nothing stands.

    Args:
        result: What to write.
        width: Columns of characters to fit into; long cells are broken, never cut.
        colour: Whether to mark the headings with terminal codes.
    """
    flat = result.as_rows()
    shown = [
        place
        for place, name in enumerate(flat.columns)
        if name not in result.hidden and (not flat.rows or any(row[place] is not None for row in flat.rows))
    ]
    names = {place: flat.columns[place].replace("_", " ") for place in shown}
    widths = {
        place: max([len(names[place]), *(len(_cell(row[place])) for row in flat.rows)]) for place in shown
    }
    wide = sum(widths.values()) + 3 * len(shown) > width
    longest = _unbroken(list(widths.values()), width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", expand=wide)
    for place in shown:
        numeric = bool(flat.rows) and all(_is_number(row[place]) for row in flat.rows)
        # Short columns (dates, stances, references) keep their width; the others share what is left, those
        # of whole sentences with twice the share.
        short = widths[place] <= longest
        table.add_column(
            names[place],
            justify="right" if numeric else "left",
            overflow="fold",
            no_wrap=short,
            ratio=None if short or not wide else (2 if widths[place] > 60 else 1),
        )
    for row in flat.rows:
        table.add_row(*(Text(_cell(row[place])) for place in shown))
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
    )
    console.print(table)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join(lines) + "\n"


def _unbroken(widths: list[int], width: int) -> int:
    """Up to which length columns keep their cells on one line, so that the others have room for words."""
    for longest in (22, 16, 12):
        left = width - 3 * len(widths) - sum(one for one in widths if one <= longest)
        if left >= 14 * sum(one > longest for one in widths):
            return longest
    return 10


def _is_number(term: Term | None) -> bool:
    return term is None or (
        isinstance(term, ox.Literal) and bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", term.value))
    )


def _delimited(result: Result, dialect: str) -> str:
    flat = result.as_rows()
    out = io.StringIO()
    writer = csv.writer(out, dialect, lineterminator="\n")
    writer.writerow(flat.columns)
    writer.writerows([["" if term is None else term.value for term in row] for row in flat.rows])
    return out.getvalue()


def to_csv(result: Result) -> str:
    """Comma-separated values with a heading: all columns, values as they are, empty where unbound."""
    return _delimited(result, "excel")


def to_tsv(result: Result) -> str:
    """The same with tabs."""
    return _delimited(result, "excel-tab")


def _json_value(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return value.isoformat()


def _json_records(result: Result) -> list[dict[str, str | int | float | bool | None]]:
    return [{name: _json_value(value) for name, value in record.items()} for record in result.records()]


def to_json(result: Result) -> str:
    """A list of objects, one a row, with plain values; null where nothing is bound."""
    return json.dumps(_json_records(result), ensure_ascii=False, indent=2) + "\n"


def to_jsonl(result: Result) -> str:
    """One object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in _json_records(result))


def to_srj(result: Result) -> str:
    """The W3C's JSON format of SPARQL results, with the type of each term."""
    if result.answer is not None:
        return json.dumps({"head": {}, "boolean": result.answer}) + "\n"
    flat = result.as_rows()
    bindings = [
        {name: _srj_term(term) for name, term in zip(flat.columns, row, strict=True) if term is not None}
        for row in flat.rows
    ]
    whole = {"head": {"vars": list(flat.columns)}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _srj_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value.endswith("XMLSchema#string"):
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _triples(result: Result, format_: RdfFormatName) -> str:
    if result.triples is None:
        raise UsageError("rows cannot be written as RDF", hint="use table, csv, tsv, json, jsonl or srj")
    return serialise(result.triples, format_).decode("utf-8")


def to_ttl(result: Result) -> str:
    """Turtle, of queries that make triples."""
    return _triples(result, "ttl")


def to_nt(result: Result) -> str:
    """N-Triples, of queries that make triples."""
    return _triples(result, "nt")


WRITERS: dict[str, Writer] = {
    "table": to_table,
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "jsonl": to_jsonl,
    "card": to_card,
    "srj": to_srj,
    "ttl": to_ttl,
    "nt": to_nt,
}
"""The formats of answers; to add one, add its function here."""


def write(result: Result, format_: str = "table") -> str:
    """The answer in a format.

    Raises:
        UsageError: There is no such format, or it does not fit the answer.
    """
    if format_ not in WRITERS:
        raise UsageError(f"there is no format '{format_}'", hint="use one of " + ", ".join(WRITERS))
    return WRITERS[format_](result)
