"""Small Turtle files of the user's own (register, codebook), read within limits into an index.

pyoxigraph hands over triple by triple, so that a file which is too long or too slow is put down in time, and
names the line of a mistake.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.ingest.decode import read_bytes
from kg.model.errors import InputError
from kg.model.vocabulary import RDF, RDFS, SCHEMA, SKOS

MAX_TURTLE_BYTES = 20_000_000
MAX_SECONDS = 30.0
SUFFIXES = {".ttl": RdfFormat.TURTLE, ".turtle": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}
"""Endings of the files that are read as RDF; anything else is taken for a table."""

_LABELS = (SKOS + "prefLabel", RDFS + "label", "http://xmlns.com/foaf/0.1/name", SCHEMA + "name")


class Graph:
    """The triples of one file, by subject and predicate; IRIs and literals are plain strings.

    Blank nodes are kept apart from IRIs by their `_:` in front.
    """

    def __init__(self, where: Path) -> None:
        """An empty graph of the file `where`."""
        self.where = where
        self._objects: dict[tuple[str, str], list[tuple[str, str | None]]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, subject: str, predicate: str, value: str, language: str | None = None) -> None:
        """Add one triple; `http://schema.org/` is taken for `https://schema.org/`."""
        predicate, value = _https(predicate), _https(value)
        if (value, language) not in self._objects[(subject, predicate)]:
            self._objects[(subject, predicate)].append((value, language))
            self._subjects[(predicate, value)].append(subject)

    def values(self, subject: str, *predicates: str) -> tuple[str, ...]:
        """What a subject has for any of the predicates, in the order of the file."""
        found = [value for p in predicates for value, _ in self._objects.get((subject, p), ())]
        return tuple(dict.fromkeys(found))

    def value(self, subject: str, *predicates: str) -> str | None:
        """The first of `values`, or None."""
        return next(iter(self.values(subject, *predicates)), None)

    def text(self, subject: str, *predicates: str) -> str | None:
        """The value in English or without a language, else the first one of any language."""
        found = [pair for p in predicates for pair in self._objects.get((subject, p), ())]
        found.sort(key=lambda pair: 0 if (pair[1] or "en").lower().split("-")[0] == "en" else 1)
        return " ".join(found[0][0].split()) if found else None

    def label(self, subject: str) -> str | None:
        """The subject's name, by whichever of the usual properties."""
        return self.text(subject, *_LABELS)

    def instances(self, *classes: str) -> tuple[str, ...]:
        """Subjects of any of the classes, in the order of the file."""
        return tuple(dict.fromkeys(s for c in classes for s in self.subjects(RDF + "type", c)))

    def subjects(self, predicate: str, value: str) -> tuple[str, ...]:
        """Subjects that have this value for the predicate."""
        return tuple(self._subjects.get((predicate, value), ()))


def is_turtle(path: Path) -> bool:
    """Whether the name ends like an RDF file's.

    >>> is_turtle(Path("register.TTL")), is_turtle(Path("register.csv"))
    (True, False)
    """
    return path.suffix.lower() in SUFFIXES


def read_turtle(path: Path, base: str) -> Graph:
    """Read a Turtle or N-Triples file.

    Args:
        path: The file.
        base: IRI that relative IRIs are resolved against.

    Raises:
        InputError: The file cannot be read, is above 20 MB, takes over 30 s, or is no Turtle (with the line).
    """
    data = read_bytes(path)
    if len(data) > MAX_TURTLE_BYTES:
        raise InputError(f"larger than {MAX_TURTLE_BYTES // 1_000_000} MB", where=path)
    graph = Graph(path)
    end = time.monotonic() + MAX_SECONDS
    try:
        quads = parse(data.removeprefix(b"\xef\xbb\xbf"), SUFFIXES[path.suffix.lower()], base_iri=base)
        for number, quad in enumerate(quads):
            if number % 1000 == 0 and time.monotonic() > end:
                raise InputError(f"reading took over {MAX_SECONDS:.0f} s", where=path)
            value = quad.object
            language = value.language if isinstance(value, Literal) else None
            graph.add(_plain(quad.subject), _plain(quad.predicate), _plain(value), language)
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else str(path)
        raise InputError(f"not valid Turtle: {_first_line(error.msg)}", where=where) from error
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise InputError(f"not valid Turtle: {_first_line(str(error))}", where=path) from error
    return graph


def _first_line(message: str) -> str:
    return next(iter(message.splitlines()), "")[:200]


def _plain(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _https(iri: str) -> str:
    return SCHEMA + iri[18:] if iri.startswith("http://schema.org/") else iri


def find_loop(edges: dict[str, Iterable[str]]) -> list[str] | None:
    """A way through the edges that ends where it began, or None.

    >>> find_loop({"a": ["b"], "b": ["c"], "c": ["a"]})
    ['a', 'b', 'c', 'a']
    >>> find_loop({"a": ["b", "c"], "b": ["c"]}) is None
    True
    """
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        # Depth first with a stack of our own: a chain of thousands must not hit the recursion limit.
        path, on_path = [start], {start}
        waiting = [iter(edges.get(start, ()))]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                done.add(path[-1])
                on_path.discard(path.pop())
            elif following in on_path:
                return [*path[path.index(following) :], following]
            elif following not in done:
                path.append(following)
                on_path.add(following)
                waiting.append(iter(edges.get(following, ())))
    return None


__all__ = ["Graph", "find_loop", "is_turtle", "read_turtle"]
