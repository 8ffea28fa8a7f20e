"""Small corrections of the user's own register, written into its file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ingest.decode import read_text
from kg.ingest.register import read_register
from kg.model.atomic import write_bytes
from kg.model.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.project.project import Project

_COLUMNS = ["name", "kind", "aliases", "member_of", "office", "from", "until", "wikidata", "voice"]
Table = list[dict[str, str]]


def add_actor(project: Project, name: str, row: Mapping[str, str | None]) -> Path:
    """Add a line for an actor to a CSV register.

    Args:
        project: The project.
        name: Canonical name.
        row: Values of `kind`, `member_of`, `office`, `since` and `until`.

    Returns:
        The register's file.

    Raises:
        UsageError: The register is Turtle or the bundled example's.
        InputError: With the new line the register would be wrong; it is left as it was.
    """
    named = {"since": "from"}

    def change(table: Table) -> Table:
        new = {named.get(key, key): value or "" for key, value in row.items()}
        return [*table, {"name": name, **new}]

    return _rewrite(project, change)


def add_alias(project: Project, name: str, alias: str) -> Path:
    """Add another name of an actor to a CSV register; errors as in `add_actor`."""

    def change(table: Table) -> Table:
        names = [line["name"] for line in table]
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"did you mean '{near[0]}'?" if near else "'kg actors add' adds somebody"
            raise UsageError(f"the register has no '{name}'", hint=hint)
        first = table[names.index(name)]
        aliases = [part for part in (first.get("aliases") or "").split("|") if part]
        if alias not in aliases:
            first["aliases"] = "|".join([*aliases, alias])
        return table

    return _rewrite(project, change)


def _rewrite(project: Project, change: Callable[[Table], Table]) -> Path:
    path = project.settings.register
    if project.settings.bundled and path.is_relative_to(project.settings.folder):
        raise UsageError(
            "the example that comes with kg is not changed", hint="make a project with 'kg init'"
        )
    if path.suffix.lower() != ".csv":
        raise UsageError(
            "only a CSV register is changed here", where=path, hint="edit the Turtle file by hand"
        )
    text = read_text(path)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text.split("\n", 1)[0], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    lines = csv.DictReader(io.StringIO(text), dialect=dialect)
    table = change([{key: value or "" for key, value in line.items() if key} for line in lines])
    columns = list(lines.fieldnames or _COLUMNS)
    columns += [
        column for column in _COLUMNS if any(line.get(column) for line in table) and column not in columns
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=dialect.delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({column: line.get(column, "") for column in columns} for line in table)
    # Read back beside the old file: a register that kg could not read must not take its place.
    trial = path.with_name(f".{path.stem}.trial.csv")
    try:
        write_bytes(trial, out.getvalue().encode("utf-8"))
        read_register(trial, project.iris)
        trial.replace(path)
    except InputError as error:
        raise InputError(error.what, where=path, hint="nothing was changed") from error
    finally:
        trial.unlink(missing_ok=True)
    return path
