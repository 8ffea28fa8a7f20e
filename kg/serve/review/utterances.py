"""The page on which people say which statements report one utterance, and JSON for what it asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.build.records import Record
from kg.model.errors import UsageError
from kg.review.cases import Case
from kg.review.decisions import Desk
from kg.review.utterances.candidates import Candidate, Known, candidates, disputed, known
from kg.review.utterances.deciding import members_of, put_together, take_out, tell_apart
from kg.review.utterances.differences import side_by_side
from kg.review.utterances.groups import Group, groups
from kg.review.utterances.meaning import Meanings
from kg.review.utterances.showing import shown

if TYPE_CHECKING:
    from kg.serve.review.application import Review

MOST = 1000
"""Pairs or utterances that the page gets at once."""
AROUND = 200
"""Code points of the article before and after the words."""
LIST_KINDS = ("pairs", "groups", "disputes")
"""What the page lists: pairs that may be one utterance, utterances of several statements, what to settle."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What these pages share with the review page.

    Attributes:
        checked: What the handlers share, if the request may be answered.
        answer: Answers with JSON.
        values: The JSON object that a request brings.
        page: Answers with a page made of a template.
    """

    checked: Callable[[Request], Review]
    answer: Callable[[object], Response]
    values: Callable[[Request], Awaitable[dict[str, Any]]]
    page: Callable[[str, Review, Desk, Record], Response]


def utterance_routes(asking: Asking) -> list[Route]:
    """The addresses of the page."""

    def page(request: Request) -> Response:
        review = asking.checked(request)
        desk = review.desk(request)
        return asking.page(
            "utterances.html", review, desk, {"key": review.guard.key, "coder": desk.coder.name}
        )

    def listed(request: Request) -> Response:
        desk = asking.checked(request).desk(request)
        return asking.answer(list_json(desk, request.query_params.get("list", "pairs")))

    def pair(request: Request) -> Response:
        desk = asking.checked(request).desk(request)
        one, other = (request.query_params.get(name, "") for name in ("one", "other"))
        return asking.answer(pair_json(desk, one, other))

    def group(request: Request) -> Response:
        desk = asking.checked(request).desk(request)
        return asking.answer(group_json(desk, request.query_params.get("iri", "")))

    async def decide(request: Request) -> Response:
        review = asking.checked(request)
        values = await asking.values(request)

        def decided() -> Record:
            with review.writing:
                return judge(review.desk(request), values)

        return asking.answer(await run_in_threadpool(decided))

    return [
        Route("/utterances", page),
        Route("/utterances/list", listed),
        Route("/utterances/pair", pair),
        Route("/utterances/group", group),
        Route("/utterances/decide", decide, methods=["POST"]),
    ]


def list_json(desk: Desk, kind: str) -> Record:
    """What a person may look at, what is most worth it first.

    Raises:
        UsageError: There is no such list.
    """
    if kind not in LIST_KINDS:
        raise UsageError(f"'{kind}' is no list of this page")
    seen = known(desk)
    if kind == "groups":
        found = groups(seen)
        lines = [_group_line(seen, group) for group in found[:MOST]]
    else:
        pairs = disputed(seen) if kind == "disputes" else candidates(seen, _meanings(desk))
        found = pairs  # type: ignore[assignment]
        lines = [_pair_line(pair) for pair in pairs[:MOST]]
    return {"list": kind, "number": len(found), "items": lines, "since": seen.last}


def _meanings(desk: Desk) -> Meanings:
    with desk.reading() as store:
        return Meanings(store.folder)


def _pair_line(pair: Candidate) -> Record:
    return {
        "one": pair.one.iri,
        "other": pair.other.iri,
        "likeness": pair.likeness.score,
        "reasons": list(pair.likeness.reasons),
        "cautions": list(pair.likeness.cautions),
        "said": [list(line) for line in pair.said],
    }


def _group_line(seen: Known, group: Group) -> Record:
    first = seen.all.statements[group.statements[0]]
    return {
        "iri": first.iri,
        "who": first.holders[0].name if first.holders else "",
        "statements": len(group.statements),
        "by_people": group.by_people,
    }


def pair_json(desk: Desk, one: str, other: str) -> Record:
    """Two statements side by side, with what differs and with the other statements of their utterances.

    Raises:
        UsageError: One of them is no statement in force.
    """
    cases = [desk.case(one), desk.case(other)]
    words = [_words(case) for case in cases]
    pieces = side_by_side(*words)
    members = [members_of(desk, case.iri) for case in cases]
    with desk.reading() as store:
        others = [[iri for iri in iris if iri not in (one, other)] for iris in members]
        more = [[_line(shown(store, iri)) for iri in iris] for iris in others]
    return {
        "together": one in members[1],
        "sides": [
            {**_side(case, marked), "others": lines}
            for case, marked, lines in zip(cases, pieces, more, strict=True)
        ],
    }


def group_json(desk: Desk, iri: str) -> Record:
    """The statements of an utterance, each with what differs from the first.

    Raises:
        UsageError: It is no statement in force.
    """
    iris = members_of(desk, iri)
    with desk.reading() as store:
        members = [shown(store, one) for one in iris]
    members.sort(key=lambda one: (one.published or "~", one.statement))
    cases = [desk.case(one.statement) for one in members]
    first = _words(cases[0]) if cases else ""
    return {"sides": [{**_side(case, side_by_side(first, _words(case))[1]), "others": []} for case in cases]}


def _side(case: Case, pieces: list[tuple[bool, str]]) -> Record:
    record, article = case.record, case.article
    start, end = record["content"][0]["start"], record["content"][-1]["end"]
    actor = record["actor"]
    return {
        "iri": case.iri,
        "version": case.version,
        "who": actor["label"] if actor else "(not named)",
        "office": record["office"],
        "said": record["said"],
        "quote": record["quote"],
        "outlet": article.publisher,
        "published": article.published,
        "title": article.title or article.name,
        "before": article.text[max(0, start - AROUND) : start],
        "after": article.text[end : end + AROUND],
        "pieces": [list(piece) for piece in pieces],
        "positions": record["positions"],
    }


def _words(case: Case) -> str:
    return " … ".join(" ".join(span["text"].split()) for span in case.record["content"])


def _line(one: Any) -> Record:
    return {"iri": one.statement, "source": one.source, "words": one.words, "said": one.said}


def judge(desk: Desk, values: Mapping[str, Any]) -> Record:
    """Write down what a person says.

    Args:
        desk: Whose decision.
        values: `act` (same, different, out, undo or redo), `statements` with IRI and version of each, the
            list's `since`, and `comment`.

    Returns:
        What became of it, in words, and the place of the decision in the log.

    Raises:
        UsageError: There is no such act, or a value is missing or wrong.
        StaleError: Somebody decided since.
    """
    act = values.get("act")
    if act in ("undo", "redo"):
        done = desk.undo() if act == "undo" else desk.redo()
        return {
            "told": "undone" if act == "undo" else "done again",
            "statements": [done.target, *done.together],
        }
    cases, since, comment = _seen(desk, values), values.get("since"), values.get("comment")
    if type(since) is not int or not (comment is None or (isinstance(comment, str) and len(comment) <= 4000)):
        raise UsageError("'since' is a number and 'comment' is text")
    if act == "same":
        told = put_together(desk, cases, comment, since=since)
    elif act == "different":
        told = tell_apart(desk, cases, comment, since=since)
    elif act == "out" and len(cases) == 1:
        told = take_out(desk, cases[0], comment, since=since)
    else:
        raise UsageError(f"'{act}' is nothing that can be done")
    return {"told": told, "statements": [case.iri for case in cases]}


def _seen(desk: Desk, values: Mapping[str, Any]) -> list[Case]:
    """The statements in the versions that the person saw."""
    given = values.get("statements")
    if not isinstance(given, list) or not 0 < len(given) <= 100:
        raise UsageError("'statements' is a list")
    found = []
    for one in given:
        iri, version = (one.get("iri"), one.get("version")) if isinstance(one, dict) else (None, None)
        if not isinstance(iri, str) or not isinstance(version, str) or len(iri) > 4000:
            raise UsageError("a statement has an 'iri' and a 'version'")
        found.append(replace(desk.case(iri), version=version))
    return found


__all__ = ["LIST_KINDS", "Asking", "group_json", "judge", "list_json", "pair_json", "utterance_routes"]
