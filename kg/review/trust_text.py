"""What a sample says, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.review.sample import Share, Trust

_NAMES = {"outlet": "by outlet", "actor": "by actor", "position": "by position"}


def trust_json(found: Trust) -> dict[str, Any]:
    """The estimates as JSON values; what nobody looked at is null."""
    return {
        "articles": found.articles,
        "stances": found.stances,
        "paragraphs": found.paragraphs,
        "sample": found.drawn,
        "right": _json(found.right) if found.right else None,
        "by": {name: [_json(one) for one in shares] for name, shares in found.by.items()},
        "paragraphs_searched": found.looked,
        "missed": found.missed,
        "missed_in_all": _ends(found.missed_in_all),
        "found": _ends(found.found),
    }


def _json(one: Share) -> dict[str, Any]:
    values = {"right": one.hits, "looked": one.looked, **_ends((one.value, one.low, one.high))}  # type: ignore[dict-item]
    return {"of": one.what, **values} if one.what else values


def _ends(values: tuple[float, float, float] | None) -> dict[str, float] | None:
    if values is None:
        return None
    return dict(zip(("estimate", "low", "high"), (round(value, 4) for value in values), strict=True))


def trust_text(found: Trust) -> str:
    """The estimates as text."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Trust) -> Iterator[str]:
    yield (
        f"{found.articles} articles read, {found.stances} stances in {found.paragraphs} paragraphs; "
        f"sample of {found.drawn}; intervals of 95 %"
    )
    if found.right is None:
        yield "right: nobody has looked at a stance of the sample yet"
    else:
        yield f"right: {_shown(found.right)}"
    if found.missed_in_all is None:
        yield "missed: nobody has searched a paragraph of the sample yet"
    else:
        value, low, high = found.missed_in_all
        yield (
            f"missed: {found.missed} in {found.looked} paragraphs; about {value:.0f} in all "
            f"({low:.0f} to {high:.0f})"
        )
    if found.found is not None:
        value, low, high = found.found
        yield f"found, of the stances that are there: {value:.0%} ({low:.0%} to {high:.0%})"
    for name, shares in found.by.items():
        if shares:
            yield ""
            yield f"right, {_NAMES[name]}"
            width = max(len(one.what) for one in shares)
            for one in shares:
                yield f"{one.what:{width}}  {_shown(one)}"


def _shown(one: Share) -> str:
    return f"{one.hits} of {one.looked}, {one.value:.0%} ({one.low:.0%} to {one.high:.0%})"


__all__ = ["trust_json", "trust_text"]
