"""Where each node of the graph is shown: its own page, or a place on the page of what it belongs to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode, Quad

from kg.build.change import GraphView
from kg.build.terms import DCTERMS, OA, ORG, PROV, RDF, SKOS, ST, Terms
from kg.model.iris import digest
from kg.model.vocabulary import FOAF, SCHEMA

_FOAF, _SCHEMA = Terms(FOAF), Terms(SCHEMA)

KIND_OF_CLASS: dict[NamedNode, str] = {
    _SCHEMA.NewsArticle: "article",
    ST.Statement: "statement",
    ST.Stance: "stance",
    ST.Position: "position",
    SKOS.Concept: "topic",
    _SCHEMA.NewsMediaOrganization: "outlet",
    _FOAF.Person: "actor",
    ORG.Organization: "actor",
    _SCHEMA.Country: "actor",
    ST.UnnamedSource: "actor",
}
"""Classes whose nodes have a page of their own, with the page's kind; the first that fits decides."""

ABOUT = "about.html"
_SAFE = re.compile(r"(?!\.)[^\x00-\x20/\\:*?\"<>|\x7f]{1,120}")
# Folders that the site itself fills.
_TAKEN = {"assets", "data", "queries"}
# Each of these is shown where the node stands that points to it, or that it points to.
_OWNED_BY = (
    (ST.Claim, ST.claim, "claim"),
    (OA.SpecificResource, ST.evidence, "evidence"),
    (ST.Utterance, ST.utterance, "utterance"),
)
_OWNED_THROUGH = ((ORG.Membership, ORG.member), (ORG.Post, ORG.postIn))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    Attributes:
        path: Where it is below the site's root, as its file is called (`actor/vladimir-putin.html`); in
            a link it has to be written with `kg.pages.addresses.link`.
        kind: What it shows: `article`, `statement`, `stance`, `position`, `topic`, `actor`, `outlet`,
            `query`, or for the fixed pages the name of the file (`index`, `timeline`, ...).
        iri: The node that it is about; None for fixed pages.
    """

    path: str
    kind: str
    iri: str | None = None


def page_path(iri: str, kind: str, base: str) -> str:
    """The path of a node's page.

    What stands below the base keeps its local part, with percent signs decoded as a web server decodes them.
    Anything that could leave the folder, or that a file cannot be called, gets a name made from the IRI.

    >>> page_path("https://example.org/x/actor/ann-lee", "actor", "https://example.org/x/")
    'actor/ann-lee.html'
    >>> page_path("https://example.org/x/actor/%D0%9E", "actor", "https://example.org/x/")
    'actor/О.html'
    >>> page_path("https://example.org/x/../../etc/passwd", "actor", "https://example.org/x/")
    'actor/x-6ee1d293264f.html'
    """
    local = iri.removeprefix(base) if iri.startswith(base) else ""
    parts = [unquote(part) for part in local.split("/")]
    if len(parts) > 1 and parts[0] not in _TAKEN and all(_SAFE.fullmatch(part) for part in parts):
        return "/".join(parts) + ".html"
    return f"{kind}/x-{digest([iri])}.html"


@lru_cache(maxsize=65536)
def link(address: str, seen_from: str) -> str:
    """A relative link to an address of the site, as it is written in a page.

    Args:
        address: Path below the root, with or without a fragment; addresses on the web stay as they are.
        seen_from: Path of the page with the link.

    >>> link("actor/О.html#offices", "article/1.html"), link("index.html", "timeline.html")
    ('../actor/%D0%9E.html#offices', 'index.html')
    """
    path, hash_, fragment = address.partition("#")
    if path == seen_from and fragment:
        return "#" + quote(fragment)
    relative = posixpath.relpath(path, posixpath.dirname(seen_from) or ".")
    return quote(relative) + hash_ + quote(fragment)


class Addresses:
    """Finds pages and places by looking at what the graph says of a node."""

    def __init__(self, view: GraphView, graph: str, base: str) -> None:
        """Look in one named graph.

        Args:
            view: What to look in.
            graph: IRI of the derived graph.
            base: Beginning of the project's IRIs.
        """
        self._view, self._graph, self._base = view, NamedNode(graph), base

    def pages(self) -> list[Page]:
        """The pages of all nodes that have one: by kind, then by path."""
        found: dict[str, Page] = {}
        for cls, kind in KIND_OF_CLASS.items():
            for quad in self._view.quads_for_pattern(None, RDF.type, cls, self._graph):
                if isinstance(quad.subject, NamedNode):
                    iri = quad.subject.value
                    found.setdefault(iri, Page(page_path(iri, kind, self._base), kind, iri))
        order = list(dict.fromkeys(KIND_OF_CLASS.values()))
        return sorted(found.values(), key=lambda page: (order.index(page.kind), page.path))

    def address(self, iri: str) -> str | None:
        """Where a node is shown: a path below the root, with a fragment if it has no page of its own.

        None where the graph says nothing of it.
        """
        try:
            node = NamedNode(iri)
        except ValueError:
            return None
        classes: set[object] = {quad.object for quad in self._about(node, RDF.type)}
        for cls, kind in KIND_OF_CLASS.items():
            if cls in classes:
                return page_path(iri, kind, self._base)
        return self._place(node, classes)

    def _place(self, node: NamedNode, classes: set[object]) -> str | None:
        for cls, property_, name in _OWNED_BY:
            if cls in classes:
                owner = self._first_owner(property_, node)
                fragment = fragment_of(node.value) if cls == OA.SpecificResource else name
                return f"{self._path('statement', owner)}#{fragment}" if owner else None
        if OA.TextQuoteSelector in classes:
            evidence = self._first_owner(OA.hasSelector, node)
            return self.address(evidence.value) if evidence else None
        for cls, property_ in _OWNED_THROUGH:
            if cls in classes:
                owners = [q.object for q in self._about(node, property_) if isinstance(q.object, NamedNode)]
                page = self.address(min(owners, key=str).value) if owners else None
                return f"{page.partition('#')[0]}#{fragment_of(node.value)}" if page else None
        if ST.Coding in classes:
            return self._coding(node)
        replaced = self._in_place_of(node)
        if replaced is not None:
            return self.address(replaced.value)
        known = classes or any(self._about(node, None))
        return f"{ABOUT}#{fragment_of(node.value)}" if known else None

    def _in_place_of(self, node: NamedNode) -> NamedNode | None:
        """What took the place of a node that is no more; of several the first."""
        seen = {node}
        while True:
            later = [
                q.object for q in self._about(node, DCTERMS.isReplacedBy) if isinstance(q.object, NamedNode)
            ]
            if not later:
                return node if len(seen) > 1 else None
            node = min(later, key=str)
            if node in seen:
                return None
            seen.add(node)

    def _coding(self, node: NamedNode) -> str:
        """A person's decision is shown with what it decides, the act of a machine or a file on its own."""
        decided = [q.object for q in self._about(node, ST.decides) if isinstance(q.object, NamedNode)]
        for one in sorted(decided, key=str):
            page = self.address(one.value)
            if page:
                return f"{page.partition('#')[0]}#{fragment_of(node.value)}"
        return f"{ABOUT}#{fragment_of(node.value)}"

    def nodes_on(self, page: Page) -> list[str]:
        """All nodes that are shown on a page, itself first: what its RDF should describe."""
        if page.iri is None:
            return self._on_about() if page.path == ABOUT else []
        node = NamedNode(page.iri)
        found = [page.iri]
        if page.kind == "statement":
            for property_ in (ST.claim, ST.utterance):
                found += self._owned(node, property_, page.path)
            for evidence in self._owned(node, ST.evidence, page.path):
                found += [evidence, *self._owned(NamedNode(evidence), OA.hasSelector, page.path)]
        for property_ in (ORG.member, ORG.postIn, ST.decides, DCTERMS.isReplacedBy):
            pointing = self._view.quads_for_pattern(None, property_, node, self._graph)
            owners = sorted({quad.subject.value for quad in pointing if isinstance(quad.subject, NamedNode)})
            found += [iri for iri in owners if (self.address(iri) or "").partition("#")[0] == page.path]
        return list(dict.fromkeys(found))

    def _on_about(self) -> list[str]:
        found: list[str] = []
        for cls in (SKOS.ConceptScheme, ST.Coding, PROV.SoftwareAgent, PROV.Person, PROV.Agent):
            for quad in self._view.quads_for_pattern(None, RDF.type, cls, self._graph):
                if isinstance(quad.subject, NamedNode):
                    found.append(quad.subject.value)
        shown = [iri for iri in found if (self.address(iri) or "").startswith(ABOUT)]
        return sorted(dict.fromkeys(shown))

    def _owned(self, node: NamedNode, property_: NamedNode, path: str) -> list[str]:
        parts = sorted(
            q.object.value for q in self._about(node, property_) if isinstance(q.object, NamedNode)
        )
        return [part for part in parts if (self.address(part) or "").partition("#")[0] == path]

    def _about(self, node: NamedNode, property_: NamedNode | None) -> Iterator[Quad]:
        return self._view.quads_for_pattern(node, property_, None, self._graph)

    def _first_owner(self, property_: NamedNode, node: NamedNode) -> NamedNode | None:
        """The statement (or passage) that a part belongs to; of several the first by its IRI.

        Stances repeat some properties of their statement, so only nodes that own the part count.
        """
        owners = [
            quad.subject
            for quad in self._view.quads_for_pattern(None, property_, node, self._graph)
            if isinstance(quad.subject, NamedNode) and not self._is_stance(quad.subject)
        ]
        return min(owners, key=str) if owners else None

    def _is_stance(self, node: NamedNode) -> bool:
        return any(self._view.quads_for_pattern(node, RDF.type, ST.Stance, self._graph))

    def _path(self, kind: str, node: NamedNode) -> str:
        return page_path(node.value, kind, self._base)


def fragment_of(iri: str) -> str:
    """The name of a node's place on a page: kind and last part of the IRI, without what an `id` cannot have.

    >>> fragment_of("https://example.org/x/evidence/40a1.0986.content-1")
    'evidence-40a1.0986.content-1'
    """
    kind, last = [*re.split(r"[/#]", iri)[-2:], ""][:2]
    return re.sub(r"[^\w.-]+", "-", unquote(f"{kind}-{last}" if last else kind)) or "node"


__all__ = ["ABOUT", "KIND_OF_CLASS", "Addresses", "Page", "fragment_of", "link", "page_path"]
