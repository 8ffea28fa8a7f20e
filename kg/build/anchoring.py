"""Finds the passages of a record again in a text that may have changed since.

A passage is known by its words and by the characters around them, as a TextQuoteSelector of the Web
Annotation Data Model keeps them. Words that stand there as they were are found first, then those that
differ in quotation marks, dashes and kinds of space alone, then, for longer passages, those that are
nearly the same: with no word that turns the meaning, and none put for another.

The same words may be another speaker's. So they must stand among words that stood around them before or,
where all around them is new, be long and have their source near by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from kg.build.likeness import LIGHT, nearly_the_same, plain_words
from kg.build.records import Record, recorded_span
from kg.build.words import folded_word, places_of, words_of

NEARLY = 90.0
"""Likeness, of 100, from which a passage is taken for the one that was meant."""
FUZZY_FROM = 25
"""Code points from which a passage is looked for by likeness: shorter ones are too much like others."""
NEAR = 600
"""Code points from its content within which a source or cue is looked for."""

_WORD = re.compile(r"\w+")
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
        The record, with new offsets where the text has changed; None where its content is lost or stands
        among other words. A source or cue that is lost is left out, for the statement stands by its content.
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
    told = beside["source"] and any(len(span["text"]) >= FUZZY_FROM for span in content)
    if not told and not any(map(_stays, record["content"], content)):
        return None
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
    if len(words) < FUZZY_FROM or not _WORD.search(words):
        return None
    alike = fuzz.partial_ratio_alignment(words.translate(_ALIKE), plain, score_cutoff=NEARLY)
    if alike is None or alike.dest_end <= alike.dest_start or len(text) < len(words) / 2:
        return None
    place = _from_first_to_last(words.translate(_ALIKE), plain, alike.dest_start, alike.dest_end)
    if place is None or not nearly_the_same(plain_words(words), plain_words(text[slice(*place)])):
        return None
    return recorded_span(text, *place)


def _from_first_to_last(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place near another from the first of some words to the last, whatever came in between.

    Marks that the words begin or end with belong to it where they stand there.
    """
    wanted = list(_WORD.finditer(words))
    near = list(_WORD.finditer(text, max(0, start - FUZZY_FROM), min(len(text), end + FUZZY_FROM)))
    first, last = (folded_word(one.group().casefold()) for one in (wanted[0], wanted[-1]))
    begins = [one.start() for one in near if folded_word(one.group().casefold()) == first]
    ends = [one.end() for one in near if folded_word(one.group().casefold()) == last]
    if not begins or not ends:
        return None
    start = min(begins, key=lambda at: abs(at - start))
    end = min(ends, key=lambda at: abs(at - end))
    before, after = words[: wanted[0].start()], words[wanted[-1].end() :]
    start -= len(before) if text.endswith(before, 0, start) else 0
    end += len(after) if text.startswith(after, end) else 0
    return (start, end) if start < end else None


def _stays(span: Record, found: Record) -> bool:
    """Whether a passage stands beside words that it stood beside before, on one side at least."""
    before = (words_of(span["prefix"])[::-1], words_of(span["suffix"]))
    now = (words_of(found["prefix"])[::-1], words_of(found["suffix"]))
    return not any(before) or any(map(_begin_alike, before, now))


def _begin_alike(before: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether words begin with the same, up to one that carries meaning."""
    common = before[: _common(before, now)]
    return bool(before) and (common == before or not LIGHT.issuperset(common))


def _fit(span: Mapping[str, Any], text: str, at: int) -> int:
    """How many characters around a place are those that were around the passage."""
    before, after = span.get("prefix") or "", span.get("suffix") or ""
    end = at + len(span["text"])
    left = _common(before.translate(_ALIKE)[::-1], text[max(0, at - len(before)) : at][::-1])
    return left + _common(after.translate(_ALIKE), text[end : end + len(after)])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters, or words, two sequences begin with alike."""
    number = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        number += 1
    return number


__all__ = ["FUZZY_FROM", "NEAR", "NEARLY", "anchored", "find"]
