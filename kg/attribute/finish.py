"""From candidates to attributions: form, force, whether one is a statement, and which holds which.

One place decides this for every extractor, so that what a trained or a language model found means the same
as what the rules found.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.attribute.candidate import Candidate, Range
from kg.attribute.force import force_of
from kg.attribute.statementhood import is_statement
from kg.attribute.text_map import TextMap
from kg.model.article import Article
from kg.model.attribution import Attribution, Quotation, Span


def finished(
    text: TextMap, article: Article, candidates: Sequence[Candidate], outer: Sequence[int | None]
) -> tuple[Attribution, ...]:
    """The attributions that candidates stand for, in the same order.

    Args:
        text: The article with its parse.
        article: The same article.
        candidates: Those that count.
        outer: For each the index of the one whose content holds it, or None, as `merge.outer_of` gives it.
    """
    return tuple(
        Attribution(
            source=_span(article, _mention(text, candidate.source)),
            cue=_span(article, candidate.cue),
            content=tuple(Span(start, end, article.text[start:end]) for start, end in candidate.content),
            quote=_quotation(text, candidate),
            force=force_of(
                candidate.lemma,
                candidate.construction,
                " ".join(text.text[start:end] for start, end in candidate.content),
            ),
            confidence=round(candidate.confidence, 4),
            is_statement=is_statement(text, candidate),
            reported_in=held_in,
        )
        for candidate, held_in in zip(candidates, outer, strict=True)
    )


def _quotation(text: TextMap, candidate: Candidate) -> Quotation:
    """Direct if all words stand inside quotation marks, mixed if some do."""
    if candidate.quoted:
        return "direct"
    inside = outside = 0
    for start, end in candidate.content:
        for i in range(start, end):
            if text.text[i].isalnum():
                if text.mask[i]:
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "indirect"
    return "direct" if not outside else "mixed"


def _mention(text: TextMap, span: Range | None) -> Range | None:
    """The source without a dateline: "LIMA -- Ann Lee" is Ann Lee."""
    if span is None:
        return None
    opening = text.opening(text.parts[text.part_at(span[0])])
    return (opening, span[1]) if span[0] < opening < span[1] else span


def _span(article: Article, span: Range | None) -> Span | None:
    return Span(span[0], span[1], article.text[span[0] : span[1]]) if span is not None else None


__all__ = ["finished"]
