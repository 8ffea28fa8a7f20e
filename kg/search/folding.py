"""Words without case and marks, so that what a person types meets what stands in the graph."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.query.entities import unmarked

# "U.S." is one word; everything else breaks at whatever is no letter, digit or mark on a letter.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: what it is compared by, and [start, end) in the text."""

    key: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in its order.

    >>> [token.key for token in tokens("Lech Wałęsa's U.S. visit, 1989")]
    ['lech', 'walesa', 's', 'us', 'visit', '1989']
    """
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        key = word.lower() if word.isalnum() and word.isascii() else _NO_LETTER.sub("", unmarked(word))
        if key:
            found.append(Token(key, match.start(), match.end()))
    return found


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words of a text with one space between them: what the index keeps.

    >>> folded("Côte  d’Ivoire")
    'cote d ivoire'
    """
    # A mark that stands apart from its letter would end an abbreviation.
    return " ".join(token.key for token in tokens(unicodedata.normalize("NFC", text)))


__all__ = ["Token", "folded", "tokens"]
