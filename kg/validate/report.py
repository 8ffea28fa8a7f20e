"""What a validation found: plain records, and their forms as a table, JSON and a SHACL report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.model.vocabulary import PREFIXES, RDF, SH, XSD

COLUMNS = ("severity", "node", "label", "path", "value", "message")
"""Columns of the table, in the order in which a person reads them."""

IRI = "iri"
_SHOWN_PREFIXES = ("sh", "st", "rdf", "rdfs", "xsd", "skos", "schema", "prov", "oa")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing to mend (or, among the warnings, to look at).

    Attributes:
        focus: IRI of the node at fault; a blank node begins with `_:`.
        path: The property or path at fault in prefixed form (`st:speaker`); None for the node as a whole.
        value: The value at fault as text, or None where one is missing.
        message: What to mend, in plain language.
        shape: IRI of the shape.
        label: The node's label, or its words, so that a person knows it again.
        value_type: `iri`, or the IRI of the value's datatype.
        component: Name of the SHACL constraint component.
    """

    focus: str
    path: str | None
    value: str | None
    message: str
    shape: str
    label: str | None = None
    value_type: str | None = None
    component: str = ""

    def to_json(self) -> dict[str, str | None]:
        """The fields that matter outside, as a JSON object."""
        return {
            "node": self.focus,
            "label": self.label,
            "path": self.path,
            "value": self.value,
            "message": self.message,
            "shape": self.shape,
        }


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The outcome of a validation.

    Attributes:
        violations: Faults that make answers wrong, sorted by node and shape.
        warnings: Gaps that a person may want to fill.
        engine: `pyshacl` or `rust`.
        triples: How many triples were looked at.
    """

    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    engine: str
    triples: int

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return not self.violations

    def _all(self) -> list[tuple[str, Violation]]:
        return [("violation", v) for v in self.violations] + [("warning", w) for w in self.warnings]

    def rows(self) -> list[tuple[str, ...]]:
        """Rows of a table with the columns of `COLUMNS`, violations first; what is missing is empty text."""
        return [
            (kind, v.focus, v.label or "", v.path or "", v.value or "", v.message) for kind, v in self._all()
        ]

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "conforms": self.conforms,
            "engine": self.engine,
            "triples": self.triples,
            "violations": [v.to_json() for v in self.violations],
            "warnings": [w.to_json() for w in self.warnings],
        }

    def to_turtle(self) -> str:
        """The report as a SHACL validation report; a conforming graph may have results that are warnings."""
        report = BlankNode("report")
        triples = [Triple(report, NamedNode(RDF + "type"), NamedNode(SH + "ValidationReport"))]
        conforms = Literal("true" if self.conforms else "false", datatype=NamedNode(XSD + "boolean"))
        triples.append(Triple(report, NamedNode(SH + "conforms"), conforms))
        results = [(BlankNode(f"result{n}"), kind, v) for n, (kind, v) in enumerate(self._all(), start=1)]
        triples += [Triple(report, NamedNode(SH + "result"), node) for node, _, _ in results]
        for node, kind, violation in results:
            triples += _result(node, kind, violation)
        prefixes = {name: PREFIXES[name] for name in _SHOWN_PREFIXES}
        text = (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode("utf-8")
        lines = text.rstrip("\n").split("\n")
        # The serialiser puts the prefixes in any order; the same report should give the same bytes.
        head = sorted(line for line in lines if line.startswith("@prefix "))
        return "\n".join([*head, "", *(line for line in lines if not line.startswith("@prefix "))]) + "\n"


def table_of(report: ValidationReport) -> str:
    """The report as text for a person: what to mend, then where; a message is written once for all its nodes.

    A conforming report without warnings is empty text.
    """
    blocks = []
    for kind, found in (("VIOLATION", report.violations), ("WARNING", report.warnings)):
        by_message: dict[str, list[Violation]] = {}
        for violation in found:
            by_message.setdefault(violation.message, []).append(violation)
        for message, same in by_message.items():
            lines = [f"{kind}: {message}"]
            for violation in same:
                value = (
                    f"  [{violation.path or ''} {' '.join(violation.value.split())}]"
                    if violation.value
                    else ""
                )
                lines.append(f"  {violation.focus}  {violation.label or ''}{value}".rstrip())
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _result(node: BlankNode, kind: str, violation: Violation) -> list[Triple]:
    severity = "Violation" if kind == "violation" else "Warning"
    pairs: list[tuple[str, NamedNode | BlankNode | Literal]] = [
        (RDF + "type", NamedNode(SH + "ValidationResult")),
        (SH + "resultSeverity", NamedNode(SH + severity)),
        (SH + "focusNode", _node(violation.focus)),
    ]
    if (predicate := expand(violation.path)) is not None:
        pairs.append((SH + "resultPath", NamedNode(predicate)))
    if violation.value is not None:
        pairs.append((SH + "value", _value(violation.value, violation.value_type)))
    pairs.append((SH + "resultMessage", Literal(violation.message, language="en")))
    pairs.append((SH + "sourceShape", _node(violation.shape)))
    pairs.append((SH + "sourceConstraintComponent", NamedNode(SH + violation.component)))
    return [Triple(node, NamedNode(predicate), value) for predicate, value in pairs]


def _node(text: str) -> NamedNode | BlankNode:
    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text)


def _value(text: str, kind: str | None) -> NamedNode | BlankNode | Literal:
    if kind == IRI:
        return _node(text)
    if kind is None or kind == RDF + "langString":
        return Literal(text)
    return Literal(text, datatype=NamedNode(kind))


def expand(path: str | None) -> str | None:
    """The IRI of a path that is a single property, else None.

    >>> expand("st:speaker"), expand("^st:source / st:dateEarliest")
    ('https://w3id.org/stance-graph/ontology#speaker', None)
    """
    if path is None or path[:1] in "^(" or " " in path:
        return None
    prefix, colon, name = path.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + name
    return path[1:-1] if path.startswith("<") else None


def shorten(iri: str) -> str:
    """An IRI in prefixed form where a prefix of the project fits.

    >>> shorten("https://w3id.org/stance-graph/ontology#speaker"), shorten("https://example.net/x")
    ('st:speaker', '<https://example.net/x>')
    """
    fits: Sequence[tuple[str, str]] = [
        (space, name) for name, space in PREFIXES.items() if iri.startswith(space)
    ]
    if not fits:
        return f"<{iri}>"
    space, name = max(fits, key=lambda pair: len(pair[0]))
    return f"{name}:{iri[len(space) :]}"


__all__ = ["COLUMNS", "IRI", "ValidationReport", "Violation", "expand", "shorten", "table_of"]
