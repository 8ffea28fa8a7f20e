"""The shapes as read from `shapes/`: the graph for the engines, and by shape what to tell a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.model.errors import InputError
from kg.model.resources import resource
from kg.model.vocabulary import RDF, SH
from kg.validate.report import shorten

_Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class ShapeNote:
    """What the files say about one shape.

    Attributes:
        message: Its `sh:message`, or that of its SPARQL constraint; empty where it has none.
        warning: Whether its severity is `sh:Warning` (or `sh:Info`).
        path: Its path as text, `^` for an inverse step and ` / ` between steps; None for a node shape.
        steps: The path's steps as (IRI, whether inverse); empty where the path has other operators.
        above: IRI of the property whose values should be above those of the path, or None.
    """

    message: str
    warning: bool
    path: str | None
    steps: tuple[tuple[str, bool], ...]
    above: str | None


@dataclass(frozen=True)
class Shapes:
    """All shapes of a folder.

    Attributes:
        ntriples: The shapes graph, as the Rust engine takes it.
        notes: By shape IRI.
    """

    ntriples: str
    notes: Mapping[str, ShapeNote]

    def rdflib_graph(self) -> rdflib.Graph:
        """A fresh copy of the shapes graph for pySHACL, which may write into the one that it is given."""
        return rdflib.Graph().parse(data=self.ntriples, format="nt")


@lru_cache(maxsize=8)
def load_shapes(folder: Path | None = None) -> Shapes:
    """Read every `*.ttl` of a folder of shapes; without one, the project's own.

    Raises:
        InputError: The folder holds no shapes, or a file is no Turtle (with the line).
    """
    folder = resource("shapes") if folder is None else folder
    triples: list[Triple] = []
    for path in sorted(folder.glob("*.ttl")):
        try:
            triples += [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            where = f"{path}, line {error.lineno}" if error.lineno else str(path)
            raise InputError("not valid Turtle", where=where) from error
        except (OSError, ValueError) as error:
            raise InputError("cannot be read", where=path) from error
    if not triples:
        raise InputError("no shapes (*.ttl) here", where=folder)
    ntriples = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return Shapes(ntriples.decode("utf-8"), _notes(triples))


def _notes(triples: list[Triple]) -> dict[str, ShapeNote]:
    index: dict[_Node, dict[str, list[_Node]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        index[triple.subject][triple.predicate.value].append(triple.object)
    notes: dict[str, ShapeNote] = {}
    for subject, properties in list(index.items()):
        kinds = {kind for kind in properties[RDF + "type"] if isinstance(kind, NamedNode)}
        if not isinstance(subject, NamedNode) or not kinds & _SHAPE_CLASSES:
            continue
        paths = properties[SH + "path"]
        steps = _steps(paths[0], index) if paths else ()
        above = properties[SH + "lessThan"] + properties[SH + "lessThanOrEquals"]
        notes[subject.value] = ShapeNote(
            message=_message(properties, index),
            warning=any(s in _MILD for s in properties[SH + "severity"]),
            path=" / ".join(("^" if inverse else "") + shorten(iri) for iri, inverse in steps)
            if steps
            else None,
            steps=steps,
            above=next((a.value for a in above if isinstance(a, NamedNode)), None),
        )
    return notes


def _message(properties: dict[str, list[_Node]], index: dict[_Node, dict[str, list[_Node]]]) -> str:
    messages = list(properties[SH + "message"])
    for constraint in properties[SH + "sparql"]:
        messages += index[constraint][SH + "message"]
    return next((message.value for message in messages if isinstance(message, Literal)), "")


def _steps(path: _Node, index: dict[_Node, dict[str, list[_Node]]]) -> tuple[tuple[str, bool], ...]:
    """The steps of a path that is a property, an inverse property or a sequence of these; else nothing."""
    if isinstance(path, NamedNode):
        return ((path.value, False),)
    if inverse := index[path][SH + "inversePath"]:
        return ((inverse[0].value, True),) if isinstance(inverse[0], NamedNode) else ()
    steps: list[tuple[str, bool]] = []
    seen: set[_Node] = set()
    while index[path][RDF + "first"] and path not in seen:
        seen.add(path)
        step = _steps(index[path][RDF + "first"][0], index)
        if len(step) != 1:
            return ()
        steps += step
        path = index[path][RDF + "rest"][0]
    return tuple(steps)


_SHAPE_CLASSES = {NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")}
_MILD = {NamedNode(SH + "Warning"), NamedNode(SH + "Info")}

__all__ = ["ShapeNote", "Shapes", "load_shapes"]
