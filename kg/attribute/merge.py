"""From candidates to attributions: one for each cue, none that contradict each other, whole quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.attribute.candidate import Candidate, Range
from kg.attribute.text_map import TextMap

_CLAUSES = ("that", "bare", "left", "quote", "wh", "to", "obj+to", "n.that", "a.that")


def snap(text: TextMap, candidate: Candidate) -> Candidate:
    """Widen content that starts or ends inside a quotation to the whole of it, and drop marks around a whole one."""
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
        spans.append((start, end))
    return candidate.with_(content=tuple(spans))


def _inner(text: TextMap, quoted: object) -> Range:
    start, end = quoted.inner_start, quoted.inner_end  # type: ignore[attr-defined]
    while start < end and text.text[start].isspace():
        start += 1
    while end > start and text.text[end - 1].isspace():
        end -= 1
    return start, end


def best_of_each_cue(candidates: Iterable[Candidate]) -> list[Candidate]:
    """For each cue the candidate with the highest confidence; the longer content where they are about equal."""
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


def _overlap(a: Candidate, b: Candidate) -> int:
    return sum(a.covers(start, end) for start, end in b.content)


def without_conflicts(text: TextMap, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the surest candidates such that contents do not overlap, other than one wholly inside another.

    An attribution inside another's content stays only if it is speech reported in speech: its cue inside too, with a
    clause of its own.
    """
    kept: list[Candidate] = []
    order = sorted(candidates, key=lambda c: (-c.quoted, -c.confidence, -c.length))
    for candidate in order:
        fits = True
        for other in kept:
            if candidate.end <= other.start or other.end <= candidate.start:
                continue
            shared = _overlap(candidate, other)
            if not shared:
                continue
            if not (_nests(text, candidate, other) or _nests(text, other, candidate)):
                fits = False
                break
        if fits:
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _nests(text: TextMap, inner: Candidate, outer: Candidate) -> bool:
    if inner.head < 0 or outer.covers(inner.start, inner.end) < inner.length:
        return False
    cue = text.doc[inner.head]
    if not outer.covers(cue.idx, cue.idx + len(cue)):
        return False
    return inner.construction in _CLAUSES or inner.construction.startswith("quote")


def outer_of(candidates: Sequence[Candidate], text: TextMap, number: int) -> int | None:
    """Index of the candidate whose content most closely holds candidate `number`; None if none does."""
    inner, best = candidates[number], None
    for k, outer in enumerate(candidates):
        if k != number and outer.length > inner.length and _nests(text, inner, outer):
            if best is None or outer.length < candidates[best].length:
                best = k
    return best


__all__ = ["best_of_each_cue", "outer_of", "snap", "without_conflicts"]
