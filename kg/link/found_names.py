"""A name as it stands in a text, and cutting one out of the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.link.genders import is_given_name
from kg.link.group_finder import OWNER
from kg.link.lexicon import words
from kg.link.names import bare_name, fold
from kg.link.offices import role_kind

_CALLING = re.compile(r"(?:er|or|ist|ian|ant|ent|eer|man|woman|ess|ard)s?$")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name as it stands: [start, end) without titles and possessive ending.

    Attributes:
        text: The name; in the usual case where the text shouts it ("MR LEE" is "Lee").
        strong: Whether more than a guess of the tagger says that it is a person's name.
    """

    start: int
    end: int
    text: str
    strong: bool


def trimmed(text: str, start: int) -> tuple[int, int, str] | None:
    """A name without titles, possessive and stray marks, with its offsets."""
    clean = text.rstrip(" ,.;:\"“”'’-–—")
    clean = OWNER.sub("", clean) if len(text) != len(clean) or OWNER.search(clean) else clean
    parts = clean.split()
    while len(parts) > 1 and fold(parts[-1]) in words("headline_verbs"):
        # "Lee Says": headlines in title case run into the name.
        parts.pop()
    clean = clean[: clean.rfind(parts[-1]) + len(parts[-1])] if parts else clean
    bare = bare_name(clean)
    while len(parts := bare.split()) > 2 and _is_calling(parts[0], parts[1]):
        # "Swimmer Ann Lee": what somebody does, with a capital because the sentence begins.
        bare = bare[len(parts[0]) :].lstrip()
    at = clean.rfind(bare)
    if not bare or at < 0 or fold(bare) in words("titles"):
        return None
    return start + at, start + at + len(bare), bare


def _is_calling(word: str, following: str) -> bool:
    """Whether a capitalised word before a given name rather tells what somebody does.

    >>> _is_calling("Swimmer", "Ann"), _is_calling("Peter", "Paul"), _is_calling("Victor", "Hugo")
    (True, False, False)
    """
    calling = role_kind(fold(word)) is not None or _CALLING.search(word) is not None
    return calling and is_given_name(following) and not is_given_name(word)


__all__ = ["FoundName", "trimmed"]
