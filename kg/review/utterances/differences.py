"""What differs between two wordings, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from kg.build.words import words_of

Kind = Literal["both", "first", "second"]
_TOKEN = re.compile(r"\S+")


def differences(one: str, other: str) -> list[tuple[Kind, str]]:
    """The words of two wordings: of `both`, as the first has them, of the first, or of the second alone.

    Spelling, case, dashes and quotation marks make no difference.

    >>> differences("We build it", "we must build it")
    [('both', 'We'), ('second', 'must'), ('both', 'build it')]
    >>> differences("the “defence” programme", "The defense program")
    [('both', 'the “defence” programme')]
    """
    first, second = _TOKEN.findall(one), _TOKEN.findall(other)
    found: list[tuple[Kind, str]] = []
    for kind, start, end, begin, stop in _opcodes(first, second):
        if kind == "equal":
            found.append(("both", " ".join(first[start:end])))
            continue
        if start < end:
            found.append(("first", " ".join(first[start:end])))
        if begin < stop:
            found.append(("second", " ".join(second[begin:stop])))
    return found


def side_by_side(one: str, other: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Each of two wordings in pieces, with whether the other has the piece as well.

    >>> side_by_side("We build it", "we must build it")[1]
    [(True, 'we'), (False, 'must'), (True, 'build it')]
    """
    first, second = _TOKEN.findall(one), _TOKEN.findall(other)
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for kind, start, end, begin, stop in _opcodes(first, second):
        if start < end:
            left.append((kind == "equal", " ".join(first[start:end])))
        if begin < stop:
            right.append((kind == "equal", " ".join(second[begin:stop])))
    return left, right


def _opcodes(first: list[str], second: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    folded = [[" ".join(words_of(word)) for word in words] for words in (first, second)]
    return iter(SequenceMatcher(None, folded[0], folded[1], autojunk=False).get_opcodes())


__all__ = ["Kind", "differences", "side_by_side"]
