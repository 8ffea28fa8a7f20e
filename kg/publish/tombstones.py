"""Tombstones: what is left of nodes that earlier releases had, so that their IRIs still lead somewhere.

A tombstone holds the IRI and the day, and no words. Nodes whose IRIs are made of words of articles
(unnamed sources, actors whom the register lacks, outlets) leave no tombstone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.vocabulary import OWL, PROV, XSD
from kg.publish.difference import NodeChange, parsed
from kg.publish.release import packed_lines


def read_tombstones(path: Path) -> dict[str, str]:
    """When each node was withdrawn, as the text of an `xsd:dateTime`, from a release's list.

    Raises:
        InputError: The file cannot be read.
    """
    found: dict[str, str] = {}
    for triple in parsed(packed_lines(path)):
        if triple.predicate.value == PROV + "invalidatedAtTime" and isinstance(triple.object, Literal):
            found[str(triple.subject)[1:-1]] = triple.object.value
    return found


def carried_over(
    earlier: dict[str, str], withdrawn: Iterable[NodeChange], known: Collection[str], base: str, time: str
) -> dict[str, str]:
    """The tombstones of a release.

    Args:
        earlier: Those of the release before it.
        withdrawn: The nodes that it has no more.
        known: The nodes that it has; one that came back loses its tombstone.
        base: Beginning of the project's IRIs; what is named elsewhere is for others to bury.
        time: When they were withdrawn.
    """
    found = {iri: when for iri, when in earlier.items() if iri not in known}
    for change in withdrawn:
        if leaves_tombstone(change) and change.iri.startswith(base):
            found[change.iri] = time
    return dict(sorted(found.items()))


def leaves_tombstone(change: NodeChange) -> bool:
    """Whether a withdrawn node's IRI may stay: not if words of an article may stand in it."""
    return change.kind not in ("unnamed source", "outlet") and not change.candidate


def tombstone(iri: str, time: str) -> list[Triple]:
    """All that is left of a withdrawn node: that it is no more, and since when."""
    node = NamedNode(iri)
    yes = Literal("true", datatype=NamedNode(XSD + "boolean"))
    since = Literal(time, datatype=NamedNode(XSD + "dateTime"))
    return [
        Triple(node, NamedNode(OWL + "deprecated"), yes),
        Triple(node, NamedNode(PROV + "invalidatedAtTime"), since),
    ]


__all__ = ["carried_over", "leaves_tombstone", "read_tombstones", "tombstone"]
