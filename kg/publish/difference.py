"""What changed between two releases: triples, and nodes that came, went or changed.

Both dumps are sorted, so that they are compared line by line, in one pass and with little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.model.vocabulary import FOAF, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, ST
from kg.publish.release import Release, read_release, triple_lines

KIND_OF_CLASS = {
    SCHEMA + "NewsArticle": "article",
    ST + "Statement": "statement",
    ST + "Stance": "stance",
    FOAF + "Person": "actor",
    ORG + "Organization": "actor",
    SCHEMA + "Country": "actor",
    ST + "UnnamedSource": "unnamed source",
    ORG + "Membership": "office or membership",
    ORG + "Post": "post",
    SCHEMA + "NewsMediaOrganization": "outlet",
    ST + "Position": "position",
    SKOS + "Concept": "topic",
    ST + "Utterance": "utterance",
    ST + "Claim": "claim",
    OA + "SpecificResource": "passage",
    OA + "TextQuoteSelector": "selector",
    ST + "Coding": "coding",
    PROV + "SoftwareAgent": "agent",
    PROV + "Person": "agent",
    PROV + "Agent": "agent",
}
"""What a node is called, by its class; others are nodes of another kind."""
OTHER = "other node"

Change = OneOf["new", "changed", "withdrawn"]
Lines = Iterable[str]


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """The values of one property that went and that came."""

    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that came, went or changed.

    Attributes:
        iri: The node.
        kind: What it is, as in `KIND_OF_CLASS`.
        change: What became of it.
        label: Its name; of a node that went, its last one.
        date: When it was said or printed, if it says so.
        candidate: Whether it was an actor whom the register lacks.
        details: Properties that changed, by their IRIs, with values as N-Triples terms; for changed nodes.
    """

    iri: str
    kind: str
    change: Change
    label: str
    date: str = ""
    candidate: bool = False
    details: tuple[PropertyChange, ...] = ()


@dataclass
class Difference:
    """What changed between two graphs.

    Attributes:
        added: Number of triples that came.
        removed: Number of triples that went.
        nodes: Nodes that came, went or changed, by their IRIs.
        names: Names of the nodes that the details mention, by IRI.
    """

    added: int = 0
    removed: int = 0
    nodes: list[NodeChange] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.removed)

    def take_in(self, pair: Pair) -> None:
        """Take in a node that differs."""
        gone, come = pair.gone, pair.come
        self.removed += len(gone)
        self.added += len(come)
        self.nodes.append(node_change(pair, gone, come))

    def look_up_names(self, old: Callable[[], Lines], new: Callable[[], Lines]) -> None:
        """Find the names of all nodes that the details mention; arguments as of `compare`."""
        terms = (
            term for node in self.nodes for detail in node.details for term in (*detail.old, *detail.new)
        )
        mentioned = {term[1:-1] for term in terms if term.startswith("<")}
        if mentioned:
            # What a node is called now goes before what it was called.
            self.names = {**names_of(old(), mentioned), **names_of(new(), mentioned)}

    def of(self, kind: str, change: Change | None = None) -> list[NodeChange]:
        """The changes of nodes of a kind."""
        return [one for one in self.nodes if one.kind == kind and change in (None, one.change)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A node of either graph with its lines in both, where they differ."""

    iri: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def gone(self) -> list[str]:
        """Lines that went."""
        new = set(self.new)
        return [line for line in self.old if line not in new]

    @property
    def come(self) -> list[str]:
        """Lines that came."""
        old = set(self.old)
        return [line for line in self.new if line not in old]


def differing(old: Lines, new: Lines) -> Iterator[Pair]:
    """The nodes of which two sorted graphs do not say the same, in their order.

    Args:
        old: N-Triples lines without line ends, sorted.
        new: The same of the other graph.

    >>> a, b = "<urn:a> <urn:p> <urn:x> .", "<urn:b> <urn:p> <urn:x> ."
    >>> [(pair.iri, len(pair.old), len(pair.new)) for pair in differing([a, b], [b])]
    [('urn:a', 1, 0)]
    """
    before, after = _groups(old), _groups(new)
    first, second = next(before, None), next(after, None)
    while first is not None or second is not None:
        if second is None or (first is not None and first[0] < second[0]):
            assert first is not None  # noqa: S101 - the loop's condition
            yield Pair(first[0][1:-1], first[1], ())
            first = next(before, None)
        elif first is None or second[0] < first[0]:
            yield Pair(second[0][1:-1], (), second[1])
            second = next(after, None)
        else:
            if first[1] != second[1]:
                yield Pair(first[0][1:-1], first[1], second[1])
            first, second = next(before, None), next(after, None)


def _groups(lines: Lines) -> Iterator[tuple[str, tuple[str, ...]]]:
    for subject, group in groupby(lines, key=lambda line: line[: line.index(" ")]):
        yield subject, tuple(group)


def compare(old: Callable[[], Lines], new: Callable[[], Lines]) -> Difference:
    """What changed between two graphs.

    Args:
        old: Gives the sorted N-Triples lines of one graph, from the beginning each time it is called.
        new: The same of the other graph.
    """
    found = Difference()
    for pair in differing(old(), new()):
        found.take_in(pair)
    found.look_up_names(old, new)
    return found


def node_change(pair: Pair, gone: Iterable[str], come: Iterable[str]) -> NodeChange:
    """What became of a node."""
    said = _said(pair.new or pair.old)
    change: Change = "changed" if pair.old and pair.new else ("new" if pair.new else "withdrawn")
    classes = _values(said, RDF + "type")
    kind = next((name for cls, name in KIND_OF_CLASS.items() if cls in classes), OTHER)
    dates = [
        *_values(said, ST + "date"),
        *_values(said, ST + "said"),
        *_values(said, SCHEMA + "datePublished"),
    ]
    was = _said(pair.old)
    return NodeChange(
        pair.iri,
        kind,
        change,
        label=min(_values(said, RDFS + "label"), default=""),
        date=dates[0] if dates else "",
        candidate=kind == "actor" and ST + "candidate" in _values(was, ST + "status"),
        details=_details(gone, come) if change == "changed" else (),
    )


def _details(gone: Iterable[str], come: Iterable[str]) -> tuple[PropertyChange, ...]:
    old, new = _said(gone), _said(come)
    return tuple(
        PropertyChange(
            name,
            tuple(sorted(str(value) for value in old.get(name, ()))),
            tuple(sorted(str(value) for value in new.get(name, ()))),
        )
        for name in sorted({*old, *new})
    )


_Said = Mapping[str, list[NamedNode | Literal]]


def _said(lines: Iterable[str]) -> _Said:
    said: dict[str, list[NamedNode | Literal]] = {}
    for triple in parsed(lines):
        said.setdefault(triple.predicate.value, []).append(triple.object)  # type: ignore[arg-type]
    return said


def _values(said: _Said, name: str) -> list[str]:
    return [value.value for value in said.get(name, ())]


def parsed(lines: Iterable[str]) -> list[Triple]:
    """N-Triples lines as triples."""
    return [quad.triple for quad in parse("\n".join(lines), format=RdfFormat.N_TRIPLES)]


def names_of(lines: Lines, iris: set[str]) -> dict[str, str]:
    """Names of some nodes of a graph, of several the first."""
    label = f"<{RDFS}label> "
    found: dict[str, str] = {}
    for line in lines:
        end = line.index("> ")
        if line.startswith(label, end + 2) and line[1:end] in iris and line[1:end] not in found:
            found[line[1:end]] = parsed([line])[0].object.value  # type: ignore[union-attr]
    return found


def compare_releases(old: Path, new: Path) -> tuple[Release, Release, Difference]:
    """What changed between the releases of two folders.

    Raises:
        InputError: A folder holds no release, or its dump cannot be read.
    """
    before, after = read_release(old), read_release(new)
    return before, after, compare(lambda: triple_lines(old), lambda: triple_lines(new))


__all__ = [
    "KIND_OF_CLASS",
    "OTHER",
    "Difference",
    "NodeChange",
    "Pair",
    "PropertyChange",
    "compare",
    "compare_releases",
    "differing",
    "names_of",
    "node_change",
    "parsed",
]
