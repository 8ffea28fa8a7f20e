"""Paragraphs of a text: by blank lines, by line ends, or with lines broken at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 4000
"""Characters of a paragraph from which on it is cut at a sentence's end, so that a text without any line end
still parses in linear time and bounded memory."""

_LINE = re.compile(r"[^\n\r\u2028\u2029\f\v\x85]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The characters [start, end) of a text, without white space at either end."""

    start: int
    end: int


def _lines(text: str) -> list[Paragraph]:
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped[0])
            lines.append(Paragraph(start, start + len(stripped)))
    return lines


def _goes_on(text: str, line: Paragraph, following: Paragraph, width: int) -> bool:
    """Whether a line was broken only because it was full."""
    gap = text[line.end : following.start]
    if gap.count("\n") != 1 or line.end - line.start > 100:
        return False
    first_word = re.match(r"\S+", text[following.start : following.end])
    full = first_word is not None and (line.end - line.start) + 1 + len(first_word.group()) > width
    return full


def _width(text: str, lines: list[Paragraph]) -> int | None:
    """The width at which the text's lines are broken, or None where lines are paragraphs.

    A text counts as broken at a fixed width if most lines that are followed by another line directly end in
    the middle of a sentence, and none is longer than 100 characters.
    """
    followed = [a for a, b in pairwise(lines) if text[a.end : b.start].count("\n") == 1]
    if len(followed) < 3 or max(line.end - line.start for line in lines) > 100:
        return None
    long = [line for line in followed if line.end - line.start >= 45]
    unfinished = [line for line in long if text[line.end - 1] not in ".!?:\"”’'…"]
    if len(long) < 0.7 * len(followed) or len(unfinished) < 0.6 * len(long):
        return None
    return max(line.end - line.start for line in lines)


def _pieces(text: str, paragraph: Paragraph) -> Iterator[Paragraph]:
    start = paragraph.start
    while paragraph.end - start > LONGEST:
        cut = start + LONGEST
        for match in _SENTENCE_END.finditer(text, start + LONGEST // 2, start + LONGEST):
            cut = match.end()
        if cut == start + LONGEST:
            space = text.rfind(" ", start + LONGEST // 2, cut)
            cut = space + 1 if space > 0 else cut
        yield Paragraph(start, cut)
        start = cut
    if start < paragraph.end:
        yield Paragraph(start, paragraph.end)


def paragraphs(text: str) -> list[Paragraph]:
    r"""The paragraphs of a text in order; menus and headlines are paragraphs of their own.

    >>> [text[p.start : p.end] for text in ["Head\n\nShe spoke. \nHe left.\n"] for p in paragraphs(text)]
    ['Head', 'She spoke.', 'He left.']
    """
    lines = _lines(text)
    width = _width(text, lines) if lines else None
    joined: list[Paragraph] = []
    previous: Paragraph | None = None
    for line in lines:
        if width and previous is not None and _goes_on(text, previous, line, width):
            joined[-1] = Paragraph(joined[-1].start, line.end)
        else:
            joined.append(line)
        previous = line
    return [piece for paragraph in joined for piece in _pieces(text, paragraph)]


__all__ = ["LONGEST", "Paragraph", "paragraphs"]
