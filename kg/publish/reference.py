"""Pages on the terms, the rules and the release itself; pages of what is gone and of what is elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.model.resources import resource
from kg.model.vocabulary import OWL, RDF, RDFS, SH, SKOS, ST
from kg.pages import link
from kg.publish.catalogue import schema_dataset
from kg.publish.facts import Facts
from kg.publish.folder import ReleaseFiles
from kg.publish.papers import how_to_cite, license_name
from kg.query.terms import printable
from kg.review.trust_text import trust_note, trust_sentence
from kg.validate.report import shorten
from kg.validate.shape_files import load_shapes

_GROUPS = (
    (OWL + "Class", "Classes"),
    (OWL + "ObjectProperty", "Links between things"),
    (OWL + "DatatypeProperty", "Properties with text, numbers and dates"),
    (OWL + "NamedIndividual", "Values"),
)
_FACTS = (
    (RDFS + "subClassOf", "below"),
    (RDFS + "subPropertyOf", "below"),
    ("https://schema.org/domainIncludes", "of"),
    ("https://schema.org/rangeIncludes", "value"),
    (RDFS + "seeAlso", "compare"),
)


def ontology_turtle() -> bytes:
    """The ontology as its file stands."""
    return (resource("ontology") / "stance.ttl").read_bytes()


def ontology_page() -> Markup:
    """Every term with what it means, where it belongs and an example."""
    said = _said(resource("ontology") / "stance.ttl")
    head = said.get(ST.removesuffix("#"), {})
    parts = [
        Markup("<h1>The terms</h1><p>{}</p>").format(_text(head, "http://purl.org/dc/terms/description")),
        Markup('<p>Version {}, as <a href="ontology.ttl">Turtle</a>.</p>').format(
            _text(head, OWL + "versionInfo")
        ),
    ]
    for cls, title in _GROUPS:
        terms = sorted(
            iri for iri, facts in said.items() if iri.startswith(ST) and cls in _values(facts, RDF + "type")
        )
        if terms:
            listed = Markup("\n").join(_term(iri, said[iri]) for iri in terms)
            parts.append(Markup('<h2>{}</h2>\n<dl class="questions">\n{}\n</dl>').format(title, listed))
    return Markup("\n").join(parts)


def _term(iri: str, facts: Mapping[str, list[str]]) -> Markup:
    local = iri.removeprefix(ST)
    where = [
        f"{name} {', '.join(shorten(value) for value in _values(facts, property_))}"
        for property_, name in _FACTS
        if _values(facts, property_)
    ]
    kinds = [value for value in _values(facts, RDF + "type") if value.startswith(ST)]
    where += [f"a {shorten(value)}" for value in kinds]
    lines = [escape(_text(facts, RDFS + "comment")), escape("; ".join(where))]
    lines.append(Markup("<code>{}</code>").format(_text(facts, SKOS + "example")))
    described = Markup("<br>").join(line for line in lines if line)
    return Markup('<dt id="{0}">st:{0}</dt>\n<dd>{1}</dd>').format(local, described)


def shapes_turtle() -> bytes:
    """All files of shapes, one after the other."""
    files = sorted(resource("shapes").glob("*.ttl"))
    return b"\n".join(f"# {file.name}\n\n".encode() + file.read_bytes() for file in files)


def shapes_page() -> Markup:
    """Every rule by the class that it holds for, as what to do when it is broken."""
    notes = load_shapes().notes
    parts = [
        Markup("<h1>The rules</h1>"),
        Markup(
            '<p>SHACL shapes, as <a href="shapes.ttl">Turtle</a>. A violation makes answers wrong: no '
            "release has any. A warning is a gap that a person may want to fill. "
            '<a href="validation.txt">How this release was checked</a>.</p>'
        ),
    ]
    for cls, shapes in sorted(_shapes_of_classes().items()):
        rows = []
        for iri in shapes:
            note = notes.get(iri)
            if note is not None and note.message:
                kind = "warning" if note.warning else "violation"
                row = (
                    Markup("<code>{}</code>").format(note.path or "the node"),
                    escape(note.message),
                    escape(kind),
                )
                rows.append(row)
        if rows:
            parts.append(_section(shorten(cls), ("where", "what to do", "kind"), rows))
    return Markup("\n").join(parts)


def _shapes_of_classes() -> dict[str, list[str]]:
    """Shapes by the class that they hold for, in the order of the files."""
    found: dict[str, list[str]] = {}
    for file in sorted(resource("shapes").glob("*.ttl")):
        said = _said(file)
        for iri, facts in said.items():
            for cls in _values(facts, SH + "targetClass"):
                found.setdefault(cls, []).extend([iri, *_values(facts, SH + "property")])
    return found


def dataset_page(
    facts: Facts, files: ReleaseFiles, listed: Sequence[tuple[str, str]], verdict: str
) -> Markup:
    """The release for people: what it holds, how to cite it, what one may do with it, and its files.

    Args:
        facts: What is known of it.
        files: Its files so far.
        listed: Names of files and what they are.
        verdict: The outcome of the validation.
    """
    release = facts.release
    counts = [(escape(name), escape(f"{number:,}")) for name, number in release.counts.items()]
    dumps = [
        (
            Markup('<a href="{0}">{0}</a>').format(path),
            escape(f"{files.size(path):,} bytes"),
            Markup("<code>{}</code>").format(files.digest(path)),
        )
        for path in ("dumps/graph.ttl.gz", "dumps/graph.nq.gz", "dumps/graph.jsonld.gz")
    ]
    rows = [(Markup("<code>{}</code>").format(name), escape(what)) for name, what in listed]
    # The angle brackets of the graph's words may not end the element that they stand in.
    record = Markup(_json(schema_dataset(facts, files)))  # noqa: S704 - escaped by _json
    terms = (
        Markup('<a href="{}">{}</a>').format(release.license, license_name(release.license))
        if release.license
        else escape("Nobody has chosen a licence for this data: ask its makers before you use it.")
    )
    earlier = [(escape(one.release), escape(one.date)) for one in release.earlier]
    return Markup("\n").join(
        [
            Markup("<h1>{}, release {}</h1>").format(printable(release.title), release.release),
            Markup("<p>{}</p>").format(printable(facts.description)),
            Markup("<p>Made on {}. {}</p>").format(release.date, verdict),
            _section("What it holds", ("what", "how many"), counts),
            _trusted(facts),
            _section("Download", ("file", "size", "SHA-256"), dumps),
            Markup("<h2>How to cite it</h2><p>{}</p>").format(printable(how_to_cite(facts))),
            Markup("<h2>What one may do with it</h2><p>{}</p>").format(terms),
            Markup('<p><a href="CHANGES.md">What changed</a> since the release before.</p>'),
            _section("Earlier releases", ("release", "day"), earlier) if earlier else Markup(""),
            _section("All files", ("file", "what"), rows),
            Markup('<script type="application/ld+json">{}</script>').format(record),
        ]
    )


def _trusted(facts: Facts) -> Markup:
    said = trust_sentence(facts.trust) if facts.trust else None
    if facts.trust is None or said is None:
        return Markup("")
    words = f"{said[:1].upper()}{said[1:]}; {trust_note(facts.trust)}."
    return Markup(
        '<h2>What a random sample says</h2><p>{} <a href="about.html#sample">What this means</a>; '
        'the same as <a href="dataset.ttl">data</a> (dqv:QualityMeasurement).</p>'
    ).format(printable(words))


def _json(record: Mapping[str, object]) -> str:
    text = json.dumps(record, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def tombstone_page(iri: str, day: str) -> Markup:
    """What is left of a withdrawn node: its IRI and the day."""
    return Markup(
        "<h1>Withdrawn</h1><p><code>{}</code></p>"
        "<p>This was part of an earlier release and was withdrawn on {}. Nothing more is kept of it.</p>"
    ).format(iri, day)


def redirect_page(path: str, address: str) -> str:
    """A page that leads on to another place of the site."""
    target = link(address, path)
    return Markup(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>See elsewhere</title>\n'
        '<meta http-equiv="refresh" content="0; url={0}">\n<link rel="canonical" href="{0}">\n</head>\n'
        '<body>\n<p><a href="{0}">It is described here.</a></p>\n</body>\n</html>\n'
    ).format(target)


def _section(title: str, heads: Iterable[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A heading with a table below it."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in heads)
    body = Markup("\n").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup("<h2>{}</h2>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(
        title, head, body
    )


def _said(path: Path) -> dict[str, dict[str, list[str]]]:
    """What a Turtle file says of named nodes: texts and IRIs by subject and property."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            found.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(value.value)
    return found


def _values(facts: Mapping[str, list[str]], property_: str) -> list[str]:
    return facts.get(property_, [])


def _text(facts: Mapping[str, list[str]], property_: str) -> str:
    return " ".join(_values(facts, property_)[:1])


__all__ = [
    "dataset_page",
    "ontology_page",
    "ontology_turtle",
    "redirect_page",
    "shapes_page",
    "shapes_turtle",
    "tombstone_page",
]
