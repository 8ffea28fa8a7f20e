"""The files of a release that are no data of the graph itself: descriptions, rules, queries, papers."""

from __future__ import annotations

from markupsafe import Markup
from pyoxigraph import Triple

from kg.describe.json_ld import as_json_ld
from kg.pages import Site
from kg.publish import hosting, papers, reference
from kg.publish.canned_queries import prefix_triples, query_iri, query_triples
from kg.publish.catalogue import (
    MORE_PREFIXES,
    about,
    as_text,
    dataset_triples,
    graph_triples,
    release_iri,
    release_triples,
    schema_dataset,
)
from kg.publish.facts import Facts
from kg.publish.folder import CHECKSUMS, ReleaseFiles
from kg.publish.reference import redirect_page
from kg.publish.release import MARKER
from kg.store.serialise import serialise
from kg.validate.report import ValidationReport, table_of


def write_extras(
    files: ReleaseFiles, site: Site, facts: Facts, validation: ValidationReport, host: str | None
) -> None:
    """Write all that goes with the graph.

    Args:
        files: The release, with dumps, pages and nodes in it.
        site: Its pages.
        facts: What is known of it.
        validation: How it was checked.
        host: Where it is served, if that is not the base.
    """
    _write_validation(files, validation)
    _write_reference(files, site)
    _write_queries(files, site)
    files.write("LICENSE.txt", papers.license_text(facts.release))
    files.write("CITATION.cff", papers.citation(facts))
    files.write(".htaccess", hosting.htaccess())
    files.write("nginx.conf", hosting.nginx())
    # Hosts that make pages with Jekyll would leave out files that begin with a dot or an underscore.
    files.write(".nojekyll", "")
    if host is not None:
        files.write("w3id.htaccess", hosting.w3id(host))
    files.write(MARKER, facts.release.to_json())
    _write_dataset(files, site, facts, validation)
    files.write("README.md", papers.read_me(facts, _listed(files)))


def _listed(files: ReleaseFiles) -> list[tuple[str, str]]:
    """The list of files for people, without those that this release does not have."""
    later = {"README.md", "dataset.html", CHECKSUMS}
    return [
        (names, what)
        for names, what in papers.FILES
        if (first := names.split(",")[0]) in files or first in later or first.endswith("/") or "KIND" in first
    ]


def _write_validation(files: ReleaseFiles, report: ValidationReport) -> None:
    head = (
        f"{'conforms' if report.conforms else 'does not conform'}: {len(report.violations)} violations, "
        f"{len(report.warnings)} warnings in {report.triples:,} triples\n"
    )
    table = table_of(report)
    files.write("validation.txt", head + ("\n" + table if table else ""))
    files.write("validation.ttl", report.to_turtle())


def _write_reference(files: ReleaseFiles, site: Site) -> None:
    files.write("ontology.ttl", reference.ontology_turtle())
    files.write("ontology.html", site.framed("ontology.html", "The terms", reference.ontology_page()))
    files.write("shapes.ttl", reference.shapes_turtle())
    files.write("shapes.html", site.framed("shapes.html", "The rules", reference.shapes_page()))


def _write_queries(files: ReleaseFiles, site: Site) -> None:
    base = site.iris.base
    every: list[Triple] = prefix_triples(base)
    for query in site.queries:
        found = query_triples(query, base)
        every += found
        iri = query_iri(base, query.name)
        path = iri.removeprefix(base)
        files.write(f"{path}.ttl", serialise(found, "ttl", base=base))
        files.write(f"{path}.jsonld", as_json_ld(found, iri))
    files.write("queries.ttl", serialise(every, "ttl", base=base))


def _write_dataset(files: ReleaseFiles, site: Site, facts: Facts, validation: ValidationReport) -> None:
    base = facts.release.base
    files.write("dataset.ttl", _turtle(dataset_triples(facts, files), base))
    files.write("dataset.jsonld", as_text(schema_dataset(facts, files)))
    graph = facts.graph.removeprefix(base)
    files.write(f"{graph}.ttl", _turtle(graph_triples(facts), base))
    files.write(f"{graph}.html", redirect_page(f"{graph}.html", "dataset.html"))
    releases = release_triples(facts)
    for number in (facts.release.release, *(one.release for one in facts.release.earlier)):
        iri = release_iri(base, number)
        path = iri.removeprefix(base)
        files.write(f"{path}.ttl", _turtle(about(releases, iri), base))
        files.write(f"{path}.html", redirect_page(f"{path}.html", "dataset.html"))
    verdict = f"It keeps all rules, with {len(validation.warnings)} warnings."
    content: Markup = reference.dataset_page(facts, files, _listed(files), verdict)
    files.write("dataset.html", site.framed("dataset.html", "This release", content))


def _turtle(triples: list[Triple], base: str) -> bytes:
    return serialise(triples, "ttl", base=base, more_prefixes=MORE_PREFIXES)


__all__ = ["write_extras"]
