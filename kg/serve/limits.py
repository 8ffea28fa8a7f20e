"""How much a client may ask of the server."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one client from taking the server away from the others.

    Attributes:
        seconds: Time that a SPARQL query may take once a worker is at it; then the worker is killed.
        page_seconds: The same for pages and canned queries, which are our own.
        workers: Processes that answer SPARQL queries, and as many again that answer everything else.
        waiting: Requests that may wait for a worker of a kind; those beyond are turned away at once.
        request: Bytes that the body of a request may have.
        answer: Bytes that an answer may have.
        kept: Bytes of pages and answers of canned queries that are kept while the graph does not change.
        memory: Bytes of address space that a worker may have; a query that wants more ends its worker.
        connections: Connections open at a time; those beyond are turned away.
        header_seconds: Time that a connection has to send the head of a request, and again for its body.
    """

    seconds: float = 15.0
    page_seconds: float = 30.0
    workers: int = max(2, os.cpu_count() or 2)
    waiting: int = 64
    request: int = 1_000_000
    answer: int = 64_000_000
    kept: int = 64_000_000
    memory: int = 4_000_000_000
    connections: int = 500
    header_seconds: float = 10.0


__all__ = ["Limits"]
