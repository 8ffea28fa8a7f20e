"""An article in pieces that a language model can take: whole paragraphs, with some of the piece before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.attribute.paragraphs import Paragraph, paragraphs
from kg.model.article import Article

OVERLAP = 0.15
"""Share of a chunk that the next one repeats, so that a quotation and its cue are seen together."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some paragraphs of an article, in order.

    Attributes:
        text: The whole article, to which all offsets belong.
        parts: The paragraphs.
        first: Number of the first one, as the model sees it: paragraphs are counted through the article.
    """

    text: str
    parts: tuple[Paragraph, ...]
    first: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.parts[-1].end

    def halves(self) -> tuple[Chunk, Chunk] | None:
        """The chunk in two about equal ones, or None if it is one paragraph."""
        if len(self.parts) < 2:
            return None
        middle = (self.start + self.end) // 2
        cut = min(range(1, len(self.parts)), key=lambda n: abs(self.parts[n].start - middle))
        return (
            Chunk(self.text, self.parts[:cut], self.first),
            Chunk(self.text, self.parts[cut:], self.first + cut),
        )


def chunks(article: Article, size: int) -> list[Chunk]:
    r"""The chunks of an article, in order; boilerplate is left out, and an empty text has none.

    Args:
        article: The article.
        size: Characters of a chunk, at most, unless a single paragraph is longer.

    >>> [len(chunk.parts) for chunk in chunks(Article("a.txt", "One.\n\nTwo.\n\nThree."), 10)]
    [2, 1]
    """
    parts = [p for p in paragraphs(article.text) if not article.in_boilerplate(p.start, p.end)]
    found: list[Chunk] = []
    begin = 0
    while begin < len(parts):
        end = begin + 1
        while end < len(parts) and parts[end].end - parts[begin].start <= size:
            end += 1
        found.append(Chunk(article.text, tuple(parts[begin:end]), begin + 1))
        if end == len(parts):
            break
        begin = _repeated(parts, begin, end, round(size * OVERLAP))
    return found


def _repeated(parts: Sequence[Paragraph], begin: int, end: int, overlap: int) -> int:
    """Index of the paragraph that the chunk after [begin, end) starts with."""
    first = end
    while first - 1 > begin and parts[end - 1].end - parts[first - 1].start <= overlap:
        first -= 1
    return first


__all__ = ["OVERLAP", "Chunk", "chunks"]
