"""The extractor `rules`: constructions of English that attribute, over a parse."""

from __future__ import annotations

from collections.abc import Callable

from kg.attribute.reader import read
from kg.attribute.reading import Reading
from kg.model.article import Article
from kg.model.reading_settings import ReadingSettings


class RulesReader:
    """Reads by the rules in `kg/attribute`; see `kg.attribute.reader`."""

    label = "rules"

    def __init__(self, settings: ReadingSettings, tell: Callable[[str], None]) -> None:
        """Need nothing of the settings."""

    def digest(self) -> str:
        """Nothing but what all extractors share."""
        return "rules"

    def read(self, article: Article) -> Reading:
        """See `kg.attribute.reader.read`."""
        return read(article)

    def account(self) -> str | None:
        """Reading by rules costs only time."""
        return None


__all__ = ["RulesReader"]
