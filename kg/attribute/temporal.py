"""Whether a word tells a time, by the word alone: named entities would take half of the time of a parse."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.attribute.lexicon import words

_TIMES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan. feb. aug. sept. oct. nov. dec. spring summer autumn winter today
    yesterday tomorrow tonight morning afternoon evening night noon midnight day days week weeks weekend
    weekends month months year years decade decades century hour hours minute minutes ago
    """
)
_CLOCK = re.compile(r"(?:1[89]|20)\d\d|\d{1,2}[:.]\d\d|\d{1,2}(?:am|pm|st|nd|rd|th)")


def tells_time(token: Token) -> bool:
    """Whether a token is a weekday, month, year, hour or the like.

    "May" counts only as a proper noun.
    """
    return (
        token.lower_ in _TIMES
        or _CLOCK.fullmatch(token.lower_) is not None
        or (token.text == "May" and token.pos_ == "PROPN")
    )


def tells_date(token: Token) -> bool:
    """Whether the noun phrase that a token begins or belongs to tells a time: "last Friday"."""
    if tells_time(token):
        return True
    head = token.head if token.dep_ in ("det", "amod", "nummod", "compound", "advmod") else token
    return tells_time(head)


__all__ = ["tells_date", "tells_time"]
