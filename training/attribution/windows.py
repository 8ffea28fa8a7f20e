"""Training windows: stretches of an annotated text with the tags that the tagger is to learn."""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kg.attribute.tagger.network import CLS, SEP, TAGS, inputs
from kg.attribute.tagger.words import Integers, Words
from training.attribution.annotations import PARTS, Annotation

FLAT = (
    "O",
    *(f"{begin}-{role}" for role in ("cue", "source<", "source>", "content<", "content>") for begin in "BI"),
)
"""Tags of the helping task: the same spans without a given cue, and on which side of them the cue stands."""


@dataclass(frozen=True)
class Marked:
    """A text's words with its attributions as spans of words, [first, last + 1).

    Attributes:
        attributions: For each the role's spans: cue, source, content.
    """

    words: Words
    attributions: tuple[dict[str, list[tuple[int, int]]], ...]


def mark(words: Words, annotations: Iterable[Annotation]) -> Marked:
    """Put spans of characters onto words; attributions without a cue are left out."""
    starts, ends = words.starts.tolist(), words.ends.tolist()
    found = []
    for annotation in annotations:
        roles = {}
        for role in PARTS:
            spans = []
            for start, end in getattr(annotation, role):
                first, last = bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)
                if first < last:
                    spans.append((first, last))
            roles[role] = sorted(spans)
        if roles["cue"]:
            found.append(roles)
    return Marked(words, tuple(found))


@dataclass(frozen=True)
class Window:
    """Words [first, last) of a text with what is to be learnt of them.

    Attributes:
        pieces, case, place, opening: One entry a piece, [CLS] and [SEP] included.
        heads: Index in `pieces` of each word's first piece.
        begins: Whether a cue begins at each word.
        flat: Flat tag of each word.
        cues: Index of the first word of each cue.
        tags: [cues, words] tags for that cue.
    """

    pieces: Integers
    case: Integers
    place: Integers
    opening: Integers
    heads: Integers
    begins: Integers
    flat: Integers
    cues: Integers
    tags: Integers


def window(marked: Marked, first: int, last: int, ends: tuple[int, int] = (CLS, SEP)) -> Window:
    """The window of words [first, last), between the pieces `ends`."""
    count = last - first
    begins = np.zeros(count, dtype=np.int64)
    flat = np.zeros(count, dtype=np.int64)
    cues, rows = [], []
    for roles in marked.attributions:
        at = roles["cue"][0][0]
        for role in ("content", "source", "cue"):
            for low, high in roles[role]:
                side = "" if role == "cue" else ">" if low < at else "<"
                for word in range(max(low, first), min(high, last)):
                    name = ("B-" if word == low else "I-") + role + side
                    flat[word - first] = FLAT.index(name)
        if not first <= at < last:
            continue
        row = np.zeros(count, dtype=np.int64)
        for role in ("content", "source", "cue"):
            for low, high in roles[role]:
                for word in range(max(low, first), min(high, last)):
                    row[word - first] = TAGS.index(("B-" if word == low else "I-") + role)
        begins[at - first] = 1
        cues.append(at - first)
        rows.append(row)
    tags = np.stack(rows) if rows else np.zeros((0, count), dtype=np.int64)
    return Window(
        *inputs(marked.words, first, last, ends), begins, flat, np.array(cues, dtype=np.int64), tags
    )


def cuts(words: Words, longest: int, rng: random.Random | None = None) -> list[tuple[int, int]]:
    """Stretches of whole paragraphs of at most `longest` pieces; a longer paragraph is cut after a sentence.

    Args:
        words: The text.
        longest: Most pieces in a stretch.
        rng: With it, each stretch gets a random share of `longest`, down to a tenth, so that short texts are
            learnt too.
    """
    first_piece, paragraph = words.first_piece, words.paragraph
    found, first = [], 0
    while first < len(words):
        share = rng.choice((0.12, 0.25, 0.5, 1.0, 1.0)) if rng else 1.0
        room = int(longest * share)
        last = int(np.searchsorted(first_piece, first_piece[first] + room, side="right")) - 1
        last = max(first + 1, min(last, len(words)))
        if last < len(words):
            back = last
            while back > first and paragraph[back] == paragraph[back - 1]:
                back -= 1
            if back > first:
                last = back
            else:
                end = int(np.searchsorted(paragraph, paragraph[first], side="right"))
                if first_piece[end] - first_piece[first] <= longest:
                    last = end
        found.append((first, last))
        first = last
    return found


__all__ = ["Marked", "Window", "cuts", "mark", "window"]
