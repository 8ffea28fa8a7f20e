"""What a worker works with: the graph, and the site and the describer that were made for its state."""

from __future__ import annotations

import difflib
from pathlib import Path

from kg.describe.description import Describer
from kg.model.errors import UsageError
from kg.pages import Link, Site
from kg.query.canned import CannedQuery, find_query, query_paths
from kg.serve.editor import PAGE
from kg.serve.graph import Graph
from kg.serve.source import Source

_UNTYPED = {"article", "statement", "stance"}
_COMPARED = 3000
_OF_A_RELEASE = (Link("This release", "dataset.html"),)


class Desk:
    """What a worker works with.

    Attributes:
        graph: The graph.
        source: What is served.
        most: Bytes that an answer may have.
    """

    def __init__(self, graph: Graph, source: Source, most: int) -> None:
        """Keep these; the rest is made when it is needed."""
        self.graph, self.source, self.most = graph, source, most
        self._made_for: object = None
        self._site: Site | None = None
        self._describer: Describer | None = None
        self._queries: dict[tuple[Path, int], CannedQuery] = {}

    def _fresh(self) -> None:
        """Forget what was made for an earlier state of the graph."""
        if self._made_for is not self.graph.store:
            self._site = self._describer = None
            self._made_for = self.graph.store

    @property
    def site(self) -> Site:
        """The pages of the graph."""
        self._fresh()
        if self._site is None:
            self._site = Site(
                self.graph.view,
                self.graph.iris,
                title=self.source.title,
                live=True,
                release=self.source.number,
                full_texts=self.source.texts,
                links=[*(_OF_A_RELEASE if self.source.release else ()), Link("SPARQL", PAGE)],
                query_folders=self.source.queries,
            )
        return self._site

    def query(self, name: str) -> CannedQuery:
        """A canned query, read again only where its file has changed.

        Raises:
            UsageError: There is none of that name.
        """
        path = query_paths(self.source.queries).get(name)
        if path is None:
            return find_query(name, self.source.queries)
        key = (path, path.stat().st_mtime_ns)
        if key not in self._queries:
            self._queries[key] = CannedQuery.load(path)
        return self._queries[key]

    @property
    def describer(self) -> Describer:
        """Describes nodes."""
        self._fresh()
        if self._describer is None:
            self._describer = Describer(self.graph.view, self.graph.iris.current_graph)
        return self._describer

    def has_page(self, path: str) -> bool:
        """Whether the site has a page at a path."""
        try:
            self.site.page(path)
        except UsageError:
            return False
        return True

    def nearest(self, path: str) -> str | None:
        """The page whose path is most like another."""
        # Statements and the like come by the ten thousand, and nobody types their names.
        known = [page.path for page in self.site.pages() if page.kind not in _UNTYPED]
        wanted = path if path.endswith(".html") else f"{path}.html"
        near = difflib.get_close_matches(wanted[:200], known[:_COMPARED], 1, 0.7)
        return near[0] if near else None


__all__ = ["Desk"]
