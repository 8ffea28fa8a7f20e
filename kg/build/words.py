"""Words of a passage, so that the same words in two spellings count as the same.

Forms are folded for comparison alone: British and American spelling, typographic quotation marks and
apostrophes, case. A folded form need not be a word ("rise" becomes "rize").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_WORD = re.compile(r"\w+")
_WRITING = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Before case is folded: "us" is another word.
        (r"\bUSA?\b|\bU\.\s?S\.(\s?A\.)?", "usa"),
        (r"\b(?:[A-Z]\.){2,}", lambda found: found[0].replace(".", "")),
        (r"(?i)\bper\s+cent\b", "percent"),
        (r"(?i)\bco-(?=operat|ordinat)", "co"),
        (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    )
)
"""What is written otherwise, as a whole: names of states, numbers, compounds."""
_APOSTROPHES = re.compile(r"[’‘ʼ'`´]")
_SPELLINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w\w)is(ation|ations|e|ed|es|er|ers|ing)$", r"iz\1"),
        (r"(?<=\w\w)ys(e|ed|es|er|ers|ing)$", r"yz\1"),
        (r"(?<=\w\w)our(?=$|s$|ed$|ing$|able$|ful$|ite$|ites$|less$|hood$|ly$)", "or"),
        (r"(?<=\w[bt])re(s|d)?$", r"er\1"),
        (r"(?<=\w[cfnt])ence(s|d|less)?$", r"ense\1"),
        (r"(?<=\w[aeiou]l)l(ed|ing|er|ers)$", r"\1"),
        (r"(?<=\w\w)ogue(s|d)?$", r"og\1"),
        (r"^programme(s|d)?$", r"program\1"),
        (r"^(a)geing$", r"\1ging"),
        (r"^sceptic", "skeptic"),
        (r"^plough", "plow"),
        (r"^manoeuv(er|re)", "maneuver"),
        (r"^whilst$", "while"),
        (r"^amongst$", "among"),
    )
)


@lru_cache(maxsize=65536)
def folded_word(word: str) -> str:
    """A lower-case word in a form that British and American spelling share.

    >>> folded_word("organisation") == folded_word("organization"), folded_word("defence")
    (True, 'defense')
    """
    if word.startswith("grey"):
        word = f"gray{word[4:]}"
    if len(word) > 4:
        for pattern, replacement in _SPELLINGS:
            word = pattern.sub(replacement, word)
    return word


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in its order.

    >>> words_of("“We don’t see a Defence programme,”")
    ('we', 'dont', 'see', 'a', 'defense', 'program')
    """
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    for pattern, replacement in _WRITING:
        plain = pattern.sub(replacement, plain)
    return tuple(folded_word(word) for word in _WORD.findall(plain.casefold()))


@lru_cache(maxsize=65536)
def dice(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Dice overlap of two bags of words, from 0 to 1.

    >>> dice(("a", "b"), ("b", "c"))
    0.5
    """
    total = len(first) + len(second)
    if not total:
        return 0.0
    if first == second:
        return 1.0
    common = Counter(first) & Counter(second)
    return 2 * sum(common.values()) / total


def places_of(words: str, text: str) -> list[int]:
    """Offsets of all places where words stand in a text, overlapping ones too.

    >>> places_of("aa", "aaa"), places_of("", "aaa")
    ([0, 1], [])
    """
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


_LIGHT = """a about ah all also an and any are as at be been being but by did do does for from had has have he
her here him his i in into is it its itself just let me my of oh on our out own she so still such than that
the their them then there these they this those to too up us very was we well were what when which while who
whom will with would you your yes now shall"""

LIGHT = frozenset(_LIGHT.split())
"""Words that carry little meaning."""


__all__ = ["LIGHT", "dice", "folded_word", "places_of", "words_of"]
