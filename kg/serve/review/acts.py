"""What a browser asks for, done at a desk: each act is a name and a few JSON values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from kg.build.decisions import Decision
from kg.build.records import Record
from kg.model.article import Article
from kg.model.errors import UsageError
from kg.review.cases import Case, passage_cases, passage_version
from kg.review.decisions import Desk
from kg.review.disputes import action_words, latest_by_coder, outcome_words
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
from kg.review.queue import Entry
from kg.review.sample import Sample, paragraphs_of
from kg.review.sampling import current_sample, waiting
from kg.review.utterances.differences import differences
from kg.review.wordings import likely_wordings

Values = Mapping[str, Any]
LONGEST = 4000
"""Characters that a text from a browser may have."""


def item_json(entry: Entry) -> Record:
    """A line of the queue."""
    return {
        "iri": entry.iri,
        "reasons": list(entry.reasons),
        "who": entry.actor["label"] if entry.actor else "(not named)",
        "status": entry.status,
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
        "article": article_json(article),
        "history": [
            {
                "coder": one.coder,
                "time": f"{one.time:%Y-%m-%d %H:%M}",
                "action": action_words(one),
                "comment": one.comment,
            }
            for one in case.history
        ],
        "versions": [
            {"decision": one.id, "coder": coder, "words": outcome_words(one)}
            for coder, one in latest_by_coder(case.history).items()
        ],
    }


def article_json(article: Article) -> Record:
    """An article as the page shows it."""
    return {
        "digest": article.digest,
        "title": article.title or article.name,
        "published": article.published,
        "publisher": article.publisher,
        "text": article.text,
    }


def passage_json(desk: Desk, article: str, start: int, end: int) -> Record:
    """A passage to be read in full, with the statements that begin in it."""
    found = desk.article(article)
    cases = passage_cases(found, start, end)
    return {
        "article": article_json(found.article),
        "start": start,
        "end": end,
        "cases": [case_json(case) for case in cases],
        "version": passage_version(cases),
    }


def passages_json(desk: Desk, article: str) -> list[Record]:
    """The paragraphs of an article in which statements wait for the person, in their order."""
    found = desk.article(article)
    spots = [
        case.record["content"][0]["start"] for case in found.cases.values() if case.status == "candidate"
    ]
    return [
        {"article": found.iri, "start": start, "end": end}
        for start, end in paragraphs_of(found.article)
        if any(start <= spot < end for spot in spots)
    ]


def sample_json(desk: Desk, sample: Sample | None) -> Record:
    """A sample with what of it waits for the person; nulls where none was drawn."""
    if sample is None:
        return {"size": None, "seed": None, "done": 0, "statements": [], "passages": []}
    left = waiting(desk, sample)
    return {
        "size": sample.size,
        "seed": sample.seed,
        "done": left.done,
        "statements": left.statements,
        "passages": [{"article": one.article, "start": one.start, "end": one.end} for one in left.passages],
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


def decide(desk: Desk, values: Values) -> Record:
    """Make a decision.

    Args:
        desk: Whose.
        values: `act`, `iri` and `version` of the statement, and what the act needs.

    Returns:
        `iri` of what it was about: the statement, the article of a passage, empty for a sample; `article`;
        the `passage` where it was about one; and `split_off`, the IRIs of the statements that a split made of
        the rest of the statement.

    Raises:
        UsageError: There is no such act, or a value is missing or wrong.
        StaleError: Somebody decided since.
    """
    act = _text(values, "act")
    if act in ("undo", "redo"):
        made = desk.undo() if act == "undo" else desk.redo()
    elif act == "look":
        start, end = _number(values, "start"), _number(values, "end")
        made = desk.look(_text(values, "article"), start, end, _text(values, "version"))
    elif act == "draw":
        current_sample(desk, _number(values, "size"), _number(values, "seed"))
        return {"iri": "", "article": None, "passage": None, "split_off": []}
    elif act == "add" and "article" in values:
        found = desk.article(_text(values, "article"))
        record = new_statement(found.article, _number(values, "start"), _number(values, "end"))
        made = desk.add(found.iri, record)
    else:
        made = _on_statement(desk, act, seen_case(desk, values), values)
    passage = None
    if made.action == "look" and made.seen:
        span = made.seen["content"][0]
        passage = {"article": made.article, "start": span["start"], "end": span["end"]}
    split_off = [desk.material.iris.statement(part["id"]) for part in made.becomes[1:]]
    return {"iri": made.target, "article": made.article, "passage": passage, "split_off": split_off}


def _on_statement(desk: Desk, act: str, case: Case, values: Values) -> Decision:
    if act == "accept":
        return desk.accept(case)
    if act == "reject":
        return desk.reject(case)
    if act == "comment":
        return desk.comment(case, _text(values, "comment"))
    if act == "merge":
        return desk.merge([case, desk.case(_text(values, "other"))])
    if act == "adopt":
        return desk.adopt(case, _text(values, "decision"))
    if act == "split":
        return desk.split(case, split_at(case.record, case.article, _number(values, "at")))
    if act == "add":
        record = new_statement(case.article, _number(values, "start"), _number(values, "end"))
        return desk.add(desk.material.iris.article(case.article.digest), record)
    if act in _CHANGES:
        return desk.change(case, _CHANGES[act](desk, case, values))
    raise UsageError(f"'{act}' is nothing that can be done")


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
    if not isinstance(found, str) or not (found or empty):
        raise UsageError(f"'{name}' is missing or no text")
    if len(found) > LONGEST:
        raise UsageError(f"'{name}' has {len(found)} characters; at most {LONGEST} are taken")
    return found


def _number(values: Values, name: str) -> int:
    found = values.get(name)
    if type(found) is not int or not 0 <= found < 10**8:
        raise UsageError(f"'{name}' is missing or no number")
    return found


__all__ = [
    "case_json",
    "decide",
    "item_json",
    "passage_json",
    "passages_json",
    "sample_json",
    "seen_case",
    "wordings_json",
]
