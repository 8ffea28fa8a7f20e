"""The history of a codebook: a file of JSON lines beside it, a line a change, which only grows.

`codebook.csv` has its history in `codebook.history.jsonl`. A line says what was done, by whom, when and why;
which positions went and what took their place; for a split position which part each statement is about; and
which lines of the files were changed, so that it can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.ingest.json_lines import read_json_lines
from kg.model.codebook import Assigned, CodebookChange, FormerPosition, Position, Successor
from kg.model.errors import InputError

SUFFIX = ".history.jsonl"
ACTIONS = ("merge", "split", "divide", "rename", "import", "undo")
_STANCES = ("supports", "opposes", "neutral")


@dataclass(frozen=True)
class Entry:
    """One line of a history.

    Attributes:
        change: What was done, by whom, when, why.
        former: Positions that went with it.
        assigned: Parts of statements by slug of the former position and identifier of the statement.
        edits: By name of file the runs of lines that were changed; see `kg.codebook.edits`.
    """

    change: CodebookChange
    former: tuple[FormerPosition, ...] = ()
    assigned: dict[str, dict[str, tuple[Assigned, ...]]] = field(default_factory=dict)
    edits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The line as JSON values."""
        change = self.change
        return {
            "change": change.number,
            "action": change.action,
            "by": change.by,
            "time": change.time,
            "what": change.what,
            "why": change.why,
            "undoes": change.undoes,
            "former": [
                {
                    **position_json(one.position),
                    "becomes": [{"position": to.position, "turned": to.turned} for to in one.becomes],
                }
                for one in self.former
            ],
            "assigned": {
                slug: {
                    statement: [
                        {"position": one.position, "stance": one.stance, "by_machine": one.by_machine}
                        for one in parts
                    ]
                    for statement, parts in statements.items()
                }
                for slug, statements in self.assigned.items()
            },
            "edits": self.edits,
        }


def history_path(codebook: Path) -> Path:
    """Where the history of a codebook is.

    >>> history_path(Path("a/codebook.csv")).as_posix()
    'a/codebook.history.jsonl'
    """
    return codebook.with_name(codebook.stem + SUFFIX)


def read_history(codebook: Path) -> list[Entry]:
    """The history of a codebook, oldest first; empty where it has none.

    Raises:
        InputError: The file cannot be read, or a line is wrong.
    """
    path = history_path(codebook)
    if not path.exists():
        return []
    found: list[Entry] = []
    for where, record in read_json_lines(path):
        entry = _entry(record, where)
        if entry.change.number != len(found) + 1:
            raise InputError(
                f"change {entry.change.number} where {len(found) + 1} is expected",
                where=where,
                hint="the history only grows: bring back the lines that are missing",
            )
        found.append(entry)
    return found


def undone(entries: list[Entry]) -> set[int]:
    """Numbers of the changes that were taken back."""
    return {entry.change.undoes for entry in entries if entry.change.undoes is not None}


def former_positions(entries: list[Entry], positions: tuple[Position, ...]) -> tuple[FormerPosition, ...]:
    """The positions that a history knows and the codebook has no more.

    Args:
        entries: The history.
        positions: Positions in force.
    """
    back = undone(entries)
    slugs, ids = {one.slug for one in positions}, {one.id for one in positions}
    found: dict[str, FormerPosition] = {}
    assigned: dict[str, dict[str, tuple[Assigned, ...]]] = {}
    for entry in entries:
        if entry.change.number in back:
            continue
        for one in entry.former:
            found.pop(one.position.slug, None)
            assigned.pop(one.position.slug, None)
            if one.position.slug not in slugs and one.position.id not in ids:
                found[one.position.slug] = one
        for slug, statements in entry.assigned.items():
            assigned.setdefault(slug, {}).update(statements)
    return tuple(
        FormerPosition(one.position, one.becomes, one.change, tuple(sorted(assigned.get(slug, {}).items())))
        for slug, one in found.items()
    )


def position_json(position: Position) -> dict[str, Any]:
    """A position as JSON values."""
    return {
        "id": position.id,
        "position": position.slug,
        "label": position.label,
        "topics": list(position.topics),
        "description": position.description,
        "for": list(position.for_phrases),
        "against": list(position.against_phrases),
        "entails": list(position.entails),
        "excludes": list(position.excludes),
    }


def _entry(record: Any, where: str) -> Entry:
    try:
        change = CodebookChange(
            number=int(record["change"]),
            action=str(record["action"]),
            by=str(record["by"]),
            time=str(record["time"]),
            what=str(record["what"]),
            why=str(record.get("why") or ""),
            undoes=None if record.get("undoes") is None else int(record["undoes"]),
        )
        former = tuple(
            FormerPosition(
                _position(one),
                tuple(Successor(str(to["position"]), bool(to["turned"])) for to in one["becomes"]),
                change.number,
            )
            for one in record.get("former") or ()
        )
        assigned = {
            str(slug): {
                str(statement): tuple(_assigned(part) for part in parts)
                for statement, parts in statements.items()
            }
            for slug, statements in (record.get("assigned") or {}).items()
        }
        edits = {str(name): list(hunks) for name, hunks in (record.get("edits") or {}).items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            "this is no change of a codebook",
            where=where,
            hint="the file is written by 'kg codebook'; bring back the line as it was",
        ) from error
    if change.action not in ACTIONS:
        raise InputError(f"'{change.action}' is no change of a codebook", where=where)
    return Entry(change, former, assigned, edits)


def _assigned(part: dict[str, Any]) -> Assigned:
    stance = part.get("stance")
    if stance is not None and stance not in _STANCES:
        raise ValueError(stance)
    return Assigned(str(part["position"]), stance, bool(part.get("by_machine")))


def _position(one: dict[str, Any]) -> Position:
    def texts(name: str) -> tuple[str, ...]:
        return tuple(str(text) for text in one.get(name) or ())

    return Position(
        str(one["id"]),
        str(one["position"]),
        str(one["label"]),
        texts("topics"),
        str(one.get("description") or ""),
        texts("for"),
        texts("against"),
        texts("entails"),
        texts("excludes"),
    )


__all__ = [
    "ACTIONS",
    "SUFFIX",
    "Entry",
    "former_positions",
    "history_path",
    "position_json",
    "read_history",
    "undone",
]
