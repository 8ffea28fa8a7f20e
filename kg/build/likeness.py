"""Whether two wordings are nearly the same words: little is left out, nothing is put for something else.

That much of the words is common is not enough: "we will accept it" and "we will not accept it" have most of
their words in common and say the opposite. So what one wording has more than the other may hold no word that
turns the meaning, and no word that carries meaning may stand where the other has another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from kg.build.words import dice, words_of

NEARLY_THE_SAME = 0.8
"""Dice overlap of words from which two wordings may be nearly the same."""

_TURNING = """not no never none nobody nothing nowhere neither nor without hardly scarcely barely unless
except only"""
_LIGHT = """a about ah all also an and any are as at be been being but by did do does for from had has have he
her here him his i in into is it its itself just let me my of oh on our out own she so still such than that
the their them then there these they this those to too up us very was we well were what when which while who
whom will with would you your yes now shall"""
_VERBS = "is are was were do does did has have had should would could must need ought might"

TURNING = frozenset(_TURNING.split())
"""Words that turn what is said around, or bind it to a condition."""

LIGHT = frozenset(_LIGHT.split())
"""Words that may stand for one another when somebody's speech is written down: they carry little meaning."""

_SHORT_FORMS = {
    "cannot": "can not",
    "cant": "can not",
    "wont": "will not",
    "shant": "shall not",
    "im": "i am",
    "ive": "i have",
    "weve": "we have",
    "youve": "you have",
    "theyve": "they have",
    "youre": "you are",
    "theyre": "they are",
    "thats": "that is",
    "theres": "there is",
    "lets": "let us",
    "theyll": "they will",
    "youll": "you will",
    "itll": "it will",
    **{f"{verb}nt": f"{verb} not" for verb in _VERBS.split()},
}
_LIKE_LETTERS = 0.75
_ROOT = 4


def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, with short forms written out.

    >>> plain_words("We don’t see a Defence programme")
    ('we', 'do', 'not', 'see', 'a', 'defense', 'program')
    """
    return tuple(part for word in words_of(text) for part in _SHORT_FORMS.get(word, word).split())


@lru_cache(maxsize=65536)
def nearly_the_same(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two wordings, as `plain_words` has them, are one, transcribed or cut a little differently.

    >>> one = plain_words("We don't accept a shield that is built against us")
    >>> nearly_the_same(one, plain_words("We do not accept a shield built against us"))
    True
    >>> nearly_the_same(one, plain_words("We accept a shield that is built against us"))
    False
    >>> nearly_the_same(one, plain_words("We don't accept a shield that is built around us"))
    False
    """
    if dice(first, second) < NEARLY_THE_SAME:
        return False
    if first == second:
        return True
    # What is aligned with what depends on the order of the two; the rule must not.
    return not (turned(first, second) or _replaced(first, second) or _replaced(second, first))


def turned(first: tuple[str, ...], second: tuple[str, ...]) -> frozenset[str]:
    """Words that turn the meaning and that one wording has oftener than the other.

    >>> sorted(turned(("we", "will"), ("we", "will", "not")))
    ['not']
    """
    one, other = Counter(first), Counter(second)
    return frozenset(word for word in (one - other) + (other - one) if word in TURNING)


def _replaced(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return any(
        not _forms_of_one(here, there)
        for here, there in exchanged(first, second)
        if not LIGHT.issuperset((*here, *there))
    )


def exchanged(
    first: tuple[str, ...], second: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Passages of which each wording has another one between the same words.

    >>> list(exchanged(("we", "accept", "it"), ("we", "reject", "it", "all")))
    [(('accept',), ('reject',))]
    """
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "replace":
            yield first[start:end], second[begin:stop]


def _forms_of_one(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Whether two passages differ in the forms of their words alone: one in number, tense or a slip."""
    heavy = [[word for word in side if word not in LIGHT] for side in (here, there)]
    if len(heavy[0]) != len(heavy[1]):
        return False
    return all(one == other or _forms(one, other) for one, other in zip(*heavy, strict=True))


def _forms(one: str, other: str) -> bool:
    """Whether two words may be forms of one, or a slip.

    >>> _forms("country", "countries"), _forms("accept", "reject"), _forms("20000", "20001")
    (True, False, False)
    """
    if len(one) < _ROOT or one[:_ROOT] != other[:_ROOT] or any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _LIKE_LETTERS


__all__ = [
    "LIGHT",
    "NEARLY_THE_SAME",
    "TURNING",
    "exchanged",
    "nearly_the_same",
    "plain_words",
    "turned",
]
