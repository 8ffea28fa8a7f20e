"""Cutting spans to the words that count: no marks around them, no conjunction that belongs to the narrator."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.attribute.candidate import Range

_LEADING = re.compile(r"(?:[\s,;:.…–—\-]+|(?:that|but|and|however|meanwhile|yet|so)\b[\s,]*(?=\S))", re.IGNORECASE)
_OPENING = "\"“‘'«([„`"


def token_range(doc: Doc, start: int, end: int) -> Range | None:
    """Characters of the tokens [start, end) without white space and punctuation at the ends.

    Closing and opening quotation marks and brackets stay where their partner is inside.
    """
    while start < end and (
        doc[start].is_space or (doc[start].is_punct and not _keeps(doc, start, end)) or doc[start].text == "-"
    ):
        start += 1
    while end > start and (doc[end - 1].is_space or (doc[end - 1].is_punct and not _keeps(doc, start, end, last=True))):
        end -= 1
    if start >= end:
        return None
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _keeps(doc: Doc, start: int, end: int, *, last: bool = False) -> bool:
    text = doc[end - 1].text if last else doc[start].text
    if text in ("...", "…", "!", "?"):
        return last
    if last:
        return text in "\"”’'»)]" or text == "''"
    return text[0] in _OPENING


def lead(text: str, span: Range, *, conjunctions: bool = True) -> Range:
    """The span without a leading "that", comma or dash, and without a leading "but", "and", "however".

    >>> text = "that, he hopes"
    >>> text[slice(*lead(text, (0, len(text))))]
    'he hopes'
    """
    start, end = span
    while start < end:
        match = _LEADING.match(text, start, end)
        if match is None or match.end() >= end:
            break
        word = match.group().strip(" ,").lower()
        if word and word != "that" and not conjunctions:
            break
        if word == "that" and re.match(r"(?:is|was|'s|’s|would|will|has|can)\b", text[match.end() : end]):
            break
        start = match.end()
    return start, end


__all__ = ["lead", "token_range"]
