"""Where coders decided differently on one statement, for somebody to settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.build.decisions import Decision
from kg.build.effective import substance
from kg.review.cases import Case
from kg.review.coded import CodedArticle
from kg.review.edits import changes


def latest_by_coder(history: Sequence[Decision]) -> dict[str, Decision]:
    """Each coder's latest verdict among standing decisions on one statement; adjudications left out."""
    found: dict[str, Decision] = {}
    for one in history:
        if one.is_verdict and not one.adjudicates:
            found[one.coder] = one
    return found


def disputed(coded: CodedArticle, cases: Mapping[str, Case]) -> set[str]:
    """IRIs of the statements of an article that people made different things of and nobody settled.

    A passage that several people added or wrote down, each with a border of their own, is one such statement.
    It is settled when somebody who settles decided on all that is left of it, or left one of several.

    Args:
        coded: What each coder made of the article.
        cases: Its statements as one who settles sees them.
    """
    found: set[str] = set()
    for unit in coded.units(coded.coders, silent=False):
        outcomes = {repr(substance(record) if record else None) for record in unit.records.values()}
        mine = [cases[iri] for iri in unit.statements if iri in cases]
        waiting = [case for case in mine if not _is_settled(case)]
        left = [case for case in mine if case.status != "rejected"]
        if len(outcomes) > 1 and (len(waiting) == len(mine) or len(left) > 1):
            found.update(case.iri for case in waiting)
    return found


def action_words(decision: Decision) -> str:
    """What sort of decision it is, and that it goes before what others decide where it settles a dispute."""
    settles = decision.adjudicates and decision.is_verdict
    return (
        f"{decision.action}, which settles it: what others decide does not count"
        if settles
        else decision.action
    )


def _is_settled(case: Case) -> bool:
    return any(one.adjudicates and one.is_verdict for one in case.history)


def outcome_words(decision: Decision) -> list[str]:
    """What a person made of a statement, in words."""
    return list(dict.fromkeys(_outcome(decision)))


def _outcome(decision: Decision) -> Iterator[str]:
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


__all__ = ["action_words", "disputed", "latest_by_coder", "outcome_words"]
