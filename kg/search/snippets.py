"""The place of a text where the words of a search stand, as a short passage with marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.search.folding import tokens

WIDTH = 160
"""Characters that a snippet has at most."""
OPEN, CLOSE = "\x01", "\x02"
"""What FTS5 puts around matched words; no folded text holds them."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with the matched words marked.

    Attributes:
        text: The passage, with `…` where it was cut.
        marks: [start, end) of each matched word, in `text`.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str = "»", after: str = "«") -> str:
        """The passage with something before and after each matched word.

        >>> Snippet("no shield at all", ((3, 9),)).marked()
        'no »shield« at all'
        """
        out, at = [], 0
        for start, end in self.marks:
            out += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join(out) + self.text[at:]


def marked_tokens(highlighted: str) -> list[int]:
    r"""Numbers of the marked words in what FTS5's `highlight` made of a folded text.

    >>> marked_tokens("the \x01missile shield\x02 there")
    [1, 2]
    """
    found, inside = [], False
    for number, word in enumerate(highlighted.split(" ")):
        inside = inside or word.startswith(OPEN)
        if inside:
            found.append(number)
        inside = inside and not word.endswith(CLOSE)
    return found


def spans(text: str, highlighted: str) -> list[tuple[int, int]]:
    """[start, end) in a text of the words that are marked in its folded form."""
    words = tokens(text)
    return [(words[n].start, words[n].end) for n in marked_tokens(highlighted) if n < len(words)]


def snippet(text: str, marks: Sequence[tuple[int, int]], width: int = WIDTH) -> Snippet:
    """The part of a text with the most marks, cut at spaces.

    >>> snippet("one two three four", [(4, 7)], width=12)
    Snippet(text='…two three…', marks=((1, 4),))
    """
    if len(text) <= width:
        return Snippet(_flat(text), tuple(marks))
    first, last = _best(marks, width)
    # A little of what comes before, then from the next word on; the mark itself is never cut off.
    start = max(0, min(first - width // 4, len(text) - width))
    if start and (space := text.find(" ", start, first)) != -1:
        start = space + 1
    end = min(len(text), max(start + width - 2, last))
    if end < len(text) and (space := text.rfind(" ", last, end)) != -1:
        end = space
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, z + shift) for a, z in marks if a >= start and z <= end)
    return Snippet(before + _flat(text[start:end]) + after, inside)


def _best(marks: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """The mark at which a window of that width holds the most marks."""

    def following(mark: tuple[int, int]) -> tuple[int, int]:
        return sum(mark[0] <= start < mark[0] + width * 3 // 4 for start, _ in marks), -mark[0]

    return max(marks, key=following, default=(0, 0))


def _flat(text: str) -> str:
    """The text on one line, with every character in its place."""
    return re.sub(r"\s", " ", text)


__all__ = ["CLOSE", "OPEN", "WIDTH", "Snippet", "marked_tokens", "snippet", "spans"]
