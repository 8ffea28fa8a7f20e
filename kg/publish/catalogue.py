"""What a release says of itself to catalogues: DCAT and VoID as RDF, schema.org's Dataset as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.vocabulary import DCAT, DCTERMS, FOAF, OWL, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.publish.dumps import JSON_LD, TURTLE
from kg.publish.facts import Facts
from kg.publish.folder import ReleaseFiles
from kg.publish.release import QUADS
from kg.review.trust_text import trust_note

VOID = "http://rdfs.org/ns/void#"
SPDX = "http://spdx.org/rdf/terms#"
DQV = "http://www.w3.org/ns/dqv#"
LDQD = "http://www.w3.org/2016/05/ldqd#"
MORE_PREFIXES = {"void": VOID, "spdx": SPDX, "dqv": DQV, "ldqd": LDQD}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_DUMPS = (
    (TURTLE, "Turtle", "text/turtle"),
    (QUADS, "N-Quads, sorted", "application/n-quads"),
    (JSON_LD, "JSON-LD", "application/ld+json"),
)
_GRAPH_NOTE = (
    "What is in force: register, codebook, articles without their texts, statements, stances, evidence and "
    "provenance. Rejected and superseded readings are left out."
)


class _Triples:
    def __init__(self) -> None:
        self.found: list[Triple] = []

    def add(self, subject: str, property_: str, *values: str | int | None, datatype: str = "") -> None:
        """Add literals; None is nothing to say."""
        for value in values:
            if value is not None:
                kind = XSD + "integer" if isinstance(value, int) else datatype
                term = Literal(str(value), datatype=NamedNode(kind)) if kind else Literal(str(value))
                self.found.append(Triple(NamedNode(subject), NamedNode(property_), term))

    def link(self, subject: str, property_: str, *targets: str | None) -> None:
        """Add links."""
        for target in targets:
            if target is not None:
                self.found.append(Triple(NamedNode(subject), NamedNode(property_), NamedNode(target)))


def release_iri(base: str, number: str) -> str:
    """IRI of one release."""
    return f"{base}release/{number}"


def dataset_triples(facts: Facts, files: ReleaseFiles) -> list[Triple]:
    """The dataset in DCAT and VoID, with its files and the releases that there were.

    Args:
        facts: What is known.
        files: The release, with the dumps in it.
    """
    out, release, iri = _Triples(), facts.release, facts.dataset
    base = release.base
    out.link(iri, RDF + "type", DCAT + "Dataset", VOID + "Dataset")
    out.add(iri, RDFS + "label", release.title)
    out.add(iri, DCTERMS + "title", release.title)
    out.add(iri, DCTERMS + "description", facts.description)
    out.add(iri, DCTERMS + "issued", release.date, datatype=XSD + "date")
    out.add(iri, DCAT + "version", release.release)
    out.add(iri, OWL + "versionInfo", release.release)
    out.link(iri, DCTERMS + "license", release.license)
    for number, name in enumerate(facts.publishing.creators, start=1):
        creator = f"{iri}#creator-{number}"
        out.link(iri, DCTERMS + "creator", creator)
        out.link(creator, RDF + "type", FOAF + "Agent")
        out.add(creator, FOAF + "name", name)
    out.link(iri, FOAF + "homepage", base)
    out.link(iri, DCAT + "landingPage", base)
    out.link(iri, DCTERMS + "conformsTo", "https://w3id.org/stance-graph/ontology")
    out.add(iri, DCTERMS + "language", "en")
    out.add(iri, DCAT + "keyword", *facts.topics)
    if facts.period:
        out.link(iri, DCTERMS + "temporal", f"{iri}#period")
        out.link(f"{iri}#period", RDF + "type", DCTERMS + "PeriodOfTime")
        out.add(f"{iri}#period", DCAT + "startDate", facts.period[0], datatype=XSD + "date")
        out.add(f"{iri}#period", DCAT + "endDate", facts.period[1], datatype=XSD + "date")
    _add_void(out, facts)
    _add_dumps(out, facts, files)
    out.found += quality_triples(facts)
    out.found += release_triples(facts)
    return out.found


def _add_void(out: _Triples, facts: Facts) -> None:
    iri, census = facts.dataset, facts.census
    out.add(iri, VOID + "uriSpace", facts.release.base)
    out.add(iri, VOID + "triples", census.triples)
    out.add(iri, VOID + "distinctSubjects", census.subjects)
    out.add(iri, VOID + "classes", len(census.classes))
    out.add(iri, VOID + "properties", len(census.properties))
    used = [*census.classes, *census.properties]
    spaces = sorted({space for space in PREFIXES.values() if any(one.startswith(space) for one in used)})
    out.link(iri, VOID + "vocabulary", *spaces)
    out.link(iri, VOID + "exampleResource", facts.example)
    for name in ("Turtle", "N-Quads", "JSON-LD"):
        out.link(iri, VOID + "feature", f"http://www.w3.org/ns/formats/{name}")
    partitions = (("class", "entities", census.classes), ("property", "triples", census.properties))
    for kind, counted, counts in partitions:
        for number, (term, count) in enumerate(sorted(counts.items()), start=1):
            part = f"{iri}#{kind}-{number}"
            out.link(iri, f"{VOID}{kind}Partition", part)
            out.link(part, RDF + "type", VOID + "Dataset")
            out.link(part, VOID + kind, term)
            out.add(part, VOID + counted, count)


def _add_dumps(out: _Triples, facts: Facts, files: ReleaseFiles) -> None:
    iri, base = facts.dataset, facts.release.base
    for path, name, media in _DUMPS:
        file = base + path
        out.link(iri, DCAT + "distribution", file)
        out.link(iri, VOID + "dataDump", file)
        out.link(file, RDF + "type", DCAT + "Distribution")
        out.add(file, DCTERMS + "title", f"{name}, compressed")
        out.link(file, DCAT + "downloadURL", file)
        out.link(file, DCAT + "mediaType", _MEDIA + media)
        out.link(file, DCAT + "compressFormat", _MEDIA + "application/gzip")
        out.link(file, DCTERMS + "license", facts.release.license)
        out.add(file, DCAT + "byteSize", str(files.size(path)), datatype=XSD + "nonNegativeInteger")
        checksum = f"{iri}#checksum-{path.split('.')[1]}"
        out.link(file, SPDX + "checksum", checksum)
        out.link(checksum, RDF + "type", SPDX + "Checksum")
        out.link(checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
        out.add(checksum, SPDX + "checksumValue", files.digest(path), datatype=XSD + "hexBinary")


_METRICS = {
    "right": (
        "Stances that are right",
        "Share of the stances read by machine whose holder, position and side are as the article has them.",
        "semanticAccuracy",
    ),
    "reversed": (
        "Stances that say the opposite",
        "Share of the stances read by machine that support what the holder opposes, or the other way.",
        "semanticAccuracy",
    ),
    "missed": (
        "Stances that were missed",
        "Share of the stances in the articles that the machine did not read.",
        "completeness",
    ),
}
"""Name, definition and dimension of what a random sample measures."""


def quality_triples(facts: Facts) -> list[Triple]:
    """What a random sample says of the machine's reading, in the Data Quality Vocabulary.

    Each share is a `dqv:QualityMeasurement` of the dataset, or of an outlet, actor or position in it, with
    the ends of its interval of 95 % as `schema:minValue` and `schema:maxValue`.
    """
    out, trust, iri = _Triples(), facts.trust, facts.dataset
    if trust is None:
        return []
    for name, (label, definition, dimension) in _METRICS.items():
        metric = f"{iri}#metric-{name}"
        out.link(metric, RDF + "type", DQV + "Metric")
        out.add(metric, RDFS + "label", label)
        out.add(metric, SKOS + "definition", definition)
        out.link(metric, DQV + "expectedDataType", XSD + "decimal")
        out.link(metric, DQV + "inDimension", LDQD + dimension)
    groups = [one for some in trust.by.values() for one in some if one.key in facts.checked]
    for number, group in enumerate((trust.whole, *groups)):
        shares = {"right": group.right, "reversed": group.reversed, "missed": group.missed}
        for name, share in shares.items():
            if share is None or not share.tells:
                continue
            measured = f"{iri}#measured-{name}" + (f"-{number}" if number else "")
            out.link(iri, DQV + "hasQualityMeasurement", measured)
            out.link(measured, RDF + "type", DQV + "QualityMeasurement")
            out.add(measured, RDFS + "label", f"{_METRICS[name][0]}, {group.label or 'all'}")
            out.link(measured, DQV + "isMeasurementOf", f"{iri}#metric-{name}")
            out.link(measured, DQV + "computedOn", group.key or iri)
            for property_, value in (
                (DQV + "value", share.value),
                (SCHEMA + "minValue", share.low),
                (SCHEMA + "maxValue", share.high),
            ):
                out.add(measured, property_, f"{value:.4f}", datatype=XSD + "decimal")
            words = f"{share.hits} of {share.looked} looked at"
            out.add(measured, RDFS + "comment", f"{words}; {trust_note(trust)}; drawn on {trust.drawn_on}")
    return out.found


def release_triples(facts: Facts) -> list[Triple]:
    """This release and the earlier ones, each the version of the dataset before the next."""
    out, release, base = _Triples(), facts.release, facts.release.base
    chain = [(release.release, release.date), *((one.release, one.date) for one in release.earlier)]
    out.link(facts.dataset, DCAT + "hasCurrentVersion", release_iri(base, release.release))
    for place, (number, date) in enumerate(chain):
        iri = release_iri(base, number)
        out.link(iri, RDF + "type", DCAT + "Dataset", PROV + "Entity")
        out.add(iri, RDFS + "label", f"{release.title}, {number}")
        out.add(iri, DCTERMS + "title", f"{release.title}, {number}")
        out.add(iri, DCTERMS + "issued", date, datatype=XSD + "date")
        out.add(iri, DCAT + "version", number)
        out.link(iri, DCAT + "isVersionOf", facts.dataset)
        out.link(facts.dataset, DCAT + "hasVersion", iri)
        if place + 1 < len(chain):
            out.link(iri, DCAT + "previousVersion", release_iri(base, chain[place + 1][0]))
    return out.found


def graph_triples(facts: Facts) -> list[Triple]:
    """The named graph that the N-Quads are in."""
    out, iri = _Triples(), facts.graph
    out.link(iri, RDF + "type", VOID + "Dataset")
    out.add(iri, RDFS + "label", "what is in force")
    out.add(iri, DCTERMS + "description", _GRAPH_NOTE)
    out.link(iri, DCTERMS + "isPartOf", facts.dataset)
    out.link(iri, VOID + "dataDump", *(facts.release.base + path for path, _, _ in _DUMPS))
    return out.found


def schema_dataset(facts: Facts, files: ReleaseFiles) -> dict[str, Any]:
    """The dataset as schema.org knows it, which search engines for data read."""
    release = facts.release
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": facts.dataset,
        "name": release.title,
        "description": facts.description,
        "url": release.base,
        "version": release.release,
        "datePublished": release.date,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "keywords": list(facts.topics),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": media,
                "contentUrl": release.base + path,
                "contentSize": f"{files.size(path)} B",
                "sha256": files.digest(path),
            }
            for path, name, media in _DUMPS
        ],
    }
    if release.license:
        found["license"] = release.license
    if facts.publishing.creators:
        found["creator"] = [{"@type": "Organization", "name": name} for name in facts.publishing.creators]
    if facts.period:
        found["temporalCoverage"] = "/".join(facts.period)
    return found


def as_text(record: dict[str, Any]) -> str:
    """A record as JSON for a file."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def about(triples: Iterable[Triple], iri: str) -> list[Triple]:
    """Those of some triples that speak of one node or link to it."""
    return [triple for triple in triples if iri in (str(triple.subject)[1:-1], str(triple.object)[1:-1])]


__all__ = [
    "MORE_PREFIXES",
    "about",
    "as_text",
    "dataset_triples",
    "graph_triples",
    "quality_triples",
    "release_iri",
    "release_triples",
    "schema_dataset",
]
