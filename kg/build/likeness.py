"""Whether two wordings are so nearly the same words that no person need look at them.

That much of the words is common is not enough: "we will accept it" and "we will not accept it", or "we want
to stop it" and "we want it", have most of their words in common and say the opposite, and no list of words
that turn a meaning is ever whole. So it is the other way round: a few words are known to fill only, and all
others must be the same ones in the same order.
"""

from __future__ import annotations

from functools import lru_cache

from kg.build.words import dice, words_of

NEARLY_THE_SAME = 0.8
"""Dice overlap of words from which two wordings may be nearly the same."""

_FILLED = "a an the this that these those which and well ah oh yes frankly honestly indeed obviously"
_FILLING = frozenset(_FILLED.split())
"""Words that may be there or not when somebody's speech is written down."""

_VERBS = "is are was were do does did has have had should would could must need ought might"
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
_NUMBER = {"am": "be", "is": "be", "are": "be", "were": "was", "has": "have", "does": "do"}
"""Forms of verbs that differ in person and number alone."""


def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, with short forms written out.

    >>> plain_words("We don’t see a Defence programme")
    ('we', 'do', 'not', 'see', 'a', 'defense', 'program')
    """
    return tuple(part for word in words_of(text) for part in _SHORT_FORMS.get(word, word).split())


@lru_cache(maxsize=65536)
def nearly_the_same(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two wordings, as `plain_words` has them, are one, written down a little differently.

    >>> one = plain_words("Frankly, we don't accept the shields that they build against us")
    >>> nearly_the_same(one, plain_words("We do not accept the shield that they build against us"))
    True
    >>> nearly_the_same(one, plain_words("We accept the shields that they build against us"))
    False
    >>> nearly_the_same(one, plain_words("They do not accept the shields that we build against us"))
    False
    """
    return dice(first, second) >= NEARLY_THE_SAME and _telling(first) == _telling(second)


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that do not only fill, without what tells one from many.

    >>> _telling(("the", "countries", "have", "a", "quota", "of", "1990s"))
    ('country', 'have', 'quota', 'of', '1990s')
    """
    return tuple(_singular(word) for word in words if word not in _FILLING)


def _singular(word: str) -> str:
    if word in _NUMBER:
        return _NUMBER[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.isalpha():
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")


__all__ = ["NEARLY_THE_SAME", "nearly_the_same", "plain_words"]
