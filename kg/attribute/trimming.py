"""Cutting spans to the words that count: no marks around them, no conjunction of the narrator's."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.attribute.candidate import Range

_NARRATORS_WORDS = {"that", "but", "and", "however", "meanwhile", "yet", "so"}
_OPENING = "\"“‘'«([„`"


def token_range(doc: Doc, start: int, end: int) -> Range | None:
    """Characters of the tokens [start, end) without white space and punctuation at the ends.

    Closing and opening quotation marks and brackets stay where their partner is inside.
    """
    while start < end and (
        doc[start].is_space or (doc[start].is_punct and not _keeps(doc, start, end)) or doc[start].text == "-"
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space or (doc[end - 1].is_punct and not _keeps(doc, start, end, last=True))
    ):
        end -= 1
    if start >= end:
        return None
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def content_range(doc: Doc, start: int, end: int) -> Range | None:
    """As `token_range`, and without a leading "that", "but", "and", "however" and the commas after them."""
    while start < end:
        token = doc[start]
        word = token.lower_
        if word == "that" and start + 1 < end and doc[start + 1].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if (
            word not in _NARRATORS_WORDS
            and not token.is_space
            and token.text not in {",", "…", "...", "-", "–", "—"}
        ):
            break
        start += 1
    return token_range(doc, start, end)


def _keeps(doc: Doc, start: int, end: int, *, last: bool = False) -> bool:
    text = doc[end - 1].text if last else doc[start].text
    if text in ("...", "…", "!", "?"):
        return last
    if last:
        return text in "\"”’'»)]" or text == "''"
    return text[0] in _OPENING


__all__ = ["content_range", "token_range"]
