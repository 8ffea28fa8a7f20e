"""The files of single nodes: each IRI's Turtle, JSON-LD beside each page, and a way to what has no page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from pyoxigraph import NamedNode, Triple

from kg.describe.description import Describer
from kg.describe.json_ld import as_json_ld
from kg.pages import Site
from kg.pages.addresses import page_path
from kg.publish.folder import ReleaseFiles
from kg.publish.reference import redirect_page, tombstone_page
from kg.publish.tombstones import tombstone
from kg.store.serialise import serialise

ADDRESSES = "addresses.tsv"
_LED_BY_RULE = ("claim/", "utterance/", "evidence/", "selector/")
"""What web servers lead to the page of its statement by one rule (see `hosting`): it needs no page."""

# Of the nodes without a page, the codebook stands directly below the base.
_PLAIN = re.compile("codebook")

Told = Callable[[int], None]


class NodeFiles:
    """Writes the files of nodes."""

    def __init__(self, site: Site, files: ReleaseFiles) -> None:
        """Write what a site's graph says of its nodes.

        Args:
            site: The pages, of which the nodes' files have the names.
            files: The release.
        """
        self._site, self._files, self._base = site, files, site.iris.base
        self._graph = NamedNode(site.iris.current_graph)
        self._describer = Describer(site.view, site.iris.current_graph)
        self._page_of = {page.iri: page.path for page in site.pages() if page.iri}
        self._unusual: dict[str, str] = {}
        self._in_documents: dict[str, list[str]] = {}

    def write_pages(self, told: Told) -> None:
        """Write all pages, and what they load.

        Args:
            told: Called with the number of pages written since the last call.
        """
        for page in self._site.pages():
            self._files.write(page.path, self._site.render(page.path))
            told(1)
        for path in self._site.files():
            self._files.write(path, self._site.file(path))

    def write_nodes(self, iris: Iterable[str], told: Told) -> None:
        """Write the data of nodes, and a page that leads on where a node has none of its own.

        Args:
            iris: Nodes that the graph says something of, or that it mentions.
            told: Called with the number of nodes written since the last call.
        """
        for iri in iris:
            self._write_node(iri)
            told(1)
        self._write_documents()

    def _write_node(self, iri: str) -> None:
        found = self._describer.describe(iri) or self._mentions(iri)
        page = self._page_of.get(iri)
        stem = self.stem(iri)
        self._files.write(f"{stem}.ttl", serialise(found, "ttl", base=self._base))
        if page is not None:
            self._files.write(f"{stem}.jsonld", as_json_ld(found, iri))
        elif not iri.removeprefix(self._base).startswith(_LED_BY_RULE):
            address = self._site.address(iri)
            if address is not None:
                self._files.write(f"{stem}.html", redirect_page(f"{stem}.html", address))
        self._keep_in_mind(iri, stem)

    def _mentions(self, iri: str) -> list[Triple]:
        """What points to a node of which nothing is said."""
        pointing = self._site.view.quads_for_pattern(None, None, NamedNode(iri), self._graph)
        return [quad.triple for quad in pointing]

    def stem(self, iri: str) -> str:
        """The path of a node's files without their suffix."""
        local = iri.removeprefix(self._base)
        if _PLAIN.fullmatch(local) and iri not in self._page_of:
            return local
        path = self._page_of.get(iri) or page_path(iri, "node", self._base)
        return path.removesuffix(".html")

    def _keep_in_mind(self, iri: str, stem: str) -> None:
        document, hash_, _ = iri.partition("#")
        if hash_ and document.startswith(self._base):
            self._in_documents.setdefault(document, []).append(iri)
        if not iri.startswith(self._base) or unquote(iri.removeprefix(self._base)) != stem:
            self._unusual[iri] = f"{stem}.ttl"

    def _write_documents(self) -> None:
        """Write the documents that IRIs with a `#` lead to, unless they are nodes themselves."""
        for document, iris in sorted(self._in_documents.items()):
            path = f"{self.stem(document)}.ttl"
            if path not in self._files:
                triples = (triple for iri in iris for triple in self._describer.describe(iri))
                self._files.write(path, serialise(triples, "ttl", base=self._base))

    def write_tombstones(self, times: dict[str, str]) -> None:
        """Write what is left of withdrawn nodes.

        Args:
            times: When each was withdrawn, as the text of an `xsd:dateTime`.
        """
        for iri, time in times.items():
            stem = self.stem(iri)
            if f"{stem}.ttl" in self._files:
                continue
            found = tombstone(iri, time)
            self._files.write(f"{stem}.ttl", serialise(found, "ttl", base=self._base))
            if not iri.removeprefix(self._base).startswith(_LED_BY_RULE):
                self._files.write(f"{stem}.jsonld", as_json_ld(found, iri))
                content = tombstone_page(iri, time[:10])
                self._files.write(f"{stem}.html", self._site.framed(f"{stem}.html", "Withdrawn", content))
            self._keep_in_mind(iri, stem)

    def write_addresses(self) -> None:
        """Write which files describe the IRIs that no file can be called after."""
        lines = (f"{iri}\t{path}\n" for iri, path in sorted(self._unusual.items()))
        self._files.write(ADDRESSES, "iri\tfile\n" + "".join(lines))


def below_base(iris: Iterable[str], base: str) -> Iterator[str]:
    """Those IRIs that are the project's own, sorted."""
    return iter(sorted(iri for iri in iris if iri.startswith(base) and iri != base))


__all__ = ["ADDRESSES", "NodeFiles", "below_base"]
