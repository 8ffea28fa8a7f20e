"""Utterances: which statements report the same speech act, by a strict rule.

Two statements belong together if

- the same speaker is quoted in nearly the same words (directly or in part) on dates that overlap and are
  known to a year or better, or
- their articles are near-identical (agency copy) and the same speaker, or an unnamed source of the same
  description, says nearly the same words in whatever form,

or if a person put them together.

An utterance is a connected group under this rule, so that it does not depend on the order of reading. Pairs
are found through keys that both must share (prefix filtering, after Chaudhuri, Ganti and Kaushik 2006): words
are put in a fixed order, the longest first; bags that have so much in common share one of their first words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.build.words import dice
from kg.model.dates import Bounds, Day
from kg.model.iris import digest

NEARLY_THE_SAME = 0.8
"""Dice overlap of words from which two wordings are nearly the same."""

FEWEST_WORDS = 4
"""Fewer words are said too often to tell one speech act from another."""

WIDEST = 366
"""Days that a date may cover to be evidence of one speech act."""


class Entry(NamedTuple):
    """What the rule needs to know of a statement.

    Attributes:
        statement: IRI of the statement.
        article: IRI of its article.
        speaker: IRI of its speaker.
        unnamed: Description of an unnamed speaker; None for others.
        spoken: Whether it is direct or mixed speech.
        earliest: First day that it was said on, ISO; None if open or unknown.
        latest: Last day, ISO.
        words: Folded words of the content.
        label: Label of the statement.
    """

    statement: str
    article: str
    speaker: str
    unnamed: str | None
    spoken: bool
    earliest: str | None
    latest: str | None
    words: tuple[str, ...]
    label: str

    def to_text(self) -> str:
        """The entry as one line, for the store's index."""
        return json.dumps([*self[:7], " ".join(self.words), self.label], ensure_ascii=False)

    @staticmethod
    def from_text(line: str) -> Entry:
        """Read what `to_text` wrote.

        >>> entry = Entry("s", "a", "p", None, True, None, "2009-09-18", ("we", "agree"), "P: we agree")
        >>> Entry.from_text(entry.to_text()) == entry
        True
        """
        statement, article, speaker, unnamed, spoken, earliest, latest, words, label = json.loads(line)
        bag = tuple(words.split())
        return Entry(statement, article, speaker, unnamed, spoken, earliest, latest, bag, label)

    @property
    def bounds(self) -> Bounds:
        """First and last day."""
        return Bounds(
            Day.fromisoformat(self.earliest) if self.earliest else None,
            Day.fromisoformat(self.latest) if self.latest else None,
        )


def same_speech(one: Entry, other: Entry) -> bool:
    """Whether two statements are the same speaker's nearly same words on overlapping, well-known dates.

    >>> first = Entry("s1", "a", "p", None, True, "2009-09-18", "2009-09-18", tuple("abcde"), "")
    >>> same_speech(first, first._replace(statement="s2", latest="2009-09-30"))
    True
    >>> same_speech(first, first._replace(statement="s2", earliest="2009-09-19", latest="2009-09-30"))
    False
    """
    return (
        one.speaker == other.speaker
        and bool(_quarters(one))
        and bool(_quarters(other))
        and one.bounds.overlaps(other.bounds)
        and dice(one.words, other.words) >= NEARLY_THE_SAME
    )


def same_copy(one: Entry, other: Entry) -> bool:
    """Whether two statements of near-identical articles are the same speaker's nearly same words."""
    same = one.speaker == other.speaker or (one.unnamed is not None and one.unnamed == other.unnamed)
    return same and dice(one.words, other.words) >= NEARLY_THE_SAME


def keys(entry: Entry) -> list[str]:
    """Keys of which two statements of the same speech share at least one; none where the rule cannot apply.

    >>> entry = Entry("s", "a", "p", None, True, "2009-09-18", "2009-09-18", tuple("abcd"), "")
    >>> len(keys(entry)), keys(entry._replace(spoken=False))
    (2, [])
    """
    quarters = _quarters(entry)
    if not quarters:
        return []
    seen: dict[str, int] = {}
    numbered = []
    for word in entry.words:
        seen[word] = seen.get(word, 0) + 1
        numbered.append((-len(word), word, seen[word]))
    needed = math.ceil(len(numbered) * NEARLY_THE_SAME / (2 - NEARLY_THE_SAME) - 1e-9)
    first = sorted(numbered)[: len(numbered) - needed + 1]
    return [digest([entry.speaker, quarter, *token], 16) for quarter in quarters for token in first]


def _quarters(entry: Entry) -> list[int]:
    """Quarters of years that the date touches; none where the rule of same speech cannot apply."""
    if not entry.spoken or len(entry.words) < FEWEST_WORDS or not entry.earliest or not entry.latest:
        return []
    first, last = Day.fromisoformat(entry.earliest), Day.fromisoformat(entry.latest)
    if (last - first).days > WIDEST:
        return []
    start, end = (day.year * 4 + (day.month - 1) // 3 for day in (first, last))
    return list(range(start, end + 1))


class Groups:
    """Connected groups, kept as a forest of parents (union-find)."""

    def __init__(self, members: Iterable[str]) -> None:
        """Each member is a group of its own."""
        self._parent = {member: member for member in members}

    def find(self, member: str) -> str:
        """What stands for the member's group."""
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        self._parent[self.find(one)] = self.find(other)

    def join_all(self, members: Iterable[str]) -> None:
        """Make one group of those of all the members."""
        found = list(members)
        for other in found[1:]:
            self.join(found[0], other)

    def all(self) -> list[list[str]]:
        """The groups, each sorted."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.find(member), []).append(member)
        return list(found.values())


def grouped(
    entries: Mapping[str, Entry],
    copies: Callable[[str], Iterable[str]],
    merged: Callable[[str], Iterable[str]] = lambda statement: (),
) -> list[list[str]]:
    """The utterances among statements.

    Args:
        entries: Statements by IRI.
        copies: IRIs of the articles that are near-identical to an article.
        merged: IRIs of the statements that people put together with a statement.

    Returns:
        Groups of IRIs, each sorted; every statement is in exactly one.
    """
    groups = Groups(entries)
    by_key: dict[str, dict[str, Entry]] = {}
    by_article: dict[str, list[Entry]] = {}
    for entry in entries.values():
        by_article.setdefault(entry.article, []).append(entry)
        for key in keys(entry):
            _join_in(groups, by_key.setdefault(key, {}), entry)
        for other in merged(entry.statement):
            if other in entries:
                groups.join(entry.statement, other)
    for article, own in by_article.items():
        for other in copies(article):
            for one, two in _pairs(own, by_article.get(other, ())):
                if groups.find(one.statement) != groups.find(two.statement) and same_copy(one, two):
                    groups.join(one.statement, two.statement)
    return groups.all()


def _join_in(groups: Groups, bucket: dict[str, Entry], entry: Entry) -> None:
    """Join a statement with those of the same key that it matches."""
    for other in bucket.values():
        apart = groups.find(other.statement) != groups.find(entry.statement)
        if apart and same_speech(entry, other):
            groups.join(entry.statement, other.statement)
    # Statements of the same words and date match the same others: one of them stands for all.
    bucket.setdefault(json.dumps([entry.earliest, entry.latest, entry.words]), entry)


def _pairs(some: Iterable[Entry], others: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    second = list(others)
    return ((one, other) for one in some for other in second)


def common_bounds(entries: Iterable[Entry]) -> Bounds:
    """The days that all dates share; where they share none, from the first to the last.

    >>> early = Entry("s", "a", "p", None, True, "2009-09-01", "2009-09-30", (), "")
    >>> late = early._replace(earliest="2009-09-18", latest="2009-10-01")
    >>> common_bounds([early, late])
    Bounds(earliest=datetime.date(2009, 9, 18), latest=datetime.date(2009, 9, 30))
    """
    found = [entry.bounds for entry in entries]
    begins = [limits.earliest for limits in found if limits.earliest]
    ends = [limits.latest for limits in found if limits.latest]
    first, last = max(begins, default=None), min(ends, default=None)
    if first and last and first > last:
        return Bounds(min(begins), max(ends))
    return Bounds(first, last)


__all__ = [
    "FEWEST_WORDS",
    "NEARLY_THE_SAME",
    "WIDEST",
    "Entry",
    "Groups",
    "common_bounds",
    "grouped",
    "keys",
    "same_copy",
    "same_speech",
]
