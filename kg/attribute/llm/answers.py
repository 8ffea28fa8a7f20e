"""Reading a language model's answer, which may be anything: fenced, cut short, of other types, or no JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 400
"""Attributions of one answer, at most; a chunk does not hold more."""

_MOST_PIECES = 30
"""Pieces of one content, at most."""

USUAL_CONFIDENCE = 0.7
"""How sure an answer is that does not say it."""

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_DECODER = json.JSONDecoder()


class UnreadableAnswer(ValueError):  # noqa: N818 - it is what the model gave, and no fault of ours
    """An answer without any attribution in it that can be read, and that does not say that there is none."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model said.

    Attributes:
        text: Its answer.
        cut_short: Whether it ended because it, or the question, was too long.
    """

    text: str
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution in the model's words, before they are looked for in the article.

    Attributes:
        paragraph: Number of the paragraph in which the content begins; None if it is not told.
        source: Words that name who spoke, or None.
        cue: Words that attribute, or None.
        content: Pieces of what was said, at least one.
        confidence: How sure the model says it is, from 0 to 1.
    """

    paragraph: int | None
    source: str | None
    cue: str | None
    content: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer holds.

    Attributes:
        said: The attributions, in its order.
        malformed: How many entries were no attributions by their form.
    """

    said: tuple[Said, ...]
    malformed: int = 0


def read_answer(text: str) -> Answer:
    r"""The attributions of an answer, as many as can be read.

    Raises:
        UnreadableAnswer: There is nothing in it that was asked for.

    >>> read_answer('```json\n{"attributions": []}\n```')
    Answer(said=(), malformed=0)
    """
    entries = _entries(_THOUGHTS.sub("", text))
    said: list[Said] = []
    malformed = 0
    for entry in entries[:MOST]:
        found = _said(entry)
        if found is None:
            malformed += 1
        else:
            said.append(found)
    if malformed and not said:
        raise UnreadableAnswer("none of its entries is an attribution as asked for")
    return Answer(tuple(said), malformed + max(0, len(entries) - MOST))


def _entries(text: str) -> list[Any]:
    for start in _starts(text, "{["):
        try:
            value, _ = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        found = _list_in(value)
        if found is not None:
            return found
        break
    found = list(_whole_entries(text))
    if not found:
        raise UnreadableAnswer("it holds no JSON object with a list 'attributions'")
    return found


def _starts(text: str, marks: str, most: int = 20) -> Iterator[int]:
    """Where a value may begin: the first few of some characters."""
    place = -1
    for _ in range(most):
        places = [at for mark in marks if (at := text.find(mark, place + 1)) >= 0]
        if not places:
            return
        place = min(places)
        yield place


def _list_in(value: Any) -> list[Any] | None:
    if isinstance(value, Mapping):
        value = value.get("attributions")
    if isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value):
        return value
    return None


def _whole_entries(text: str) -> Iterator[Any]:
    """The entries that are whole in an answer that was cut short."""
    place = text.find('"attributions"')
    place = text.find("[", place) if place >= 0 else -1
    while place >= 0 and (place := text.find("{", place)) >= 0:
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield value


def _said(entry: Any) -> Said | None:
    content = entry.get("content") if isinstance(entry, Mapping) else None
    pieces = [content] if isinstance(content, str) else content
    if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
        return None
    pieces = [piece for piece in pieces if any(c.isalnum() for c in piece)]
    source, cue = entry.get("source"), entry.get("cue")
    if not 0 < len(pieces) <= _MOST_PIECES:
        return None
    if not all(words is None or isinstance(words, str) for words in (source, cue)):
        return None
    paragraph = entry.get("paragraph")
    return Said(
        paragraph if type(paragraph) is int else None,
        source if source and source.strip() else None,
        cue if cue and cue.strip() else None,
        tuple(pieces),
        _confidence(entry.get("confidence")),
    )


def _confidence(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return USUAL_CONFIDENCE
    return float(value)


__all__ = ["MOST", "USUAL_CONFIDENCE", "Answer", "Completion", "Said", "UnreadableAnswer", "read_answer"]
