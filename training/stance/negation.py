"""The opposite of a position, so that a network learns to read positions and not to guess from statements."""

from __future__ import annotations

import re

from training.stance.statements import Polarity

TURNED: dict[Polarity, Polarity] = {
    "supports": "opposes",
    "opposes": "supports",
    "neutral": "neutral",
    "unrelated": "unrelated",
}
"""What a text says on the opposite of a position."""

_TURN = re.compile(
    r"\b(?P<verb>should|must|would|will|can|could|may|shall|ought to|is|are|was|were|has to|have to|does|do)"
    r"(?:(?P<negation>\s+not\b|n?['’]t\b)|(?P<no>\s+be no\b)|\b)",
    re.IGNORECASE,
)
_AUXILIARY = {"has to": "does not have to", "have to": "do not have to", "ought to": "ought not to"}


def negated(position: str) -> str | None:
    """The position with its first auxiliary denied, or no longer denied; None where there is none.

    >>> negated("The base should be closed")
    'The base should not be closed'
    >>> negated("Tests should not resume")
    'Tests should resume'
    >>> negated("There should be no closed super league")
    'There should be a closed super league'
    >>> negated("Ban cars") is None
    True
    """
    found = _TURN.search(position)
    if found is None:
        return None
    verb = found["verb"]
    if found["no"]:
        turned = f"{verb} be a"
    elif found["negation"]:
        turned = verb
    else:
        turned = _AUXILIARY.get(verb.lower(), f"{verb} not")
    return position[: found.start()] + turned + position[found.end() :]


__all__ = ["TURNED", "negated"]
