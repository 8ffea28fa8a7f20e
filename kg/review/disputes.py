"""Where coders decided differently on one statement, for somebody to settle."""

from __future__ import annotations

from collections.abc import Sequence

from kg.build.decisions import Decision
from kg.build.effective import substance


def latest_by_coder(history: Sequence[Decision]) -> dict[str, Decision]:
    """Each coder's latest verdict among standing decisions on one statement; adjudications left out."""
    found: dict[str, Decision] = {}
    for one in history:
        if one.is_verdict and not one.adjudicates:
            found[one.coder] = one
    return found


def is_disputed(history: Sequence[Decision]) -> bool:
    """Whether coders made different things of a statement and nobody settled it since."""
    if any(one.adjudicates and one.is_verdict for one in history):
        return False
    outcomes = {
        repr([substance(record) for record in one.becomes]) for one in latest_by_coder(history).values()
    }
    return len(outcomes) > 1


__all__ = ["is_disputed", "latest_by_coder"]
