"""The web application for review: one page, and JSON for what it asks."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.model.errors import KgError, StoreError
from kg.pages.assets import assets, content_security_policy
from kg.pages.rendering import json_for_page
from kg.review.decisions import Desk, StaleError
from kg.review.queue import queue
from kg.serve.headers import Headers
from kg.serve.review.acts import case_json, decide, item_json, wordings_json
from kg.serve.review.guard import Guard
from kg.serve.review.utterances import Asking, utterance_routes

LARGEST = 64_000
"""Bytes that a request may have."""
_OWN = files("kg.serve.review") / "static"


class Review:
    """What the handlers share."""

    def __init__(self, desk_of: Callable[[str], Desk], coder: str, title: str, guard: Guard) -> None:
        """Keep them.

        Args:
            desk_of: The desk of a person.
            coder: The person who decides unless the page names another one.
            title: Name of the project.
            guard: Who may ask.
        """
        self.desk_of = desk_of
        self.coder = coder
        self.title = title
        self.guard = guard
        self.writing = threading.Lock()

    def desk(self, request: Request) -> Desk:
        """The desk of the person who asks."""
        name = " ".join(request.query_params.get("coder", "").split())[:80]
        return self.desk_of(name or self.coder)


def review_application(review: Review) -> Starlette:
    """The application; run it with `kg.serve.server.run`."""
    app = Starlette(
        routes=[
            Route("/", _page),
            Route("/queue", _queue),
            Route("/case", _case),
            Route("/wordings", _wordings),
            Route("/decide", _decide, methods=["POST"]),
            *utterance_routes(Asking(_checked, _answer, _values, _templated)),
            Route("/assets/{path:path}", _asset),
        ],
        middleware=[Middleware(Headers, origin=None)],
        exception_handlers={KgError: _failed},
    )
    app.state.review = review
    return app


def _review(request: Request) -> Review:
    found: Review = request.app.state.review
    return found


class _RefusedError(KgError):
    """A request that is not answered."""


def _checked(request: Request) -> Review:
    review = _review(request)
    objection = review.guard.objection(request)
    if objection:
        raise _RefusedError(objection)
    return review


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)  # noqa: S101 - registered for it
    status = 400
    if isinstance(error, _RefusedError):
        status = 403
    elif isinstance(error, StaleError):
        status = 409
    elif isinstance(error, StoreError):
        status = 503
    return JSONResponse({"error": str(error)}, status, {"cache-control": "no-store"})


def _answer(values: object) -> Response:
    return JSONResponse(values, headers={"cache-control": "no-store"})


def _page(request: Request) -> Response:
    review = _checked(request)
    desk = review.desk(request)
    material = desk.material
    data = {
        "key": review.guard.key,
        "coder": desk.coder.name,
        "positions": [
            {"slug": one.slug, "label": one.label, "description": one.description}
            for one in material.codebook.positions
        ],
        "actors": [one.name for one in material.register.actors],
    }
    return _templated("review.html", review, desk, data)


def _templated(name: str, review: Review, desk: Desk, data: dict[str, Any]) -> Response:
    """A page made of a template, with what its script starts from."""
    environment = Environment(
        loader=PackageLoader("kg.serve.review"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["json"] = json_for_page
    page = environment.get_template(name).render(
        title=review.title, coder=desk.coder.name, blind=desk.coder.blind, data=data
    )
    headers = {
        "content-security-policy": f"{content_security_policy()}; frame-ancestors 'none'",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
    }
    return Response(page, media_type="text/html", headers=headers)


def _queue(request: Request) -> Response:
    review = _checked(request)
    everything = request.query_params.get("all") == "1"
    disputed = review.desk(request).coder.adjudicates
    items = queue(review.desk(request), everything=everything, disputed=disputed)
    return _answer([item_json(item) for item in items])


def _case(request: Request) -> Response:
    return _answer(case_json(_checked(request).desk(request).case(request.query_params.get("iri", ""))))


def _wordings(request: Request) -> Response:
    desk = _checked(request).desk(request)
    return _answer(wordings_json(desk, desk.case(request.query_params.get("iri", ""))))


async def _values(request: Request) -> dict[str, Any]:
    """The JSON object that a request brings."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise _RefusedError("that is too large for a decision")
    try:
        values: Any = json.loads(body)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise _RefusedError("a decision is a JSON object")
    return values


async def _decide(request: Request) -> Response:
    review = _checked(request)
    values = await _values(request)
    return await run_in_threadpool(_decided, review, request, values)


def _decided(review: Review, request: Request, values: dict[str, Any]) -> Response:
    desk = review.desk(request)
    with review.writing:
        shown = decide(desk, values)
    try:
        return _answer({"iri": shown, "case": case_json(desk.case(shown))})
    except KgError:  # what was added is gone again
        return _answer({"iri": shown, "case": None})


def _asset(request: Request) -> Response:
    path = request.path_params["path"]
    if path in ("review.css", "review.js"):
        raw: bytes | None = (_OWN / path).read_bytes()
    else:
        raw = assets().get(f"assets/{path}")
    if raw is None:
        raise _RefusedError("there is nothing at this address")
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(raw, media_type=kind, headers={"cache-control": "no-cache"})


__all__ = ["LARGEST", "Review", "review_application"]
