"""Answers short enough for a model, with a source for each row and a word on how to see the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.mcp.graph import Graph
from kg.query.citations import Citation
from kg.query.results import Result

ROWS, MOST_ROWS = 20, 100
"""Rows of an answer, unless told, and at most."""
MOST_CHARACTERS = 24_000
"""Characters of an answer as JSON; some 6,000 tokens."""
_LONGEST_WORDS = 700
_INDIRECT = "the article's words, not the speaker's"


def limit_properties(rows: int = ROWS) -> dict[str, dict[str, Any]]:
    """The arguments `limit` and `offset`."""
    return {
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_ROWS,
            "default": rows,
            "description": "Rows to return.",
        },
        "offset": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1_000_000,
            "default": 0,
            "description": "Rows to leave out at the beginning, to read on.",
        },
    }


def answered(
    graph: Graph, result: Result, arguments: Mapping[str, Any], narrow_by: Sequence[str]
) -> dict[str, Any]:
    """Rows of a canned query, each with its evidence.

    Args:
        graph: Where the sources are.
        result: The whole answer.
        arguments: With `limit` and `offset`.
        narrow_by: Arguments that could make the answer shorter.
    """
    offset = arguments.get("offset", 0)
    records = result.records()[offset : offset + arguments.get("limit", ROWS)]
    cited = graph.cite(
        str(value) for record in records for name, value in record.items() if name.endswith("_iri") and value
    )
    rows = [_row(record, result.hidden, cited) for record in records]
    return fitted(rows, len(result), offset, narrow_by)


def fitted(
    rows: list[dict[str, Any]], total: int, offset: int = 0, narrow_by: Sequence[str] = ()
) -> dict[str, Any]:
    """Rows as an answer; those that would make it too long are left out, with a note how to see them.

    Args:
        rows: Rows from `offset` on.
        total: Number of all rows that there are.
        offset: Number of rows before.
        narrow_by: Arguments that could make the answer shorter.
    """
    room = MOST_CHARACTERS
    kept: list[dict[str, Any]] = []
    for row in rows:
        room -= len(json.dumps(row, ensure_ascii=False)) + 2
        if room < 0 and kept:
            break
        kept.append(row)
    answer: dict[str, Any] = {"total": total, "shown": len(kept), "rows": kept}
    end = offset + len(kept)
    if total > end:
        how = f"narrow it with {', '.join(narrow_by)}, or " if narrow_by else ""
        answer["note"] = f"{total - end} more rows: {how}go on with offset {end}"
    elif not total:
        wider = f" with fewer of {', '.join(narrow_by)}" if narrow_by else " otherwise"
        answer["note"] = f"nothing fits; that is no proof that nobody said it. Ask{wider}, or use search"
    return answer


def _row(record: Mapping[str, Any], hidden: frozenset[str], cited: Mapping[str, Citation]) -> dict[str, Any]:
    row = {
        name: plain(value) for name, value in record.items() if name not in hidden and value not in (None, "")
    }
    nodes = {
        name.removesuffix("_iri"): value for name, value in record.items() if name.endswith("_iri") and value
    }
    evidence = {role: citation_of(cited[iri]) for role, iri in nodes.items() if iri in cited}
    if "stance" in evidence:
        # It is that of the statement.
        evidence.pop("statement", None)
        row["status"] = cited[nodes["stance"]].status
    if evidence:
        row["evidence"] = evidence
    else:
        row["iris"] = nodes
    return row


def citation_of(citation: Citation) -> dict[str, Any]:
    """A citation as JSON, without what is not known."""
    words = [_cut(text) for text in citation.words]
    found = {
        "words": words,
        "quotation": f"indirect: {_INDIRECT}" if citation.quotation == "indirect" else citation.quotation,
        "said": citation.said,
        "outlet": citation.outlet,
        "article": citation.title,
        "published": citation.published,
        "url": citation.url,
        "iri": citation.iri,
        "article_iri": citation.article_iri,
    }
    return {name: value for name, value in found.items() if value}


def _cut(text: str) -> str:
    return (
        text if len(text) <= _LONGEST_WORDS else text[:_LONGEST_WORDS] + " … [cut here; 'evidence' has all]"
    )


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, str | bool | int | float) else value.isoformat()


__all__ = [
    "MOST_CHARACTERS",
    "MOST_ROWS",
    "ROWS",
    "answered",
    "citation_of",
    "fitted",
    "limit_properties",
    "plain",
]
