"""Utterances: which statements report the same speech act, by a strict rule and by what people said.

Two statements belong together by the rule if

- the same speaker is quoted in nearly the same words (directly or in part) on dates that overlap and are
  known to a month or better, or
- their articles are near-identical (agency copy) and the same speaker, or an unnamed source of the same
  description, says nearly the same words in whatever form.

Nearly the same words are at least five (in copies three), eight in ten of them common, and all but a few that
only fill the same in the same order (`kg.build.likeness`). Two statements that were read as taking opposite
sides of one position do not belong together by the rule.

An utterance is a connected group of such pairs, so that it does not depend on the order of reading. What
people said of pairs goes before the rule (`kg.build.parting`). Pairs are found through keys that both must
share (prefix filtering, after Chaudhuri, Ganti and Kaushik 2006): words are put in a fixed order, the longest
first; bags that have so much in common share one of their first words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from kg.build.likeness import NEARLY_THE_SAME, nearly_the_same
from kg.build.parting import Groups, Verdict, parted
from kg.build.words import dice
from kg.model.dates import Bounds, Day
from kg.model.iris import digest

FEWEST_WORDS = 5
"""Fewer are said too often to tell one speech act from another: "No.", "We will see", "I don't know"."""

FEWEST_IN_COPIES = 3
"""In near-identical articles fewer words than these may stand for another "No." of the same speaker."""

WIDEST = 31
"""Days that a date may cover to be evidence of one speech act: a phrase may come again after a month."""


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
        words: Folded words of the content (`kg.build.likeness.plain_words`).
        label: Label of the statement.
        sides: Positions that it supports alone or opposes alone, each with which of the two.
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
    sides: tuple[tuple[str, str], ...] = ()

    def to_text(self) -> str:
        """The entry as one line, for the store's index."""
        return json.dumps([*self[:7], " ".join(self.words), self.label, *self.sides], ensure_ascii=False)

    @staticmethod
    def from_text(line: str) -> Entry:
        """Read what `to_text` wrote.

        >>> entry = Entry("s", "a", "p", None, True, None, "2009-09-18", ("we", "agree"), "P: we agree")
        >>> Entry.from_text(entry.to_text()) == entry
        True
        """
        statement, article, speaker, unnamed, spoken, earliest, latest, words, label, *rest = json.loads(line)
        sides = tuple((position, side) for position, side in rest)
        bag = tuple(words.split())
        return Entry(statement, article, speaker, unnamed, spoken, earliest, latest, bag, label, sides)

    @property
    def bounds(self) -> Bounds:
        """First and last day."""
        return Bounds(
            Day.fromisoformat(self.earliest) if self.earliest else None,
            Day.fromisoformat(self.latest) if self.latest else None,
        )


def opposed(one: Entry, other: Entry) -> bool:
    """Whether two statements were read as taking opposite sides of one position.

    >>> first = Entry("s1", "a", "p", None, True, None, None, (), "", (("tunnel", "supports"),))
    >>> opposed(first, first), opposed(first, first._replace(sides=(("tunnel", "opposes"),)))
    (False, True)
    """
    mine, theirs = (dict(entry.sides) for entry in (one, other))
    return any(theirs.get(position, side) != side for position, side in mine.items())


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
        and not opposed(one, other)
        and nearly_the_same(one.words, other.words)
    )


def same_copy(one: Entry, other: Entry) -> bool:
    """Whether two statements of near-identical articles are the same speaker's nearly same words.

    What lies more than a month apart was said again, in an article written after an earlier one.
    """
    first, second = one.bounds, other.bounds
    for ends, begins in ((first.latest, second.earliest), (second.latest, first.earliest)):
        if ends and begins and (begins - ends).days > WIDEST:
            return False
    same = one.speaker == other.speaker or (one.unnamed is not None and one.unnamed == other.unnamed)
    same = same and min(len(one.words), len(other.words)) >= FEWEST_IN_COPIES
    return same and not opposed(one, other) and nearly_the_same(one.words, other.words)


def keys(entry: Entry) -> list[str]:
    """Keys of which two statements of the same speech share at least one; none where the rule cannot apply.

    >>> entry = Entry("s", "a", "p", None, True, "2009-09-18", "2009-09-18", tuple("abcde"), "")
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


def grouped(
    entries: Mapping[str, Entry],
    copies: Callable[[str], Iterable[str]],
    said: Callable[[str], Mapping[str, Verdict]] = lambda statement: {},
) -> list[list[str]]:
    """The utterances among statements.

    Args:
        entries: Statements by IRI.
        copies: IRIs of the articles that are near-identical to an article.
        said: What people said of a statement and others, by the IRIs of these.

    Returns:
        Groups of IRIs, each sorted; every statement is in exactly one.
    """
    groups = Groups(entries)
    by_key: dict[str, dict[str, Entry]] = {}
    by_article: dict[str, list[Entry]] = {}
    verdicts: dict[frozenset[str], Verdict] = {}
    for entry in entries.values():
        by_article.setdefault(entry.article, []).append(entry)
        for key in keys(entry):
            _join_in(groups, by_key.setdefault(key, {}), entry)
        for other, verdict in said(entry.statement).items():
            if other in entries:
                verdicts[frozenset((entry.statement, other))] = verdict
                if verdict.same:
                    groups.join(entry.statement, other)
    for article, own in by_article.items():
        for other in copies(article):
            for one, two in _pairs(own, by_article.get(other, ())):
                if groups.find(one.statement) != groups.find(two.statement) and same_copy(one, two):
                    groups.join(one.statement, two.statement)
    return [part for group in groups.all() for part in _parts(group, entries, copies, verdicts)]


def _parts(
    group: list[str],
    entries: Mapping[str, Entry],
    copies: Callable[[str], Iterable[str]],
    verdicts: Mapping[frozenset[str], Verdict],
) -> list[list[str]]:
    """A connected group, parted where people said that statements of it are different utterances."""
    if len(group) == 1:
        return [group]
    members = set(group)
    about = {pair: verdict for pair, verdict in verdicts.items() if pair <= members}
    if all(verdict.same for verdict in about.values()):
        return [group]
    near = {entry.article: set(copies(entry.article)) for entry in (entries[member] for member in group)}
    links = []
    for one, other in combinations([entries[member] for member in group], 2):
        if same_speech(one, other) or (other.article in near[one.article] and same_copy(one, other)):
            links.append((dice(one.words, other.words), one.statement, other.statement))
    return parted(group, about, links)


def _join_in(groups: Groups, bucket: dict[str, Entry], entry: Entry) -> None:
    """Join a statement with those of the same key that it matches."""
    for other in bucket.values():
        apart = groups.find(other.statement) != groups.find(entry.statement)
        if apart and same_speech(entry, other):
            groups.join(entry.statement, other.statement)
    # Statements of the same words, date and sides match the same others: one of them stands for all.
    bucket.setdefault(json.dumps([entry.earliest, entry.latest, entry.words, entry.sides]), entry)


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
    "FEWEST_IN_COPIES",
    "FEWEST_WORDS",
    "WIDEST",
    "Entry",
    "common_bounds",
    "grouped",
    "keys",
    "opposed",
    "same_copy",
    "same_speech",
]
