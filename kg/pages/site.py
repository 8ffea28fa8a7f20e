"""The site of one graph: which pages there are, where each node is shown, and each page as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from markupsafe import Markup

from kg.model.errors import UsageError
from kg.model.iris import Iris
from kg.pages.addresses import Addresses, Page
from kg.pages.contents import content_of, file_content, file_paths, fixed_pages
from kg.pages.material import Material
from kg.pages.rendering import Content, Link, Options, render
from kg.query.canned import CannedQuery, Given, list_queries
from kg.query.run import Engine, on_oxigraph
from kg.review.trust import Trust


class Site:
    """All pages of a graph; see `kg.pages` for how they are used."""

    def __init__(
        self,
        view: ox.Store,
        iris: Iris,
        *,
        title: str,
        live: bool = False,
        release: str | None = None,
        full_texts: bool = False,
        links: Sequence[Link] = (),
        engine: Engine | None = None,
        query_folders: Sequence[Path] | None = None,
        trust: Trust | None = None,
    ) -> None:
        """Show a graph.

        Args:
            view: A store with the derived graph under its name (`iris.current_graph`), and with the
                graphs of the articles where their full texts are to be shown: the project's store, or one
                that a release was read into.
            iris: Names of the project.
            title: Name of the project.
            live: Whether a server answers.
            release: Number of the release.
            full_texts: Show the articles' whole texts.
            links: Further pages that the top of each page leads to.
            engine: Answers the canned queries, over the derived graph; made from the view unless a server has
                one with a deadline.
            query_folders: Folders of canned queries; kg's own unless told.
            trust: What a random sample says, where the view lacks it; that of the view unless told.
        """
        self.view, self.iris = view, iris
        self.options = Options(title, live, release, full_texts, tuple(links))
        self._files: dict[str, bytes] = {}
        self._addresses = Addresses(view, iris.current_graph, iris.base)
        self._material = Material(
            view,
            iris,
            self.options,
            self._addresses,
            engine or on_oxigraph(view, iris.current_graph),
            tuple(list_queries(query_folders)),
            trust,
        )

    # What there is.

    @property
    def queries(self) -> tuple[CannedQuery, ...]:
        """The canned queries, by name."""
        return self._material.queries

    @cached_property
    def _by_path(self) -> dict[str, Page]:
        pages = [*fixed_pages(self._material), *self._addresses.pages()]
        return {page.path: page for page in pages}

    def pages(self) -> list[Page]:
        """All pages: the fixed ones, the canned queries, then those of nodes by kind and path."""
        return list(self._by_path.values())

    def page(self, path: str) -> Page:
        """The page at a path.

        Raises:
            UsageError: There is none.
        """
        try:
            return self._by_path[path]
        except KeyError:
            raise UsageError(f"there is no page '{path}'") from None

    def address(self, iri: str) -> str | None:
        """Where a node of the graph is shown: a page's path, with `#` and a place where it shares one.

        None where the graph says nothing of the node.
        """
        return self._addresses.address(iri)

    def description(self, path: str) -> tuple[ox.Triple, ...]:
        """What the graph says of the nodes that a page shows: the page as RDF, sorted.

        Raises:
            UsageError: There is no such page.
        """
        nodes = self._addresses.nodes_on(self.page(path))
        return tuple(sorted((triple for iri in nodes for triple in self._material.about(iri)), key=str))

    # What they hold.

    def render(self, path: str, values: Mapping[str, Given] | None = None) -> str:
        """A page as HTML.

        Args:
            path: Its path.
            values: For the page of a canned query, the values of its parameters as a form sends them.

        Raises:
            UsageError: There is no such page, or a value does not fit.
        """
        content = content_of(self._material, self.page(path), values or {})
        return render(content, self.options, path)

    def framed(self, path: str, title: str, content: Markup, *, scripts: Sequence[str] = ()) -> str:
        """A page of somebody else's content in the frame that all pages share.

        Args:
            path: Where the page will be, for its links.
            title: Its title.
            content: What stands in its `main` element, as markup.
            scripts: Addresses of scripts below the root.
        """
        framed = Content(title, "framed.html", {"content": content}, tuple(scripts))
        return render(framed, self.options, path)

    def files(self) -> list[str]:
        """Paths of the data files that pages load when they need them."""
        return file_paths(self._material)

    def file(self, path: str) -> bytes:
        """A data file.

        Raises:
            UsageError: There is none.
        """
        if path not in self._files:
            self._files[path] = file_content(self._material, path)
        return self._files[path]
