"""Reads requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/).

A query comes by GET, in the form fields of a POST, or as the body of a POST. Everything that is not exactly
one query is refused with the status that says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.messages import Reply

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_UPDATE_FIELDS = ("update", "using-graph-uri", "using-named-graph-uri")
_MOST_FIELDS = 100


class RequestError(Exception):
    """A request that cannot be answered; it carries the reply."""

    def __init__(self, status: int, what: str, hint: str = "") -> None:
        """Keep the reply."""
        super().__init__(what)
        self.reply = Reply.refusal(status, what, hint)


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the dataset that the protocol gives it.

    Attributes:
        text: The query; None where the request has none and wants the service's description.
        default: Values of `default-graph-uri`.
        named: Values of `named-graph-uri`.
    """

    text: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def fields_of(raw: bytes) -> list[tuple[str, str]]:
    """Names and values of url-encoded fields.

    Raises:
        RequestError: They are too many, or no UTF-8.

    >>> fields_of(b"query=ASK%20%7B%7D&x=")
    [('query', 'ASK {}'), ('x', '')]
    """
    try:
        return parse_qsl(
            raw.decode("ascii", "surrogateescape"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            encoding="utf-8",
            errors="strict",
        )
    except UnicodeError as error:
        raise RequestError(400, "the fields are not UTF-8") from error
    except ValueError as error:
        raise RequestError(400, f"more than {_MOST_FIELDS} fields") from error


async def read_body(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request.

    Raises:
        RequestError: It is too large, or does not come in time.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise RequestError(413, f"the request has more than {most:,} bytes")
                parts.append(part)
    except TimeoutError as error:
        raise RequestError(408, f"the request did not come within {seconds:g} s") from error
    except ClientDisconnect as error:
        raise RequestError(400, "the client has gone") from error
    return b"".join(parts)


async def read_query(request: Request, most: int, seconds: float) -> Query:
    """The query of a request.

    Args:
        request: The request.
        most: Bytes that its body may have.
        seconds: Time that its body may take.

    Raises:
        RequestError: It is no request for one query.
    """
    in_address = fields_of(request.scope["query_string"])
    if request.method != "POST":
        return _from_fields(in_address, needed=False)
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type == UPDATE:
        raise _update_refused()
    if media_type not in (FORM, QUERY):
        shown = f"'{media_type}' is not understood here" if media_type else "the request has no Content-Type"
        raise RequestError(415, shown, f"send {QUERY} or {FORM}")
    charset = parameters.lower().partition("charset=")[2].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise RequestError(415, f"the charset '{charset}' is not understood here", "send UTF-8")
    body = await read_body(request, most, seconds)
    if media_type == FORM:
        # The address may name the dataset here too; the W3C's own tests do so.
        return _from_fields([*in_address, *fields_of(body)], needed=True)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "the query is not UTF-8") from error
    if any(name == "query" for name, _ in in_address):
        raise RequestError(400, "the request has two queries, one in its address and one in its body")
    return _from_fields([*in_address, ("query", text)], needed=True)


def _from_fields(fields: Sequence[tuple[str, str]], *, needed: bool) -> Query:
    if any(name in _UPDATE_FIELDS for name, _ in fields):
        raise _update_refused()
    texts = [value for name, value in fields if name == "query"]
    if len(texts) > 1:
        raise RequestError(400, f"the request has {len(texts)} queries", "send one")
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    if not texts and (needed or default or named):
        raise RequestError(400, "the request has no query", "send it in the field 'query'")
    return Query(texts[0] if texts else None, default, named)


def _update_refused() -> RequestError:
    return RequestError(
        403,
        "this is an update, and the graph is not changed by queries",
        "this endpoint only answers queries",
    )


__all__ = ["Query", "RequestError", "fields_of", "read_body", "read_query"]
