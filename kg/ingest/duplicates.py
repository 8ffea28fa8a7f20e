"""Recognises the same text in several outlets: agency copy, with another headline, a cut or a changed word.

Two texts are compared by their shingles (runs of four words): the share that both have of all that either has
(Jaccard), after Broder (1997). An index with MinHash signatures in bands finds the likely pairs without
comparing every text with every other.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from kg.model.article import Article

Key = TypeVar("Key", bound=Hashable)

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


def _same_copy(a: frozenset[int], b: frozenset[int], threshold: float) -> float | None:
    """The similarity of two texts, or None where they are not near-identical."""
    value = _jaccard(a, b)
    shorter = min(len(a), len(b))
    if value == 1.0 or (shorter >= _MIN_SHINGLES and value >= threshold):
        return value
    if shorter >= _MIN_CONTAINED and len(a & b) >= CONTAINED * shorter:
        return value
    return None


def near_duplicate_key(text: str) -> str:
    """A digest that is the same for texts that differ in case, punctuation and blanks alone.

    >>> near_duplicate_key("The  dam, he said") == near_duplicate_key("the dam he said")
    True
    """
    words = " ".join(word.casefold() for word in _WORD.findall(text))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


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
    """Keys for an index kept elsewhere: near-identical texts share at least one (with the odds given below).

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
    return _same_copy(a, b, THRESHOLD) is not None


@dataclass(slots=True)
class DuplicateIndex(Generic[Key]):
    """Texts by key, in which near-identical ones are found.

    At the threshold a pair is missed with a probability of 0.4 %, at 0.7 practically never. Texts of fewer
    than twelve shingles are equal or not: in a line or two a changed word makes another text.

    >>> index = DuplicateIndex()
    >>> index.add("a", "The minister said that the dam will be built"), index.add("b", "the minister said "
    ...     "that the dam will be built.")
    ([], ['a'])
    """

    threshold: float = THRESHOLD
    _marks: dict[Key, frozenset[int]] = field(default_factory=dict)
    _bands: dict[tuple[int, bytes], list[Key]] = field(default_factory=lambda: defaultdict(list))

    def similar(self, text: str) -> list[tuple[Key, float]]:
        """Keys of the texts near-identical to this one, with the similarity, the most similar first."""
        marks = shingles(text)
        pairs = (
            (key, _same_copy(marks, self._marks[key], self.threshold)) for key in self._candidates(marks)
        )
        found = [(key, value) for key, value in pairs if value is not None]
        return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))

    def add(self, key: Key, text: str) -> list[Key]:
        """Add a text and give the keys of those that it is near-identical to."""
        found = [other for other, _ in self.similar(text) if other != key]
        marks = shingles(text)
        if marks and key not in self._marks:
            self._marks[key] = marks
            for band in enumerate(_signature(marks)):
                self._bands[band].append(key)
        return found

    def groups(self) -> list[list[Key]]:
        """The groups of near-identical texts with more than one member, in the order of adding.

        Who is near-identical to one member belongs to its group, so that a chain of edits stays together.
        """
        leader = {key: key for key in self._marks}
        for key, other in self._pairs():
            one, two = _lead(leader, key), _lead(leader, other)
            if one != two:
                leader[two] = one
        groups: dict[Key, list[Key]] = defaultdict(list)
        for key in self._marks:
            groups[_lead(leader, key)].append(key)
        return [members for members in groups.values() if len(members) > 1]

    def _pairs(self) -> Iterator[tuple[Key, Key]]:
        order = {key: number for number, key in enumerate(self._marks)}
        for key, marks in self._marks.items():
            for other in self._candidates(marks):
                if (
                    order[other] > order[key]
                    and _same_copy(marks, self._marks[other], self.threshold) is not None
                ):
                    yield key, other

    def _candidates(self, marks: frozenset[int]) -> list[Key]:
        if not marks:
            return []
        bands = enumerate(_signature(marks))
        return list(dict.fromkeys(key for band in bands for key in self._bands.get(band, ())))


def _lead(leader: dict[Key, Key], key: Key) -> Key:
    while leader[key] != key:
        leader[key] = leader[leader[key]]
        key = leader[key]
    return key


__all__ = [
    "CONTAINED",
    "THRESHOLD",
    "DuplicateIndex",
    "bands",
    "body",
    "near_duplicate_key",
    "near_identical",
    "shingles",
    "similarity",
]
