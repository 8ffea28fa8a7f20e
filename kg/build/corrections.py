"""Whether a changed text still says what it said: an editor's corrections, and no other meaning.

Much of the words in common is not enough: "it was worth it" and "it was not worth it" have nearly all of them
in common. So what one wording has more than the other may hold no word that turns the meaning, and no word
that carries meaning may stand where the other has another one, unless both are forms of one.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from kg.build.words import LIGHT, dice

MOSTLY = 0.8
"""Dice overlap of words from which one wording may be the other, corrected."""

_TURNING = """not no never none nobody nothing nowhere neither nor without hardly scarcely barely unless
except only against if stop stops stopped stopping refuse refuses refused refusing"""
TURNING = frozenset(_TURNING.split())
"""Words that turn what is said around, or bind it to a condition."""

_ROOT = 4
_LIKE_LETTERS = 0.75


def corrected(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether words, as `plain_words` has them, are others after corrections that leave the meaning.

    >>> words = ("drivers", "welcomed", "the", "end", "of", "the", "quarrels", "over", "fares")
    >>> corrected(words, ("drivers", "have", "welcome", *words[2:]))
    True
    >>> corrected(words, ("drivers", "not", *words[1:]))
    False
    """
    if dice(before, after) < MOSTLY or turned(before, after):
        return False
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return all(
        _forms_of_one(before[start:end], after[begin:stop])
        for kind, start, end, begin, stop in matcher.get_opcodes()
        if kind == "replace"
    )


def turned(first: tuple[str, ...], second: tuple[str, ...]) -> frozenset[str]:
    """Words that turn the meaning and that one wording has oftener than the other.

    >>> sorted(turned(("we", "will"), ("we", "will", "not")))
    ['not']
    """
    one, other = Counter(first), Counter(second)
    return frozenset(word for word in (one - other) + (other - one) if word in TURNING)


def _forms_of_one(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether two passages differ in light words and in the forms of their others alone."""
    heavy = [[word for word in side if word not in LIGHT] for side in (before, after)]
    return len(heavy[0]) == len(heavy[1]) and all(map(_forms, *heavy))


def _forms(one: str, other: str) -> bool:
    """Whether two words may be forms of one, or a slip.

    >>> _forms("country", "countries"), _forms("accept", "reject"), _forms("20000", "20001")
    (True, False, False)
    """
    if one == other:
        return True
    if one[:_ROOT] != other[:_ROOT] or len(one) < _ROOT or any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _LIKE_LETTERS


__all__ = ["TURNING", "corrected", "turned"]
