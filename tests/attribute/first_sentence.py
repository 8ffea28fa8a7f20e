"""An extractor for tests of what goes on around one: an article's first line is a statement of nobody's."""

from __future__ import annotations

from kg.attribute.paragraphs import paragraphs
from kg.attribute.parsing import parse
from kg.attribute.reading import Reading
from kg.model.article import Article
from kg.model.attribution import Attribution, Span
from kg.model.errors import InputError


class FirstSentence:
    """Reads the first line, and cannot read the articles whose names are in `unreadable`."""

    label = "first 1.0"
    unreadable: tuple[str, ...] = ()

    def __init__(self, settings, tell):
        """Need nothing."""
        self._articles = 0

    def digest(self) -> str:
        return "1"

    def read(self, article: Article) -> Reading:
        if article.name in self.unreadable:
            raise InputError("too hard", where=article.name)
        self._articles += 1
        end = article.text.index("\n")
        found = Attribution(None, None, (Span(0, end, article.text[:end]),), "indirect", confidence=0.9)
        return Reading(article, parse(article.text, paragraphs(article.text)), (found,))

    def account(self) -> str | None:
        return f"{self._articles} articles read" if self._articles else None
