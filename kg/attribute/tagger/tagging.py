"""What the tagger finds in an article, as spans of characters."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from kg.attribute.candidate import Range
from kg.attribute.paragraphs import Paragraph
from kg.attribute.quotation_marks import Quoted
from kg.attribute.tagger.decoding import read
from kg.attribute.tagger.network import Network, network
from kg.attribute.tagger.words import split


@dataclass(frozen=True, slots=True)
class Tagged:
    """One cue that the tagger found, with characters of its source and content, quotation marks included.

    Attributes:
        begins: Chance that a cue begins here.
        sureness: Mean log-probability of the tags of each role (`cue`, `source`, `content`).
    """

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    begins: float
    sureness: dict[str, float]


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that the tagger says of a text.

    Attributes:
        found: Cues with a content, in the order of the text.
        starts: Offset of each word.
        chances: Chance of each word to begin a cue.
    """

    found: tuple[Tagged, ...]
    starts: list[int]
    chances: list[float]

    def chance(self, start: int, end: int) -> float:
        """The highest chance of a word in the characters [start, end) to begin a cue."""
        first, last = bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end)
        return max(self.chances[first:last], default=0.0)


def tag(
    text: str, parts: Sequence[Paragraph], quotes: Sequence[Quoted], with_: Network | None = None
) -> Tagging:
    """Read a text with the tagger.

    Args:
        text: The whole text.
        parts: Its paragraphs.
        quotes: Its quotations.
        with_: A network in place of the one that ships.

    Raises:
        InputError: The network's files are missing or altered.
    """
    reader = with_ or network()
    words = split(text, reader.tokenizer, parts, quotes)
    if not len(words):
        return Tagging((), [], [])
    found, chances = read(reader, words)
    starts, ends = words.starts.tolist(), words.ends.tolist()

    def characters(span: Range) -> Range:
        return starts[span[0]], ends[span[1] - 1]

    return Tagging(
        tuple(
            Tagged(
                characters(one.cue),
                characters(one.source) if one.source else None,
                tuple(characters(span) for span in one.content),
                one.begins,
                one.sureness,
            )
            for one in found
        ),
        starts,
        chances,
    )


__all__ = ["Tagged", "Tagging", "tag"]
