"""CSV tables as people save them: any encoding, comma, semicolon or tab, each row with its line number."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.ingest.decode import read_text
from kg.model.errors import InputError

_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells by column name, stripped of outer blanks, and the file and line where it begins."""

    cells: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty where the column or the cell is missing."""
        return self.cells.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that are separated by `|`, without empty and repeated ones."""
        parts = (" ".join(part.split()) for part in self[column].split("|"))
        return tuple(dict.fromkeys(part for part in parts if part))


def read_table(path: Path, required: Sequence[str]) -> list[Row]:
    """The rows of a CSV file with a header; empty rows and rows that begin with `#` are left out.

    Column names are compared without case and outer blanks; further columns are kept.

    Args:
        path: The file.
        required: Columns without which it makes no sense.

    Raises:
        InputError: The file cannot be read, a column is missing or named twice, or a row has too many cells.
    """
    return parse_table(read_text(path), path, required)


def parse_table(text: str, where: str | Path, required: Sequence[str]) -> list[Row]:
    r"""As `read_table`, from text.

    >>> [row["name"] for row in parse_table("Name;kind\nAnn;person\n", "a.csv", ["name"])]
    ['Ann']
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    header: list[str] | None = None
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if header is None:
                header = _header(cells, where, required)
                continue
            rows.append(_row(header, cells, f"{where}, line {line}"))
    except csv.Error as error:
        raise InputError(f"not a CSV table: {error}", where=f"{where}, line {reader.line_num}") from error
    if header is None:
        raise InputError("the table has no header", where=where, hint="begin with " + ",".join(required))
    return rows


def delimiter_of(text: str) -> str:
    """The separator that the first line with content has most of."""
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    return max(_DELIMITERS, key=first.count)


def _header(cells: Sequence[str], where: str | Path, required: Sequence[str]) -> list[str]:
    header = [cell.strip().strip("\ufeff").casefold() for cell in cells]
    missing = [column for column in required if column not in header]
    if missing:
        raise InputError(
            "the table lacks the column " + ", ".join(missing),
            where=where,
            hint="it has " + (", ".join(column for column in header if column) or "none"),
        )
    for column in header:
        if column and header.count(column) > 1:
            raise InputError(f"the table has the column {column} twice", where=where)
    return header


def _row(header: Sequence[str], cells: Sequence[str], where: str) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise InputError(
            f"the row has {len(cells)} cells and the header {len(header)}",
            where=where,
            hint='put a cell that holds the separator in quotation marks: "a, b"',
        )
    return Row({name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}, where)


__all__ = ["Row", "delimiter_of", "parse_table", "read_table"]
