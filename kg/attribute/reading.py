"""What reading an article gives: the article, its parse and its attributions."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.model.article import Article
from kg.model.attribution import Attribution


@dataclass(frozen=True)
class Reading:
    """An article as read.

    Attributes:
        article: The article.
        doc: spaCy's parse of the article's whole text; token offsets are offsets in the article.
        attributions: In the order of their contents; `reported_in` holds indices of this tuple.
    """

    article: Article
    doc: Doc
    attributions: tuple[Attribution, ...]


__all__ = ["Reading"]
