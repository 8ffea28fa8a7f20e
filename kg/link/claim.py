"""The claim of a statement: its words, normalised."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "…": "..."}
)
_OUTER = re.compile(r"^[\s\"',;:–—-]+|[\s\"',;:–—-]+$")


def claim_text(contents: Iterable[str]) -> str:
    """What was said as one line: straight quotation marks, single spaces, a capital first, no full stop.

    Brackets that an editor set around words of theirs are taken away and the words kept, so that the same
    words with and without them are the same claim. Parts of one statement are joined by a space, with a full
    stop between sentences.

    Args:
        contents: The content spans' texts, in order.

    >>> claim_text(["the  trams will run on [every] Sunday,"])
    'The trams will run on every Sunday'
    >>> claim_text(["They asked for a “bell”,", "It rings at noon."])
    'They asked for a "bell". It rings at noon'
    """
    parts = []
    for content in contents:
        line = " ".join(content.translate(_MARKS).split())
        line = re.sub(r"\[([^\[\]]{1,200})\]", r"\1", line)
        line = _balanced(_trim(line))
        if line:
            parts.append(line)
    joined = ""
    for part in parts:
        starts = part[:1].isupper()
        if not joined:
            joined = part
        elif joined[-1] in ".!?" or not starts:
            joined += " " + part
        else:
            joined += ". " + part
    joined = joined.rstrip(".") if not joined.endswith("...") else joined
    return joined[:1].upper() + joined[1:]


def _trim(line: str) -> str:
    """A line without marks at its ends, but with the quotation marks that belong to words inside it."""
    simple = '"' not in line or (line.count('"') == 2 and '"' not in line[1:-1])
    return _OUTER.sub("", line) if simple else line.strip(" ,;:–—-")


def _balanced(line: str) -> str:
    """A line without a quotation mark that nothing closes."""
    if line.count('"') != 1:
        return line
    return line.replace('"', "").strip(" ,;:–—-")
