"""What the cross-encoder reads of a statement: its sentences, with source and cue in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.statement import Statement
from kg.stance.cross_encoder import marked
from kg.stance.passages import bounds

LONG = 320
"""Characters from which a content is also read sentence by sentence."""
MOST = 6
"""Sentences of one content that are read by themselves."""

_SENTENCE = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


def excerpts(statement: Statement, article: Article) -> list[str]:
    """The statement's sentences with source and cue in brackets; of a long content each sentence as well.

    A source or cue that stands in none of these sentences is put before them, so that it is known who
    speaks and how.

    Args:
        statement: With spans in the article's text, and at least one of content.
        article: The article.

    Returns:
        One text or more; the first holds the whole content.
    """
    start, end = bounds(article.text, statement.content[0].start, statement.content[-1].end, 0)
    found = [_around(statement, article.text, start, end)]
    said = sum(len(span.text) for span in statement.content)
    if said > LONG:
        parts = [part for span in statement.content for part in _sentences(article.text, span)]
        found += [_around(statement, article.text, *part) for part in parts[:MOST]]
    return list(dict.fromkeys(found))


def _around(statement: Statement, text: str, start: int, end: int) -> str:
    inside: list[list[Span]] = []
    before = ""
    for span, opening, closing in ((statement.source, "[", "]"), (statement.cue, "{", "}")):
        if span is not None and start <= span.start and span.end <= end:
            inside.append([Span(span.start - start, span.end - start, span.text)])
        else:
            inside.append([])
            if span is not None and span.text.strip():
                before += f"{opening}{' '.join(span.text.split())}{closing} "
    if before:
        before = before.rstrip() + ": "
    return before + " ".join(marked(text[start:end], *inside).split())


def _sentences(text: str, span: Span) -> Sequence[tuple[int, int]]:
    places = [span.start]
    places += [match.end() for match in _SENTENCE.finditer(text, span.start, span.end)]
    ends = [*places[1:], span.end]
    return [(start, end) for start, end in zip(places, ends, strict=True) if end - start > 12]


__all__ = ["excerpts"]
