"""The lines of a text with their offsets, and what their shape says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$|[\"”»]\s*$")
_QUOTE = re.compile(r"[\"“”„«»]|(?<!\w)[‘']\w")
_FULL_STOP_WITHIN = re.compile(r"[a-z0-9”\"’)][.!?][\"”’)]?\s+[\"“‘(]?[A-Z]")

PROSE_WORDS = 9


@dataclass(frozen=True)
class Line:
    """One line without its outer blanks: [start, end) of the text, the words in it and its block.

    Attributes:
        block: Number of the run of lines without a blank line between them.
    """

    start: int
    end: int
    text: str
    block: int
    words: tuple[str, ...] = field(repr=False)

    @property
    def ends_as_sentence(self) -> bool:
        """Whether it ends with a full stop or the like, or with a closing quotation mark."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def has_quote(self) -> bool:
        """Whether a quotation mark stands in it."""
        return bool(_QUOTE.search(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text: nine words and a sentence's end, at its end or within."""
        if len(self.words) < PROSE_WORDS:
            return False
        return self.ends_as_sentence or bool(_FULL_STOP_WITHIN.search(self.text))


def lines_of(text: str) -> list[Line]:
    r"""The lines that have something in them; any line break of Unicode counts.

    >>> [(line.start, line.text, line.block) for line in lines_of("One\r\n Two\n\nThree")]
    [(0, 'One', 0), (6, 'Two', 0), (11, 'Three', 1)]
    """
    lines: list[Line] = []
    block, position, gap = 0, 0, False
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        raw = text[position:stop]
        bare = raw.strip()
        if not bare:
            gap = True
        else:
            block += gap and bool(lines)
            start = position + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(bare), bare, block, tuple(_WORD.findall(bare))))
            gap = False
        position = following
    return lines


__all__ = ["PROSE_WORDS", "Line", "lines_of"]
