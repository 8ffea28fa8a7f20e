"""Where the words of an answer stand in the article: word for word, or not at all.

White space, quotation marks, dashes and dots are compared by kind, as models like to write them their own
way; the span that comes out is the article's own characters. Everything else must be the same.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.attribute.candidate import Range
from kg.attribute.llm.answers import Said
from kg.attribute.llm.chunks import Chunk

LONGEST_SOURCE, LONGEST_CUE = 300, 120
"""Characters from which on words are no mention and no cue."""

_REACH = 800
"""Characters between a content and its cue, at most."""

_MOST_PLACES = 100
"""Occurrences of the same words that are looked at."""

_KINDS = {
    mark: kind
    for kind, marks in {
        '"': "“”„‟«»＂",
        "'": "‘’‚‛`´ʼ",
        "-": "‐‑‒–—―−",
    }.items()
    for mark in marks
}
_NOTHING = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
_LOOSE = " \"'.,;:-!?()[]"
"""Marks at the ends of a piece that models add and drop."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An attribution as ranges of the article's characters."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    confidence: float


@dataclass(frozen=True)
class _Plain:
    """A text with its marks by kind, and where each of its characters comes from."""

    text: str
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)


def _plain(text: str, start: int, end: int) -> _Plain:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for i in range(start, end):
        mark = text[i]
        if mark in _NOTHING:
            continue
        mark = _KINDS.get(mark, mark)
        if mark.isspace() or not mark.isprintable():
            mark = " "
        if mark == " " and letters and letters[-1] == " ":
            ends[-1] = i + 1
            continue
        if mark == "'" and letters and letters[-1] == "'" and ends[-1] == i:
            letters[-1], ends[-1] = '"', i + 1  # Two single marks stand for a double one.
            continue
        for letter in "..." if mark == "…" else mark:
            letters.append(letter)
            starts.append(i)
            ends.append(i + 1)
    return _Plain("".join(letters), starts, ends)


class Places:
    """Finds words in one chunk."""

    def __init__(self, chunk: Chunk) -> None:
        """Make the chunk's text comparable once."""
        self._chunk = chunk
        self._plain = _plain(chunk.text, chunk.start, chunk.end)

    def find(self, words: str) -> list[Range]:
        """All places of some words, in order, at whole words; marks at their ends may be others or none."""
        wanted = _plain(words, 0, len(words)).text.strip()
        found = self._occurrences(wanted)
        if not found:
            found = self._occurrences(wanted.strip(_LOOSE))
        return found

    def _occurrences(self, wanted: str) -> list[Range]:
        text = self._plain.text
        found: list[Range] = []
        if not any(c.isalnum() for c in wanted):
            return found
        place = text.find(wanted)
        while place >= 0 and len(found) < _MOST_PLACES:
            end = place + len(wanted)
            inside_word = (place > 0 and wanted[0].isalnum() and text[place - 1].isalnum()) or (
                end < len(text) and wanted[-1].isalnum() and text[end].isalnum()
            )
            if not inside_word:
                found.append((self._plain.starts[place], self._plain.ends[end - 1]))
            place = text.find(wanted, place + 1)
        return found

    def paragraph(self, offset: int) -> int:
        """Number of the paragraph that a character stands in, as the model sees it."""
        starts = [part.start for part in self._chunk.parts]
        return self._chunk.first + max(0, bisect.bisect_right(starts, offset) - 1)

    def place(self, said: Sequence[Said]) -> tuple[list[Placed], int]:
        """The attributions whose words all stand in the chunk, and how many were refused.

        Words that stand there more than once are taken from the paragraph that the answer names; without
        that, in the order of the answer: from where the attribution before it was found, and never twice the
        same. Cue and source are the nearest to the content.
        """
        placed: list[Placed] = []
        refused = 0
        after = self._chunk.start
        for one in said:
            found = self._placed(one, after, {other.content for other in placed})
            if found is None:
                refused += 1
            else:
                placed.append(found)
                after = found.content[0][0]
        return placed, refused

    def _placed(self, said: Said, after: int, taken: set[tuple[Range, ...]]) -> Placed | None:
        contents = list(self._contents(said, after))
        contents = [c for c in contents if c not in taken] or contents
        for content in contents:
            cue = source = None
            if said.cue is not None:
                cue = self._nearest(self._apart(said.cue, LONGEST_CUE, content), content)
                if cue is None or _distance(cue, content) > _REACH:
                    continue
            if said.source is not None:
                anchor = (cue,) if cue else content
                outside = self._apart(said.source, LONGEST_SOURCE, content)
                source = self._nearest(outside or self._apart(said.source, LONGEST_SOURCE, ()), anchor)
                if source is None:
                    continue
            return Placed(source, cue, content, said.confidence)
        return None

    def _contents(self, said: Said, after: int) -> Iterable[tuple[Range, ...]]:
        """Places of the content, the likeliest first."""

        def rank(span: Range) -> tuple[int, int, int]:
            named = 0 if said.paragraph is None else abs(self.paragraph(span[0]) - said.paragraph)
            return (named, 0 if span[0] >= after else 1, span[0])

        for first in sorted(self.find(said.content[0]), key=rank)[:10]:
            spans = [first]
            for piece in said.content[1:]:
                following = next((s for s in self.find(piece) if s[0] >= spans[-1][1]), None)
                if following is None:
                    break
                spans.append(following)
            if len(spans) == len(said.content):
                yield tuple(spans)

    def _apart(self, words: str, longest: int, content: Sequence[Range]) -> list[Range]:
        """Places of some words that are not too many, not wholly inside of a content."""
        if len(words) > longest:
            return []
        found = self.find(words)
        return [s for s in found if not any(start <= s[0] and s[1] <= end for start, end in content)]

    def _nearest(self, spans: Sequence[Range], anchor: Sequence[Range]) -> Range | None:
        """The span in the paragraph nearest to some others, and there the one nearest to them."""
        beside = [self.paragraph(start) for start, _ in anchor]

        def rank(span: Range) -> tuple[int, int]:
            here = self.paragraph(span[0])
            return min(abs(here - number) for number in beside), _distance(span, anchor)

        return min(spans, key=rank, default=None)


def _distance(span: Range, anchor: Sequence[Range]) -> int:
    """Characters between a range and the nearest of some others."""
    return min(max(start - span[1], span[0] - end, 0) for start, end in anchor)


__all__ = ["LONGEST_CUE", "LONGEST_SOURCE", "Placed", "Places"]
