"""Actors whom the register lacks, by what their names alone tell: what sort they are, for whom they speak."""

from __future__ import annotations

import re

from kg.link.genders import is_given_name
from kg.link.group_finder import is_outlet_name
from kg.link.index import RegisterIndex
from kg.link.initials import known_name
from kg.link.lexicon import words
from kg.link.names import fold
from kg.model.iris import Iris
from kg.model.statement import ActorReference

_HOUSES = (
    "organisation_nouns", "company_names", "union_names", "party_names", "public_names", "lobby_names",
    "learning", "advisory_houses", "worship", "state_bodies",
)  # fmt: skip
_BODIES = "|".join(sorted(word.replace("-", " ") for word in words("state_bodies")))
_BODY_WORD = re.compile(rf"\b(?:{_BODIES})\b")
_INITIALS = re.compile(r"[A-Z]{2,6}")


def is_house_name(name: str) -> bool:
    """Whether an organisation may be called so, and hardly a person.

    >>> is_house_name("Quay Street Traders' Association"), is_house_name("Bank of Norland")
    (True, True)
    >>> is_house_name("WWF"), is_house_name("Ann Lee"), is_house_name("Emily Post")
    (True, False, False)
    """
    parts = fold(name.split(",")[0]).split()
    if not parts:
        return False
    if len(parts) == 2 and (is_given_name(parts[0]) or parts[0] in words("titles")):
        return parts[1] not in words("house_surnames") and _ends_as_houses_do(parts)
    compact = name.strip().removeprefix("the ").replace(".", "")
    if is_outlet_name(name) or known_name(name) or _INITIALS.fullmatch(compact):
        return True
    return "for" in parts[1:-1] or _ends_as_houses_do(parts)


def _ends_as_houses_do(parts: list[str]) -> bool:
    """Whether the last word, or the one before "of", is what organisations are called."""
    head = parts[: parts.index("of")] if "of" in parts[1:] else parts
    last = {parts[-1], head[-1], "-".join(parts[-2:])}
    return any(last & words(name) for name in _HOUSES) or parts[-1] in words("outlet_words")


def names_state_body(wording: str) -> bool:
    """Whether a wording speaks of a ministry, an army or another body as states have them.

    >>> names_state_body("Greek Foreign Ministry"), names_state_body("Greek Shipping")
    (True, False)
    """
    return _BODY_WORD.search(fold(wording)) is not None


def house_reference(
    name: str, index: RegisterIndex, iris: Iris, *, state: str | None = None, outlet: bool = False
) -> ActorReference:
    """The reference of an organisation that the register lacks.

    It speaks for itself; a ministry or army for its state; newspapers, parties and houses of learning and
    advice for nobody.

    Args:
        name: What it is called.
        index: The register.
        iris: Makes the IRI.
        state: ISO 3166 code of the state whose body it is; looked for in the name where it is unknown.
        outlet: Whether it is a newspaper, agency or broadcaster.
    """
    subject, state = iris.actor(name), state or index.state_in(name)
    label = index.state_label(state)
    if outlet:
        return ActorReference(subject, name, None, "organization", False, label)
    if state and names_state_body(name):
        return ActorReference(subject, name, label, "organization", False)
    parts = fold(name).split()
    if parts[-1:] == ["party"] or set(parts) & (words("learning") | words("advisory_houses")):
        return ActorReference(subject, name, None, "organization", False, label)
    return ActorReference(subject, name, name, "organization", False)


__all__ = ["house_reference", "is_house_name", "names_state_body"]
