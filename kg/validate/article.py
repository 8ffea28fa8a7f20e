"""One article's graph at a time: its own nodes are judged, what they point to is context.

A whole graph takes seconds to minutes; one article's graph with the types of what it points to takes
milliseconds and has the same findings, so that `build` can refuse a bad article before it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.model.vocabulary import ORG, RDF, ST
from kg.validate.engines import Engine
from kg.validate.report import ValidationReport
from kg.validate.shapes import validate_graph

_Term = NamedNode | BlankNode | Literal | Triple
_TYPE = NamedNode(RDF + "type")
_MEMBER, _ORGANIZATION = NamedNode(ORG + "member"), NamedNode(ORG + "organization")
_SPEAKER, _ON_BEHALF_OF = NamedNode(ST + "speaker"), NamedNode(ST + "onBehalfOf")
_DATES = {NamedNode(ST + "dateEarliest"), NamedNode(ST + "dateLatest")}
_OF_MEMBERSHIP = {_MEMBER, _ORGANIZATION, NamedNode(ST + "voice")} | _DATES
# What the shapes of statements and evidence read off an article in another graph.
_OF_ARTICLE = {NamedNode(ST + "sha256"), NamedNode(ST + "dateLatest")}


class Context:
    """The register and the codebook, ready to be looked up for one article after another."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        """Index what may be pointed to.

        Args:
            triples: The register's and the codebook's graphs, and any other that article graphs point into.
        """
        self._types: dict[NamedNode, set[Triple]] = defaultdict(set)
        self._article: dict[NamedNode, set[Triple]] = defaultdict(set)
        of_node: dict[NamedNode, set[Triple]] = defaultdict(set)
        members: list[tuple[NamedNode, NamedNode]] = []
        for item in triples:
            triple = item.triple if isinstance(item, Quad) else item
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if not isinstance(subject, NamedNode):
                continue
            if predicate == _TYPE:
                self._types[subject].add(triple)
            if predicate in _OF_ARTICLE:
                self._article[subject].add(triple)
            if predicate in _OF_MEMBERSHIP:
                of_node[subject].add(triple)
            if predicate == _MEMBER and isinstance(value, NamedNode):
                members.append((value, subject))
        self._memberships: dict[NamedNode, list[set[Triple]]] = defaultdict(list)
        for member, membership in members:
            self._memberships[member].append(of_node[membership])

    def of(self, triples: Iterable[Triple]) -> set[Triple]:
        """What the shapes need to know beside an article's own triples.

        Args:
            triples: The article's graph.

        Returns:
            Types of what it points to, and the memberships of who speaks for others, upwards.
        """
        own = list(triples)
        subjects = {triple.subject for triple in own}
        pointed = {t.object for t in own if isinstance(t.object, NamedNode)} - subjects
        found: set[Triple] = set()
        for iri in pointed:
            found |= self._types.get(iri, set()) | self._article.get(iri, set())
        on_behalf = {triple.subject for triple in own if triple.predicate == _ON_BEHALF_OF}
        waiting: list[_Term] = [t.object for t in own if t.predicate == _SPEAKER and t.subject in on_behalf]
        seen = set(waiting)
        while waiting:
            node = waiting.pop()
            for membership in self._memberships.get(node, ()) if isinstance(node, NamedNode) else ():
                found |= membership
                above = {t.object for t in membership if t.predicate == _ORGANIZATION} - seen
                seen |= above
                waiting += above
        return found


def validate_article(
    triples: Iterable[Triple | Quad],
    context: Context,
    *,
    engine: Engine = "rust",
    shapes_folder: Path | None = None,
) -> ValidationReport:
    """Hold one article's graph against the shapes.

    Args:
        triples: The article's named graph.
        context: The register and codebook.
        engine: As in `validate_graph`.
        shapes_folder: As in `validate_graph`.

    Returns:
        Faults of the graph's own nodes; those of the context are none of its business.

    Raises:
        InputError: The engine could not work through the graph.
    """
    own = [item.triple if isinstance(item, Quad) else item for item in triples]
    around = context.of(own)
    subjects = frozenset(_name(triple.subject) for triple in own) | frozenset(
        _name(triple.object) for triple in own if not isinstance(triple.object, NamedNode)
    )
    return validate_graph([*own, *around], engine=engine, shapes_folder=shapes_folder, only=subjects)


def _name(node: object) -> str:
    """An IRI, or a blank node's label as reports show it."""
    return node.value if isinstance(node, NamedNode) else str(node)


__all__ = ["Context", "validate_article"]
