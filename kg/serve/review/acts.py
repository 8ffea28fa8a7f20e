"""What a browser asks for, done at a desk: each act is a name and a few JSON values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from kg.build.records import Record
from kg.model.errors import UsageError
from kg.review.cases import Case
from kg.review.decisions import Desk
from kg.review.edits import (
    new_statement,
    split_at,
    with_actor,
    with_content,
    with_date,
    with_position,
    with_stance,
    without_stance,
)
from kg.review.queue import Item
from kg.review.utterances.differences import differences
from kg.review.wordings import likely_wordings

Values = Mapping[str, Any]


def item_json(item: Item) -> Record:
    """A line of the queue."""
    actor = item.case.record["actor"]
    return {
        "iri": item.case.iri,
        "reasons": list(item.entry.reasons),
        "who": actor["label"] if actor else "(not named)",
        "status": item.case.status,
    }


def case_json(case: Case) -> Record:
    """A statement with all that the page shows of it."""
    article = case.article
    return {
        "iri": case.iri,
        "record": case.record,
        "version": case.version,
        "status": case.status,
        "confidence": case.confidence,
        "article": {
            "digest": article.digest,
            "title": article.title or article.name,
            "published": article.published,
            "publisher": article.publisher,
            "text": article.text,
        },
        "history": [
            {
                "coder": one.coder,
                "time": f"{one.time:%Y-%m-%d %H:%M}",
                "action": one.action,
                "comment": one.comment,
            }
            for one in case.history
        ],
    }


def wordings_json(desk: Desk, case: Case) -> list[Record]:
    """Other wordings of the same speech, with what differs."""
    own = " ".join(span["text"] for span in case.record["content"])
    return [
        {**asdict(one), "differences": differences(own, one.words)} for one in likely_wordings(desk, case)
    ]


def seen_case(desk: Desk, values: Values) -> Case:
    """The statement that a person saw, in the version that was seen.

    Raises:
        UsageError: There is no such statement.
    """
    case = desk.case(_text(values, "iri"))
    return Case(
        case.iri,
        case.record,
        case.article,
        case.status,
        case.confidence,
        _text(values, "version"),
        case.history,
    )


def decide(desk: Desk, values: Values) -> str:
    """Make a decision.

    Args:
        desk: Whose.
        values: `act`, `iri` and `version` of the statement, and what the act needs.

    Returns:
        IRI of the statement to show next.

    Raises:
        UsageError: There is no such act, or a value is missing or wrong.
        StaleError: Somebody decided since.
    """
    act = _text(values, "act")
    if act in ("undo", "redo"):
        return (desk.undo() if act == "undo" else desk.redo()).target
    case = seen_case(desk, values)
    if act == "accept":
        desk.accept(case)
    elif act == "reject":
        desk.reject(case)
    elif act == "comment":
        desk.comment(case, _text(values, "comment"))
    elif act == "merge":
        desk.merge([case, desk.case(_text(values, "other"))])
    elif act == "split":
        desk.split(case, split_at(case.record, case.article, _number(values, "at")))
    elif act == "add":
        start, end = _number(values, "start"), _number(values, "end")
        record = new_statement(case.article, start, end, case.record)
        article = desk.material.iris.article(case.article.digest)
        return desk.add(article, record).target
    elif act in _CHANGES:
        desk.change(case, _CHANGES[act](desk, case, values))
    else:
        raise UsageError(f"'{act}' is nothing that can be done")
    return case.iri


def _stance(desk: Desk, case: Case, values: Values) -> Record:
    condition = values.get("condition")
    if condition is not None and not isinstance(condition, str):
        raise UsageError("a condition is text")
    position, stance = _text(values, "position"), _text(values, "stance")
    return with_stance(case.record, desk.material.codebook, position, stance, condition)


def _position(desk: Desk, case: Case, values: Values) -> Record:
    codebook = desk.material.codebook
    return with_position(case.record, codebook, _text(values, "position"), _text(values, "new"))


def _no_stance(desk: Desk, case: Case, values: Values) -> Record:
    return without_stance(case.record, _text(values, "position"))


def _actor(desk: Desk, case: Case, values: Values) -> Record:
    material = desk.material
    return with_actor(case.record, material.register, material.iris, case.article, _text(values, "name"))


def _date(desk: Desk, case: Case, values: Values) -> Record:
    return with_date(case.record, desk.material.register, _text(values, "said", empty=True))


def _content(desk: Desk, case: Case, values: Values) -> Record:
    return with_content(case.record, case.article, [(_number(values, "start"), _number(values, "end"))])


_CHANGES: dict[str, Callable[[Desk, Case, Values], Record]] = {
    "stance": _stance,
    "position": _position,
    "no-stance": _no_stance,
    "actor": _actor,
    "date": _date,
    "content": _content,
}


def _text(values: Values, name: str, *, empty: bool = False) -> str:
    found = values.get(name)
    if not isinstance(found, str) or len(found) > 4000 or not (found or empty):
        raise UsageError(f"'{name}' is missing or no text")
    return found


def _number(values: Values, name: str) -> int:
    found = values.get(name)
    if type(found) is not int or not 0 <= found < 10**8:
        raise UsageError(f"'{name}' is missing or no number")
    return found


__all__ = ["case_json", "decide", "item_json", "seen_case", "wordings_json"]
