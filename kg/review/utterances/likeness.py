"""How likely two statements report one speech act, and why: words, meaning, dates, names, what is against it.

The measure is made by hand and not trained, so that every part of it can be said in words: how much of the
words of meaning are common, each weighed by how rare it is (the shorter wording counts most, for quotations
are cut), or how alike the meanings are, whichever is more; less where dates or names fit badly; and less
again where one wording negates what the other says, has other numbers, or takes the other side.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.build.corrections import turned
from kg.build.likeness import NEARLY_THE_SAME
from kg.build.words import LIGHT, dice, words_of
from kg.review.utterances.near import FORMS, MEANS_THE_SAME, MUCH, NEAR, heavy, same_holder
from kg.review.utterances.spoken import Spoken

ENOUGH = 4
"""Common words of ordinary rarity from which their number says no more."""
NO_MEANING, FULL_MEANING = 0.4, 0.9
"""Likeness of meaning that says nothing, and that says all."""
VAGUE_DAYS = 31
_OPPOSITES = """accept-reject support-oppose agree-refuse before-after more-less more-fewer increase-reduce
raise-lower raise-cut open-close build-demolish allow-ban join-leave start-stop begin-end win-lose
stronger-weaker higher-lower easier-harder for-against with-without always-never all-none right-wrong
true-false possible-impossible welcome-regret praise-condemn safe-dangerous"""


def _opposite_of() -> dict[str, list[str]]:
    """Opposites by root: longer words without their last letter, so that their forms are found."""
    found: dict[str, list[str]] = {}
    for pair in _OPPOSITES.split():
        one, other = (word if len(word) < 5 else word[:-1] for word in words_of(pair))
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


_OPPOSITE_OF = _opposite_of()
_STEMS = frozenset(word[:-1] for word in words_of(_OPPOSITES) if len(word) >= 5)
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "nowhere",
        "neither",
        "nor",
        "hardly",
        "scarcely",
        "barely",
    ]
)
_AGAINST = {
    "turned": 0.35,
    "numbers": 0.5,
    "opposites": 0.35,
    "order": 0.6,
    "stances": 0.6,
    "vague": 0.9,
    "name": 0.95,
    "unnamed": 0.85,
}
"""By how much the likeness is multiplied for what speaks against it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two statements report one speech act.

    Attributes:
        score: From 0 to 1, to order pairs by; no probability.
        reasons: What speaks for it, in words.
        cautions: What speaks against it, in words.
    """

    score: float
    reasons: tuple[str, ...]
    cautions: tuple[str, ...] = ()


class Rarity:
    """How telling words are: the rarer among all statements, the more."""

    def __init__(self, statements: Iterable[Spoken]) -> None:
        """Count the statements that each word of meaning is in."""
        counts: Counter[str] = Counter()
        self._total = 0
        for one in statements:
            counts.update(heavy(one.entry.words))
            self._total += 1
        self._weights = {word: round(math.log(2 + self._total / (1 + n)), 6) for word, n in counts.items()}

    def of(self, words: Collection[str]) -> float:
        """The weight of some words together."""
        # Rounded, so that the order in which a set gives its words makes no difference.
        return round(sum(self._weights.get(word, 0.0) for word in words), 4)

    @property
    def ordinary(self) -> float:
        """The weight of a word that a hundredth of the statements have."""
        return math.log(2 + self._total / (1 + self._total / 100))


def likeness(
    one: Spoken,
    other: Spoken,
    rarity: Rarity,
    meaning: float | None = None,
    *,
    copies: bool = False,
    least: float = 0.0,
) -> Likeness:
    """How likely two statements report one speech act.

    Args:
        one: A statement.
        other: Another one.
        rarity: How telling words are.
        meaning: Likeness of what the claims mean, from -1 to 1; None where it was not looked at.
        copies: Whether their articles are near-identical.
        least: What has less than this is not looked at any closer, and comes without reasons.
    """
    reasons: list[str] = []
    cautions: dict[str, str] = {}
    first, second = one.entry.words, other.entry.words
    gap = _gap(one, other)
    if gap > NEAR.days and not _much_alike(first, second):
        return Likeness(0.0, ())
    words = _by_words(first, second, rarity)
    meant = 0.0
    if meaning is not None:
        meant = min(1.0, max(0.0, (meaning - NO_MEANING) / (FULL_MEANING - NO_MEANING)))
        # "No" means the same as any other "no".
        meant *= min(1.0, (1 + min(len(heavy(first)), len(heavy(second)))) / 4)
    score = 0.8 * max(words, 0.9 * meant) + 0.2 * (
        0.5 * words + 0.5 * meant if meaning is not None else words
    )
    if score < least:
        return Likeness(round(score, 4), ())
    _say_words(first, second, reasons)
    if meaning is not None and meaning >= MEANS_THE_SAME and first != second:
        reasons.append(f"alike in meaning ({meaning:.2f})")
    if copies:
        reasons.append("in copies of one text")
    if one.entry.spoken != other.entry.spoken:
        reasons.append("direct here, indirect there" if one.entry.spoken else "indirect here, direct there")
    _by_names(one, other, reasons, cautions)
    _by_dates(one, other, reasons, cautions)
    _by_content(one, other, cautions)
    for name in cautions:
        score *= _AGAINST.get(name, 1.0)
    if gap:
        score *= 1 - 0.05 * (1 + min(gap, NEAR.days))
    return Likeness(round(score, 4), tuple(reasons), tuple(cautions.values()))


def _much_alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two wordings are long and nearly the same: weeks apart all else is the same topic again."""
    return len(heavy(first) & heavy(second)) >= MUCH and dice(first, second) >= NEARLY_THE_SAME


def _by_words(first: tuple[str, ...], second: tuple[str, ...], rarity: Rarity) -> float:
    mine, theirs = heavy(first), heavy(second)
    common = rarity.of(mine & theirs)
    least, total = min(rarity.of(mine), rarity.of(theirs)), rarity.of(mine) + rarity.of(theirs)
    within = common / least if least else 0.0
    enough = min(1.0, common / (ENOUGH * rarity.ordinary))
    share = (0.4 * 2 * common / total + 0.6 * within) if total else 0.0
    return share * (0.5 + 0.5 * enough)


def _say_words(first: tuple[str, ...], second: tuple[str, ...], reasons: list[str]) -> None:
    if first == second:
        reasons.append("the same words")
    elif _runs_in(first, second):
        reasons.append("cut short here" if len(first) < len(second) else "cut short there")
    elif dice(first, second) >= NEARLY_THE_SAME:
        reasons.append("nearly the same words")
    elif heavy(first) & heavy(second):
        reasons.append("words in common")


def _runs_in(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the shorter wording stands in the longer one as it is."""
    short, long = sorted((first, second), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _by_names(one: Spoken, other: Spoken, reasons: list[str], cautions: dict[str, str]) -> None:
    mine, theirs = {holder.iri for holder in one.holders}, {holder.iri for holder in other.holders}
    if mine & theirs:
        if one.entry.speaker != other.entry.speaker:
            reasons.append("said for, or with, one another")
        return
    for holder in one.holders:
        for their in other.holders:
            if same_holder(holder, their):
                kind = "unnamed" if holder.unnamed else "name"
                names = holder.name if holder.unnamed else f"{holder.name} / {their.name}"
                cautions[kind] = f"perhaps not one speaker: {names}"
                return


def _by_dates(one: Spoken, other: Spoken, reasons: list[str], cautions: dict[str, str]) -> None:
    gap = _gap(one, other)
    vague = datetime.timedelta(days=VAGUE_DAYS - 1)
    if gap:
        cautions["apart"] = f"dates {gap} {'day' if gap == 1 else 'days'} apart"
    elif max(one.ends - one.begins, other.ends - other.begins) >= vague or not (one.dated and other.dated):
        cautions["vague"] = "a date is vague"
    else:
        reasons.append("dates overlap")


def _gap(one: Spoken, other: Spoken) -> int:
    """Days between the last that one and the first that the other may have been said on."""
    return max((other.begins - one.ends).days, (one.begins - other.ends).days, 0)


def _by_content(one: Spoken, other: Spoken, cautions: dict[str, str]) -> None:
    here, there = _between(one.entry.words, other.entry.words)
    # In the whole as well: in another order a negation may stand before what is common.
    negated = turned(here, there) & turned(one.entry.words, other.entry.words)
    number = [sum(word in _NEGATIONS for word in words) for words in (here, there)]
    if negated - _NEGATIONS or (negated and number[0] != number[1]):
        cautions["turned"] = "only one has: " + ", ".join(sorted(negated))
    numbers = [{word for word in words if any(map(str.isdigit, word))} for words in (here, there)]
    if numbers[0] and numbers[1] and numbers[0].isdisjoint(numbers[1]):
        cautions["numbers"] = (
            f"numbers differ: {' '.join(sorted(numbers[0]))} / {' '.join(sorted(numbers[1]))}"
        )
    opposite = _opposites(here, there)
    if opposite:
        cautions["opposites"] = f"opposite words: {opposite[0]} / {opposite[1]}"
    orders = [
        [word.removesuffix("s")[:FORMS] for word in words if word not in LIGHT]
        for words in (one.entry.words, other.entry.words)
    ]
    if orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1]):
        cautions["order"] = "the same words in another order"
    sides = {(actor, position): polarity for actor, position, polarity in one.stances}
    for actor, position, polarity in other.stances:
        if {polarity, sides.get((actor, position))} == {"supports", "opposes"}:
            cautions["stances"] = "read as opposite stances"


def _between(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each wording has between the first and the last words that both have: not what was cut off."""
    blocks = [
        block
        for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        if any(word not in LIGHT for word in first[block.a : block.a + block.size])
    ]
    if not blocks:
        return (), ()
    # A negation stands close before what is common, as in "refuse to"; so the two words before belong to it.
    start, begin = max(0, blocks[0].a - 2), max(0, blocks[0].b - 2)
    last = blocks[-1]
    return first[start : last.a + last.size], second[begin : last.b + last.size]


def _opposites(here: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, str] | None:
    """A word that one wording has alone and its opposite, which the other has alone."""
    mine, theirs = set(here).difference(there), set(there).difference(here)
    found = {root: word for word in sorted(theirs) for root in _roots(word)}
    for word in sorted(mine):
        for root in _roots(word):
            for opposite in _OPPOSITE_OF[root]:
                if opposite in found:
                    return word, found[opposite]
    return None


def _roots(word: str) -> list[str]:
    """The roots that have an opposite and that a word is a form of; short ones only as they are."""
    beginnings = (word[:end] for end in range(4, len(word)))
    return [root for root in (*beginnings, word) if root in _OPPOSITE_OF and (root == word or root in _STEMS)]


__all__ = ["Likeness", "Rarity", "likeness"]
