"""Hand-coded statements, of fields of `tests/reading` and of examples, for trainings and benchmarks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A statement that somebody coded.

    Attributes:
        id: Its name within the folder.
        file: Name of the article.
        actor: Who speaks; in brackets where the article names nobody, empty where nobody is known.
        quote: `direct`, `indirect` or `mixed`.
        content: The pieces of the article that hold what is said.
        positions: The stances that are right, by slug of the position.
        maybe: Slugs on which careful people may differ: neither right nor wrong.
        optional: Whether finding the statement is neither right nor wrong.
    """

    id: str
    file: str
    actor: str
    quote: str
    content: tuple[str, ...]
    positions: dict[str, tuple[str, ...]]
    maybe: frozenset[str] = frozenset()
    optional: bool = False


def gold_lines(folder: Path) -> list[GoldLine]:
    """The lines of a folder's `gold.jsonl` (tests/reading/README.md) or `statements.jsonl` (`kg load`)."""
    file = folder / "gold.jsonl"
    file = file if file.exists() else folder / "statements.jsonl"
    lines = file.read_text("utf-8").splitlines()
    return [gold_line(json.loads(line), number) for number, line in enumerate(lines)]


def gold_line(record: Mapping[str, Any], number: int = 0) -> GoldLine:
    """A line in either format.

    Args:
        record: The line.
        number: Names it where it has no `id`.

    >>> line = {"article": "a.txt", "content": "no", "positions": [{"position": "tram", "stance": "opposes"}]}
    >>> gold_line(line).positions
    {'tram': ('opposes',)}
    """
    actor = record.get("actor") or ""
    content = record["content"] if isinstance(record["content"], list) else [record["content"]]
    positions = record.get("positions") or {}
    if not isinstance(positions, Mapping):
        also = record.get("also_right") or {}
        positions = {one["position"]: [one["stance"], *also.get(one["position"], ())] for one in positions}
    return GoldLine(
        id=record.get("id") or str(number),
        file=record.get("file") or record["article"],
        actor=(actor.get("label") or "") if isinstance(actor, Mapping) else actor,
        quote=record.get("quote") or "indirect",
        content=tuple(part if isinstance(part, str) else part["text"] for part in content),
        positions={
            slug: (stances,) if isinstance(stances, str) else tuple(stances)
            for slug, stances in positions.items()
        },
        maybe=frozenset(record.get("maybe") or ()),
        optional=bool(record.get("optional")),
    )


__all__ = ["GoldLine", "gold_line", "gold_lines"]
