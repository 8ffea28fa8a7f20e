"""The report on agreement as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.model.statement import POLARITIES
from kg.review.agreement import NONE, Agreement, Compared
from kg.review.utterances.agreeing import PairAgreement

_VALUES = (*POLARITIES, NONE)
_MOST_MIXED = 12
"""Pairs of positions that the text lists for two coders, those most often mixed up first."""


def agreement_json(found: Agreement) -> dict[str, Any]:
    """The report as JSON values; what cannot be told is null."""
    return {
        "coders": list(found.coders),
        "together": _json(found.together) if found.together else None,
        "pairs": [_json(pair) for pair in found.pairs],
        "positions": [
            {
                "position": one.position,
                "touched": one.touched,
                "differing": one.differing,
                "alpha": _rounded(one.alpha),
            }
            for one in found.positions
        ],
        "utterances": {
            "pairs": found.utterances.pairs,
            "alike": found.utterances.alike,
            "alpha": _rounded(found.utterances.alpha),
            "decided": found.utterances.decided,
            "as_the_rule": found.utterances.as_the_rule,
        },
    }


def _json(one: Compared) -> dict[str, Any]:
    return {
        "coders": list(one.coders),
        "statements": one.statements,
        "alpha_kept": _rounded(one.kept),
        "alpha_positions": _rounded(one.positions),
        "alpha_stances": _rounded(one.stances),
        "stances_by_both": one.both,
        "overlap": _rounded(one.overlap),
        "exact": _rounded(one.exact),
        "confusion": [
            {"first": first, "second": second, "number": number}
            for (first, second), number in sorted(one.confusion.items())
        ],
        "positions_taken_for": [
            {"first": first, "second": second, "number": number}
            for (first, second), number in sorted(one.taken_for.items())
        ],
    }


def agreement_text(found: Agreement) -> str:
    """The report as text."""
    if found.together is None and not found.utterances.decided:
        return "nothing was coded twice: 'kg review --coder NAME --blind' codes a second time\n"
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Agreement) -> Iterator[str]:
    yield "Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives; - where it cannot be told"
    yield ""
    if found.utterances.decided:
        yield from _utterance_lines(found.utterances)
    if found.together is None:
        return
    groups = list(found.pairs)
    if found.together and len(found.coders) > 2:
        groups.insert(0, found.together)
    width = max(len(" / ".join(one.coders)) for one in groups)
    yield f"{'':{width}}  statements  is one  positions  stances  overlap  same passage"
    for one in groups:
        yield (
            f"{' / '.join(one.coders):{width}}  {one.statements:10}  {_shown(one.kept):>6}  "
            f"{_shown(one.positions):>9}  {_shown(one.stances):>7}  {_shown(one.overlap):>7}  "
            f"{_shown(one.exact):>12}"
        )
    for one in found.pairs:
        yield ""
        yield f"stances of {one.coders[0]} (lines) and {one.coders[1]} (columns)"
        yield " " * 10 + "".join(f"{value:>10}" for value in _VALUES)
        for value in _VALUES:
            numbers = (one.confusion.get((value, other), 0) for other in _VALUES)
            yield f"{value:10}" + "".join(f"{number or '.':>10}" for number in numbers)
    for one in found.pairs:
        mixed = sorted(one.taken_for.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_MIXED]
        if mixed:
            yield ""
            yield f"positions of {one.coders[0]} where {one.coders[1]} has another one instead"
            for (first, second), number in mixed:
                yield f"{number:4}  {first} / {second}"
    unclear = [one for one in found.positions if one.differing]
    if unclear:
        yield ""
        yield "positions on which coders differ, the least clear first"
        for position in unclear:
            yield (
                f"{position.position}: {position.differing} of {position.touched} statements, "
                f"alpha {_shown(position.alpha)}"
            )


def _utterance_lines(found: PairAgreement) -> Iterator[str]:
    twice = f"{found.pairs} decided on by several, alike on {found.alike}, alpha {_shown(found.alpha)}"
    yield f"one utterance or different ones: {found.decided} pairs decided on, {twice}"
    yield f"the strict rule says the same of {found.as_the_rule} of {found.decided}"
    yield ""


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


__all__ = ["agreement_json", "agreement_text"]
