"""Answers by utterance: one row for all reports of one speech act, with how many they are."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model.errors import UsageError
from kg.query.results import Result
from kg.query.terms import Term

REPORTS = "reports"
"""Column with the number of rows that one stands for."""
_ASIDE = ("actor_iri", "position_iri", "polarity", "stance", "condition", "outlet_iri")
"""Columns that tell rows of one utterance apart."""


def by_utterance(result: Result) -> Result:
    """One row for all rows of one utterance, actor, position, stance and condition: the first of them.

    Args:
        result: An answer with the column `utterance_iri`.

    Returns:
        The answer with a last column `reports`: how many statements each row stands for.

    Raises:
        UsageError: The answer has no such column, so that its rows do not belong to utterances or count them
            already.
    """
    if "utterance_iri" not in result.columns:
        raise UsageError(
            "these rows are no reports of utterances",
            hint="questions that count do it by utterance already; 'positions --by utterance' lists them so",
        )
    places = [place for place, name in enumerate(result.columns) if name == "utterance_iri" or name in _ASIDE]
    found: dict[tuple[Term | None, ...], tuple[tuple[Term | None, ...], int]] = {}
    for row in result.rows:
        key = tuple(row[place] for place in places)
        first, number = found.get(key, (row, 0))
        found[key] = first, number + 1
    rows = tuple((*row, ox.Literal(number)) for row, number in found.values())
    return Result((*result.columns, REPORTS), rows, hidden=result.hidden, title=result.title)


__all__ = ["REPORTS", "by_utterance"]
