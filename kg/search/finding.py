"""Answers a search: the best documents, how many there are of each kind, and what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import pyoxigraph as ox

from kg.model.errors import UsageError
from kg.query.results import Result
from kg.search.documents import KINDS, Kind
from kg.search.index import RANK, Index
from kg.search.question import Question, understood
from kg.search.snippets import CLOSE, OPEN, Snippet, snippet, spans

MOST = 200
"""Hits that one search gives at most."""
_COLUMNS = "d.id, d.kind, d.iri, d.label, d.names, d.words, d.detail, d.context, d.statement"
# A name that is asked for as a whole comes before every name or text that merely holds its words.
_NAMED_SO = 1000.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes:
        kind: actor, topic, position, outlet, article, claim or passage.
        label: What it is called; of claims and passages, their words.
        iri: The node.
        snippet: Where the words stand.
        detail: One line that says which one it is.
        statement: Statement of a claim or passage; its evidence is a question away.
        score: The higher, the better it fits; only to be compared within one search.
    """

    kind: Kind
    label: str
    iri: str
    snippet: Snippet
    detail: str
    statement: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    Attributes:
        hits: The best first.
        counts: Number of all that fit, by kind.
        corrected: For each typed word that is nowhere in the graph, what was looked for in its place.
        unknown: Typed words for which nothing stands in.
        all_words: Whether the hits have all words that are known; else each has some of them.
    """

    hits: tuple[Hit, ...]
    counts: dict[Kind, int] = field(default_factory=dict)
    corrected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    all_words: bool = True

    def __iter__(self) -> Iterator[Hit]:
        """The hits."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Number of hits."""
        return len(self.hits)

    @property
    def total(self) -> int:
        """Number of all that fit, shown or not."""
        return sum(self.counts.values())

    def notes(self) -> list[str]:
        """What a person should know of how the words were understood."""
        notes = [
            f"'{typed}' is nowhere in the graph: looked for {' or '.join(repr(word) for word in meant)}"
            for typed, meant in self.corrected.items()
        ]
        notes += [f"'{word}' is nowhere in the graph" for word in self.unknown]
        if not self.all_words and self.hits:
            notes.append("nothing has all words: these have some of them")
        return notes

    def _repr_html_(self) -> str:
        """The hits as notebooks show them."""
        return self.result()._repr_html_()

    def result(self) -> Result:
        """The hits as rows, for the writers of `kg.query.writers`."""
        columns = ("kind", "label", "match", "detail", "iri", "snippet", "statement", "score")
        rows = []
        for hit in self.hits:
            shown = hit.snippet.marked()
            match = None if hit.snippet.text == hit.label else shown
            values = (hit.kind, hit.label, match, hit.detail, hit.iri, shown, hit.statement, hit.score)
            rows.append(tuple(None if value is None else ox.Literal(value) for value in values))
        return Result(columns, tuple(rows), hidden=frozenset({"snippet", "statement", "score"}))


def find(index: Index, text: str, *, kinds: Sequence[str] = (), limit: int = 20) -> Found:
    """Search.

    All words must be there; where nothing has all of them, what has some counts. Whoever is called just so
    comes first, then names before descriptions before what something concerns (BM25), much used things before
    others.

    Args:
        index: Where to look.
        text: Words, in any case, with or without marks, with small slips; "a phrase" between quotation marks.
        kinds: Only these kinds; empty for all.
        limit: Number of hits at most.

    Raises:
        UsageError: There is no word in the text, it is too long, a kind is unknown, or the limit is none.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"the limit is {limit}", hint=f"write a number from 1 to {MOST}")
    wanted = _kinds(kinds)
    question = understood(text, index)
    unknown = tuple(term.typed for term in question.terms if not term.meant)
    if not any(term.meant for term in question.terms):
        return Found((), unknown=unknown)
    all_words, expression = True, question.expression()
    counts = _counts(index, expression, wanted)
    if not counts:
        all_words, expression = False, question.expression("OR")
        counts = _counts(index, expression, wanted)
    ranked = _ranked(index, question, expression, wanted, limit)
    hits = tuple(_hit(index, expression, row, score) for row, score in ranked)
    return Found(hits, counts, question.corrected, unknown, all_words and not unknown)


def _kinds(kinds: Sequence[str]) -> list[str]:
    for kind in kinds:
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, 1)
            hint = f"did you mean '{near[0]}'?" if near else "kinds are " + ", ".join(KINDS)
            raise UsageError(f"'{kind}' is no kind of thing", hint=hint)
    return list(dict.fromkeys(kinds)) or list(KINDS)


def _in(kinds: Sequence[str]) -> str:
    return "d.kind IN (" + ", ".join("?" * len(kinds)) + ")"


def _counts(index: Index, expression: str, kinds: Sequence[str]) -> dict[Kind, int]:
    rows = index.rows(
        f"SELECT d.kind, COUNT(*) FROM folded JOIN document d ON d.id = folded.rowid "  # noqa: S608 - no values
        f"WHERE folded MATCH ? AND {_in(kinds)} GROUP BY d.kind",
        (expression, *kinds),
    )
    found = dict(rows)
    return {kind: found[kind] for kind in KINDS if kind in found}


def _ranked(
    index: Index, question: Question, expression: str, kinds: Sequence[str], limit: int
) -> list[tuple[tuple[Any, ...], float]]:
    named_so = index.rows(
        f"SELECT {_COLUMNS}, d.weight FROM name JOIN document d ON d.id = name.id "  # noqa: S608 - no values
        f"WHERE name.key IN (?, ?) AND {_in(kinds)} GROUP BY d.id ORDER BY d.weight DESC, d.id LIMIT ?",
        (question.whole, question.key(), *kinds, limit),
    )
    best = index.rows(
        f"SELECT {_COLUMNS}, -({RANK}) FROM folded JOIN document d ON d.id = folded.rowid "  # noqa: S608 - no values
        f"WHERE folded MATCH ? AND {_in(kinds)} ORDER BY {RANK}, d.id LIMIT ?",
        (expression, *kinds, limit),
    )
    first = {row[0] for row in named_so}
    scored = [(row[:-1], _NAMED_SO + row[-1]) for row in named_so]
    scored += [(row[:-1], row[-1]) for row in best if row[0] not in first]
    return scored[:limit]


def _hit(index: Index, expression: str, row: tuple[Any, ...], score: float) -> Hit:
    number, kind, iri, label, names, words, detail, context, statement = row
    columns = ", ".join(f"highlight(folded, {place}, ?, ?)" for place in range(3))
    found = index.rows(
        f"SELECT {columns} FROM folded WHERE folded MATCH ? AND rowid = ?",  # noqa: S608 - no values
        (OPEN, CLOSE, OPEN, CLOSE, OPEN, CLOSE, expression, number),
    )
    fields = ("\n".join(part for part in (label, names) if part), words, "\n".join((detail, context)))
    shown = Snippet(label)
    if found:
        marked = [spans(text, highlighted) for text, highlighted in zip(fields, found[0], strict=True)]
        lines = [line for text, marks in zip(fields, marked, strict=True) for line in _lines(text, marks)]
        shown = _shown(label, [(line, marks) for line, marks in lines if line != detail])
    return Hit(kind, label, iri, shown, detail, statement, round(score, 3))


def _lines(text: str, marks: list[tuple[int, int]]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The lines of a text, each with its own marks."""
    at = 0
    for line in text.split("\n"):
        yield line, [(start - at, end - at) for start, end in marks if at <= start and end <= at + len(line)]
        at += len(line) + 1


def _shown(label: str, lines: list[tuple[str, list[tuple[int, int]]]]) -> Snippet:
    """The line with the most different words of the search; the label, which is first, if none has more."""

    def different(line: tuple[str, list[tuple[int, int]]]) -> int:
        text, marks = line
        return len({text[start:end].casefold() for start, end in marks})

    text, marks = max(lines, key=different, default=(label, []))
    return snippet(text, marks)


__all__ = ["MOST", "Found", "Hit", "find"]
