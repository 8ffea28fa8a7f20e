"""The web application: which address is answered by which handler."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.endpoint import sparql
from kg.serve.headers import Headers
from kg.serve.limits import Limits
from kg.serve.messages import Job, Reply
from kg.serve.replying import ask_for, problem, response_of
from kg.serve.site import show
from kg.serve.source import Source
from kg.serve.state import State, state_of


def application(
    source: Source,
    limits: Limits | None = None,
    *,
    origin: str | None = "*",
    hosts: Sequence[str] = ("*",),
) -> Starlette:
    """The application that serves a graph.

    Args:
        source: What is served.
        limits: What a client may ask.
        origin: Sites whose pages may read data: `*` for all, an origin, or None for no other.
        hosts: Names that requests may call the server by. Where it is for this machine alone, other names are
            those of sites that had themselves resolved to this machine, to be taken for the server's own.
    """
    shared = State(source, limits or Limits())

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        await shared.start()
        try:
            yield
        finally:
            await shared.stop()

    app = Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/sparql/", sparql, methods=["GET", "POST"]),
            Route("/openapi.json", interface),
            Route("/{path:path}", show),
        ],
        middleware=[
            Middleware(Headers, origin=origin),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={HTTPException: _failed, 500: _broken},
        lifespan=running,
    )
    app.state.shared = shared
    return app


async def interface(request: Request) -> Response:
    """The OpenAPI description of all that programs can ask."""
    reply = await ask_for(request, state_of(request).pages, Job("interface"))
    return response_of(request, reply, {"cache-control": "no-cache"})


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    what = {404: "there is nothing at this address", 405: f"{request.method} is not answered here"}
    hint = {404: "begin at /", 405: "use GET or POST"}
    status = error.status_code
    return problem(request, Reply.refusal(status, what.get(status, error.detail), hint.get(status, "")))


async def _broken(request: Request, error: Exception) -> Response:
    return problem(request, Reply.refusal(500, "the server failed on this request"))


__all__ = ["application"]
