"""A candidate: a cue with the content and the source that one construction would give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

Range = tuple[int, int]
"""Half-open range, of tokens or of characters as said where it is used."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible attribution before the candidates of an article are weighed against each other.

    Attributes:
        head: Index of the token that carries the cue; -1 where only layout attributes.
        lemma: The cue's lemma, lower case.
        construction: How cue and content hang together: `that`, `bare`, `wh`, `to`, `obj`, `prep:for`, ...
        cue: Token ranges of the cue words; empty where only layout attributes.
        content: Character ranges of the content.
        source: Character range of the mention of who spoke; None if unsaid.
        confidence: Estimated share of such candidates that are attributions.
        quoted: Whether the content is direct speech by its layout, as a block quote is without any marks.
        continued: Whether the source was taken over from the attribution before.
    """

    head: int
    lemma: str
    construction: str
    cue: Range | None
    content: tuple[Range, ...]
    source: Range | None = None
    confidence: float = 0.5
    quoted: bool = False
    continued: bool = False

    def with_(self, **changes: object) -> Self:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def start(self) -> int:
        """First character of the content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """The character after the content's last."""
        return self.content[-1][1]

    @property
    def length(self) -> int:
        """Characters of content."""
        return sum(end - start for start, end in self.content)

    def covers(self, start: int, end: int) -> int:
        """How many of the characters [start, end) the content holds."""
        return sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in self.content)

    def shared(self, content: Iterable[Range]) -> int:
        """How many characters of other contents this one holds."""
        return sum(self.covers(start, end) for start, end in content)

    def likeness(self, content: Sequence[Range]) -> float:
        """Dice coefficient of the characters of this content and another; 0 where both are empty."""
        length = self.length + sum(end - start for start, end in content)
        return 2 * self.shared(content) / (length or 1)


__all__ = ["Candidate", "Range"]
