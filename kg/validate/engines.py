"""The two SHACL engines behind one form of result.

pySHACL is the reference, and the default for files; the Rust engine finds the same in a fraction of the time
and is what a store of thousands of articles is validated with. Tests hold them to the same findings.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import rdflib
import shacl_rust
from pyoxigraph import RdfFormat, Triple, serialize
from pyshacl import validate as pyshacl_validate
from rdflib.namespace import SH as SHACL

from kg.model.errors import InputError
from kg.model.vocabulary import RDF, SH, XSD
from kg.validate.report import IRI
from kg.validate.shape_files import Shapes

Engine = Literal["pyshacl", "rust"]

_LITERAL = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^>]*)>)?', re.DOTALL)
_ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of an engine, before it is put in words.

    Attributes:
        shape: IRI of the shape; a blank node's label where it has none.
        value: The value at fault as text; None where it is missing or is the focus node itself.
        value_type: `iri` or the datatype's IRI; None without a value.
        text: The engine's own message, for shapes that have none.
    """

    shape: str
    focus: str
    value: str | None
    value_type: str | None
    component: str
    text: str
    warning: bool


def run_engine(engine: Engine, triples: Sequence[Triple], shapes: Shapes) -> list[Finding]:
    """Hold triples without blank nodes against shapes.

    Raises:
        InputError: The engine could not work through the graph.
    """
    run = {"pyshacl": _run_pyshacl, "rust": _run_rust}[engine]
    try:
        return run(triples, shapes)
    except InputError:
        raise
    except Exception as error:
        # Either engine may fall over shapes or literals that it never met; the user gets one line.
        raise InputError(
            f"the SHACL engine {engine} gave up: {error}", hint="try the other engine"
        ) from error


def _run_rust(triples: Sequence[Triple], shapes: Shapes) -> list[Finding]:
    data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    # With its index of terms it takes about a third less time on large graphs, with the same findings.
    report = shacl_rust.validate(
        data.decode("utf-8"),
        shapes.ntriples,
        data_format="nt",
        shapes_format="nt",
        experimental_index=True,
    )
    return [_from_rust(result) for result in report["results"]]


def _from_rust(result: dict[str, Any]) -> Finding:
    focus, _ = _term(result["focusNode"])
    value, value_type = _term(result["value"]) if result.get("value") else (None, None)
    if value == focus:
        value, value_type = None, None
    shape, _ = _term(result["sourceShape"])
    return Finding(
        shape=shape,
        focus=focus,
        value=value,
        value_type=value_type,
        component=result["sourceConstraintComponent"].strip("<>").rpartition("#")[2],
        text=str(result["messages"][0]) if result["messages"] else "",
        warning=result["severity"].strip("<>") != SH + "Violation",
    )


def _term(text: str) -> tuple[str, str]:
    """A term in N-Triples notation as its text and kind.

    >>> _term("<https://e.org/x>"), _term('"5"^^<http://www.w3.org/2001/XMLSchema#integer>')[0]
    (('https://e.org/x', 'iri'), '5')
    """
    if text.startswith("<"):
        return text[1:-1], IRI
    match = _LITERAL.fullmatch(text)
    if match is None:
        return text, IRI
    plain = re.sub(r'\\[nrt"\\]', lambda escape: _ESCAPES[escape[0]], match["text"])
    return plain, RDF + "langString" if match["language"] else match["datatype"] or XSD + "string"


def _run_pyshacl(triples: Sequence[Triple], shapes: Shapes) -> list[Finding]:
    # rdflib prints a traceback for each literal of a rare datatype that it cannot read; nobody asked for it.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    _, report, text = pyshacl_validate(
        graph,
        shacl_graph=shapes.rdflib_graph(),
        inference="none",
        advanced=False,
        do_owl_imports=False,
        inplace=True,
    )
    if not isinstance(report, rdflib.Graph):
        raise InputError(f"the SHACL engine pyshacl gave up: {text}")
    top = set(report.objects(None, SHACL.result))
    return [_from_pyshacl(report, node) for node in top]


def _rdflib(term: Any) -> rdflib.term.Identifier:
    if hasattr(term, "datatype"):
        language = term.language
        # rdflib takes a plain literal and the same one typed xsd:string for two terms; RDF 1.1 for one.
        plain = language or term.datatype.value == XSD + "string"
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        # Not normalised: "007" stays as it stands in the data, as it does with the other engine.
        return rdflib.Literal(term.value, lang=language, datatype=datatype, normalize=False)
    return rdflib.URIRef(term.value)


def _from_pyshacl(report: rdflib.Graph, node: Any) -> Finding:
    focus, found = report.value(node, SHACL.focusNode), report.value(node, SHACL.value)
    value = None if found is None or found == focus else str(found)
    value_type = None
    if value is not None:
        is_literal = isinstance(found, rdflib.Literal)
        value_type = IRI
        if is_literal:
            value_type = RDF + "langString" if found.language else str(found.datatype or XSD + "string")
    return Finding(
        shape=str(report.value(node, SHACL.sourceShape)),
        focus=str(focus),
        value=value,
        value_type=value_type,
        component=str(report.value(node, SHACL.sourceConstraintComponent)).rpartition("#")[2],
        text=str(report.value(node, SHACL.resultMessage) or ""),
        warning=report.value(node, SHACL.resultSeverity) != SHACL.Violation,
    )


__all__ = ["Engine", "Finding", "run_engine"]
