"""From the network's numbers to spans: windows over a text, cues, and for each cue the best tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.attribute.tagger.network import TAGS, Network, Numbers
from kg.attribute.tagger.words import Integers, Words

LONGEST = 222
"""Word pieces of a window; the network was trained on windows of at most so many."""
OVERLAP = 60
"""Word pieces that a window shares with the next where it ends inside a paragraph."""
FAR = 480
"""Word pieces of the wider window that is read where a content runs into the border of its own."""
LEAST = 0.1
"""Words with a lower chance to begin a cue are not looked at."""

_IMPOSSIBLE = -1e4
_FAVOUR = {"I-source": 0.3, "B-content": -2.0}
"""Added to the log-probabilities of tags, since a content seldom falls apart; chosen on the development part
of PolNeAR, where exact contents gain two points."""
_SURELY_OUTSIDE = -0.03
"""Log-probability of standing outside from which on no word of a span is sought."""
_ROLES = ("cue", "source", "content")
_Window = tuple[int, int, int, int]
"""First and last + 1 word of a window, and of those words in it whose cues are taken from it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One cue with its source and content, as spans of words [first, last + 1).

    Attributes:
        begins: Chance that a cue begins here.
        sureness: Mean log-probability of the tags of each role's words; 0 for a role without words.
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    begins: float
    sureness: dict[str, float]


def _transitions() -> Numbers:
    """Log-weights [from, to] of tags that follow each other: "inside" only after its own role."""
    table = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for before, first in enumerate(TAGS):
        for after, second in enumerate(TAGS):
            if second.startswith("I-") and first[2:] != second[2:]:
                table[before, after] = _IMPOSSIBLE
    return table


_FOLLOW = _transitions()
_BIAS = np.array([_FAVOUR.get(tag, 0.0) for tag in TAGS], dtype=np.float32)
_START = np.array([_IMPOSSIBLE if tag.startswith("I-") else 0 for tag in TAGS], dtype=np.float32)


def best_tags(scores: Numbers, at: Integers) -> Integers:
    """The likeliest possible sequence of tags for each cue (Viterbi), with the cue beginning at its word.

    Args:
        scores: Log-probabilities [cues, words, tags].
        at: The cues' first words.

    Returns:
        Tags [cues, words].
    """
    cues, words, _ = scores.shape
    scores = scores.copy()
    scores[np.arange(cues), at] = _IMPOSSIBLE
    scores[np.arange(cues), at, TAGS.index("B-cue")] = 0
    best = _START + scores[:, 0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, words):
        through = best[:, :, None] + _FOLLOW
        back[:, i] = through.argmax(axis=1)
        best = through.max(axis=1) + scores[:, i]
    path = np.zeros((cues, words), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    for i in range(words - 1, 0, -1):
        path[:, i - 1] = back[np.arange(cues), i, path[:, i]]
    return path


def spans(path: list[int]) -> dict[str, list[tuple[int, int]]]:
    """Spans of words of each role in a sequence of tags."""
    found: dict[str, list[tuple[int, int]]] = {role: [] for role in _ROLES}
    for i, number in enumerate(path):
        if number == 0:
            continue
        tag = TAGS[number]
        if tag[0] == "B":
            found[tag[2:]].append((i, i + 1))
        elif found[tag[2:]]:
            found[tag[2:]][-1] = (found[tag[2:]][-1][0], i + 1)
    return found


def windows(words: Words, longest: int = LONGEST) -> Iterator[_Window]:
    """Windows over a text: whole paragraphs, or parts of one that overlap.

    Yields:
        First and last + 1 word of the window, and of those words in it whose cues are taken from it; every
        word is in exactly one such range.
    """
    first_piece, paragraph = words.first_piece, words.paragraph
    count, first, core = len(words), 0, 0
    while core < count:
        last = int(np.searchsorted(first_piece, first_piece[first] + longest, side="right")) - 1
        last = max(core + 1, min(last, count))
        end = last
        if last < count:
            back = last
            while back > core and paragraph[back] == paragraph[back - 1]:
                back -= 1
            if back > core:
                last = end = back
        if last < count and paragraph[last] == paragraph[last - 1]:
            # Inside a paragraph: the next window begins a little earlier, each has half of what is shared.
            shared = int(np.searchsorted(first_piece, first_piece[last] - OVERLAP))
            shared = max(core + 1, min(shared, last - 1))
            end = (shared + last + 1) // 2
            yield first, last, core, end
            first, core = shared, end
        else:
            yield first, last, core, end
            first = core = end


def _read(network: Network, words: Words, window: _Window) -> tuple[list[Found], Numbers]:
    """The cues of a window, and the chance of each of its own words to begin one."""
    first, last, core, end = window
    states = network.states(words, first, last)
    chances = states.begins[core - first : end - first]
    at = np.flatnonzero(chances >= LEAST) + core - first
    if not len(at):
        return [], chances
    scores = network.tags(states, at)
    paths = _paths(scores, at)
    found = [
        _found(paths[row].tolist(), scores[row], int(word), first, float(states.begins[word]))
        for row, word in enumerate(at)
    ]
    return found, chances


def _paths(scores: Numbers, at: Integers) -> Integers:
    """The best tags of each cue, sought only where a word may belong to it: seldom a third of a window."""
    near = scores[:, :, 0] < _SURELY_OUTSIDE
    near[np.arange(len(at)), at] = True
    low = near.argmax(axis=1)
    size = int((scores.shape[1] - near[:, ::-1].argmax(axis=1) - low).max())
    low = np.minimum(low, scores.shape[1] - size)
    where = low[:, None] + np.arange(size)
    rows = np.arange(len(at))[:, None]
    paths = np.zeros(scores.shape[:2], dtype=np.int64)
    paths[rows, where] = best_tags(scores[rows, where] + _BIAS, at - low)
    return paths


def _found(path: list[int], scores: Numbers, at: int, first: int, begins: float) -> Found:
    by_role = spans(path)
    sureness = {}
    for role in _ROLES:
        rows = [i for low, high in by_role[role] for i in range(low, high) if i != at]
        sureness[role] = float(np.mean([scores[i, path[i]] for i in rows])) if rows else 0.0
    moved = {role: [(low + first, high + first) for low, high in by_role[role]] for role in _ROLES}
    cue = next(span for span in moved["cue"] if span[0] == at + first)
    source = max(moved["source"], key=lambda s: s[1] - s[0]) if moved["source"] else None
    return Found(cue, source, tuple(moved["content"]), begins, sureness)


def _at_border(found: Found, words: Words, first: int, last: int) -> bool:
    """Whether a content ends where its window does, in the middle of a paragraph."""
    paragraph = words.paragraph
    for low, high in found.content:
        if high == last and last < len(words) and paragraph[last] == paragraph[last - 1]:
            return True
        if low == first and first > 0 and paragraph[first] == paragraph[first - 1]:
            return True
    return False


def read(network: Network, words: Words) -> tuple[list[Found], list[float]]:
    """All cues of a text that have a content, in its order, and each word's chance to begin one."""
    found: list[Found] = []
    chances: list[float] = []
    for window in windows(words):
        here, there = _read(network, words, window)
        chances += there.tolist()
        for one in here:
            if one.content and _at_border(one, words, window[0], window[1]):
                one = _wider(network, words, one)
            if one.content:
                found.append(one)
    return found, chances


def _wider(network: Network, words: Words, found: Found) -> Found:
    """The same cue read in a wider window around it."""
    at = found.cue[0]
    middle = int(words.first_piece[at])
    first = int(np.searchsorted(words.first_piece, middle - FAR // 2))
    last = int(np.searchsorted(words.first_piece, middle + FAR // 2, side="right")) - 1
    again, _ = _read(network, words, (first, max(last, at + 1), at, at + 1))
    return again[0] if again and again[0].content else found


__all__ = ["Found", "best_tags", "read", "spans", "windows"]
