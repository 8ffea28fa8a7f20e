"""A CSV table of positions or topics that is changed row by row; comments, columns and other rows stay."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from kg.ingest.tables import delimiter_of


@dataclass(slots=True)
class _Row:
    """A row as it stands: its characters, and its cells where it is one of the table's."""

    text: str
    cells: list[str] | None = None


class TableFile:
    """A CSV table with a column that names its rows.

    Args:
        text: The file's text.
        key: The column that names a row.
    """

    def __init__(self, text: str, key: str) -> None:
        """Take the text apart into rows."""
        self._delimiter = delimiter_of(text)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._rows: list[_Row] = []
        self._header: _Row | None = None
        lines = list(io.StringIO(text, newline=""))
        reader = csv.reader(iter(lines), delimiter=self._delimiter)
        begins = 0
        for cells in reader:
            row = _Row("".join(lines[begins : reader.line_num]))
            begins = reader.line_num
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                row.cells = cells
                if self._header is None:
                    self._header = row
            self._rows.append(row)
        columns = self._header.cells if self._header and self._header.cells else []
        self.columns = [cell.strip().strip("\ufeff").casefold() for cell in columns]
        self._key = self.columns.index(key)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(row.text for row in self._rows)

    def cells(self, name: str) -> dict[str, str]:
        """The cells of a row by column, as they stand."""
        row = self._rows[self._index(name)]
        return dict(zip(self.columns, row.cells or (), strict=False))

    def names(self) -> list[str]:
        """The names of the rows, in their order."""
        return [self._name(row) for row in self._rows if row.cells and row is not self._header]

    def put(self, name: str, cells: Mapping[str, str], after: str | None = None) -> None:
        """Write a row in place of the one of that name; a new one after another, or as the first.

        Columns that the table lacks are added where a cell needs them; those of the user's own stay.
        """
        for column, value in cells.items():
            if value and column not in self.columns:
                self._add_column(column)
        if name in self.names():
            index = self._index(name)
            values = self.cells(name) | dict(cells)
            self._rows[index] = self._made(values)
            return
        at = self._index(after) + 1 if after is not None else self._first()
        if at > 0 and not self._rows[at - 1].text.endswith(("\n", "\r")):
            self._rows[at - 1].text += self._newline
        self._rows.insert(at, self._made(dict(cells)))

    def drop(self, name: str) -> None:
        """Take a row out."""
        del self._rows[self._index(name)]

    def _name(self, row: _Row) -> str:
        cells = row.cells or []
        return cells[self._key].strip() if self._key < len(cells) else ""

    def _index(self, name: str) -> int:
        for index, row in enumerate(self._rows):
            if row.cells is not None and row is not self._header and self._name(row) == name:
                return index
        raise KeyError(name)

    def _first(self) -> int:
        """Where the first row of the table is, or would be."""
        for index, row in enumerate(self._rows):
            if row.cells is not None and row is not self._header:
                return index
        return len(self._rows)

    def _made(self, values: Mapping[str, str]) -> _Row:
        cells = [values.get(column, "") for column in self.columns]
        return _Row(self._line(cells), cells)

    def _line(self, cells: list[str]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self._delimiter, lineterminator=self._newline).writerow(cells)
        return out.getvalue()

    def _add_column(self, column: str) -> None:
        assert self._header is not None and self._header.cells is not None  # noqa: S101 - read_table saw one
        self.columns.append(column)
        self._header.cells = [*self._header.cells, column]
        self._header.text = self._line(self._header.cells)


__all__ = ["TableFile"]
