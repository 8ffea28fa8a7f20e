"""The full-text index: SQLite's FTS5 in memory, or in a file beside the graph.

It follows from the graph alone and can be made again at any time. The file carries the state of the graph
that it was made of; whoever writes to the graph removes it, so that nothing that was taken out of the graph
stays behind.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from kg.model.errors import StoreError
from kg.search.documents import Document, Kind
from kg.search.folding import folded

VERSION = 1
"""Of the tables; a file of another version is made again."""
_WEIGHTS = {
    "actor": 3.0,
    "topic": 3.0,
    "position": 2.5,
    "outlet": 2.0,
    "article": 1.5,
    "claim": 1.2,
    "passage": 1.0,
}
"""An actor who has a name counts for more than a passage in which it occurs."""
_NAMES, _WORDS, _CONTEXT = 6.0, 3.0, 1.0
RANK = f"bm25(folded, {_NAMES}, {_WORDS}, {_CONTEXT}) * d.weight"
"""SQL of a match's rank; the best is the lowest."""
# The text in the index is folded before, so that the tokeniser has only to split at spaces and to stem.
_TABLES = """
CREATE TABLE meta (version INTEGER, state TEXT);
CREATE TABLE document (id INTEGER PRIMARY KEY, kind TEXT, iri TEXT, label TEXT, names TEXT, words TEXT,
  detail TEXT, context TEXT, statement TEXT, weight REAL);
CREATE TABLE name (key TEXT, id INTEGER);
CREATE TABLE word (word TEXT PRIMARY KEY, uses INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE folded USING fts5(names, words, context, tokenize = 'porter ascii');
"""
_LINE = "\n"


class Index:
    """One full-text index; make it with `build` or `read`. Threads may share it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """For `build` and `read`."""
        self._database = database
        self._lock = threading.Lock()
        self._words: list[str] | None = None

    @classmethod
    def build(cls, documents: Iterable[Document], state: str = "") -> Self:
        """Index documents in memory.

        Args:
            documents: What can be found.
            state: State of the graph that they were read from; see `read`.

        Raises:
            StoreError: This Python's SQLite has no full-text index.
        """
        database = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            database.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"search needs SQLite with FTS5: {error}", hint="use a Python whose sqlite3 module has it"
            ) from error
        database.execute("INSERT INTO meta VALUES (?, ?)", (VERSION, state))
        words: Counter[str] = Counter()
        for number, document in enumerate(documents, 1):
            _add(database, number, document, words)
        database.executemany("INSERT INTO word VALUES (?, ?)", sorted(words.items()))
        database.execute("CREATE INDEX name_key ON name (key)")
        database.execute("INSERT INTO folded (folded) VALUES ('optimize')")
        database.commit()
        return cls(database)

    @classmethod
    def read(cls, path: Path, state: str) -> Self | None:
        """The index in a file; None where there is none, or one of another state of the graph.

        Args:
            path: The file.
            state: State of the graph (`kg.store.folder.state`) that the index must have been made of.
        """
        if not path.is_file():
            return None
        try:
            database = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            found = database.execute("SELECT version, state FROM meta").fetchone()
        except sqlite3.Error:
            return None
        if found != (VERSION, state):
            database.close()
            return None
        return cls(database)

    def to_bytes(self) -> bytes:
        """The index as the content of a file."""
        return self._database.serialize()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query to the tables; values go in as parameters only."""
        with self._lock:
            return self._database.execute(sql, values).fetchall()

    def listed(self, kind: Kind) -> list[Document]:
        """The documents of a kind, the most used first."""
        rows = self.rows(
            "SELECT kind, iri, label, names, words, detail, context, statement FROM document WHERE kind = ? "
            "ORDER BY weight DESC, id",
            (kind,),
        )
        return [
            Document(kind, iri, label, _lines(names), _lines(words), detail, _lines(context), statement)
            for kind, iri, label, names, words, detail, context, statement in rows
        ]

    def words(self) -> list[str]:
        """Every folded word of the index, the most used first; read once."""
        if self._words is None:
            self._words = [row[0] for row in self.rows("SELECT word FROM word ORDER BY uses DESC, word")]
        return self._words

    def close(self) -> None:
        """Give the file or the memory free."""
        self._database.close()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split(_LINE)) if text else ()


def _add(database: sqlite3.Connection, number: int, document: Document, words: Counter[str]) -> None:
    row = (
        number,
        document.kind,
        document.iri,
        document.label,
        _LINE.join(document.names),
        _LINE.join(document.words),
        document.detail,
        _LINE.join(document.context),
        document.statement,
        _WEIGHTS[document.kind] * (1 + 0.15 * math.log1p(document.uses)),
    )
    database.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    fields = [
        folded(_LINE.join((document.label, *document.names))),
        folded(_LINE.join(document.words)),
        folded(_LINE.join((document.detail, *document.context))),
    ]
    database.execute(
        "INSERT INTO folded (rowid, names, words, context) VALUES (?, ?, ?, ?)", (number, *fields)
    )
    if document.kind not in ("claim", "passage"):
        keys = {folded(name) for name in (document.label, *document.names)}
        database.executemany("INSERT INTO name VALUES (?, ?)", [(key, number) for key in sorted(keys) if key])
    words.update(word for field in fields for word in field.split(" ") if word)


__all__ = ["RANK", "VERSION", "Index"]
