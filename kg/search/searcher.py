"""Search over the graph of a folder, with an index that follows the graph."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.model.atomic import write_bytes
from kg.model.errors import StoreError
from kg.search.documents import documents
from kg.search.finding import Found, find
from kg.search.index import Index
from kg.store.embedded import Store
from kg.store.folder import SEARCH_INDEX, read_marker, state


class Searcher:
    """Searches one graph; the index is read or made when needed, and again when the graph has changed.

    Threads may share it.
    """

    def __init__(self, folder: Path, reading: Callable[[], Store], *, keep: bool = True) -> None:
        """Search the graph in a folder.

        Args:
            folder: The store's folder.
            reading: Opens the store for reading.
            keep: Whether a new index is kept in the folder for the next process, if it can be written to.
        """
        self._folder = folder
        self._reading = reading
        self._keep = keep
        self._made: tuple[str, Index] | None = None
        self._lock = threading.Lock()

    def find(self, text: str, *, kinds: Sequence[str] = (), limit: int = 20) -> Found:
        """Search; see `kg.search.finding.find`."""
        return find(self.index(), text, kinds=kinds, limit=limit)

    def index(self) -> Index:
        """The index of the graph as it is now.

        Raises:
            StoreError: There is no graph yet.
        """
        with self._lock:
            now = self._state()
            if self._made is None or now is None or self._made[0] != now:
                found = Index.read(self._folder / SEARCH_INDEX, now) if now is not None else None
                self._made = (now, found) if now is not None and found is not None else self._build()
            return self._made[1]

    def _state(self) -> str | None:
        marker = read_marker(self._folder) if self._folder.exists() else None
        return state(self._folder, marker) if marker else None

    def _build(self) -> tuple[str, Index]:
        with self._reading() as store:
            # Taken before anything is read: a write in between makes it another one.
            before = self._state() or ""
            index = Index.build(documents(store), before)
        if self._keep and before == self._state():
            # Where the folder cannot be written to, every process makes its own.
            with contextlib.suppress(StoreError):
                write_bytes(self._folder / SEARCH_INDEX, index.to_bytes())
        return before, index


__all__ = ["Searcher"]
