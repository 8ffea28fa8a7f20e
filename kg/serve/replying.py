"""Turns the replies of workers into HTTP responses, and asks a worker on behalf of a client who may leave."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.formats import HTML, best
from kg.serve.messages import Job, Reply
from kg.serve.pool import Pool

_PROBLEM = "application/problem+json"
_GONE = 499


def response_of(request: Request, reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
    """The response that a reply makes; what was wrong as text, as JSON (RFC 9457) where that is accepted."""
    if reply.status == 303:
        return Response(status_code=303, headers={"location": reply.location, "vary": "Accept"})
    if reply.what:
        return problem(request, reply)
    return Response(reply.body, reply.status, dict(headers or {}), media_type=_with_charset(reply.media_type))


def problem(request: Request, reply: Reply) -> Response:
    """A response that says what was wrong and what to try."""
    headers = {"cache-control": "no-store", "vary": "Accept"}
    if reply.status == 503:
        headers["retry-after"] = "5"
    if reply.status == 405:
        headers["allow"] = "GET, HEAD, POST, OPTIONS"
    wanted = best(request.headers.get("accept", ""), ["text/plain", _PROBLEM, "application/json", HTML])
    if wanted in (_PROBLEM, "application/json"):
        record = {"title": reply.what, "status": reply.status, "detail": reply.hint}
        body = json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False)
        return Response(body, reply.status, headers, media_type=_PROBLEM)
    text = f"{reply.what} ({reply.hint})" if reply.hint else reply.what
    return Response(text + "\n", reply.status, headers, media_type="text/plain; charset=utf-8")


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def ask_for(request: Request, pool: Pool, job: Job) -> Reply:
    """Have a job done, and give it up when the client leaves before it is done."""
    task = asyncio.ensure_future(pool.ask(job))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        return Reply.refusal(_GONE, "the client has gone")
    finally:
        for one in (task, leaving):
            if not one.done():
                one.cancel()
        await asyncio.gather(task, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return


def entity_tag(*parts: str) -> str:
    """A weak entity tag of what a representation depends on."""
    return f'W/"{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:24]}"'


def unchanged(request: Request, tag: str) -> bool:
    """Whether the client says that it has the representation with this tag."""
    given = request.headers.get("if-none-match", "")
    return request.method in ("GET", "HEAD") and (
        given.strip() == "*"
        or tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in given.split(",")]
    )


def not_modified(headers: Mapping[str, str], media_type: str = "") -> Response:
    """The response to a client that has the representation already.

    Browsers put its headers over those that they kept, so what depends on the media type must be as in the
    full response.

    Args:
        headers: The headers of the full response.
        media_type: The media type of a representation that may be shown as a page.
    """
    response = Response(status_code=304, headers=dict(headers))
    if media_type:
        response.headers["content-type"] = _with_charset(media_type)
    return response


__all__ = ["ask_for", "entity_tag", "not_modified", "problem", "response_of", "unchanged"]
