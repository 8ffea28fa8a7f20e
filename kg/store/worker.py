"""A process that answers one query and ends; run by `kg.store.querying` so that it can be killed.

It reads a JSON object (`database`, `query`, `graphs`) from standard input and writes a line that says what
follows (`results`, `triples`, `usage` or `error`) and then the answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.model.errors import KgError, UsageError
from kg.store.querying import FAILURES, Scope, ask


def answer(request: dict[str, object]) -> tuple[bytes, bytes]:
    """What follows, and the answer itself."""
    graphs = request["graphs"]
    scope = Scope(tuple(str(iri) for iri in graphs) if isinstance(graphs, list) else None)
    try:
        found = ask(ox.Store.read_only(str(Path(str(request["database"])))), str(request["query"]), scope)
        if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
            return b"results", found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return b"triples", ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b""
    except UsageError as error:
        return b"usage", error.what.encode()
    except (KgError, *FAILURES) as error:
        return b"error", str(error).encode()


def main() -> None:
    """Answer the request on standard input."""
    kind, payload = answer(json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(kind + b"\n" + payload)


if __name__ == "__main__":
    main()
