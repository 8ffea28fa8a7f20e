"""The word lists of this layer, read once from `lexicon.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    lists: dict[str, str] = tomllib.loads(
        Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8")
    )
    return lists


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """The entries of one list.

    Args:
        name: Its key in `lexicon.toml`.

    >>> "spokeswoman" in words("spokes")
    True
    """
    return frozenset(" ".join(entry.split()) for entry in _lists()[name].split(",") if entry.strip())
