"""Finds the passages of a record again in a text that may have changed since.

A passage is known by its words and by the characters around them, as a TextQuoteSelector of the Web
Annotation Data Model keeps them. Words that stand there as they were are found first, then those that
differ in quotation marks, dashes and kinds of space alone, then, for longer passages, those that are
nearly the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from kg.build.records import Record, recorded_span
from kg.build.words import places_of

NEARLY = 90.0
"""Likeness, of 100, from which a passage is taken for the one that was meant."""
FUZZY_FROM = 25
"""Code points from which a passage is looked for by likeness: shorter ones are too much like others."""
NEAR = 600
"""Code points from its content within which a source or cue is looked for."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″❝❞", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´ʼ", "'"),
        **dict.fromkeys("–—―−‐‑‒", "-"),
        **dict.fromkeys("\n\r\t\u00a0\u2009\u202f", " "),
    }
)


def anchored(record: Record, text: str) -> Record | None:
    """The record with its passages where they stand in a text.

    Args:
        record: A record, of this text or of an earlier version of it.
        text: The text.

    Returns:
        The record, with new offsets where the text has changed; None where its content is lost. A source
        or cue that is lost is left out, for the statement stands by its content.
    """
    content: list[Record] = []
    shift = 0
    for span in record["content"]:
        found = find(span, text, span["start"] + shift)
        if found is None:
            return None
        shift = found["start"] - span["start"]
        content.append(found)
    if not content:
        return None
    first, last = content[0]["start"], content[-1]["end"]
    beside: dict[str, Record | None] = {}
    for part in ("source", "cue"):
        span = record[part]
        near = find(span, text, span["start"] + shift) if span else None
        if near and not (first - NEAR < near["start"] < last + NEAR):
            near = None
        beside[part] = near
    return {**record, "content": content, **beside}


def find(span: Mapping[str, Any], text: str, expected: int) -> Record | None:
    """A passage of a record in a text; None where its words are gone.

    Args:
        span: `text`, `start`, and `prefix` and `suffix`, which tell equal words apart.
        text: The text.
        expected: Where the passage should begin.

    >>> find({"text": "no", "start": 0, "prefix": "say ", "suffix": ""}, "no, they say no", 0)["start"]
    13
    """
    words = span["text"]
    plain = text.translate(_ALIKE)
    for needle, hay in ((words, text), (words.translate(_ALIKE), plain)):
        places = places_of(needle, hay)
        if places:
            best = max(places, key=lambda at: (_fit(span, plain, at), -abs(at - expected)))
            return recorded_span(text, best, best + len(words))
    if len(words) < FUZZY_FROM:
        return None
    alike = fuzz.partial_ratio_alignment(words.translate(_ALIKE), plain, score_cutoff=NEARLY)
    if alike is None or alike.dest_end <= alike.dest_start or len(text) < len(words) / 2:
        return None
    start, end = _whole_words(text, alike.dest_start, alike.dest_end)
    return recorded_span(text, start, end)


def _fit(span: Mapping[str, Any], text: str, at: int) -> int:
    """How many characters around a place are those that were around the passage."""
    before, after = span.get("prefix") or "", span.get("suffix") or ""
    end = at + len(span["text"])
    left = _common(before.translate(_ALIKE)[::-1], text[max(0, at - len(before)) : at][::-1])
    return left + _common(after.translate(_ALIKE), text[end : end + len(after)])


def _common(one: str, other: str) -> int:
    number = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        number += 1
    return number


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage without blanks at its ends, widened to whole words."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


__all__ = ["FUZZY_FROM", "NEAR", "NEARLY", "anchored", "find"]
