"""The coder by itself: gold statements go in as the reader's would, and get the coder's positions.

What is scored then is coding alone; no statement is missed, and none is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.scoring import ENOUGH, Record, dice, words_of
from kg.build.placing import Placer
from kg.model.article import Article
from kg.model.statement import Statement, from_json


def given(lines: Iterable[Record], article: Article, read: Sequence[Statement]) -> list[Statement]:
    """The statements of an article's gold lines, not yet coded, in the order of the lines.

    Lines in the form of `kg load` say who spoke in which words, with what force. Those of tests/reading have
    the contents only: source, cue and force are taken from the statement that was read there, if one was.

    Args:
        lines: Gold lines of this article, in either form.
        article: The article.
        read: What the reader found in it.

    Raises:
        InputError: The words of a line do not stand in the article.
    """
    placer = Placer(article.text)
    return [_statement(line, article, read, placer) for line in lines]


def _statement(line: Record, article: Article, read: Sequence[Statement], placer: Placer) -> Statement:
    where = f"{article.name}, gold line {line.get('id')}"
    loaded = from_json({**_contract(line), "article": article.name}, where)
    content, source, cue = placer.place(loaded, where)
    made = Statement(
        article.name,
        loaded.id or json.dumps(loaded.content[0].text),
        loaded.quote,
        source,
        cue,
        content,
        said=loaded.said,
        force=loaded.force,
        reported_in=loaded.reported_in,
    )
    found = None if "article" in line else _nearest(made, read)
    return made if found is None else replace(made, source=found.source, cue=found.cue, force=found.force)


def _contract(line: Record) -> dict[str, Any]:
    """The fields of a line that both forms share, and those of the contract where it has them."""
    kept = ["id", "quote", "content", "said"]
    if "article" in line:
        kept += ["source", "cue", "force", "reported_in"]
    return {name: line[name] for name in kept if name in line}


def _nearest(made: Statement, read: Sequence[Statement]) -> Statement | None:
    """The statement that was read in the same words."""
    words = words_of(span.to_json() for span in made.content)

    def likeness(other: Statement) -> float:
        return dice(words, words_of(span.to_json() for span in other.content))

    best = max(read, key=likeness, default=None)
    return best if best is not None and likeness(best) >= ENOUGH else None
