"""A text as the tagger sees it: words, what their letters, marks and places tell, and their pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.attribute.paragraphs import Paragraph, paragraphs
from kg.attribute.quotation_marks import Quoted, quotations

Integers = NDArray[np.int64]

_WORD = re.compile(
    r"``|''|‘‘|’’|--+|\.\.\.+"
    r"|[A-Za-z]+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|[A-Z](?:\.[A-Z])+\.?|\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|\w",
    re.IGNORECASE,
)
_DOUBLE = ("``", "''", "‘‘", "’’", "“", "”", "„", "‟", "«", "»", "＂", '"')
_OTHER = {"‘": "'", "’": "'", "`": "'", "—": "--", "–": "--"}
_MARKS = dict.fromkeys(_DOUBLE, '"') | _OTHER

CASES = 4
"""How a word is written: without capitals, with a capital first, in capitals, with a digit."""
PLACES = 4
"""How a word stands to quotation marks: outside, inside, an opening mark, a closing one."""
OPENINGS = 2
"""Whether a word is the first of a paragraph."""


@dataclass(frozen=True)
class Words:
    """The words of a text with their features, one entry a word in each array.

    Attributes:
        starts, ends: Offsets [start, end) in the text.
        pieces: Identifiers of word pieces, all words in a row.
        first_piece: Index in `pieces` of each word's first, and the number of pieces at the end.
        case, place, opening: Features below `CASES`, `PLACES` and `OPENINGS`.
        paragraph: Index of the paragraph that the word stands in.
    """

    starts: Integers
    ends: Integers
    pieces: Integers
    first_piece: Integers
    case: Integers
    place: Integers
    opening: Integers
    paragraph: Integers

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.starts)


def _case(word: str) -> int:
    if word[0].isdigit():
        return 3
    if not word[0].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _places(words: Sequence[tuple[int, int]], marks: Sequence[Quoted]) -> list[int]:
    """For each word where it stands to the quotations, which are in order and do not overlap."""
    places, at = [0] * len(words), 0
    for quoted in marks:
        while at < len(words) and words[at][0] < quoted.start:
            at += 1
        while at < len(words) and words[at][0] < quoted.end:
            start = words[at][0]
            places[at] = 2 if start < quoted.inner_start else 3 if start >= quoted.inner_end else 1
            at += 1
    return places


def split(
    text: str,
    tokenizer: Tokenizer,
    parts: Sequence[Paragraph] | None = None,
    marks: Sequence[Quoted] | None = None,
) -> Words:
    """Split a text into words.

    Typographic and typewriter marks, and those of tokenised corpora, come out alike, so that the tagger reads
    “Yes”, "Yes" and `` Yes '' as the same.

    Args:
        text: The whole text; nothing of it is altered.
        tokenizer: Of the tagger's transformer.
        parts: Its paragraphs, where they are known already.
        marks: Its quotations, where they are known already.
    """
    parts = paragraphs(text) if parts is None else parts
    marks = quotations(text, parts) if marks is None else marks
    spans: list[tuple[int, int]] = []
    paragraph: list[int] = []
    opening: list[int] = []
    for number, part in enumerate(parts):
        found = [match.span() for match in _WORD.finditer(text, part.start, part.end)]
        spans += found
        paragraph += [number] * len(found)
        opening += [int(i == 0) for i in range(len(found))]
    written = [text[start:end] for start, end in spans]
    # A lone surrogate is no character that the tokenizer takes.
    shown = [_MARKS.get(word, word).encode("utf-8", "replace").decode("utf-8") for word in written]
    encoded = tokenizer.encode(shown, is_pretokenized=True, add_special_tokens=False) if shown else None
    pieces = encoded.ids if encoded else []
    word_of_piece = encoded.word_ids if encoded else []
    counts = (
        np.bincount(np.array(word_of_piece, dtype=np.int64), minlength=len(spans)) if spans else np.zeros(0)
    )
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Words(
        starts=np.array([start for start, _ in spans], dtype=np.int64),
        ends=np.array([end for _, end in spans], dtype=np.int64),
        pieces=np.array(pieces, dtype=np.int64),
        first_piece=first,
        case=np.array([_case(word) for word in written], dtype=np.int64),
        place=np.array(_places(spans, marks), dtype=np.int64),
        opening=np.array(opening, dtype=np.int64),
        paragraph=np.array(paragraph, dtype=np.int64),
    )


__all__ = ["CASES", "OPENINGS", "PLACES", "Integers", "Words", "split"]
