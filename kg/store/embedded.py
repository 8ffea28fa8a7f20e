"""The graph on disk: one transaction a write, readers that never wait for a writer.

The database is Oxigraph's, through pyoxigraph. Deletions and insertions of one write go into one SPARQL
update, which Oxigraph applies as a whole or not at all; a process that is killed leaves the graph as it was
before the write.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

import pyoxigraph as ox

from kg.build.change import Change
from kg.model.errors import StoreError
from kg.model.iris import DEFAULT_BASE, Iris
from kg.store.folder import Marker, forget_derived, read_marker, sweep, write_marker
from kg.store.querying import FAILURES, MOST_BYTES, Answer, Scope, ask, ask_in_time
from kg.store.refuse import check_query

_ATTEMPTS = 5
_FLUSH_AFTER = 100_000
"""Quads written after which the journal is cleared, so that others open the store quickly."""
_Found = TypeVar("_Found")


class Store:
    """One graph store; open it with `Store.open`, best in a `with` block.

    Example:
        >>> store = Store.in_memory()
        >>> iri, graph = ox.NamedNode("https://example.org/a"), ox.NamedNode(store.iris.current_graph)
        >>> store.write(Change(add=frozenset([ox.Quad(iri, iri, ox.Literal("x"), graph)])))
        >>> [row["o"].value for row in store.query("SELECT ?o WHERE { ?s ?p ?o }")]
        ['x']
    """

    def __init__(self, database: ox.Store, iris: Iris, folder: Path | None, marker: Marker | None) -> None:
        """For `open` and `in_memory`."""
        self._database: ox.Store | None = database
        self._marker = marker
        self.iris = iris
        self.folder = folder
        self.read_only = False
        self._unflushed = 0

    @classmethod
    def in_memory(cls, base: str = DEFAULT_BASE) -> Store:
        """A store that is gone when it is closed."""
        return cls(ox.Store(), Iris(base), None, None)

    @classmethod
    def open(cls, path: Path, *, base: str = DEFAULT_BASE, read_only: bool = False) -> Store:
        """Open the store in a folder, and make it if it is to be written.

        Any number of processes may read while one writes; a reader sees the graph as it was when it opened.

        Args:
            path: The store's folder.
            base: Beginning of the project's IRIs; must be the one that the store was made with.
            read_only: Open for reading alone.

        Raises:
            StoreError: There is no store to read; another process writes; the folder holds something else, a
                store of another version or of another base; the disk refuses.
        """
        marker = read_marker(path)
        if marker and marker.base != base:
            raise StoreError(
                f"the graph was built with the base {marker.base}, the project has {base}",
                where=path,
                hint="change 'base' in kg.toml back, or build into another 'store'",
            )
        if read_only:
            if marker is None:
                raise StoreError("there is no graph yet", where=path, hint="run 'kg build' first")
            store = cls(_open_for_reading(path), Iris(base), path, marker)
            store.read_only = True
            return store
        if marker is None:
            marker = Marker(base)
            try:
                path.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"cannot be made: {error.strerror}", where=path) from error
            write_marker(path, marker)
        database = _open_for_writing(path, marker)
        sweep(path, marker)
        forget_derived(path)
        return cls(database, Iris(base), path, marker)

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the database free; results that are still being read keep it open until they are done.

        Raises:
            StoreError: The disk is full; what was written before is safe in the journal.
        """
        database, self._database = self._database, None
        if database is not None and not self.read_only and self.folder is not None:
            try:
                # What stands in the journal alone has to be read anew by all who open the store.
                database.flush()
                # A reader may have derived it from the graph as it was.
                forget_derived(self.folder)
            except FAILURES as error:
                raise self._failed(error) from error

    @property
    def view(self) -> ox.Store:
        """The pyoxigraph store, for lookups by pattern.

        Raises:
            StoreError: The store is closed.
        """
        if self._database is None:
            raise StoreError("the store is closed", where=self.folder)
        return self._database

    def __len__(self) -> int:
        """Number of quads in all graphs."""
        return len(self.view)

    def graph(self, iri: str) -> Iterator[ox.Triple]:
        """The triples of one named graph; none if there is no such graph."""
        for quad in self.view.quads_for_pattern(None, None, None, ox.NamedNode(iri)):
            yield quad.triple

    def quads(self) -> Iterator[ox.Quad]:
        """All quads of all named graphs."""
        return iter(self.view)

    def named_graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self.view.named_graphs())

    def write(self, change: Change) -> None:
        """Apply a change as one transaction: the whole of it or, after an error, nothing.

        Raises:
            StoreError: The store is open for reading alone, or the disk is full.
        """
        self._refuse_reading()
        if not change:
            return
        try:
            if change.remove:
                self.view.update(_update_text(change))
            else:
                self.view.extend(change.add)
            self._unflushed += len(change.remove) + len(change.add)
            if self._unflushed > _FLUSH_AFTER and self.folder is not None:
                self.view.flush()
                self._unflushed = 0
        except FAILURES as error:
            raise self._failed(error) from error

    def rewrite(self, graphs: Mapping[str, Iterable[ox.Quad]]) -> None:
        """Replace whole named graphs, however large, in one step and with little memory.

        The new graphs are written into a copy beside the database (which shares its files), and the copy
        takes its place when it is complete.

        Args:
            graphs: New content by IRI of the graph; an empty one is removed. The quads carry their graph and
                may be made while they are read, from this store's `view`.

        Raises:
            StoreError: The store is open for reading alone, or the disk is full.
        """
        self._refuse_reading()
        if self.folder is None or self._marker is None:
            for iri, quads in graphs.items():
                new = list(quads)
                self.view.remove_graph(ox.NamedNode(iri))
                self.view.extend(new)
            return
        marker = Marker(self._marker.base, self._marker.next_generation())
        aside = self.folder / marker.generation
        shutil.rmtree(aside, ignore_errors=True)
        try:
            self.view.flush()
            self.view.backup(str(aside))
            copy = ox.Store(str(aside))
            for iri, quads in graphs.items():
                copy.remove_graph(ox.NamedNode(iri))
                copy.bulk_extend(quads)
            copy.flush()
            write_marker(self.folder, marker)
        except FAILURES as error:
            shutil.rmtree(aside, ignore_errors=True)
            raise self._failed(error) from error
        # The old subfolder stays until the store is next opened: readers may still have it open.
        self._database, self._marker = copy, marker

    def query(
        self,
        text: str,
        *,
        graphs: Sequence[str] | Literal["current", "union"] = "current",
        timeout: float | None = None,
        most: int = MOST_BYTES,
        check: bool = True,
    ) -> Answer:
        """Answer a SPARQL query.

        Args:
            text: The query; the prefixes of `kg.model.vocabulary` need not be declared.
            graphs: What the query sees without GRAPH: the derived graph `current`, the `union` of all
                graphs, or the named graphs with these IRIs.
            timeout: Seconds after which the query is stopped; it then runs in a process of its own, which
                costs about a third of a second. None for no limit. Not for stores in memory.
            most: Bytes that an answer may have where there is a deadline.
            check: Refuse what reaches out of the store (`kg.store.refuse`); leave it out only for queries of
                one's own.

        Returns:
            pyoxigraph's solutions or boolean, or an iterator of triples.

        Raises:
            UsageError: The query is no SPARQL or reaches out of the store, or the answer is too large.
            StoreError: It took longer than `timeout`, or the store cannot be read.
        """
        scope = Scope.of(graphs, self.iris)
        if check:
            chosen = check_query(text, named_graphs=self.named_graphs)
            scope = scope if chosen is None else Scope(chosen)
        if timeout is not None and self.folder is not None and self._marker is not None:
            return ask_in_time(self.folder / self._marker.generation, text, scope, timeout, most)
        return self._again(lambda: ask(self.view, text, scope))

    def _again(self, action: Callable[[], _Found]) -> _Found:
        """Do it; where a writer has meanwhile removed files that this reader needs, reopen, do it again."""
        try:
            return action()
        except FAILURES:
            if not self.read_only or self.folder is None:
                raise
            self._database = _open_for_reading(self.folder)
            return action()

    def _refuse_reading(self) -> None:
        if self.read_only:
            raise StoreError("the graph was opened for reading only", where=self.folder)

    def _failed(self, error: Exception) -> StoreError:
        return StoreError(
            f"could not be written: {error}",
            where=self.folder,
            hint="nothing was changed; look whether the disk has room, then run the command again",
        )


def _open_for_writing(folder: Path, marker: Marker) -> ox.Store:
    try:
        database = ox.Store(str(folder / marker.generation))
    except FAILURES as error:
        if "lock" in str(error).lower():
            raise StoreError(
                "another process is writing to the graph",
                where=folder,
                hint="wait until the other kg command has ended",
            ) from error
        raise StoreError(f"the graph cannot be opened: {error}", where=folder) from error
    if read_marker(folder) != marker:
        del database
        raise StoreError("another process has just replaced the graph", where=folder, hint="try again")
    return database


def _open_for_reading(folder: Path) -> ox.Store:
    """Open the database that the marker names; try again where a writer changes its files meanwhile."""
    for attempt in range(_ATTEMPTS):
        marker = read_marker(folder)
        if marker is None:
            raise StoreError("there is no graph yet", where=folder, hint="run 'kg build' first")
        place = folder / marker.generation
        try:
            return ox.Store.read_only(str(place))
        except FAILURES as error:
            if attempt == _ATTEMPTS - 1:
                if not place.exists():
                    raise StoreError("there is no graph yet", where=folder, hint="run 'kg build'") from error
                raise StoreError(f"the graph cannot be read: {error}", where=folder) from error
            time.sleep(0.05 * (attempt + 1))
    raise AssertionError  # the loop returns or raises


def _update_text(change: Change) -> str:
    parts = []
    for verb, quads in (("DELETE DATA", change.remove), ("INSERT DATA", change.add)):
        by_graph: dict[str, list[str]] = {}
        for quad in quads:
            line = f"{quad.subject} {quad.predicate} {quad.object} ."
            by_graph.setdefault(str(quad.graph_name), []).append(line)
        if by_graph:
            blocks = (f"GRAPH {graph} {{\n" + "\n".join(lines) + "\n}" for graph, lines in by_graph.items())
            parts.append(f"{verb} {{\n" + "\n".join(blocks) + "\n}")
    return " ;\n".join(parts)


__all__ = ["Store"]
