"""The graph as a worker sees it: opened for reading, and opened anew when it has changed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from pathlib import Path

import pyoxigraph as ox

from kg.model.errors import StoreError
from kg.model.iris import Iris
from kg.query.entities import Catalogue
from kg.query.run import Engine, on_oxigraph
from kg.store.embedded import Store
from kg.store.folder import MARKER, read_marker
from kg.store.querying import Answer, Scope, ask
from kg.store.refuse import check_query

_REMEMBERED = 500


def stamp(folder: Path) -> str:
    """A short text that is another one after every write to a store.

    It is made from the names, sizes and times of the files that a write changes; none is read.

    Raises:
        StoreError: There is no graph.
    """
    marker = read_marker(folder)
    if marker is None:
        raise StoreError("there is no graph yet", where=folder, hint="run 'kg build' first")
    place = folder / marker.generation
    files = [folder / MARKER, *place.glob("*.log"), *place.glob("MANIFEST-*"), *place.glob("CURRENT")]
    parts = [marker.generation]
    for path in sorted(files):
        try:
            status = path.stat()
        except FileNotFoundError:  # a writer has just put another in its place
            continue
        parts.append(f"{path.name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


class Graph:
    """The graph of a store, in the state that was asked for or a later one.

    Args:
        folder: The store's folder.
        base: Beginning of the project's IRIs.
        every: Whether queries may look into all named graphs; otherwise `current` is the only one.
    """

    def __init__(self, folder: Path, base: str, *, every: bool = False) -> None:
        """Keep these; the store is opened when it is needed."""
        self.folder, self.iris, self.every = folder, Iris(base), every
        self._stamp: str | None = None
        self._store: Store | None = None
        self._catalogue: Catalogue | None = None
        self._named: list[str] | None = None
        self._checked: OrderedDict[str, tuple[str, ...] | None] = OrderedDict()

    def update(self, wanted: str) -> None:
        """Open the store, anew where what is open may be older than the state that is wanted.

        Raises:
            StoreError: There is no graph, or it cannot be read.
        """
        if self._store is not None and wanted == self._stamp:
            return
        # Looked at first: what is written between the two only makes the next call open it once more.
        self._stamp = stamp(self.folder)
        if self._store is not None:
            self._store.close()
        self._store = Store.open(self.folder, base=self.iris.base, read_only=True)
        self._catalogue = self._named = None
        self._checked.clear()

    @property
    def store(self) -> Store:
        """The open store.

        Raises:
            StoreError: It was not opened.
        """
        if self._store is None:
            raise StoreError("the store is closed", where=self.folder)
        return self._store

    @property
    def view(self) -> ox.Store:
        """The open database."""
        return self.store.view

    @property
    def engine(self) -> Engine:
        """Answers queries of our own over what is in force."""
        return on_oxigraph(self.view, self.iris.current_graph)

    def own_answer(self, text: str) -> Answer:
        """The answer of a query of our own over what is in force, as the store gives it."""
        return ask(self.view, text, Scope((self.iris.current_graph,)))

    @property
    def catalogue(self) -> Catalogue:
        """The names in the graph; read once for each state."""
        if self._catalogue is None:
            self._catalogue = Catalogue(self.engine)
        return self._catalogue

    def named_graphs(self) -> list[str]:
        """The named graphs that queries of others may look into."""
        if self._named is None:
            own = {self.iris.index_graph} if self.every else set()
            names = self.store.named_graphs() if self.every else [self.iris.current_graph]
            self._named = [name for name in names if name not in own]
        return self._named

    def check(self, text: str) -> tuple[str, ...] | None:
        """`kg.store.refuse.check_query`, with what it said of a query remembered."""
        if text in self._checked:
            self._checked.move_to_end(text)
            return self._checked[text]
        found = check_query(text, named_graphs=self.named_graphs)
        self._checked[text] = found
        if len(self._checked) > _REMEMBERED:
            self._checked.popitem(last=False)
        return found


__all__ = ["Graph", "stamp"]
