"""The extractors: ways to find the attributions of an article, by name; imported only when they are used.

To add one: a class that keeps to `AttributionReader`, in a room of its own below `kg/attribute`, and its line
in `EXTRACTORS`. All that reads afterwards (linking, stance, the graph) is the same for every extractor.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from kg.model.article import Article
from kg.model.errors import UsageError
from kg.model.reading_settings import ReadingSettings

if TYPE_CHECKING:
    from kg.attribute.reading import Reading

EXTRACTORS = {
    "model": "kg.attribute.tagger.reader:TaggerReader",
    "rules": "kg.attribute.rules:RulesReader",
    "llm": "kg.attribute.llm.reader:LlmReader",
}
"""Module and class of each extractor by the name that `--extractor` takes."""

Tell = Callable[[str], None]


class AttributionReader(Protocol):
    """One way to find attributions.

    A class is called with the settings of reading and a function that tells the person who waits. That costs
    nothing; models are loaded when the first article is read.
    """

    @property
    def label(self) -> str:
        """Name and version, as the provenance of what was read has them: "rules", "llm small-model"."""

    def digest(self) -> str:
        """A digest of what this extractor alone reads with: weights, prompts, its own code.

        Another digest means to read articles again. The modules that lie directly in `kg/attribute` are
        shared, and counted elsewhere. Nothing is loaded and nobody is called for it.
        """

    def read(self, article: Article) -> Reading:
        """The attributions of an article with its parse.

        Raises:
            InputError: This article cannot be read; others may.
            KgError: Nothing can be read: a model is missing, a server is away.
        """

    def account(self) -> str | None:
        """What reading has cost so far, as a line for the person who waits; None where it costs only time."""


def _silent(message: str) -> None:
    """Tell nobody."""


def open_reader(settings: ReadingSettings | None = None, tell: Tell = _silent) -> AttributionReader:
    """The extractor that the settings name.

    Args:
        settings: How to read; as usual unless told.
        tell: Called with a line for the person who waits.

    Raises:
        UsageError: There is no extractor of that name, or a setting that it needs is missing.

    >>> open_reader().label
    'model'
    """
    settings = settings or ReadingSettings()
    if settings.extractor not in EXTRACTORS:
        raise UsageError(
            f"there is no extractor '{settings.extractor}'", hint="use one of " + ", ".join(EXTRACTORS)
        )
    module, name = EXTRACTORS[settings.extractor].split(":")
    reader: AttributionReader = getattr(importlib.import_module(module), name)(settings, tell)
    return reader


__all__ = ["EXTRACTORS", "AttributionReader", "Tell", "open_reader"]
