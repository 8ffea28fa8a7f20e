"""The web application for review: one page, and JSON for what it asks."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Callable
from dataclasses import asdict
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
from kg.review.choices import choices, label_of
from kg.review.decisions import Desk, StaleError
from kg.review.queue import Selection, queue
from kg.review.sample import latest_sample
from kg.review.trust import trust_of
from kg.review.trust_text import trust_json, trust_sentence
from kg.serve.headers import Headers
from kg.serve.review.acts import (
    case_json,
    decide,
    item_json,
    passage_json,
    passages_json,
    sample_json,
    wordings_json,
)
from kg.serve.review.guard import Guard
from kg.serve.review.utterances import Asking, utterance_routes

LARGEST = 64_000
"""Bytes that a request may have."""
MODES = ("queue", "articles", "sample", "disputes")
"""What a person works through: the queue, articles by passages, a random sample, disputes of coders."""
KINDS = ("article", "outlet", "actor", "position")
"""What the queue can be narrowed down to one of."""
DeskOf = Callable[[str, bool], Desk]
"""The desk of a person by name; the second argument says whether the person settles disputes."""
_OWN = files("kg.serve.review") / "static"
_OWN_FILES = (
    "review.css", "review.js", "page.js", "views.js", "article.js", "questions.js", "estimates.js",
    "utterances.js",
)  # fmt: skip


class Review:
    """What the handlers share."""

    def __init__(
        self,
        desk_of: DeskOf,
        coder: str,
        title: str,
        guard: Guard,
        *,
        blind: bool = False,
        mode: str = MODES[0],
    ) -> None:
        """Keep them.

        Args:
            desk_of: The desk of a person; of one who settles where the second argument says so.
            coder: The person who decides unless the page names another one.
            title: Name of the project.
            guard: Who may ask.
            blind: Whether nobody sees what others decided; then nobody settles either.
            mode: What the page opens with, one of `MODES`.
        """
        self.desk_of = desk_of
        self.coder = coder
        self.title = title
        self.guard = guard
        self.blind = blind
        self.mode = mode
        self.writing = threading.Lock()

    def desk(self, request: Request) -> Desk:
        """The desk of the person who asks; what is decided among disputes settles them."""
        name = " ".join(request.query_params.get("coder", "").split())[:80]
        settles = request.query_params.get("mode", self.mode) == "disputes" and not self.blind
        return self.desk_of(name or self.coder, settles)


def review_application(review: Review) -> Starlette:
    """The application; run it with `kg.serve.server.run`."""
    app = Starlette(
        routes=[
            Route("/", _page),
            Route("/queue", _queue),
            Route("/choices", _choices),
            Route("/sample", _sample),
            Route("/passage", _passage),
            Route("/passages", _passages),
            Route("/estimates", _estimates),
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
    material, asked = desk.material, request.query_params
    with desk.reading() as store:
        chosen = {
            kind: {"iri": iri, "label": label_of(store, material, iri)}
            for kind in KINDS
            if (iri := asked.get(kind))
        }
    data = {
        "key": review.guard.key,
        "coder": desk.coder.name,
        "mode": review.mode,
        "positions": [
            {"slug": one.slug, "label": one.label, "description": one.description}
            for one in material.codebook.positions
        ],
        "actors": [one.name for one in material.register.actors],
        "chosen": chosen,
        "all": asked.get("all") == "1",
    }
    return _templated("review.html", review, desk, data)


def _templated(name: str, review: Review, desk: Desk, data: dict[str, Any]) -> Response:
    """A page made of a template, with what its script starts from."""
    environment = Environment(
        loader=PackageLoader("kg.serve.review"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["json"] = json_for_page
    page = environment.get_template(name).render(
        title=review.title, coder=desk.coder.name, blind=review.blind, data=data
    )
    headers = {
        "content-security-policy": f"{content_security_policy()}; frame-ancestors 'none'",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
    }
    return Response(page, media_type="text/html", headers=headers)


def _queue(request: Request) -> Response:
    review, asked = _checked(request), request.query_params
    desk = review.desk(request)
    wanted = Selection(
        article=asked.get("article") or None,
        outlet=asked.get("outlet") or None,
        actor=asked.get("actor") or None,
        position=asked.get("position") or None,
        everything=asked.get("all") == "1",
        disputed=desk.coder.adjudicates,
    )
    return _answer([item_json(entry) for entry in queue(desk, wanted)])


def _choices(request: Request) -> Response:
    """What the queue can be narrowed down to, with numbers of waiting statements."""
    desk = _checked(request).desk(request)
    return _answer({kind: [asdict(one) for one in some] for kind, some in choices(desk).items()})


def _sample(request: Request) -> Response:
    """The latest sample with what of it waits for the person."""
    desk = _checked(request).desk(request)
    with desk.reading() as store:
        found = latest_sample(store.view, desk.material.iris)
    return _answer(sample_json(desk, found[0] if found else None))


def _passage(request: Request) -> Response:
    asked = request.query_params
    try:
        start, end = int(asked.get("start", "")), int(asked.get("end", ""))
    except ValueError:
        raise _RefusedError("a passage has a start and an end") from None
    return _answer(passage_json(_checked(request).desk(request), asked.get("article", ""), start, end))


def _passages(request: Request) -> Response:
    """The passages of an article in which statements wait."""
    return _answer(passages_json(_checked(request).desk(request), request.query_params.get("article", "")))


def _estimates(request: Request) -> Response:
    """What the latest sample tells so far; null where nobody drew one."""
    review = _checked(request)
    desk = review.desk(request)
    if review.blind:  # who codes blindly does not see how others decided
        return _answer(None)
    with desk.reading() as store:
        found = trust_of(store.view, desk.material.iris)
    return _answer(None if found is None else trust_json(found) | {"text": trust_sentence(found)})


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
        made = decide(desk, values)
    shown = None
    if made["iri"] and not made["passage"]:
        try:
            shown = case_json(desk.case(made["iri"]))
        except KgError:  # what was added is gone again
            shown = None
    return _answer({**made, "case": shown})


def _asset(request: Request) -> Response:
    path = request.path_params["path"]
    if path in _OWN_FILES:
        raw: bytes | None = (_OWN / path).read_bytes()
    else:
        raw = assets().get(f"assets/{path}")
    if raw is None:
        raise _RefusedError("there is nothing at this address")
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(raw, media_type=kind, headers={"cache-control": "no-cache"})


__all__ = ["KINDS", "LARGEST", "MODES", "DeskOf", "Review", "review_application"]
