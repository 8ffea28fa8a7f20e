"""What a random sample says of the machine's reading, as pages show it; nothing where nothing was sampled."""

from __future__ import annotations

from dataclasses import dataclass

from kg.pages.material import Material
from kg.pages.rendering import Link
from kg.review.trust import Group, Share
from kg.review.trust_text import share_text, trust_note, trust_sentence

_KINDS = (("outlet", "By outlet"), ("actor", "By actor"), ("position", "By position"))
_MOST = 60
"""Groups of a kind that the page of the method lists."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the sample says on a page.

    Attributes:
        own: Of what the page is about, as a sentence without capital and stop; None where too little was
            looked at.
        whole: Of the whole graph, likewise.
        note: Which reading it speaks of.
    """

    own: str | None
    whole: str
    note: str


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A group as a row: who or what, number of stances read, and three shares with their intervals."""

    what: Link
    stances: int
    right: str
    reversed: str
    missed: str


def checked(material: Material, kind: str = "", key: str = "") -> Checked | None:
    """What the sample says of an outlet, actor or position, and of the whole; None where it says nothing.

    Args:
        material: The graph.
        kind: `outlet`, `actor` or `position`; empty for the whole alone.
        key: IRI of the outlet, actor or position.
    """
    found = material.trust
    whole = trust_sentence(found) if found else None
    if found is None or whole is None:
        return None
    group = found.group(kind, key) if kind else None
    own = trust_sentence(found, group) if group else None
    return Checked(own, whole, trust_note(found))


def checked_tables(material: Material) -> list[tuple[str, list[CheckedRow]]]:
    """The groups of each kind that the graph describes, those with most stances first."""
    found = material.trust
    if found is None or not found.tells:
        return []
    tables = []
    for kind, title in _KINDS:
        known = [one for one in found.by.get(kind, ()) if one.key and material.addresses.address(one.key)]
        if known:
            tables.append((title, [_row(material, one) for one in known[:_MOST]]))
    return tables


def _row(material: Material, group: Group) -> CheckedRow:
    right, opposite, missed = (_cell(one) for one in (group.right, group.reversed, group.missed))
    return CheckedRow(material.link(group.key), group.stances, right, opposite, missed)


def _cell(one: Share | None) -> str:
    return share_text(one) if one else ""


__all__ = ["Checked", "CheckedRow", "checked", "checked_tables"]
