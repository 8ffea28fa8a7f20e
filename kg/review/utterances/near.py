"""Pairs of statements that are worth a comparison: one holder, near dates, words or meaning in common.

Not all pairs are compared. Statements are put into a bucket for each name that may have said them, and gone
through there in the order of time, with those that lie near in time kept in an inverted index of their words:
the work grows with the number of statements and with how many a holder makes in a few weeks.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from kg.build.corrections import TURNING
from kg.build.words import LIGHT, words_of
from kg.review.utterances.spoken import Holder, Spoken
from kg.stance.encoder import Vectors

NEAR = datetime.timedelta(days=7)
"""How far apart two dates may lie: one of them may be that of the print, or read wrongly."""
AS_FAR = datetime.timedelta(days=31)
"""How far, where much is common: what no article dates is taken to be said about when each was printed."""
MUCH = 6
"""Words of meaning in common that are much."""
SHARED = 2
"""Words of meaning in common from which two statements are compared."""
MEANS_THE_SAME = 0.55
"""Likeness of meaning from which two statements without common words are compared."""
MOST_ALIKE = 20
"""With so many others, the likest, the meaning of a statement is compared."""
COMMONPLACE = 300
"""Of so many statements near in time that share a word, the word tells none from another."""
FORMS = 6
"""Letters that forms of one word have in common."""
_INITIAL = re.compile(r"\b\w\.?(?=\s)")

Pair = tuple[int, int]


def holder_keys(holder: Holder) -> list[str]:
    """Names of the buckets that a holder's statements are looked for in.

    >>> holder_keys(Holder("x", "Ann Lee", person=True))
    ['x', 'name lee']
    >>> holder_keys(Holder("y", "(Norland official)", unnamed=True))
    ['unnamed norland official']
    """
    words = words_of(holder.name)
    if holder.unnamed:
        return [f"unnamed {' '.join(sorted(words))}"] if words else []
    if holder.person and words:
        return [holder.iri, f"name {words[-1]}"]
    return [holder.iri]


def same_holder(one: Holder, other: Holder) -> bool:
    """Whether two holders may be one: the same, one's name within the other's, or alike without a name.

    >>> ann = Holder("a", "Ann Lee", person=True)
    >>> lee, other = Holder("b", "Lee", person=True), Holder("c", "Bo Lee", person=True)
    >>> same_holder(ann, lee), same_holder(ann, other)
    (True, False)
    >>> same_holder(ann, Holder("d", "(spokesman)", unnamed=True))
    False
    """
    if one.iri == other.iri:
        return True
    if one.unnamed or other.unnamed:
        alike = sorted(words_of(one.name)) == sorted(words_of(other.name))
        return one.unnamed and other.unnamed and alike and bool(words_of(one.name))
    if not (one.person and other.person):
        return False
    first, second = (words_of(_INITIAL.sub("", holder.name)) for holder in (one, other))
    short, long = sorted((first, second), key=len)
    return bool(short) and long[len(long) - len(short) :] == short


def near_pairs(statements: Sequence[Spoken], vectors: Mapping[str, Vectors] | None = None) -> list[Pair]:
    """Pairs of statements of different articles and utterances that are worth a comparison.

    Args:
        statements: All of them.
        vectors: Meaning of each claim, of length one; None to go by words alone.

    Returns:
        Pairs of places in `statements`, the lower first, sorted; a pair once.
    """
    found: set[Pair] = set()
    for bucket in _buckets(statements):
        found |= _sharing_words(statements, bucket)
        if vectors is not None:
            found |= _meaning_the_same(statements, bucket, vectors)
    return sorted(pair for pair in found if _may_be_one(*(statements[place] for place in pair)))


def with_company(statements: Sequence[Spoken]) -> list[int]:
    """The statements near which another article has one of the same holder: those whose meaning is needed."""
    found: set[int] = set()
    for bucket in _buckets(statements):
        active: list[int] = []
        for place in bucket:
            active = [one for one in active if statements[one].ends + AS_FAR >= statements[place].begins]
            others = [
                one for one in active if statements[one].entry.article != statements[place].entry.article
            ]
            if others:
                found.update((place, *others))
            active.append(place)
    return sorted(found)


def _buckets(statements: Sequence[Spoken]) -> list[list[int]]:
    """Places of the statements of each holder, in the order of time."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(statements):
        for key in {key for holder in one.holders for key in holder_keys(holder)}:
            found[key].append(place)
    several = [found[key] for key in sorted(found) if len(found[key]) > 1]
    return [sorted(bucket, key=lambda place: (statements[place].begins, place)) for bucket in several]


def _may_be_one(one: Spoken, other: Spoken) -> bool:
    return (
        one.utterance != other.utterance
        and one.entry.article != other.entry.article
        and one.begins <= other.ends + AS_FAR
        and other.begins <= one.ends + AS_FAR
        and any(same_holder(mine, theirs) for mine in one.holders for theirs in other.holders)
    )


@lru_cache(maxsize=65536)
def heavy(words: tuple[str, ...]) -> frozenset[str]:
    """The words of meaning among words, cut to their first letters, so that forms of one word meet.

    >>> sorted(heavy(("we", "build", "the", "bridges", "together")))
    ['bridge', 'build', 'togeth']
    """
    return frozenset(word[:FORMS] for word in words if word not in LIGHT and word not in TURNING)


def _sharing_words(statements: Sequence[Spoken], bucket: Sequence[int]) -> set[Pair]:
    found: set[Pair] = set()
    active: dict[str, list[int]] = {}
    for place in bucket:
        one = statements[place]
        shared: Counter[int] = Counter()
        words = heavy(one.entry.words)
        for word in words:
            posting = active.get(word)
            if posting is None:
                continue
            posting[:] = [other for other in posting if statements[other].ends + AS_FAR >= one.begins]
            if len(posting) <= COMMONPLACE:
                shared.update(posting)
        for other, number in shared.items():
            near = statements[other].ends + NEAR >= one.begins
            least = min(SHARED, len(words), len(heavy(statements[other].entry.words))) if near else MUCH
            if number >= least:
                found.add((min(place, other), max(place, other)))
        for word in words:
            active.setdefault(word, []).append(place)
    return found


_BLOCK = 1024


def _meaning_the_same(
    statements: Sequence[Spoken], bucket: Sequence[int], vectors: Mapping[str, Vectors]
) -> set[Pair]:
    known = [place for place in bucket if statements[place].claim in vectors]
    if len(known) < 2:
        return set()
    matrix: Vectors = np.array([vectors[statements[place].claim] for place in known], dtype=np.float32)
    begins = np.array([statements[place].begins.toordinal() for place in known])
    ends = np.array([statements[place].ends.toordinal() for place in known]) + NEAR.days
    found: set[Pair] = set()
    for start in range(0, len(known), _BLOCK):
        rows = slice(start, start + _BLOCK)
        # In the order of time, nothing that begins after the last end of these rows can be near to them.
        last = int(np.searchsorted(begins, ends[rows].max(), side="right"))
        likeness = matrix[rows] @ matrix[start:last].T
        # Of a speaker who says much on one topic, the likest alone: all of that is more or less alike.
        if likeness.shape[1] > MOST_ALIKE:
            least = np.partition(likeness, -MOST_ALIKE, axis=1)[:, -MOST_ALIKE, None]
        else:
            least = np.full((1, 1), -1.0, dtype=np.float32)
        alike = likeness >= np.maximum(least, MEANS_THE_SAME)
        alike &= begins[None, start:last] <= ends[rows, None]
        alike &= begins[rows, None] <= ends[None, start:last]
        for row, column in np.argwhere(alike):
            one, other = known[start + int(row)], known[start + int(column)]
            if one != other:
                found.add((min(one, other), max(one, other)))
    return found


__all__ = [
    "AS_FAR",
    "FORMS",
    "MEANS_THE_SAME",
    "MUCH",
    "NEAR",
    "heavy",
    "holder_keys",
    "near_pairs",
    "same_holder",
    "with_company",
]
