"""Hold a graph against the shapes: whole graphs, files, and one article's graph with what it points to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.model.errors import UsageError
from kg.model.vocabulary import OA, RDFS, SKOS
from kg.validate.engines import Engine, Finding, run_engine
from kg.validate.prepare import out_of_order, prepared, shown
from kg.validate.report import ValidationReport, Violation
from kg.validate.shape_files import ShapeNote, load_shapes

ENGINES: tuple[Engine, ...] = ("pyshacl", "rust")
NO_BLANK_NODES = "https://w3id.org/stance-graph/shapes#noBlankNodes"
"""Shape of the one rule that is checked here as well as in `shapes/`: SHACL sees only what it targets."""

_NO_BLANK_MESSAGE = "Every node has an IRI of its own: give this one an IRI in place of the blank node."
_LABELS = (RDFS + "label", SKOS + "prefLabel", OA + "exact")
_LABEL_LENGTH = 80


def validate_graph(
    triples: Iterable[Triple | Quad],
    *,
    engine: Engine = "pyshacl",
    shapes_folder: Path | None = None,
    only: frozenset[str] | None = None,
) -> ValidationReport:
    """Hold a graph against the shapes.

    Args:
        triples: The graph; the graph names of quads are put aside, so that named graphs count as one.
        engine: `pyshacl` (the reference) or `rust` (the same findings, many times faster).
        shapes_folder: A folder of `*.ttl` in place of the project's own shapes.
        only: IRIs of the nodes whose faults count; None for all. The others are context.

    Raises:
        UsageError: There is no such engine.
        InputError: The engine could not work through the graph, or the shapes cannot be read.
    """
    if engine not in ENGINES:
        raise UsageError(f"no SHACL engine '{engine}'", hint="use one of " + ", ".join(ENGINES))
    shapes = load_shapes(shapes_folder)
    plain, blank = prepared(triples)
    findings = _as_one(run_engine(engine, plain, shapes))
    index = _Index(plain, {finding.focus for finding in findings})
    violations = {_blank(label) for label in blank}
    warnings: set[Violation] = set()
    for finding in findings:
        note = shapes.notes.get(finding.shape)
        if note is not None and not index.bears_out(finding, note):
            continue
        for violation in _in_words(finding, note, index):
            if only is None or violation.focus in only:
                mild = note.warning if note is not None else finding.warning
                (warnings if mild else violations).add(violation)
    return ValidationReport(_sorted(violations), _sorted(warnings), engine, len(plain))


def _sorted(found: set[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(found, key=lambda v: (v.focus, v.shape, v.path or "", v.value or "", v.component)))


def _blank(label: str) -> Violation:
    component = "NodeKindConstraintComponent"
    return Violation(label, None, None, _NO_BLANK_MESSAGE, NO_BLANK_NODES, component=component)


def _text(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value


class _Index:
    """Labels of the nodes at fault, and who points to them: only these, as a graph may be large."""

    def __init__(self, triples: Sequence[Triple], nodes: set[str]) -> None:
        self.label: dict[str, str] = {}
        self._pointing: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._texts: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._triples = triples
        if not nodes:
            return
        for triple in triples:
            value = triple.object
            if isinstance(value, NamedNode) and value.value in nodes:
                self._pointing[(value.value, triple.predicate.value)].append(_text(triple.subject))
        nodes = nodes | {subject for subjects in self._pointing.values() for subject in subjects}
        rank: dict[str, int] = {}
        for triple in triples:
            subject, predicate = _text(triple.subject), triple.predicate.value
            if subject not in nodes:
                continue
            self._texts[(subject, predicate)].add(_text(triple.object))
            if predicate in _LABELS and _LABELS.index(predicate) < rank.get(subject, len(_LABELS)):
                rank[subject] = _LABELS.index(predicate)
                self.label[subject] = _short(_text(triple.object))

    def bears_out(self, finding: Finding, note: ShapeNote) -> bool:
        """Whether values that are said to be in the wrong order can be compared and are."""
        if note.above is None or finding.value is None or not finding.component.startswith("LessThan"):
            return True
        others = self._texts[(finding.focus, note.above)]
        equal_is_fine = finding.component.startswith("LessThanOrEquals")
        return out_of_order(finding.value, others, equal_is_fine=equal_is_fine)

    def culprits(self, finding: Finding, note: ShapeNote) -> list[str]:
        """The nodes that a path which starts with an inverse step has gone wrong at.

        Such a path looks from an article at its statements, or from a software at its codings, because core
        SHACL compares in that direction only; the person is told the statement, or the coding.
        """
        if not note.steps or not note.steps[0][1] or finding.value is None:
            return []
        pointing = self._pointing[(finding.focus, note.steps[0][0])]
        if len(note.steps) == 1:
            return [finding.value] if finding.value in pointing else []
        if len(note.steps) > 2:
            return []
        return [node for node in pointing if finding.value in self._texts[(node, note.steps[1][0])]]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"


def _as_one(findings: list[Finding]) -> list[Finding]:
    """Findings with the two halves of each failed `sh:equals` (one missing, one too many) put together."""
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.focus, f.shape, f.component, f.value or "")):
        if finding.component == "EqualsConstraintComponent":
            kept.setdefault((finding.focus, finding.shape), finding)
        else:
            kept.setdefault((finding.focus, finding.shape, finding.component, finding.value or ""), finding)
    return list(kept.values())


def _in_words(finding: Finding, note: ShapeNote | None, index: _Index) -> list[Violation]:
    culprits = index.culprits(finding, note) if note is not None else []
    path = note.path if note is not None else None
    if culprits and note is not None:
        rest = note.path.partition(" / ")[2] if note.path else ""
        path = rest or None
    value = None if culprits and path is None else finding.value
    return [
        Violation(
            focus=shown(focus),
            path=path,
            value=None if value is None else shown(value),
            message=(note.message if note is not None else "") or finding.text,
            shape=finding.shape,
            label=index.label.get(focus),
            value_type=None if value is None else finding.value_type,
            component=finding.component,
        )
        for focus in culprits or [finding.focus]
    ]


__all__ = ["ENGINES", "NO_BLANK_NODES", "validate_graph"]
