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


__all__ = ["GRAPHS", "HTML", "RESULTS", "best"]
