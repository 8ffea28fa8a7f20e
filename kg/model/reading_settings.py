"""How articles are read: with which extractor, and how sure a reading must be to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.model.errors import InputError, UsageError
from kg.model.llm_settings import LlmSettings, llm_settings

CACHE = "llm-answers"
"""Folder of a project in which the answers of language models are kept."""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What `kg.toml`, options and the Python API say of reading.

    Attributes:
        extractor: Name of the extractor that finds attributions; see `kg.attribute.extractors`.
        threshold: Attributions and statements of less confidence are left out; from 0 (all stay) to 1.
        llm: The language model that the extractor `llm` asks.
        cross_encoder: Folder of the network that codes stances; None for the one of the package.
    """

    extractor: str = "model"
    threshold: float = 0.0
    llm: LlmSettings = field(default_factory=LlmSettings)
    cross_encoder: Path | None = None


def check_threshold(value: object) -> float:
    """The threshold as a number.

    Raises:
        UsageError: It is no number from 0 to 1.

    >>> check_threshold(1)
    1.0
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise UsageError(f"threshold is {value!r}", hint="use a number from 0 (all stay) to 1")
    return float(value)


def reading_settings(table: Mapping[str, Any], path: Path) -> ReadingSettings:
    """The settings of reading in a parsed `kg.toml`.

    Args:
        table: The whole file.
        path: The file, for messages.

    Raises:
        InputError: A value is of the wrong kind.
    """
    usual = ReadingSettings()
    extractor = table.get("extractor", usual.extractor)
    if not isinstance(extractor, str):
        raise InputError("'extractor' should be a name", where=path, hint=f'such as "{usual.extractor}"')
    try:
        threshold = check_threshold(table.get("threshold", usual.threshold))
    except UsageError as error:
        raise InputError(error.what, where=path, hint=error.hint) from error
    llm = llm_settings(table.get("llm"), path, path.parent / CACHE)
    network = table.get("cross_encoder")
    if network is not None and not isinstance(network, str):
        raise InputError("'cross_encoder' should be a folder", where=path, hint='such as "models/stances"')
    return ReadingSettings(extractor, threshold, llm, path.parent / network if network else None)


__all__ = ["ReadingSettings", "check_threshold", "reading_settings"]
