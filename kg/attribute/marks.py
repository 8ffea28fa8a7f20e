"""Quotation marks around contents: annotated corpora count them in, statements leave them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.attribute.paragraphs import paragraphs
from kg.attribute.quotation_marks import quotations
from kg.model.attribution import Attribution, Span


def with_marks(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with each content that is a whole quotation widened to its marks, as in PolNeAR.

    Args:
        text: The article's text.
        attributions: Their contents are spans of it.

    >>> one = Attribution(None, None, (Span(1, 10, "We agree,"),), "direct")
    >>> with_marks("“We agree,” she said.", [one])[0].content[0].text
    '“We agree,”'
    """

    def trimmed(start: int, end: int) -> tuple[int, int]:
        words = text[start:end]
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    quoted = {
        trimmed(quotation.inner_start, quotation.inner_end): (quotation.start, quotation.end)
        for quotation in quotations(text, paragraphs(text))
    }

    def widened(span: Span) -> Span:
        within = trimmed(span.start, span.end)
        start, end = quoted.get(within, within)
        return Span(start, end, text[start:end])

    return [replace(one, content=tuple(map(widened, one.content))) for one in attributions]


__all__ = ["with_marks"]
