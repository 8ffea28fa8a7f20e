"""What goes with data: licence, citation, and a page on which file is what."""

from __future__ import annotations

import json
import re

from kg.publish.facts import Facts
from kg.publish.release import Release
from kg.review.trust_text import trust_note, trust_sentence

_SPDX = (
    (r"https?://creativecommons\.org/publicdomain/zero/1\.0/?", "CC0-1.0", "Creative Commons Zero 1.0"),
    (
        r"https?://creativecommons\.org/licenses/by/4\.0/?",
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0 International",
    ),
    (
        r"https?://creativecommons\.org/licenses/by-sa/4\.0/?",
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0 International",
    ),
    (
        r"https?://creativecommons\.org/licenses/by-nc/4\.0/?",
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0 International",
    ),
    (
        r"https?://opendatacommons\.org/licenses/by/.*",
        "ODC-By-1.0",
        "Open Data Commons Attribution License 1.0",
    ),
    (
        r"https?://opendatacommons\.org/licenses/odbl/.*",
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0",
    ),
)
"""Usual licences of data: pattern of the address, SPDX identifier, name."""


def license_name(address: str) -> str:
    """The name of a licence, or its address where it is none of the usual ones.

    >>> license_name("https://creativecommons.org/licenses/by/4.0/")
    'Creative Commons Attribution 4.0 International'
    """
    return next((name for pattern, _, name in _SPDX if re.fullmatch(pattern, address)), address)


def license_text(release: Release) -> str:
    """The file `LICENSE.txt`."""
    if release.license is None:
        terms = "Nobody has chosen a licence for this data. Ask its makers before you use it.\n"
    else:
        name = license_name(release.license)
        terms = f"This data may be used under: {name}\n{release.license if name != release.license else ''}\n"
    texts = (
        "The articles' texts in it belong to those who published them."
        if release.full_texts
        else f"Passages of articles are quoted as evidence with at most {release.quote_limit} characters; "
        "they belong to those who published them."
    )
    return f"{release.title}, {release.release}\n\n{terms.rstrip()}\n\n{texts}\n"


def citation(facts: Facts) -> str:
    """The file `CITATION.cff`, which reference managers and code hosts read (Citation File Format 1.2.0)."""
    release = facts.release
    authors = facts.publishing.creators or (f"The authors of {release.title}",)
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this data, please cite it."',
        "type: dataset",
        f"title: {_quoted(release.title)}",
        f"abstract: {_quoted(facts.description)}",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in authors),
        f"version: {_quoted(release.release)}",
        f"date-released: {release.date}",
        f"url: {_quoted(release.base)}",
    ]
    if release.license:
        spdx = next((spdx for pattern, spdx, _ in _SPDX if re.fullmatch(pattern, release.license)), None)
        lines.append(f"license: {spdx}" if spdx else f"license-url: {_quoted(release.license)}")
    if facts.topics:
        lines += ["keywords:", *(f"  - {_quoted(topic)}" for topic in facts.topics)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML string: JSON's form is one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085")


def how_to_cite(facts: Facts) -> str:
    """The release in one line of a list of references."""
    release = facts.release
    authors = ", ".join(facts.publishing.creators) or f"The authors of {release.title}"
    return f"{authors} ({release.date[:4]}): {release.title}. Release {release.release}. {release.base}"


FILES = (
    ("index.html", "where to begin reading"),
    (
        "dataset.html, dataset.ttl, dataset.jsonld",
        "this release: for people, as DCAT and VoID, for search engines",
    ),
    ("dumps/graph.ttl.gz, .nq.gz, .jsonld.gz", "the whole graph; the lines of the N-Quads are sorted"),
    ("dumps/withdrawn.nt.gz", "IRIs that earlier releases had, with the day that they were withdrawn"),
    ("KIND/NAME.html, .ttl, .jsonld", "one thing each: what the IRI that ends in KIND/NAME stands for"),
    ("addresses.tsv", "IRIs that no file can be called after, with the files that describe them"),
    (
        "CHANGES.md, added.nt.gz, removed.nt.gz, forget.ru",
        "what changed since the release before, in words and triples",
    ),
    ("ontology.html, ontology.ttl", "the terms"),
    ("shapes.html, shapes.ttl", "the rules that the graph keeps"),
    ("validation.txt, validation.ttl", "the outcome of checking it against them"),
    ("queries/, queries.ttl", "the canned questions with their answers, and as RDF"),
    ("LICENSE.txt, CITATION.cff", "what one may do with it, and how to cite it"),
    (".htaccess, nginx.conf", "rules for web servers, so that IRIs lead here"),
    ("w3id.htaccess", "the rules to hand in at w3id.org, where the base is an address there"),
    ("SHA256SUMS", "checksums: 'sha256sum -c SHA256SUMS'"),
    ("release.json", "number, day and counts of the release, for programs"),
)
"""What the files of a release are, for its `README.md` and its page."""


def _trusted(facts: Facts) -> str:
    said = trust_sentence(facts.trust) if facts.trust else None
    if facts.trust is None or said is None:
        return ""
    return f"How far it can be trusted, by a random sample: {said}; {trust_note(facts.trust)}.\n\n"


def read_me(facts: Facts, files: list[tuple[str, str]]) -> str:
    """The file `README.md`."""
    release = facts.release
    rows = "".join(f"| `{name}` | {what} |\n" for name, what in files)
    title = " ".join(release.title.split())
    return (
        f"# {title}, release {release.release}\n\n{facts.description}\n\n"
        f"Made on {release.date}. To read it, open `index.html`.\n\n{_trusted(facts)}"
        f"| file | what |\n|---|---|\n{rows}\n"
        "`added.nt.gz` and `removed.nt.gz` turn the graph of the release before into this one. Where "
        "articles were withdrawn,\ntheir words are in neither: run the SPARQL update `forget.ru` afterwards, "
        "which takes them out.\n"
    )


__all__ = ["FILES", "citation", "how_to_cite", "license_name", "license_text", "read_me"]
