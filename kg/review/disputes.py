"""Where coders decided differently on one statement, for somebody to settle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.build.decisions import Decision
from kg.build.effective import substance
from kg.review.edits import changes


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


def outcome_words(decision: Decision) -> Iterator[str]:
    """What a person made of a statement, in words."""
    if not decision.becomes:
        yield "struck out"
        return
    if decision.action == "accept":
        yield "right as it was"
    if len(decision.becomes) > 1:
        yield f"split into {len(decision.becomes)}"
    for record in decision.becomes:
        yield from changes(decision.seen, record)
    for one in decision.becomes[0]["positions"]:
        condition = f" if {one['condition']}" if one["condition"] else ""
        yield f"{one['stance']} {one['position']}{condition}"
    if not decision.becomes[0]["positions"]:
        yield "no stance"


__all__ = ["is_disputed", "latest_by_coder", "outcome_words"]
