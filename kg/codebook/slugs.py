"""Short names for positions, made of their labels."""

from __future__ import annotations

import re
from collections.abc import Container

from kg.model.iris import slug

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an the of to in on at by for with from and or should be is are was were has have had there that "
        "this its their his her it as than would will must any all s",
    )
)
_WORDS = 4


def slug_of_label(label: str, taken: Container[str] = ()) -> str:
    """A short name for a label, from its first telling words, with a number where it is taken.

    >>> slug_of_label("The city should build the new tram line")
    'city-build-new-tram'
    >>> slug_of_label("The city should build it", {"city-build"})
    'city-build-2'
    """
    words = [word for word in slug(label).split("-") if word and word not in _COMMON]
    short = "-".join(words[:_WORDS]) or slug(label)
    number, found = 2, short
    while found in taken:
        found, number = f"{short}-{number}", number + 1
    return found


__all__ = ["slug_of_label"]
