"""Initials and the names that they stand for: those that an article explains or the world knows."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.link.lexicon import words
from kg.link.names import fold

_EXPLAINED = re.compile(
    r"(?<!\w)((?:[^\W_][\w.&'’-]{0,30}[ \xa0]){1,9}[^\W_][\w.&'’-]{0,30})[ \xa0]\(([^\W\d_][\w&-]{1,9}?)s?\)"
)
_SMALL = frozenset({"of", "for", "and", "the", "de", "du", "des", "la", "le", "in", "on", "to", "y", "e"})


def explained_initials(text: str) -> dict[str, str]:
    """Initials that a text explains, and their names: "the Council of Ports (CP)".

    The words before the bracket are taken back to the one that begins with the first of the initials.

    >>> explained_initials("The Harbour Workers' Union (HWU) met the Council of Ports (CP).")
    {'HWU': "Harbour Workers' Union", 'CP': 'Council of Ports'}
    """
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(text):
        initials = match[2]
        if not initials.isupper() or "\n" in match[0]:
            continue
        name = _spelt_out(match[1].split(), initials)
        if name is not None:
            found.setdefault(initials, name)
    return found


def _spelt_out(before: list[str], initials: str) -> str | None:
    """The shortest end of some words that begin with the letters of the initials, in their order."""
    for start in range(len(before) - 2, -1, -1):
        part = before[start:]
        if not part[0][:1].isupper() or fold(part[0]) in _SMALL:
            continue
        letters = [
            piece[:1].upper() for word in part if fold(word) not in _SMALL for piece in re.split(r"-", word)
        ]
        every = [piece[:1].upper() for word in part for piece in re.split(r"-", word)]
        if initials in ("".join(letters), "".join(every)):
            return " ".join(part)
    return None


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return dict(entry.split(": ", 1) for entry in words("known_initials"))


def known_name(wording: str) -> str | None:
    """The name of an organisation that the world knows by its initials.

    >>> known_name("the UN"), known_name("un"), known_name("HWU")
    ('United Nations', None, None)
    """
    bare = re.sub(r"^[Tt]he\s+", "", wording.strip())
    return _known().get(fold(bare)) if bare.replace(".", "").isupper() else None
