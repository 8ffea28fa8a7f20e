"""Makes the page of the ontology, `docs/ontology.md`, from its Turtle; knows nothing of the package `kg`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.term import Node, URIRef

TURTLE = Path(__file__).resolve().parent.parent / "ontology" / "stance.ttl"
PAGE = Path(__file__).resolve().parent / "ontology.md"
ONTOLOGY = URIRef("https://w3id.org/stance-graph/ontology")
ST = rdflib.Namespace(f"{ONTOLOGY}#")
SCHEMA = rdflib.Namespace("https://schema.org/")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")

INTRODUCTION = """\
# The ontology

<!-- Made by docs/make.py from ontology/stance.ttl: change that, then run `make docs`. -->

{description}

Version {version}, licence <{licence}>. Terms begin with `https://w3id.org/stance-graph/ontology#`, here
`st:`. The ontology imports nothing; the terms of PROV-O, Web Annotation, ORG, SKOS, schema.org, FOAF and
Dublin Core that it is aligned with, or that the graph uses as they are, are listed at the end. What a graph
must keep is said by the shapes in `shapes/`; `kg reason` checks that neither the ontology nor a graph
contradicts itself. The examples are of an invented field, the quotas of a fishery.
"""


class _Reference:
    """The terms of the ontology in the order of the file, and how they are written down."""

    def __init__(self, turtle: Path) -> None:
        text = turtle.read_text(encoding="utf-8")
        self.graph = rdflib.Graph().parse(data=text, format="turtle")
        own = {term for term in self.graph.subjects(RDF.type, None) if str(term).startswith(str(ST))}
        # rdflib keeps no order; the file's order is the one that its author gave it.
        self.terms = sorted(own, key=lambda term: text.index(f"\n{self.short(term)} a "))

    def short(self, term: Node) -> str:
        """A term in prefixed form."""
        return str(self.graph.namespace_manager.normalizeUri(str(term)))

    def text(self, term: Node, prop: Node) -> str:
        """The value of a property that has one."""
        return str(self.graph.value(term, prop) or "")

    def names(self, term: Node, *props: Node) -> str:
        """The terms that a term has for any of the properties, as code, sorted."""
        found = {self.short(value) for prop in props for value in self.graph.objects(term, prop)}
        return ", ".join(f"`{name}`" for name in sorted(found))

    def is_a(self, term: Node, *classes: Node) -> bool:
        """Whether the term is of one of the classes."""
        return any((term, RDF.type, of) in self.graph for of in classes)

    def entry(self, term: Node, rows: Sequence[tuple[str, str]]) -> str:
        """One term: its definition, its relations to others, an example."""
        lines = [
            f"### `{self.short(term)}`: {self.text(term, RDFS.label)}",
            "",
            self.text(term, RDFS.comment),
            "",
        ]
        facts = [f"- {name}: {value}" for name, value in rows if value]
        if facts:
            lines += [*facts, ""]
        return "\n".join([*lines, "```turtle", self.text(term, SKOS.example), "```", ""])


def page(turtle: Path = TURTLE) -> str:
    """The page as Markdown."""
    ref = _Reference(turtle)
    values = {cls: [t for t in ref.terms if ref.is_a(t, cls)] for cls in ref.terms}
    classes = [t for t in ref.terms if ref.is_a(t, OWL.Class)]
    properties = [t for t in ref.terms if ref.is_a(t, OWL.ObjectProperty, OWL.DatatypeProperty)]
    parts = [
        INTRODUCTION.format(
            description=ref.text(ONTOLOGY, DCTERMS.description),
            version=ref.text(ONTOLOGY, OWL.versionInfo),
            licence=ref.text(ONTOLOGY, DCTERMS.license),
        ),
        "## Classes\n",
    ]
    for term in classes:
        if not values[term]:
            rows = [
                ("below", ref.names(term, RDFS.subClassOf)),
                ("excludes", ref.names(term, OWL.disjointWith)),
                ("compare", ref.names(term, RDFS.seeAlso)),
            ]
            parts.append(ref.entry(term, rows))
    parts.append("## Values\n")
    for term in classes:
        if values[term]:
            table = "| value | meaning | example |\n|---|---|---|\n"
            for value in values[term]:
                example = ref.text(value, SKOS.example)
                shown = f"`{example}`" if "st:" in example else example
                table += f"| `{ref.short(value)}` | {ref.text(value, RDFS.comment)} | {shown} |\n"
            title = f"### `{ref.short(term)}`: {ref.text(term, RDFS.label)}"
            parts.append(f"{title}\n\n{ref.text(term, RDFS.comment)}\n\n{table}")
    parts.append("## Properties\n")
    for term in properties:
        rows = [
            ("of", ref.names(term, RDFS.domain, SCHEMA.domainIncludes)),
            ("value", ref.names(term, RDFS.range, SCHEMA.rangeIncludes)),
            ("at most one", "yes" if ref.is_a(term, OWL.FunctionalProperty) else ""),
            ("below", ref.names(term, RDFS.subPropertyOf)),
            ("compare", ref.names(term, RDFS.seeAlso)),
        ]
        parts.append(ref.entry(term, rows))
    parts.append(_borrowed(ref))
    return "\n".join(parts).rstrip() + "\n"


def _borrowed(ref: _Reference) -> str:
    terms = [t for t in ref.graph.subjects(RDFS.isDefinedBy, None) if t not in ref.terms]
    table = "## Terms of other vocabularies\n\n| term | name |\n|---|---|\n"
    for term in sorted(terms, key=lambda term: ref.short(term).lower()):
        table += f"| [`{ref.short(term)}`]({term}) | {ref.text(term, RDFS.label)} |\n"
    return table


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
