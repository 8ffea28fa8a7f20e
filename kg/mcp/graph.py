"""The graph as tools see it: read anew for each question, with a deadline and a largest answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from kg.model.errors import KgError
from kg.query.canned import CannedQuery, Given, list_queries
from kg.query.citations import Citation, citations
from kg.query.entities import Catalogue
from kg.query.results import Result, from_oxigraph
from kg.query.run import on_oxigraph
from kg.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.project.project import Project

DEADLINE = 30.0
"""Seconds that one question may take."""
MOST_BYTES = 20_000_000
"""Bytes that an answer may have before it is made shorter."""


class Graph:
    """Asks the graph of a project; it writes nothing, not even an index for searches."""

    def __init__(self, project: Project, deadline: float = DEADLINE) -> None:
        """Ask this project's graph.

        Args:
            project: The project; the bundled example's graph is built at the first question.
            deadline: Seconds that one question may take.
        """
        self.project = project
        self.deadline = deadline
        self.searcher = Searcher(project.settings.store, project.reading, keep=False)

    @property
    def is_there(self) -> bool:
        """Whether there is a graph yet."""
        return self.project.settings.store.exists()

    @cached_property
    def questions(self) -> dict[str, CannedQuery]:
        """The canned queries by name; read once, as a client keeps the list of tools."""
        return {query.name: query for query in list_queries(self.project.query_folders())}

    def answer(self, query: CannedQuery, values: Mapping[str, Given]) -> Result:
        """Answer a canned query, with its names turned into IRIs.

        Raises:
            UsageError: A value does not fit.
            StoreError: It took too long, or there is no graph yet.
        """
        with self.looking() as engine:
            text = query.bind(values, Catalogue(engine).resolve)
        result = self.sparql(text, checked=False)
        return result.labelled(query.header.title, query.header.hide)

    def sparql(self, text: str, *, checked: bool = True) -> Result:
        """Answer a SPARQL query within the deadline.

        Args:
            text: The query.
            checked: Refuse what reaches out of the graph; False only for queries of our own.

        Raises:
            UsageError: It is no SPARQL, reaches out of the graph, or has too large an answer.
            StoreError: It took too long, or there is no graph yet.
        """
        with self.project.reading() as store:
            return from_oxigraph(store.query(text, timeout=self.deadline, most=MOST_BYTES, check=checked))

    def cite(self, iris: Iterable[str]) -> dict[str, Citation]:
        """Citations of those of the IRIs that are stances or statements."""
        wanted = list(iris)
        if not wanted:
            return {}
        with self.looking() as engine:
            return citations(engine, wanted)

    @contextmanager
    def looking(self) -> Iterator[Callable[[str], Result]]:
        """For short queries of our own, without a deadline."""
        with self.project.reading() as store:
            yield on_oxigraph(store.view, store.iris.current_graph)

    def examples(self, classes: Sequence[str], count: int = 2) -> list[str]:
        """Names of nodes of some classes, the most used first; none where there is no graph yet."""
        kinds = {"st:Position": "position", "skos:Concept": "topic", "schema:NewsMediaOrganization": "outlet"}
        found = {kinds.get(name, "actor" if name in _ACTORS else "") for name in classes} - {""}
        if len(found) != 1 or not self.is_there:
            return []
        try:
            (kind,) = found
            return [document.label for document in self.searcher.index().listed(kind)[:count]]  # type: ignore[arg-type]
        except KgError:
            return []


_ACTORS = {"foaf:Person", "org:Organization", "schema:Country"}

__all__ = ["DEADLINE", "MOST_BYTES", "Graph"]
