"""Tagger and rules together: what both say, what only one says, and how sure that makes us.

The tagger finds more and tells spans better; the rules know layout (block quotes, transcripts), keep
quotations whole and speak up where the tagger was never taught. For each cue one candidate is made of what
both found. How often such candidates are right was counted on annotated articles: `calibration.toml` has a
logistic regression for each of the three cases, made by `training/attribution/calibrate.py`.
"""

from __future__ import annotations

import bisect
import math
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.attribute.candidate import Candidate, Range
from kg.attribute.construction import candidate_of
from kg.attribute.merge import best_of_each_cue, snap
from kg.attribute.tagger.tagging import Tagged, Tagging
from kg.attribute.text_map import TextMap

CALIBRATION = Path(__file__).resolve().parent / "calibration.toml"
_ALIKE = 0.5
"""Likeness of contents from which on a rule's candidate without a cue word is the tagger's too."""


@dataclass(frozen=True)
class Joined:
    """A candidate of one cue with what speaks for it.

    Attributes:
        candidate: Its confidence is not set yet.
        case: Who found it: `both`, `tagger` or `rules`.
        signs: Values by name, for the logistic regression of the case.
    """

    candidate: Candidate
    case: str
    signs: dict[str, float]


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def _same_cue(text: TextMap, ours: Candidate, other: Candidate) -> bool:
    if ours.cue is None:
        return False
    if other.head >= 0:
        at = int(text.doc[other.head].idx)
        return ours.cue[0] <= at < ours.cue[1]
    if other.cue is not None and other.cue[0] < ours.cue[1] and ours.cue[0] < other.cue[1]:
        return True
    return ours.likeness(other.content) >= _ALIKE


class _Places:
    """Candidates of the rules by where their cues are, so that the time to join grows with the text alone."""

    def __init__(self, text: TextMap, candidates: Sequence[Candidate]) -> None:
        self._text = text
        self._heads = sorted(
            (int(text.doc[one.head].idx), number) for number, one in enumerate(candidates) if one.head >= 0
        )
        self._layout: dict[int, list[int]] = defaultdict(list)
        for number, one in enumerate(candidates):
            if one.head < 0:
                for part in self._parts(one):
                    self._layout[part].append(number)

    def _parts(self, one: Candidate) -> set[int]:
        """The paragraphs that cue and content touch."""
        spans = [*one.content, one.cue] if one.cue is not None else one.content
        return {
            part
            for start, end in spans
            for part in range(self._text.part_at(start), self._text.part_at(max(start, end - 1)) + 1)
        }

    def near(self, ours: Candidate) -> list[int]:
        """Numbers of the candidates that may have the same cue, in their order."""
        if ours.cue is None:
            return []
        low, high = (bisect.bisect_left(self._heads, (offset, -1)) for offset in ours.cue)
        found = {number for _, number in self._heads[low:high]}
        return sorted(
            found.union(*(self._layout[part] for part in self._parts(ours) if part in self._layout))
        )


def _tagger_signs(one: Tagged, candidate: Candidate) -> dict[str, float]:
    return {
        "begins": _logit(one.begins),
        **{f"sure of {role}": max(value, -3.0) for role, value in one.sureness.items()},
        "no source": float(candidate.source is None),
        "quoted": float(candidate.quoted),
    }


def _after_that(text: TextMap, start: int, end: int) -> int:
    """Where a clause begins after its conjunction, which is no part of what was said."""
    token = text.doc[text.token_at(start)]
    follows = token.idx + len(token.text_with_ws)
    conjunction = token.idx == start and token.lower_ == "that" and token.dep_ == "mark" and follows < end
    return int(follows) if conjunction else start


def _within_paragraphs(text: TextMap, cue: Range, content: Sequence[Range]) -> list[Range]:
    """Contents cut where a paragraph ends; of one that runs over the end only the cue's own paragraph counts.

    So a headline above is not read as the beginning of the sentence below it.
    """
    home = text.part_at(cue[0])
    spans: list[Range] = []
    for start, end in content:
        first, last = text.part_at(start), text.part_at(end - 1)
        numbers = [home] if first != last and first <= home <= last else range(first, last + 1)
        for number in numbers:
            part = text.parts[number]
            spans.append((max(start, part.start), min(end, part.end)))
    return [(start, end) for start, end in spans if start < end]


def _whole(text: TextMap, cue: Range, content: Sequence[Range]) -> tuple[Range, ...]:
    """Contents without marks around them or "that" before; whole where they are part of a quotation.

    A cue inside of the quotation leaves them as they are.
    A quotation may be longer than the window in which the tagger saw it.
    """
    spans: list[Range] = []
    for start, end in _within_paragraphs(text, cue, content):
        quoted = text.quote_at(start)
        if quoted is not None and end <= quoted.end and not quoted.start <= cue[0] < quoted.end:
            start, end = quoted.inner_start, quoted.inner_end
        while start < end and text.text[start].isspace():
            start += 1
        start = _after_that(text, start, end)
        while start < end and text.text[end - 1].isspace():
            end -= 1
        if start < end and (start, end) not in spans:
            spans.append((start, end))
    return tuple(spans)


def joined(text: TextMap, rules: Sequence[Candidate], tagging: Tagging) -> list[Joined]:
    """One candidate for each cue that the tagger or the rules found.

    Args:
        text: The article.
        rules: The candidates of the rules.
        tagging: What the tagger found.
    """
    alone = [c for c in rules if c.construction == "quote alone"]
    cued = best_of_each_cue(c for c in rules if c.construction != "quote alone")
    places = _Places(text, cued)
    taken: set[int] = set()
    made: list[Joined] = []
    for one in tagging.found:
        content = _whole(text, one.cue, one.content)
        if not content:
            continue
        ours = snap(text, candidate_of(text, one.source, one.cue, content, one.begins))
        signs = _tagger_signs(one, ours)
        partners = [
            (ours.likeness(cued[number].content), number)
            for number in places.near(ours)
            if number not in taken and _same_cue(text, ours, cued[number])
        ]
        if not partners:
            made.append(Joined(ours, "tagger", signs))
            continue
        alike, number = max(partners)
        taken.update(number for _, number in partners)
        other = cued[number]
        signs |= {
            "rule": _logit(other.confidence),
            "same content": alike,
            "same source": float(_touch(ours.source, other.source)),
        }
        made.append(Joined(_of_both(ours, other, alike), "both", signs))
    for number, other in enumerate([*cued, *alone]):
        if number not in taken:
            made.append(Joined(other, "rules", _rule_signs(text, other, tagging)))
    return made


def _touch(a: Range | None, b: Range | None) -> bool:
    if a is None or b is None:
        return a is b
    return a[0] < b[1] and b[0] < a[1]


def _of_both(ours: Candidate, other: Candidate, alike: float) -> Candidate:
    """The tagger's spans with the rule's construction; a quotation's extent is the rule's."""
    source = ours.source or other.source
    if other.quoted and alike >= _ALIKE:
        return other.with_(source=source, cue=ours.cue)
    return other.with_(source=source, cue=ours.cue, content=ours.content, quoted=ours.quoted)


def _rule_signs(text: TextMap, other: Candidate, tagging: Tagging) -> dict[str, float]:
    if other.head >= 0:
        token = text.doc[other.head]
        chance = tagging.chance(token.idx, token.idx + len(token))
    else:
        chance = tagging.chance(*other.cue) if other.cue is not None else 0.0
    return {
        "begins": _logit(chance),
        "rule": _logit(other.confidence),
        "layout": float(other.head < 0),
        "no source": float(other.source is None),
        "quoted": float(other.quoted),
    }


@lru_cache(maxsize=1)
def _calibration() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = tomllib.loads(CALIBRATION.read_text(encoding="utf-8"))
    return table


def confidence(one: Joined, table: Mapping[str, Mapping[str, float]] | None = None) -> float:
    """Estimated chance that a joined candidate is an attribution with this source and content.

    Args:
        one: The candidate.
        table: Weights by case and sign in place of those that ship.
    """
    weights = (table or _calibration())[one.case]
    sum_ = weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in one.signs.items())
    return 1 / (1 + math.exp(-max(min(sum_, 30.0), -30.0)))


__all__ = ["CALIBRATION", "Joined", "confidence", "joined"]
