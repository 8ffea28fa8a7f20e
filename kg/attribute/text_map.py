"""One article ready for reading: parse, paragraphs, quotations, and ways between characters and tokens."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.attribute.candidate import Range
from kg.attribute.paragraphs import Paragraph, paragraphs
from kg.attribute.parsing import parse
from kg.attribute.quotation_marks import Quoted, quotations
from kg.ingest.decode import encodable

_DATELINE = re.compile(
    r"(?:[A-Z]{2,}[\w.’'-]*(?:[ ,/]+[A-Z0-9][\w.’'-]*){0,6},?(?: ?\([^)]{2,60}\))?"
    r"|[A-Z][\w.’'-]*(?:[ ,/]+[A-Z0-9][\w.’'-]*){0,6},? \([^)]{2,60}\)|\([A-Z][\w ]+\))\s+(?:[–—]|--?)\s+"
)
"""Place and agency before an article's first sentence: `LIMA, May 3 (Agency) - `."""
_ENDS = {".", "!", "?", "…", "..."}


@dataclass(frozen=True)
class TextMap:
    """What all parts of the reading look up.

    Attributes:
        text: The article's text, as it was parsed.
        doc: The parsed article.
        parts: Its paragraphs.
        quotes: Its quotations, in order.
    """

    text: str
    doc: Doc
    parts: tuple[Paragraph, ...]
    quotes: tuple[Quoted, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each token."""
        return [token.idx for token in self.doc]

    @cached_property
    def part_starts(self) -> list[int]:
        """Offset of each paragraph."""
        return [part.start for part in self.parts]

    @cached_property
    def mask(self) -> bytes:
        """1 for each character inside quotation marks, the marks included."""
        mask = bytearray(len(self.text) + 1)
        for quoted in self.quotes:
            mask[quoted.start : quoted.end] = b"\1" * (quoted.end - quoted.start)
        return bytes(mask)

    @cached_property
    def word_counts(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(token.text for token in self.doc if not token.is_punct and not token.is_space)

    @cached_property
    def quotes_of(self) -> list[list[Quoted]]:
        """Quotations by paragraph."""
        found: list[list[Quoted]] = [[] for _ in self.parts]
        for quoted in self.quotes:
            found[quoted.paragraph].append(quoted)
        return found

    def token_at(self, offset: int) -> int:
        """Index of the token that covers a character, or of the next one after it."""
        i = bisect.bisect_right(self.starts, offset) - 1
        if i >= 0 and offset < self.starts[i] + len(self.doc[i]):
            return i
        return i + 1

    def tokens(self, span: Range) -> Range:
        """Token range of the characters [start, end)."""
        first = self.token_at(span[0])
        last = bisect.bisect_left(self.starts, span[1])
        return first, max(first, last)

    def part_at(self, offset: int) -> int:
        """Index of the paragraph of a character."""
        return max(0, bisect.bisect_right(self.part_starts, offset) - 1)

    def in_quotes(self, token: Token) -> bool:
        """Whether a token stands inside quotation marks."""
        return bool(self.mask[token.idx])

    def quote_at(self, offset: int) -> Quoted | None:
        """The quotation that a character belongs to."""
        if not self.mask[offset]:
            return None
        for quoted in self.quotes_of[self.part_at(offset)]:
            if quoted.start <= offset < quoted.end:
                return quoted
        return None

    def opening(self, part: Paragraph) -> int:
        """Offset of a paragraph's first word, after the dateline if it has one."""
        dateline = _DATELINE.match(self.text, part.start, part.end)
        return dateline.end() if dateline is not None else part.start

    def sentence_start(self, i: int) -> int:
        """Index of the first token of the narrator's sentence that token i stands in.

        spaCy ends sentences inside quotations; here one ends only where the narrator's does, or with a
        quotation that is a sentence of its own.
        """
        doc = self.doc
        part = self.parts[self.part_at(doc[i].idx)]
        first = self.token_at(part.start)
        opening = self.opening(part)
        if opening <= doc[i].idx:
            first = self.token_at(opening)
        while i > first:
            before = doc[i - 1]
            if not self.mask[doc[i].idx] or not self.mask[before.idx]:
                closing = i - 1
                while closing > first and (doc[closing].text in "\"”’'»)]" or doc[closing].is_space):
                    closing -= 1
                ended = doc[closing].text in _ENDS or doc[closing].text[-1:] in "!?"
                if ended and (closing == i - 1 or doc[i].text[:1].isupper() or self.mask[doc[i].idx]):
                    quoted_end = self.mask[doc[closing].idx] and not doc[i].text[:1].isupper()
                    if doc[i].is_sent_start or (doc[i].text[:1].isupper() and not quoted_end):
                        return i
            i -= 1
        return first

    def sentence_end(self, i: int) -> int:
        """Index after the last token of the narrator's sentence that token i stands in."""
        doc = self.doc
        last = self.tokens((0, self.parts[self.part_at(doc[i].idx)].end))[1]
        k = i
        while k < last:
            token = doc[k]
            if token.text in _ENDS and not self.mask[token.idx]:
                return k + 1
            if token.text in _ENDS and self.mask[token.idx] and not self.mask[doc[i].idx]:
                quoted = self.quote_at(token.idx)
                after = self.token_at(quoted.end) if quoted is not None else last
                at_end = quoted is not None and quoted.inner_end <= token.idx + len(token)
                if at_end and (after >= last or doc[after].text[:1].isupper() or self.mask[doc[after].idx]):
                    return min(after, last)
            k += 1
        return last


def text_map(text: str) -> TextMap:
    """Parse a text and make all that is looked up in it.

    Raises:
        KgError: spaCy's model is not installed.
    """
    text = encodable(text)
    parts = paragraphs(text)
    return TextMap(text, parse(text, parts), tuple(parts), tuple(quotations(text, parts)))


__all__ = ["TextMap", "text_map"]
