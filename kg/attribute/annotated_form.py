"""Contents as annotated corpora mark them: with quotation marks and "that", which statements leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.attribute.paragraphs import paragraphs
from kg.attribute.quotation_marks import quotations
from kg.model.attribution import Attribution, Span

_THAT = re.compile(r"that\s+\Z", re.IGNORECASE)


def as_annotated(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with contents as in PolNeAR: quotations with their marks, clauses with their "that".

    Args:
        text: The article's text.
        attributions: Their contents are spans of it.

    >>> one = Attribution(None, None, (Span(1, 10, "We agree,"),), "direct")
    >>> as_annotated("“We agree,” she said.", [one])[0].content[0].text
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
        that = _THAT.search(text, max(0, start - 12), start)
        start = that.start() if that is not None else start
        return Span(start, end, text[start:end])

    return [replace(one, content=tuple(map(widened, one.content))) for one in attributions]


__all__ = ["as_annotated"]
