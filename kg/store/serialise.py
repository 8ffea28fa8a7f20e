"""Writes graphs as Turtle, TriG, N-Triples, N-Quads and JSON-LD: the same graph always gives the same bytes.

Statements are sorted before they are written: by graph, subject, predicate (type and label first) and object.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal

import pyoxigraph as ox

from kg.model.errors import UsageError
from kg.model.vocabulary import PREFIXES, RDF, RDFS, XSD

RdfFormatName = Literal["ttl", "trig", "nt", "nq", "jsonld"]

FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats by their names, which are also the suffixes of files."""

_KINDS = ("actor", "article", "statement", "claim", "evidence", "selector", "stance", "utterance", "position")
_MORE_KINDS = ("topic", "outlet", "unnamed", "membership", "post", "coding", "agent", "graph")
_FIRST = {RDF + "type": "0", RDFS + "label": "1"}
_TRIPLES_ONLY = ("ttl", "nt")
_UNWRITTEN = (XSD + "string", RDF + "langString", RDF + "type")


def serialise(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad],
    format: RdfFormatName,
    *,
    base: str | None = None,
    more_prefixes: Mapping[str, str] | None = None,
) -> bytes:
    r"""A graph or dataset in a format.

    Args:
        statements: Triples, or quads; formats without named graphs merge the graphs.
        format: `ttl`, `trig`, `nt`, `nq` or `jsonld`.
        base: Beginning of the project's IRIs; Turtle and TriG then abbreviate them (`actor:ada-brook`).
        more_prefixes: Namespaces by their prefixes, beside those of `kg.model.vocabulary`.

    Raises:
        UsageError: There is no such format.

    >>> a, b = ox.NamedNode("https://example.org/actor/b"), ox.NamedNode(RDFS + "label")
    >>> print(serialise([ox.Triple(a, b, ox.Literal("B"))], "ttl", base="https://example.org/").decode())
    @prefix actor: <https://example.org/actor/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    actor:b rdfs:label "B" .
    <BLANKLINE>
    """
    if format not in FORMATS:
        raise UsageError(f"'{format}' is no RDF format", hint="use one of " + ", ".join(FORMATS))
    ordered = _sorted(statements, merge=format in _TRIPLES_ONLY)
    if format in ("ttl", "trig"):
        prefixes = _prefixes(ordered, base, more_prefixes or {})
        written = ox.serialize(ordered, format=FORMATS[format], prefixes=prefixes) or b""
        return _spaced(written)
    written = ox.serialize(ordered, format=FORMATS[format]) or b""
    if format == "jsonld":
        return (json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return written


def _sorted(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad], *, merge: bool
) -> list[ox.Triple] | list[ox.Quad]:
    default = ox.DefaultGraph()
    seen: dict[tuple[str, str, str, str], ox.Quad] = {}
    for one in statements:
        graph = default if merge or isinstance(one, ox.Triple) else one.graph_name
        quad = ox.Quad(one.subject, one.predicate, one.object, graph)
        predicate = one.predicate.value
        name = "" if graph == default else str(graph)
        seen[name, str(one.subject), _FIRST.get(predicate, predicate), str(one.object)] = quad
    ordered = [seen[key] for key in sorted(seen)]
    return [quad.triple for quad in ordered] if merge else ordered


def _prefixes(
    statements: list[ox.Triple] | list[ox.Quad], base: str | None, more: Mapping[str, str]
) -> dict[str, str]:
    """The prefixes that the graph uses."""
    own = {kind: f"{base}{kind}/" for kind in (*_KINDS, *_MORE_KINDS)} if base else {}
    used: set[str] = set()
    for one in statements:
        for term in (one.subject, one.predicate, one.object, getattr(one, "graph_name", None)):
            if isinstance(term, ox.Literal):
                term = term.datatype
            if isinstance(term, ox.NamedNode) and term.value not in _UNWRITTEN:
                used.add(_namespace(term.value))
    every = {**own, **PREFIXES, **more}
    return {name: every[name] for name in sorted(every) if every[name] in used}


def _namespace(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/"))
    return iri[: cut + 1]


def _spaced(written: bytes) -> bytes:
    """Prefixes sorted, an empty line before each subject and graph, blanks for tabs.

    Line ends in literals are escaped, so that lines are lines of the syntax.
    """
    raw = written.decode("utf-8").split("\n")
    lines = sorted(line for line in raw if line.startswith("@prefix "))
    inside = False
    for line in raw[len(lines) :]:
        bare = line.lstrip("\t")
        depth = len(line) - len(bare)
        opens = bare.endswith(" {")
        subject = bare not in ("", "}") and depth == int(inside)
        if subject and lines and not lines[-1].endswith(" {"):
            lines.append("")
        lines.append("    " * depth + bare)
        inside = opens or (inside and bare != "}")
    return "\n".join(lines).encode("utf-8")


class TurtleWriter:
    """Turtle in pieces, for graphs that are too large to be written at once.

    The pieces one after the other are what `serialise` writes, but with all prefixes whether used or not.
    """

    def __init__(self, base: str) -> None:
        """Abbreviate the IRIs of a project with this base."""
        self._prefixes = {**{kind: f"{base}{kind}/" for kind in (*_KINDS, *_MORE_KINDS)}, **PREFIXES}

    def prefixes(self) -> bytes:
        """The beginning of the file."""
        lines = (f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(self._prefixes.items()))
        return "".join(lines).encode("utf-8")

    def nodes(self, triples: Iterable[ox.Triple]) -> bytes:
        """All triples of some nodes, sorted; a node's triples may not come in two pieces."""
        ordered = _sorted(triples, merge=True)
        if not ordered:
            return b""
        spaced = _spaced(ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=self._prefixes) or b"")
        return b"\n" + spaced.partition(b"\n\n")[2]


__all__ = ["FORMATS", "RdfFormatName", "TurtleWriter", "serialise"]
