"""Words of a text as stems that hold derived forms together, and how telling each is within a codebook."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kg.stance.lexicon import lexicon

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)

COMMON = lexicon().common
"""Words of grammar and of politics at large, which tell no two positions apart."""

_SUFFIXES = sorted(lexicon().suffixes, key=len, reverse=True)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What derived forms of a word have in common, roughly: endings are taken off while four letters remain.

    >>> {stem(word) for word in ("recognise", "recognition", "recognised")}
    {'recogn'}
    >>> stem("Russia") == stem("Russian"), stem("missile") == stem("mission")
    (True, False)
    """
    folded = unicodedata.normalize("NFKD", word.lower().replace("’", "'").removesuffix("'s"))
    plain = "".join(char for char in folded if char.isalnum())
    if len(plain) <= 4:
        return plain[:-1] if len(plain) == 4 and plain.endswith("s") and not plain.endswith("ss") else plain
    for suffix in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 4:
            kept = plain[: -len(suffix)]
            return kept[:-1] if kept[-1] == kept[-2] else kept
    return plain


def stems(text: str) -> list[str]:
    """Stems of the telling words of a text, in its order; hyphens inside words are closed up.

    >>> stems("The co-operation of the towns must go on")
    ['cooper', 'town']
    """
    closed = re.sub(r"(?<=\b[Cc]o)[-‑](?=\w)|(?<=\b[Rr]e)[-‑](?=\w)", "", text)
    words = (match.group() for match in WORD.finditer(closed))
    return [stem(word) for word in words if word.lower().replace("’", "'") not in COMMON]


class Weights:
    """How telling a stem is among the positions of a codebook: inverse document frequency.

    >>> weights = Weights([{"tram", "citi"}, {"park", "citi"}])
    >>> weights["tram"] > weights["citi"]
    True
    """

    def __init__(self, documents: Iterable[set[str]]) -> None:
        """Count in how many documents each stem stands."""
        self._count: dict[str, int] = {}
        self._size = 0
        for document in documents:
            self._size += 1
            for one in document:
                self._count[one] = self._count.get(one, 0) + 1

    def __getitem__(self, one: str) -> float:
        """Weight of a stem; highest for one that no position has."""
        return 0.3 + math.log((1 + self._size) / (1 + self._count.get(one, 0)))


__all__ = ["COMMON", "WORD", "Weights", "stem", "stems"]
