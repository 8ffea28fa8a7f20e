"""Media types, and which of them an Accept header wants."""

from __future__ import annotations

from collections.abc import Sequence

import mimeparse

RESULTS: dict[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""Formats of rows and of yes and no, by media type; the first is what a client gets that does not mind."""

GRAPHS: dict[str, str] = {
    "text/turtle": "ttl",
    "application/x-turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
}
"""Formats of graphs, by media type."""

HTML = "text/html"

ANSWERS: dict[str, str] = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "srj": "application/sparql-results+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
}
"""Formats of the answers of canned queries: suffixes of their addresses, with their media types."""

DOCUMENTS: dict[str, str] = {
    "html": HTML,
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "rq": "application/sparql-query",
    "json": "application/json",
    "csv": "text/csv",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "txt": "text/plain",
    "md": "text/markdown",
    "gz": "application/gzip",
    "xml": "application/xml",
}
"""Media types of files, by suffix."""


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of an offer that an Accept header wants most; None where it wants none of them.

    Args:
        accept: The header, with q-values; empty for no header, which accepts everything.
        offered: Media types, the one that we would rather give first.

    >>> best("text/csv;q=0.4, text/turtle", ["text/csv", "text/turtle"])
    'text/turtle'
    >>> best("*/*", ["text/csv", "text/turtle"]), best("image/png", ["text/csv"])
    ('text/csv', None)
    """
    if not accept.strip():
        return offered[0]
    try:
        # Among equals the library takes the last.
        return mimeparse.best_match(list(reversed(offered)), accept) or None
    except mimeparse.MimeTypeParseException:
        return offered[0]


__all__ = ["ANSWERS", "DOCUMENTS", "GRAPHS", "HTML", "RESULTS", "best"]
