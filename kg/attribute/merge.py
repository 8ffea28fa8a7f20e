"""From candidates to attributions: one for each cue, none that contradict each other, whole quotations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.attribute.candidate import Candidate, Range
from kg.attribute.quotation_marks import Quoted
from kg.attribute.text_map import TextMap

_CLAUSES = ("that", "bare", "left", "quote", "wh", "to", "obj+to", "n.that", "a.that")


def snap(text: TextMap, candidate: Candidate) -> Candidate:
    """Widen content that starts or ends inside a quotation to the whole of it; drop marks around it."""
    if candidate.quoted or (candidate.head >= 0 and text.in_quotes(text.doc[candidate.head])):
        return candidate
    spans = []
    for start, end in candidate.content:
        first = text.quote_at(start)
        if first is not None and start > first.inner_start and end > first.inner_end + 1:
            start = first.start
        inside = text.quote_at(end - 1)
        if inside is not None and end < inside.inner_end and start <= inside.start:
            end = inside.end
        if first is not None and first.start <= start and end <= first.end:
            start, end = _inner(text, first)
        spans.append((start, _without_tail(text, start, end)))
    return candidate.with_(content=tuple(spans))


_OCCASION = re.compile(r"\s+(?:ahead of|before|after|during|following|while|amid)\s")


def _without_tail(text: TextMap, start: int, end: int) -> int:
    """End of mixed content without the narrator's occasion: `to "join us" | ahead of a meeting this week`."""
    last = next(
        (q for q in reversed(text.quotes_of[text.part_at(start)]) if start < q.start and q.end < end), None
    )
    if last is not None and last.closed and _OCCASION.match(text.text, last.end, end):
        return last.end
    return end


def _inner(text: TextMap, quoted: Quoted) -> Range:
    start, end = quoted.inner_start, quoted.inner_end
    while start < end and text.text[start].isspace():
        start += 1
    while end > start and text.text[end - 1].isspace():
        end -= 1
    return start, end


def best_of_each_cue(candidates: Iterable[Candidate]) -> list[Candidate]:
    """For each cue the candidate of highest confidence, or about that and with the longest content."""
    best: dict[int, Candidate] = {}
    rest: list[Candidate] = []
    for candidate in candidates:
        if candidate.head < 0:
            rest.append(candidate)
            continue
        other = best.get(candidate.head)
        if other is None or _rank(candidate) > _rank(other):
            best[candidate.head] = candidate
    return rest + list(best.values())


def _rank(candidate: Candidate) -> tuple[float, int]:
    bonus = 1.0 if candidate.quoted else 0.5 if candidate.construction == "judgement" else 0.0
    return (round(candidate.confidence + bonus, 1), candidate.length)


class _Shelf:
    """Candidates by the paragraphs that their contents touch, so that neighbours are found quickly."""

    def __init__(self, text: TextMap) -> None:
        self._text = text
        self._by_part: dict[int, list[int]] = defaultdict(list)
        self.held: list[Candidate] = []

    def _parts(self, candidate: Candidate) -> set[int]:
        return {
            part
            for start, end in candidate.content
            for part in range(self._text.part_at(start), self._text.part_at(max(start, end - 1)) + 1)
        }

    def add(self, candidate: Candidate) -> None:
        """Put a candidate on the shelf."""
        for part in self._parts(candidate):
            self._by_part[part].append(len(self.held))
        self.held.append(candidate)

    def near(self, candidate: Candidate) -> list[int]:
        """Indices in `held` of the candidates with content in the same paragraphs, without repetition."""
        return sorted({number for part in self._parts(candidate) for number in self._by_part[part]})


def without_conflicts(text: TextMap, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the surest candidates such that contents do not overlap, other than one wholly inside another.

    An attribution inside another's content stays only if it is speech reported in speech: its cue inside
    too, with a clause of its own.
    """
    shelf = _Shelf(text)
    for candidate in sorted(candidates, key=lambda c: (-c.quoted, -c.confidence, -c.length)):
        rivals = (shelf.held[number] for number in shelf.near(candidate))
        if all(
            not candidate.shared(other.content)
            or _nests(text, candidate, other)
            or _nests(text, other, candidate)
            for other in rivals
        ):
            shelf.add(candidate)
    return sorted(shelf.held, key=lambda c: (c.start, c.end))


def apart_from(
    text: TextMap, candidates: Iterable[Candidate], others: Iterable[Candidate]
) -> list[Candidate]:
    """The candidates whose content shares nothing with that of the others."""
    shelf = _Shelf(text)
    for other in others:
        shelf.add(other)
    return [
        c for c in candidates if not any(c.shared(shelf.held[number].content) for number in shelf.near(c))
    ]


def held_by(text: TextMap, candidates: Iterable[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
    """The candidates whose content lies wholly in one of the others'."""
    shelf = _Shelf(text)
    for other in others:
        shelf.add(other)
    return [
        c
        for c in candidates
        if any(shelf.held[n].covers(c.start, c.end) == c.end - c.start for n in shelf.near(c))
    ]


def _nests(text: TextMap, inner: Candidate, outer: Candidate) -> bool:
    if inner.head < 0 or outer.covers(inner.start, inner.end) < inner.length:
        return False
    cue = text.doc[inner.head]
    if not outer.covers(cue.idx, cue.idx + len(cue)):
        return False
    return inner.construction.rstrip("@") in _CLAUSES or inner.construction.startswith("quote")


def outer_of(text: TextMap, candidates: Sequence[Candidate]) -> list[int | None]:
    """For each candidate the index of the one whose content most closely holds it; None where none does."""
    shelf = _Shelf(text)
    for candidate in candidates:
        shelf.add(candidate)
    found: list[int | None] = []
    for number, inner in enumerate(candidates):
        outer = [
            k
            for k in shelf.near(inner)
            if k != number and candidates[k].length > inner.length and _nests(text, inner, candidates[k])
        ]
        found.append(min(outer, key=lambda k: candidates[k].length) if outer else None)
    return found


__all__ = ["apart_from", "best_of_each_cue", "held_by", "outer_of", "snap", "without_conflicts"]
