"""What the cross-encoder reads of a statement: its sentences with their marks, and what they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.statement import Statement
from kg.stance.cross_encoder import marked
from kg.stance.passages import SENTENCE_END, bounds

LONG = 320
"""Characters from which a content is also read sentence by sentence."""
MOST = 6
"""Sentences of one content that are read by themselves."""
CONTEXT = " | "
"""Stands between a statement's sentences, the headline, and the sentence before."""
LONGEST_CONTEXT = 200
"""Characters that are read of headline and sentence before; of the latter the last ones."""
SEARCHED = 2000
"""Characters at an article's beginning in which a headline is looked for."""
LEAST_WORDS = 4
"""Words of a line that may be a headline."""

_CONTENT_MARKS = str.maketrans("", "", "<>")


def excerpts(statement: Statement, article: Article) -> list[str]:
    """The statement's sentences with source, cue and content in brackets; of a long content each one as well.

    A source or cue that stands in none of these sentences is put before them, so that it is known who
    speaks and how. Behind them stand the article's headline and the sentence before, which tell what
    "the move" or "it" is.

    Args:
        statement: With spans in the article's text, and at least one of content.
        article: The article.

    Returns:
        One text or more; the first holds the whole content.
    """
    start, end = bounds(article.text, statement.content[0].start, statement.content[-1].end, 0)
    found = [_excerpt(statement, article, start, end)]
    said = sum(len(span.text) for span in statement.content)
    if said > LONG:
        parts = [part for span in statement.content for part in _sentences(article.text, span)]
        found += [_excerpt(statement, article, *part) for part in parts[:MOST]]
    return list(dict.fromkeys(found))


def alone(excerpt: str) -> str:
    """An excerpt without what it may refer to and without marks of its content, as contrast sets have texts.

    >>> alone("[Ann Lee] {called} <the move> overdue. | Council drops tram")
    '[Ann Lee] {called} the move overdue.'
    """
    return excerpt.partition(CONTEXT)[0].translate(_CONTENT_MARKS)


def _excerpt(statement: Statement, article: Article, start: int, end: int) -> str:
    return _around(statement, article.text, start, end) + _context(article, start)


def _context(article: Article, start: int) -> str:
    (own, _), (before, _) = (bounds(article.text, start, start, sentences) for sentences in (0, 1))
    head, sentence = (" ".join(part.split()) for part in (headline(article, start), article.text[before:own]))
    parts = (head[:LONGEST_CONTEXT], sentence[-LONGEST_CONTEXT:])
    return "".join(CONTEXT + marked(part, [], []) for part in dict.fromkeys(parts) if part)


def headline(article: Article, before: int) -> str:
    """The article's title, or else its first line that may be one: long enough, no menu, before an offset."""
    if article.title:
        return article.title
    at = 0
    for line in article.text[: min(before, SEARCHED)].rpartition("\n")[0].splitlines(keepends=True):
        start, at = at, at + len(line)
        if len(line.split()) >= LEAST_WORDS and not article.in_boilerplate(start, at):
            return line.strip()
    return ""


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
    said = [
        Span(max(span.start, start) - start, min(span.end, end) - start, span.text)
        for span in statement.content
        if span.start < end and start < span.end
    ]
    return before + " ".join(marked(text[start:end], inside[0], inside[1], said).split())


def _sentences(text: str, span: Span) -> Sequence[tuple[int, int]]:
    places = [span.start]
    places += [match.end() for match in SENTENCE_END.finditer(text, span.start, span.end)]
    ends = [start + len(text[start:end].rstrip()) for start, end in pairwise([*places, span.end])]
    return [(start, end) for start, end in zip(places, ends, strict=True) if end - start > 12]


__all__ = ["CONTEXT", "alone", "excerpts"]
