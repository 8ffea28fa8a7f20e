"""Where quotation marks open and close, in spite of their many shapes, missing ends and apostrophes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.attribute.paragraphs import Paragraph

_OPENERS = "“„«‟"
_CLOSERS = "”»"
_PAIRS = {"„": "“”‟", "»": "«"}
"""Marks that close what another opened although they open elsewhere: „so“, »so«."""
_SINGLE_OPEN = "‘"
_SINGLE = "'’"
_LOST_END = re.compile(
    r",\s+(?:he|she|they|the (?:\w+ ){1,5}|(?:[A-Z][\w.’'-]+ ){1,4})\s*(?:also |later )?"
    r"(?:said|says|added|adds|told|stressed|noted|explained|wrote|continued|insisted|warned|concluded)\b[^.!?]{0,60}\.?$"
)
"""The narrator's words at the end of a paragraph whose quotation never closes."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, within one paragraph.

    Attributes:
        start: First character of the opening mark.
        inner_start: First character of the words.
        inner_end: The character after the words' last.
        end: The character after the closing mark.
        closed: Whether there is a closing mark.
        runs_on: Whether the quotation goes on in the next paragraph, which opens with a mark of its own.
        continues: Whether it goes on from the paragraph before.
        paragraph: Index of the paragraph.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    closed: bool
    paragraph: int
    runs_on: bool = False
    continues: bool = False


def _double(text: str, i: int, end: int) -> int:
    """Length of the double mark at i: 1, 2 for two single ones in a row, or 0."""
    if text[i] in '"＂' or text[i] in _OPENERS or text[i] in _CLOSERS:
        return 1
    return 2 if text[i : i + 2] in ("''", "``", "‘‘", "’’") and i + 2 <= end else 0


def _opens(text: str, i: int, length: int, part: Paragraph) -> bool:
    """Whether a mark that has no direction of its own stands where one opens."""
    before = text[i - 1] if i > part.start else " "
    after = text[i + length] if i + length < part.end else " "
    if text[i] in _OPENERS or text[i] in "`‘":
        return True
    if text[i] == "»":  # »German papers turn them round.«
        return (before.isspace() or i == part.start) and (after.isalnum() or after in "›‚…")
    if text[i] in _CLOSERS:
        return False
    if after.isspace():
        return False
    return before.isspace() or before in "([{—–-/\"'“‘:" or i == part.start


def _closes_single(text: str, i: int, part: Paragraph) -> bool:
    before = text[i - 1]
    after = text[i + 1] if i + 1 < part.end else " "
    if before.isspace() or after.isalnum():
        return False
    if before == "s" and after == " " and i + 2 < part.end and text[i + 2].islower():
        # A plural's apostrophe ("the ministers' plan") as long as another mark may close the quotation later.
        rest = text[i + 1 : part.end]
        return not any(
            pair in rest for mark in ".,!?" for quote in _SINGLE for pair in (mark + quote, quote + mark)
        )
    return True


def _scan(text: str, part: Paragraph, number: int) -> list[Quoted]:
    found: list[Quoted] = []
    opened: tuple[int, int] | None = None
    single: int | None = None
    i = part.start
    while i < part.end:
        length = _double(text, i, part.end)
        if length:
            if opened is None:
                if _opens(text, i, length, part):
                    opened, single = (i, length), None
            elif (
                not _opens(text, i, length, part)
                or text[i] in _PAIRS.get(text[opened[0]], "")
                or (text[i] == '"' == text[opened[0]] and i - opened[0] < 2)
            ):
                found.append(Quoted(opened[0], opened[0] + opened[1], i, i + length, True, number))
                opened = None
            elif text[i] not in _OPENERS or text[opened[0]] in _OPENERS:
                # A second opening mark: the first quotation lost its end.
                found.append(Quoted(opened[0], opened[0] + opened[1], i, i, False, number))
                opened = (i, length)
            i += length
            continue
        if opened is None and (text[i] == _SINGLE_OPEN or text[i] in _SINGLE):
            if single is None:
                after = text[i + 1] if i + 1 < part.end else " "
                at_border = i == part.start or text[i - 1].isspace() or text[i - 1] in "([—–-/:"
                if at_border and (
                    after.isalpha() or after in "[…" or (after.isdigit() and text[i] == _SINGLE_OPEN)
                ):
                    single = i
            elif text[i] != _SINGLE_OPEN and _closes_single(text, i, part):
                found.append(Quoted(single, single + 1, i, i + 1, True, number))
                single = None
        i += 1
    if opened is not None:
        lost = _LOST_END.search(text, opened[0], part.end)
        end = lost.start() + 1 if lost else part.end
        found.append(Quoted(opened[0], opened[0] + opened[1], end, end, False, number))
    return found


def quotations(text: str, parts: Sequence[Paragraph]) -> list[Quoted]:
    """All quotations of a text, in order; one that runs over several paragraphs is in as many pieces.

    A quotation without an end goes on in the next paragraph if that opens with a mark; otherwise the end was
    forgotten, and the quotation ends with the paragraph or before the next opening mark.

    >>> part = Paragraph(0, 24)
    >>> [q.inner_end for q in quotations('“We agree,” she said now.', [part])]
    [10]
    """
    by_paragraph = [_scan(text, part, number) for number, part in enumerate(parts)]
    for number, found in enumerate(by_paragraph[:-1]):
        following = by_paragraph[number + 1]
        if found and not found[-1].closed and found[-1].end == parts[number].end:
            first = following[0] if following else None
            if first is not None and first.start == parts[number + 1].start:
                found[-1] = replace(found[-1], runs_on=True)
                following[0] = replace(first, continues=True)
    return [quoted for found in by_paragraph for quoted in found]


__all__ = ["Quoted", "quotations"]
