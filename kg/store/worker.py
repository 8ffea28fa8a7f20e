"""A process that answers one query and ends; run by `kg.store.querying` so that it can be killed.

It reads a JSON object (`database`, `query`, `graphs`) from standard input and writes a line that says what
follows (`results`, `triples`, `usage` or `error`) and then the answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.model.errors import KgError, UsageError
from kg.store.querying import FAILURES, Scope, ask

MEMORY = 4 * 1024**3
"""Bytes of address space that a query may use, database included."""


def answer(request: dict[str, object], out: BinaryIO) -> None:
    """Write what follows, and the answer itself, while it is found."""
    graphs = request["graphs"]
    scope = Scope(tuple(str(iri) for iri in graphs) if isinstance(graphs, list) else None)
    try:
        found = ask(ox.Store.read_only(str(Path(str(request["database"])))), str(request["query"]), scope)
    except UsageError as error:
        out.write(b"usage\n" + error.what.encode())
        return
    except (KgError, *FAILURES) as error:
        out.write(b"error\n" + str(error).encode())
        return
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        out.write(b"results\n")
        found.serialize(out, format=ox.QueryResultsFormat.JSON)
    else:
        out.write(b"triples\n")
        ox.serialize(found, out, format=ox.RdfFormat.N_TRIPLES)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer the request on standard input."""
    _bound_memory()
    # Whatever ends the answer early ends the process with a code that says so.
    answer(json.loads(sys.stdin.buffer.read()), sys.stdout.buffer)


if __name__ == "__main__":
    main()
