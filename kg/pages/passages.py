"""Text with its attributions highlighted: cut where any passage begins or ends, so that overlaps show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.analyse.records import Passage, Statement


@dataclass(frozen=True, slots=True)
class Reference:
    """A statement that a stretch of text belongs to.

    Attributes:
        number: Its number on the page.
        part: content, source or cue.
    """

    number: int
    part: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters that the same passages cover.

    Attributes:
        start: First code point in the article's stored text.
        text: The characters.
        covers: The passages that cover it, the widest first.
        ends: Numbers of the statements whose last content ends with it, to be linked there.
    """

    start: int
    text: str
    covers: tuple[Reference, ...]
    ends: tuple[int, ...]

    @property
    def classes(self) -> str:
        """Classes of its element: the parts, and how many contents lie over each other."""
        parts = dict.fromkeys(one.part for one in self.covers)
        depth = min(sum(one.part == "content" for one in self.covers), 3)
        return " ".join([*parts, f"deep-{depth}"] if depth > 1 else parts)

    @property
    def tokens(self) -> str:
        """The passages as words of an attribute: `3-content 5-cue`."""
        return " ".join(f"{one.number}-{one.part}" for one in self.covers)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article without a gap, cut into stretches."""

    start: int
    stretches: tuple[Stretch, ...]


def numbered(
    statements: Sequence[Statement], passages: Mapping[str, Sequence[Passage]]
) -> list[tuple[int, Statement]]:
    """Statements in the order of their contents in the text, with numbers from 1.

    Args:
        statements: Of one article.
        passages: Passages of each by its IRI.
    """

    def place(one: Statement) -> tuple[int, int, str]:
        contents = [p for p in passages[one.iri] if p.part == "content"] or passages[one.iri]
        return (contents[0].start, -contents[0].end, one.iri) if contents else (1 << 60, 0, one.iri)

    return list(enumerate(sorted(statements, key=place), start=1))


def blocks_of(
    text: str | None,
    statements: Sequence[tuple[int, Statement]],
    passages: Mapping[str, Sequence[Passage]],
) -> list[Block]:
    """A text, or what its passages tell of it, cut into stretches.

    Args:
        text: The article's stored text; None to show the passages and what stands around them alone.
        statements: Numbered statements.
        passages: Passages of each by its IRI.
    """
    spans: list[tuple[int, int, Reference]] = []
    last: dict[int, int] = {}
    for number, statement in statements:
        for passage in passages[statement.iri]:
            spans.append((passage.start, passage.end, Reference(number, passage.part)))
            if passage.part == "content":
                last[number] = max(last.get(number, 0), passage.end)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, end in sorted(last.items()):
        ends[end].append(number)
    pieces = [(0, text)] if text is not None else _patchwork(p for group in passages.values() for p in group)
    return [Block(start, tuple(_stretches(start, piece, spans, ends))) for start, piece in pieces]


def _patchwork(passages: Iterable[Passage]) -> list[tuple[int, str]]:
    """The text as far as passages and what stands around them tell it: its runs without a gap."""
    known: dict[int, str] = {}
    for one in passages:
        # What stands around a passage is shown as far as its own paragraph goes.
        before = re.split(r"\n\s*\n", one.before)[-1]
        around = before + one.exact + re.split(r"\n\s*\n", one.after)[0]
        first = one.start - len(before)
        known.update((first + place, char) for place, char in enumerate(around))
    runs: list[tuple[int, list[str]]] = []
    for place in sorted(known):
        if not runs or place != runs[-1][0] + len(runs[-1][1]):
            runs.append((place, []))
        runs[-1][1].append(known[place])
    return [(start, "".join(chars)) for start, chars in runs]


def _stretches(
    start: int, text: str, spans: Sequence[tuple[int, int, Reference]], ends: Mapping[int, list[int]]
) -> list[Stretch]:
    stop = start + len(text)
    here = sorted((a, -z, ref.number, ref.part) for a, z, ref in spans if a < stop and z > start)
    cuts = sorted({start, stop, *(min(max(edge, start), stop) for a, z, *_ in here for edge in (a, -z))})
    found = []
    for a, z in pairwise(cuts):
        covers = [Reference(number, part) for first, last, number, part in here if first <= a and -last >= z]
        found.append(Stretch(a, text[a - start : z - start], tuple(covers), tuple(ends.get(z, ()))))
    return found


__all__ = ["Block", "Reference", "Stretch", "blocks_of", "numbered"]
