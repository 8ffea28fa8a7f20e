"""Which characters of a text are taken: one byte a character, so that any number of spans is checked fast."""

from __future__ import annotations

from collections.abc import Iterable


class Cover:
    """Characters that spans have taken.

    >>> cover = Cover(10, [(2, 4)])
    >>> cover.touches(3, 6), cover.touches(4, 6), cover.holds(2, 4), cover.holds(2, 5)
    (True, False, True, False)
    """

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take the characters [start, end) of some spans of a text of that length."""
        self._taken = bytearray(length)
        for start, end in spans:
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        """Take the characters [start, end)."""
        self._taken[start:end] = b"\1" * (min(end, len(self._taken)) - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of the characters [start, end) is taken."""
        return 1 in self._taken[start:end]

    def holds(self, start: int, end: int) -> bool:
        """Whether all of the characters [start, end) are taken."""
        return 0 not in self._taken[start:end]
