"""Statements as records: JSON values that say all of a statement, and how to find its words again.

A record has the fields of the JSON-lines contract; its spans carry the characters before and after them
(a TextQuoteSelector), its actors their kind. A person's decision keeps the record of the statement that was
seen and of what it becomes, so that it depends on no later reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from kg.build.nodes import Nodes
from kg.build.terms import FOAF, OA, ORG, RDF, RDFS, SCHEMA, ST
from kg.model.attribution import Span
from kg.model.codebook import Codebook
from kg.model.register import Register
from kg.model.statement import ActorReference, PositionStance, Statement

Record = dict[str, Any]
"""A statement as JSON values."""

_KINDS = {FOAF.Person: "person", ORG.Organization: "organization", SCHEMA.Country: "state"}
_PARTS = {ST.sourcePart: "source", ST.cuePart: "cue"}
CONTEXT = 20
"""Code points before and after a passage that a record keeps."""


class Recorder:
    """Makes records of the statements of one article, from what a graph says of them."""

    def __init__(self, nodes: Nodes, register: Register, codebook: Codebook) -> None:
        """Keep the nodes, and look up which stances each statement takes."""
        self._nodes = nodes
        self._register = register
        self._codebook = codebook
        self._slugs = {position.id: position.slug for position in codebook.with_former.positions}
        self._stances: dict[NamedNode, list[NamedNode]] = {}
        for stance in nodes.instances(ST.Stance):
            statement = nodes.node(stance, ST.statement)
            if statement is not None:
                self._stances.setdefault(statement, []).append(stance)

    def record(self, statement: NamedNode) -> Record:
        """All that is said of a statement, as JSON values.

        Former positions are those of today that took their place; what the codebook lacks is left out.
        """
        nodes = self._nodes
        spans: dict[str, Any] = {"source": None, "cue": None}
        content = []
        for evidence in nodes.nodes(statement, ST.evidence):
            selector, part = nodes.node(evidence, OA.hasSelector), nodes.node(evidence, ST.part)
            if selector is None or part is None:
                continue
            span = self._span(selector)
            if part in _PARTS:
                spans[_PARTS[part]] = span
            else:
                content.append(span)
        claim = nodes.node(statement, ST.claim)
        stances = self._stances.get(statement, [])
        affiliations = {
            nodes.node(stance, ST.actor): nodes.node(stance, ST.affiliation) for stance in stances
        }

        def actor(one: NamedNode | None) -> Record | None:
            return self._actor(one, affiliations.get(one)) if one else None

        reported = nodes.node(statement, ST.reports)
        return {
            "id": key_of(statement.value),
            "quote": _name(nodes.node(statement, ST.quotation)) or "indirect",
            **spans,
            "content": sorted(content, key=lambda span: span["start"]),
            "actor": actor(nodes.node(statement, ST.speaker)),
            "on_behalf_of": actor(nodes.node(statement, ST.onBehalfOf)),
            "office": nodes.text(statement, ST.office),
            "joint": [actor(one) for one in sorted(nodes.nodes(statement, ST.jointSpeaker), key=str)],
            "said": nodes.text(statement, ST.said),
            "force": _name(nodes.node(statement, ST.force)) or "asserts",
            "claim": (nodes.text(claim, RDFS.label) if claim else None) or "",
            "positions": self._positions(stances, key_of(statement.value)),
            "reports": key_of(reported.value) if reported else None,
        }

    def confidence(self, statement: NamedNode) -> float | None:
        """The least confidence of a statement's stances, its own where it takes none; None for a person's."""
        of = self._stances.get(statement) or [statement]
        found = [self._nodes.text(one, ST.confidence) for one in of]
        return min((float(one) for one in found if one), default=None)

    def _span(self, selector: NamedNode) -> Record:
        nodes = self._nodes
        return {
            "start": int(nodes.text(selector, OA.start) or 0),
            "end": int(nodes.text(selector, OA.end) or 0),
            "text": nodes.text(selector, OA.exact) or "",
            "prefix": nodes.text(selector, OA.prefix) or "",
            "suffix": nodes.text(selector, OA.suffix) or "",
        }

    def _actor(self, actor: NamedNode, affiliation: NamedNode | None) -> Record:
        known = self._register.by_id.get(actor.value)
        given = self._label(affiliation) if affiliation else None
        if known:
            return {"id": known.id, "label": known.name, "kind": known.kind, "affiliation": given}
        kinds = [_KINDS[one] for one in self._nodes.nodes(actor, RDF.type) if one in _KINDS]
        described = self._nodes.node(actor, ST.describedAffiliation)
        return {
            "id": actor.value,
            "label": self._label(actor),
            "kind": kinds[0] if kinds else "unnamed",
            "affiliation": given or (self._label(described) if described else None),
        }

    def _label(self, one: NamedNode) -> str:
        known = self._register.by_id.get(one.value)
        return known.name if known else self._nodes.text(one, RDFS.label) or key_of(one.value)

    def _positions(self, stances: Iterable[NamedNode], statement: str) -> list[Record]:
        found: dict[str, Record] = {}
        former: list[tuple[str, str, str | None]] = []
        for stance in stances:
            position = self._nodes.node(stance, ST.position)
            slug = self._slugs.get(position.value) if position else None
            side = _name(self._nodes.node(stance, ST.polarity)) or "neutral"
            condition = self._nodes.text(stance, ST.condition)
            if slug in self._codebook.position_by_slug:
                found.setdefault(slug, {"position": slug, "stance": side, "condition": condition})
            elif slug:
                former.append((slug, side, condition))
        for slug, side, condition in former:
            for now, new in self._codebook.in_force(slug, side, statement):
                found.setdefault(now, {"position": now, "stance": new, "condition": condition})
        return [found[slug] for slug in sorted(found)]


def statement_of(record: Mapping[str, Any], article: str, codebook: Codebook) -> Statement:
    """The statement that a record says, whose spans stand where the record has them.

    Args:
        record: A record.
        article: Name of the article.
        codebook: Positions that it lacks are left out.
    """
    actor = reference_of(record["actor"])
    return Statement(
        article=article,
        id=record["id"],
        quote=record["quote"],
        source=span_of(record["source"]),
        cue=span_of(record["cue"]),
        content=tuple(one for span in record["content"] if (one := span_of(span)) is not None),
        actor=actor,
        on_behalf_of=reference_of(record.get("on_behalf_of")),
        office=record.get("office"),
        joint=tuple(who for other in record.get("joint") or () if (who := reference_of(other)) is not None),
        said=record.get("said"),
        force=record["force"],
        claim=record.get("claim") or "",
        positions=tuple(
            PositionStance(one["position"], one["stance"], one.get("condition"))
            for one in record["positions"]
            if one["position"] in codebook.position_by_slug
        ),
    )


def span_of(span: Mapping[str, Any] | None) -> Span | None:
    """A span of a record as plain data."""
    return Span(span["start"], span["end"], span["text"]) if span else None


def recorded_span(text: str, start: int, end: int) -> Record:
    """The record of a passage of a text.

    >>> recorded_span("We agree.", 3, 8)
    {'start': 3, 'end': 8, 'text': 'agree', 'prefix': 'We ', 'suffix': '.'}
    """
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }


def reference_of(actor: Mapping[str, Any] | None) -> ActorReference | None:
    """An actor of a record as plain data; whether the register knows it is looked up when it is written."""
    if not actor:
        return None
    return ActorReference(
        actor["id"], actor["label"], actor.get("affiliation"), actor.get("kind") or "person", known=False
    )


def key_of(iri: str) -> str:
    """The identifier in a statement's IRI.

    >>> key_of("https://example.org/statement/0a1b.2c3d")
    '0a1b.2c3d'
    """
    return iri.rsplit("/", 1)[-1]


def _name(one: NamedNode | None) -> str | None:
    return one.value.rsplit("#", 1)[-1] if one else None


__all__ = [
    "CONTEXT",
    "Record",
    "Recorder",
    "key_of",
    "recorded_span",
    "reference_of",
    "span_of",
    "statement_of",
]
