"""The concepts of a database of Discourse Network Analyzer (DNA 3, SQLite) as a codebook.

A concept's label is its value, its topic the attribute `Type`, its description the attribute `Notes`, and
`Alias` a phrase of who is for it. Leifeld, P. (2024): Discourse Network Analyzer, https://github.com/leifeld/dna.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path

from kg.codebook.slugs import slug_of_label
from kg.model.codebook import Codebook, Position, Topic
from kg.model.errors import InputError
from kg.model.iris import Iris, slug

_MAGIC = b"SQLite format 3\x00"
_VARIABLE = "concept"
_MOST = 100_000


def is_dna(path: Path) -> bool:
    """Whether a file is a DNA database, by its name or its first bytes."""
    if path.suffix.lower() == ".dna":
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def read_dna(path: Path, iris: Iris, variable: str | None = None) -> Codebook:
    """The values of a variable as positions.

    Args:
        path: The database; it is opened for reading alone.
        iris: Makes the IRIs.
        variable: Name of the variable, `concept` unless told.

    Raises:
        InputError: It is no DNA database, or has no such variable or no values.
    """
    if not path.is_file():
        raise InputError("no such file", where=path)
    wanted = variable or _VARIABLE
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            rows = _rows(database, path, wanted)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise InputError(f"no DNA database: {error}", where=path, hint="DNA 3 saves .dna files") from error
    topics: dict[str, Topic] = {}
    positions: dict[str, Position] = {}
    for value, attributes in rows:
        label = " ".join(value.split()).rstrip(".")
        if not label:
            continue
        name = slug_of_label(label, positions)
        topic = attributes.get("type", "")
        if topic:
            topics.setdefault(slug(topic), Topic(iris.topic(slug(topic)), slug(topic), topic))
        alias = attributes.get("alias", "").replace("|", "/")
        positions[name] = Position(
            iris.position(name),
            name,
            label,
            (slug(topic),) if topic else (),
            attributes.get("notes", ""),
            (alias,) if alias else (),
        )
    if not positions:
        raise InputError(f"the variable '{wanted}' has no values", where=path)
    return Codebook(tuple(topics.values()), tuple(positions.values()))


def _rows(database: sqlite3.Connection, path: Path, wanted: str) -> list[tuple[str, dict[str, str]]]:
    names = database.execute("SELECT ID, Variable FROM VARIABLES WHERE DataType = 'short text'").fetchall()
    ids = [number for number, name in names if str(name).casefold() == wanted.casefold()]
    if not ids:
        known = [str(name) for _, name in names]
        near = get_close_matches(wanted, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else "it has " + (", ".join(known) or "none")
        raise InputError(f"the database has no variable '{wanted}'", where=path, hint=hint)
    found = []
    query = "SELECT ID, Value FROM ENTITIES WHERE VariableId = ? ORDER BY ID LIMIT ?"
    attributes = (
        "SELECT AttributeVariable, AttributeValue FROM ATTRIBUTEVALUES JOIN ATTRIBUTEVARIABLES"
        " ON ATTRIBUTEVALUES.AttributeVariableId = ATTRIBUTEVARIABLES.ID WHERE EntityId = ?"
    )
    for number, value in database.execute(query, (ids[0], _MOST)).fetchall():
        said = {
            str(name).casefold(): " ".join(str(text).split())
            for name, text in database.execute(attributes, (number,)).fetchall()
            if text
        }
        found.append((str(value), said))
    return found


__all__ = ["is_dna", "read_dna"]
