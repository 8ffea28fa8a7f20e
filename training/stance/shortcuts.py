"""How much of a statement's polarity single words give away, without the position.

    python -m training.stance.shortcuts [FOLDER]

A bag of words that knows the statement but not the position should tell the polarity poorly: where it tells
it well, a model can learn words instead of stances. Every fold of fields is left out in turn. Printed are
macro-F1 over supports, opposes and neutral, over supports and opposes alone, the same for always guessing the
commonest class, and the words that lean most to one side.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import KgError
from training.stance.statements import CORPUS, Field, codings_of, read_corpus

SIDES = ("supports", "opposes", "neutral")
FREQUENT = 3
"""How often a word stands at least to be taken for a sign."""
_WORD = re.compile(r"[a-z']+|[?!]")


@dataclass(frozen=True, slots=True)
class Leaning:
    """How the words of one class do alone.

    Attributes:
        macro_f1: Mean F1 of the classes.
        commonest: The same for always guessing the commonest class of the other folds.
        reversed_share: Of the polar statements that are guessed to be polar, those the wrong way round.
    """

    macro_f1: float
    commonest: float
    reversed_share: float


def words_of(text: str) -> list[str]:
    """Words in small letters, question and exclamation marks.

    >>> words_of("Is it? Don't!")
    ['is', 'it', '?', "don't", '!']
    """
    return _WORD.findall(text.lower())


def macro_f1(truth: Sequence[str], guess: Sequence[str], classes: Sequence[str]) -> float:
    """Mean over the classes of 2 x right / (guessed + true), 0 for a class without either.

    >>> macro_f1(["a", "b", "b"], ["a", "a", "b"], ["a", "b"])
    0.6666666666666666
    """
    scores = []
    for one in classes:
        right = sum(a == b == one for a, b in zip(truth, guess, strict=True))
        scores.append(2 * right / max(1, truth.count(one) + guess.count(one)))
    return sum(scores) / len(scores)


def leaning(fields: Sequence[Field], classes: Sequence[str]) -> Leaning:
    """Naive Bayes on the words that are in a statement, each fold left out in turn."""
    rows = [
        (field.fold, set(words_of(statement.text)), polarity)
        for field, statement, _, polarity in codings_of(fields)
        if polarity in classes
    ]
    truth: list[str] = []
    guess: list[str] = []
    usual: list[str] = []
    for fold in sorted({fold for fold, _, _ in rows}):
        totals = Counter(polarity for other, _, polarity in rows if other != fold)
        inside: dict[str, Counter[str]] = {one: Counter() for one in classes}
        for other, words, polarity in rows:
            if other != fold:
                inside[polarity].update(words)
        known = sum(inside.values(), Counter[str]())
        vocabulary = {word for word, number in known.items() if number >= FREQUENT}
        commonest = totals.most_common(1)[0][0]
        for other, words, polarity in rows:
            if other == fold:
                truth.append(polarity)
                known_words = words & vocabulary
                odds = {one: _odds(known_words, inside[one], totals[one]) for one in classes}
                guess.append(max(odds, key=odds.__getitem__))
                usual.append(commonest)
    polar = [(a, b) for a, b in zip(truth, guess, strict=True) if "neutral" not in (a, b)]
    reversed_share = sum(a != b for a, b in polar) / max(1, len(polar))
    return Leaning(macro_f1(truth, guess, classes), macro_f1(truth, usual, classes), reversed_share)


def _odds(words: set[str], counts: Counter[str], total: int) -> float:
    """Log of a class's share times the chances of the words in it, each count a little larger."""
    return math.log(total) + sum(math.log((counts[word] + 0.5) / (total + 1)) for word in words)


def telling_words(fields: Sequence[Field], number: int = 12) -> dict[str, list[tuple[str, float, int]]]:
    """For each class the words that lean most to it, with log odds ratio and frequency."""
    inside: dict[str, Counter[str]] = {side: Counter() for side in SIDES}
    total: Counter[str] = Counter()
    for _, statement, _, polarity in codings_of(fields):
        if polarity in SIDES:
            inside[polarity].update(set(words_of(statement.text)))
            total[polarity] += 1
    result = {}
    for side in SIDES:
        scored = []
        for word in inside[side]:
            seen = sum(inside[other][word] for other in SIDES)
            rest = sum(total[other] for other in SIDES if other != side)
            here = (inside[side][word] + 0.5) / (total[side] - inside[side][word] + 0.5)
            there = (seen - inside[side][word] + 0.5) / (rest - seen + inside[side][word] + 0.5)
            if seen >= 15:
                scored.append((word, math.log(here / there), seen))
        result[side] = sorted(scored, key=lambda one: -one[1])[:number]
    return result


def main(arguments: Sequence[str] = ()) -> int:
    """Print how much words give away."""
    try:
        fields = read_corpus(Path(arguments[0]) if arguments else CORPUS)
    except KgError as error:
        print(error, file=sys.stderr)
        return 3
    for name, classes in (("supports, opposes, neutral", SIDES), ("supports, opposes", SIDES[:2])):
        found = leaning(fields, classes)
        print(
            f"{name}: macro-F1 {found.macro_f1:.2f} (always the commonest: {found.commonest:.2f}), "
            f"reversed {found.reversed_share:.2f}"
        )
    for side, words in telling_words(fields).items():
        print(f"{side}: " + ", ".join(f"{word} {odds:+.1f} ({seen})" for word, odds, seen in words))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
