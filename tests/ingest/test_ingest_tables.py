import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.tables import parse_table, read_table
from kg.model.errors import InputError

CELL = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12
)


@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_comes_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    writer.writerow(["name", "note"])
    writer.writerows(rows)
    kept = [row for row in rows if any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#")]
    read = parse_table(table.getvalue(), "a.csv", ["name"])
    assert [(row["name"], row["note"]) for row in read] == [(a.strip(), b.strip()) for a, b in kept]


def test_names_the_line_where_a_row_begins(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffName ; Note\r\n\r\nAnn;"two\r\nlines"\r\n# remark\r\nBob;x\r\n'.encode("utf-16"))
    rows = read_table(path, ["name"])
    assert [row.where.rsplit(" ", 1)[1] for row in rows] == ["3", "6"]
    assert rows[0]["note"] == "two\r\nlines"
    assert rows[1]["missing"] == ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a,b\n1,2\n", "lacks the column name"),
        ("name,name\n1,2\n", "twice"),
        ("name,b\n1,2,3\n", "line 2: the row has 3 cells"),
        ("# only a remark\n", "no header"),
    ],
)
def test_says_what_is_wrong(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        parse_table(text, "a.csv", ["name"])
