"""Recognises the same text in several outlets: agency copy, with another headline, a cut or a changed word.

Two texts are compared by their shingles (runs of four words): the share that both have of all that either has
(Jaccard), after Broder (1997). The bands of their MinHash signatures are keys by which a store finds the
likely pairs without comparing every text with every other.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np

from kg.model.article import Article

WORDS = 4
"""Words in a shingle: enough that chance and stock phrases share few, short enough to survive an edit."""
THRESHOLD = 0.4
"""Texts at least this similar are one piece of copy. In tests/ingest/copy, edited and cut versions of
an agency's report have 0.58 to 0.64, an outlet's own report with the same quotations at most 0.06."""
CONTAINED = 0.9
"""A text is copy too if this share of it stands in a longer one: the agency's first paragraphs."""
_MIN_SHINGLES, _MIN_CONTAINED = 12, 40
_ROWS, _BANDS = 2, 42
_WORD = re.compile(r"[^\W_]+")
_PRIME = np.uint64((1 << 31) - 1)


def body(article: Article) -> str:
    """The article's text without its boilerplate, which outlets share though their articles differ."""
    parts, position = [], 0
    for start, end in article.boilerplate:
        parts.append(article.text[position:start])
        position = end
    return "\n".join([*parts, article.text[position:]])


def shingles(text: str) -> frozenset[int]:
    """Digests (31 bits) of all runs of four words, without case, punctuation and kinds of quotation marks.

    A text of fewer words has one shingle of all of them.

    >>> len(shingles("One two three four five")), shingles("A, b; c d") == shingles("a b “c” d")
    (2, True)
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = range(max(len(words) - WORDS + 1, 1 if words else 0))
    return frozenset(_digest(" ".join(words[i : i + WORDS])) for i in runs)


def _digest(run: str) -> int:
    # Not hash(): that differs from run to run of Python.
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=4).digest()) >> 1


def similarity(a: str, b: str) -> float:
    """Share of the shingles of both texts that they have in common, from 0 to 1.

    >>> similarity("The dam will be built.", "the dam will be built"), similarity("", "a")
    (1.0, 0.0)
    """
    return _jaccard(shingles(a), shingles(b))


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _constants() -> tuple[np.ndarray, np.ndarray]:
    # Fixed multipliers and offsets of the hash functions, drawn once from a digest, so that all runs agree.
    count = _ROWS * _BANDS
    drawn = hashlib.shake_256(b"shingle permutations").digest(count * 8)
    numbers = np.frombuffer(drawn, dtype=">u4").astype(np.uint64) % (_PRIME - np.uint64(1)) + np.uint64(1)
    return numbers[:count, None], numbers[count:, None]


_FACTORS, _OFFSETS = _constants()


def _signature(marks: frozenset[int]) -> list[bytes]:
    """The bands of the MinHash signature; two sets share one with a probability of Jaccard squared."""
    values = np.fromiter(marks, dtype=np.uint64, count=len(marks))[None, :]
    # Both factors are below 2**31, so that the product stays within 64 bits.
    least = ((values * _FACTORS + _OFFSETS) % _PRIME).min(axis=1).astype(">u4")
    return [least[band * _ROWS : (band + 1) * _ROWS].tobytes() for band in range(_BANDS)]


def bands(marks: frozenset[int]) -> list[str]:
    """Keys for an index: near-identical texts share at least one, at the threshold all but 0.4 % of pairs.

    Args:
        marks: The shingles of a text.
    """
    return [f"{number}.{band.hex()}" for number, band in enumerate(_signature(marks))] if marks else []


def near_identical(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two texts, given by their shingles, are one piece of copy: edited, cut, or one in the other.

    Texts of fewer than twelve shingles are equal or not: in a line or two a changed word makes another text.

    >>> near_identical(shingles("the dam will be built"), shingles("The dam will be built."))
    True
    >>> near_identical(shingles("The dam will be built."), shingles("The dam will not be built."))
    False
    """
    value = _jaccard(a, b)
    shorter = min(len(a), len(b))
    if value == 1.0 or (shorter >= _MIN_SHINGLES and value >= THRESHOLD):
        return True
    return shorter >= _MIN_CONTAINED and len(a & b) >= CONTAINED * shorter


__all__ = [
    "CONTAINED",
    "THRESHOLD",
    "bands",
    "body",
    "near_identical",
    "shingles",
    "similarity",
]
