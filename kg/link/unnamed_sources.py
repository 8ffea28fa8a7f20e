"""Sources without a name: one entity for the same words in one article, with a label and whom they serve."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.link.cast import Cast
from kg.link.descriptions import Description
from kg.link.entities import Entity, Gender
from kg.link.lexicon import words
from kg.link.names import fold
from kg.link.offices import singular
from kg.link.portraits import Portraits

_DETERMINER = re.compile(
    r"^(?:the|a|an|this|that|these|those|his|her|their|its|our|some|several|many|one)\s+", re.IGNORECASE
)
OWNED_BY_PRONOUN = re.compile(
    r"^(his|her|its|their)\b|\b(?:in|of|for|at) (his|her|its|their)\b", re.IGNORECASE
)


class UnnamedSources:
    """Keeps the unnamed sources of one article.

    Args:
        cast: The article's entities.
        portraits: Knows the article's houses and where it is at home.
    """

    def __init__(self, cast: Cast, portraits: Portraits) -> None:
        """Start with none."""
        self._cast = cast
        self._portraits = portraits
        self._known: dict[str, Entity] = {}

    def of(self, text: str, description: Description | None, at: int, owner: Entity | None = None) -> Entity:
        """The article's unnamed source of that description; the same words are the same source."""
        label = _label(text)
        if owner is not None and OWNED_BY_PRONOUN.match(text.strip()):
            label = f"{label} of {owner.name}"
        key = fold(label)
        known = self._known.get(key)
        if known is not None:
            return known
        entity = Entity("unnamed", label, owner=owner)
        entity.gender = _gender(description)
        if description is not None:
            if owner is None and self._portraits.houses.serves_a_state(description):
                description = self._with_state_served(description, at)
            entity.descriptions.append((at, description))
        self._known[key] = entity
        return entity

    def _with_state_served(self, description: Description, at: int) -> Description:
        """An official without a house with the state spoken of, else with the home of the article."""
        if singular(description.head) in words("sent_abroad"):
            # A diplomat far from the name of a state could be anybody's.
            code = self._cast.state_before(at, self._cast.text.rfind("\n", 0, at) + 1)
        else:
            code = self._cast.state_before(at, at - 600, visited=False)
            if code is None:
                return self._portraits.houses.at_home(description)
        return replace(description, states=(code,)) if code is not None else description


def _gender(description: Description | None) -> Gender | None:
    if description is None:
        return None
    words_of = set(fold(description.text).split())
    if words_of & words("female"):
        return "f"
    return "m" if words_of & words("male") else None


def _label(text: str) -> str:
    """The label of an unnamed source: the description without its determiner, at most ten words.

    >>> _label("A U.S. official, speaking on condition of anonymity"), _label("the  Chilean officials")
    ('US official', 'Chilean officials')
    """
    line = " ".join(text.split()).split(",")[0].strip(" \"“”'’;:.")
    line = re.sub(r"\b((?:[A-Z]\.){2,})", lambda match: match[1].replace(".", ""), line)
    line = _DETERMINER.sub("", line)
    return " ".join(line.split()[:10]) or "unnamed source"


__all__ = ["OWNED_BY_PRONOUN", "UnnamedSources"]
